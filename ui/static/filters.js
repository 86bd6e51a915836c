// What to search among: groups, members, a document, a range of questions, a speaker.

import { byId, element, get, text } from "./shared.js";

const FIELDS = ["group", "member", "document", "from", "to", "speaker"];
const HIGHEST = 999;
const ends = ({ numbers }) => /^(\d+)-(\d+)$/.exec(numbers ?? "")?.slice(1) ?? ["", ""];
const field = (name) => byId(`filter-${name}`);

export function beginFilters() {
  const panel = byId("filters");
  byId("filters-toggle").addEventListener("click", (event) => {
    panel.hidden = !panel.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) field("group").focus();
  });
  panel.addEventListener("input", showCount);
  byId("filters-clear").addEventListener("click", () => setFilters({}));
  get("collection").then(fill, () => {});
}

function fill({ groups, members, documents }) {
  field("group").append(...groups.map((group) => element("option", { value: group }, group)));
  field("member").append(...members.map((member) => element("option", { value: member }, member)));
  field("member").closest("label").hidden = members.length === 0;
  field("document").append(...documents.map(({ id, title }) => element("option", { value: id }, title)));
  field("document").closest("label").hidden = documents.length < 2;
  setFilters(waiting);
}

let waiting = {};

/** The filters that are set, as the server takes them. */
export function chosenFilters() {
  const chosen = {};
  if (field("group").value) chosen.groups = [field("group").value];
  if (field("member").value) chosen.members = [field("member").value];
  if (field("document").value) chosen.documents = [field("document").value];
  if (field("speaker").value) chosen.speakers = [field("speaker").value];
  const [from, to] = [Number(field("from").value), Number(field("to").value)];
  if (from > 0 || to > 0) chosen.numbers = `${from || 1}-${to || HIGHEST}`;
  return chosen;
}

export function setFilters(filters) {
  waiting = filters;
  field("group").value = filters.groups?.[0] ?? "";
  field("member").value = filters.members?.[0] ?? "";
  field("document").value = filters.documents?.[0] ?? "";
  field("speaker").value = filters.speakers?.[0] ?? "";
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
  const { groups, members, documents, speakers } = filters;
  const [from, to] = ends(filters);
  const names = [...(groups ?? []), ...(members ?? []), ...(documents ?? []).map(titleOf), ...(speakers ?? []).map((name) => text(`speaker ${name}`))];
  if (from) names.push(text(to === String(HIGHEST) ? "range on" : "range", { from, to }));
  return names.length ? text("searched among", { names: names.join(" · ") }) : "";
}

const titleOf = (id) => [...field("document").options].find((option) => option.value === id)?.text ?? id;
