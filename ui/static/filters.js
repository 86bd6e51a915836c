// What to search among: a document, a kind, a minister, groups, members, dates, questions, a footnote, a speaker.

import { byId, element, get, language, text } from "./shared.js";

// The fields that hold one value of a list of the server's, and the list.
const LISTS = { group: "groups", member: "members", kind: "kinds", minister: "ministers", speaker: "speakers", footnote: "footnotes",
  promise: "promises", refusal: "refusals" };
// Those that are filled with what there is.
const FILLED = ["group", "member", "kind", "minister"];
const FIELDS = [...Object.keys(LISTS), "document", "since", "until", "from", "to"];
const HIGHEST = 999;
const ends = ({ numbers }) => /^(\d+)-(\d+)$/.exec(numbers ?? "")?.slice(1) ?? ["", ""];
const field = (name) => byId(`filter-${name}`);

// What a document is called in its field, and its id.
const ids = new Map();
const names = new Map();

export function beginFilters() {
  const panel = byId("filters");
  byId("filters-toggle").addEventListener("click", (event) => {
    panel.hidden = !panel.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) field("document").focus();
  });
  panel.addEventListener("input", showCount);
  byId("filters-clear").addEventListener("click", () => setFilters({}));
  get("collection").then(fill, () => {});
}

function fill(found) {
  for (const name of FILLED) {
    const values = found[LISTS[name]];
    field(name).append(...values.map((value) => element("option", { value }, value)));
    field(name).closest("label").hidden = values.length === 0;
  }
  for (const one of found.documents) {
    const called = one.date ? `${one.title} (${dated(one.date)})` : one.title;
    const name = ids.has(called) ? `${called} · ${one.file}` : called;
    ids.set(name, one.id);
    names.set(one.id, name);
  }
  byId("filter-documents").append(...Array.from(ids.keys(), (value) => element("option", { value })));
  for (const name of ["since", "until"]) field(name).closest("label").hidden = !found.documents.some(({ date }) => date);
  setFilters(waiting);
}

const dated = (date) => new Date(`${date}T00:00`).toLocaleDateString(language(), { dateStyle: "long" });

let waiting = {};

/** The filters that are set, as the server takes them; words of a title do for a document. */
export function chosenFilters() {
  const chosen = {};
  for (const [name, list] of Object.entries(LISTS)) if (field(name).value) chosen[list] = [field(name).value];
  const called = field("document").value.trim();
  if (called) chosen.documents = [ids.get(called) ?? called];
  for (const name of ["since", "until"]) if (field(name).value) chosen[name] = field(name).value;
  const [from, to] = [Number(field("from").value), Number(field("to").value)];
  if (from > 0 || to > 0) chosen.numbers = `${from || 1}-${to || HIGHEST}`;
  return chosen;
}

export function setFilters(filters) {
  waiting = filters;
  for (const [name, list] of Object.entries(LISTS)) field(name).value = filters[list]?.[0] ?? "";
  field("document").value = filters.documents ? nameOf(filters.documents[0]) : "";
  for (const name of ["since", "until"]) field(name).value = filters[name] ?? "";
  const [from, to] = ends(filters);
  field("from").value = from;
  field("to").value = to === String(HIGHEST) ? "" : to;
  showCount();
}

function showCount() {
  const count = FIELDS.filter((name) => field(name).value).length;
  byId("filters-toggle").textContent = count ? text("filters set", { count }) : text("filters");
  byId("filters-clear").hidden = count === 0;
}

/** The filters of an earlier question in words, "" for none. */
export function describeFilters(filters) {
  const { groups, members, kinds, ministers, documents, speakers, footnotes, promises, refusals, since, until } = filters;
  const [from, to] = ends(filters);
  const said = [groups, members, kinds, ministers].flatMap((values) => values ?? []);
  said.push(...(documents ?? []).map(nameOf), ...(speakers ?? []).map((name) => text(`speaker ${name}`)));
  if (since) said.push(text("dated since", { date: dated(since) }));
  if (until) said.push(text("dated until", { date: dated(until) }));
  if (from) said.push(text(to === String(HIGHEST) ? "range on" : "range", { from, to }));
  said.push(...(promises ?? []).map((name) => `${text("filter promise")}: ${text(`promise ${name}`)}`));
  said.push(...(refusals ?? []).map((name) => `${text("filter refusal")}: ${text(`refusal ${name}`)}`));
  said.push(...(footnotes ?? []).map((number) => text("footnote", { number })));
  return said.length ? text("searched among", { names: said.join(" · ") }) : "";
}

const nameOf = (id) => names.get(id) ?? id;
