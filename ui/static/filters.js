// What to search among. Each field of the panel is called as the server calls that filter, and sent as it is filled in.

import { byId, collection, element, text } from "./shared.js";

// Those that are filled with what there is.
const FILLED = ["groups", "members", "kinds", "ministers"];
const field = (name) => byId(`filter-${name}`);
const fields = () => [...byId("filters").querySelectorAll("[name]")];

export function beginFilters() {
  const panel = byId("filters");
  byId("filters-toggle").addEventListener("click", (event) => {
    panel.hidden = !panel.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) field("documents").focus();
  });
  panel.disabled = false;
  panel.addEventListener("input", showCount);
  byId("filters-clear").addEventListener("click", () => setFilters({}));
  collection().then(fill, () => {});
}

function fill({ documents, ...found }) {
  for (const name of FILLED) {
    field(name).append(...found[name].map((value) => element("option", { value }, value)));
    field(name).closest("label").hidden = found[name].length === 0;
  }
  field("documents").list.append(...documents.map(({ id, name }) => element("option", { value: name, "data-id": id })));
  for (const name of ["since", "until"]) field(name).closest("label").hidden = !documents.some(({ date }) => date);
  setFilters(waiting);
}

const named = (wanted) => [...field("documents").list.options].find(wanted);

let waiting = {};

/** The filters that are set, as the server takes them; words of a title do for a document. */
export function chosenFilters() {
  const { documents, ...chosen } = Object.fromEntries(fields().flatMap(({ name, value }) => (value.trim() ? [[name, value.trim()]] : [])));
  return documents ? { ...chosen, documents: named(({ value }) => value === documents)?.dataset.id ?? documents } : chosen;
}

export function setFilters(filters) {
  waiting = filters;
  for (const one of fields()) one.value = [filters[one.name] ?? ""].flat()[0];
  const { value } = field("documents");
  field("documents").value = named(({ dataset }) => dataset.id === value)?.value ?? value;
  showCount();
}

function showCount() {
  const count = Object.keys(chosenFilters()).length;
  byId("filters-toggle").textContent = count ? text("filters set", { count }) : text("filters");
  byId("filters-clear").hidden = count === 0;
}
