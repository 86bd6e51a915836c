// The memo as the browser keeps it, for every page that adds to it: what is kept of a citation, and which are the same.

import { remembered } from "./shared.js";

const KEPT = ["document", "start", "end", "pieces", "part", "quotation", "words", "reference", "link"];

/** The memo that is kept: its title and its items; an empty one where there is none. */
export function keptMemo() {
  const saved = remembered("memo");
  return Array.isArray(saved?.items) ? { title: String(saved.title ?? ""), items: saved.items } : { title: "", items: [] };
}

/** What is kept of a citation; of one with a table how its rows lie. */
export function kept(record) {
  const item = Object.fromEntries(KEPT.filter((key) => record[key] !== undefined).map((key) => [key, record[key]]));
  return record.blocks.every((block) => typeof block === "string") ? item : { ...item, blocks: record.blocks };
}

export const piecesOf = (item) => item.pieces ?? [[item.start, item.end]];

export const isSame = (one, other) =>
  one.document && one.document === other.document && JSON.stringify(piecesOf(one)) === JSON.stringify(piecesOf(other));

/** Those of `found` that a memo has not, and at which place, from 1, it has the first. */
export function missingFrom(items, found) {
  const missing = found.filter((item) => !items.some((known) => isSame(known, item)));
  return { missing, at: items.findIndex((known) => isSame(known, found[0])) + 1 };
}

/** What the way to the memo says. */
export const quotedIn = (items) => items.filter((item) => item.document).length;
