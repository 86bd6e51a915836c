// The memo as the browser keeps it, for every page that adds to it: what is kept of a citation, and which are the same.

import { citations } from "./clipboard.js";
import { remembered, say, text } from "./shared.js";

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

/**
 * The quotations of ranges as a memo keeps them, handed to `put` where it has them not already, and to `takeBack`
 * where a person undoes it; `items()` are those that it has.
 */
export async function addQuotations(ranges, question, { items, put, takeBack }) {
  try {
    const found = (await citations(ranges)).map((record) => ({ ...kept(record), question }));
    const has = (item) => items().findIndex((known) => isSame(known, item));
    const missing = found.filter((item) => has(item) < 0);
    if (!missing.length) return say(text("in the memo already", { at: has(found[0]) + 1 }));
    put(missing);
    say(text("added"), () => takeBack(missing));
  } catch (error) {
    say(error.message);
  }
}

/** What the way to the memo says. */
export const quotedIn = (items) => items.filter((item) => item.document).length;
