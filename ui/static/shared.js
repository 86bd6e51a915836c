// What all parts of the page share: our own words, the server, and a way to say something.

const page = { texts: {}, language: "nl", element: null };

export function begin(element) {
  page.element = element;
  page.language = element.dataset.language;
  page.texts = JSON.parse(element.dataset.texts);
}

export const language = () => page.language;
export const byId = (id) => document.getElementById(id);
export const isNarrow = () => matchMedia("(max-width: 60rem)").matches;

/** One of our own sentences, with {names} filled in. */
export function text(key, values = {}) {
  return (page.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** One of our own sentences about so many; in the singular where there is one. */
export const counted = (key, count, values = {}) => text(count === 1 && page.texts[`${key} one`] ? `${key} one` : key, { count, ...values });

/** Call the tab by what is looked at; "" for the page itself. */
export function nameTab(name) {
  document.title = name ? `${name.slice(0, 120)} · ${text("title")}` : text("title");
}

/** A new element; strings are set as text, never as markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A new copy of what the page has in the template of that id. */
export const copyOf = (id) => byId(id).content.firstElementChild.cloneNode(true);

async function checked(response) {
  if (response.ok) return response;
  const detail = await response.json().then((found) => found.detail, () => null);
  throw new Error(typeof detail === "string" ? detail : text("failed"));
}

async function fetched(path, options) {
  try {
    return await checked(await fetch(new URL(`../${path}`, import.meta.url), options));
  } catch (error) {
    throw error instanceof TypeError ? new Error(text("no server")) : error;
  }
}

export const get = (path) => fetched(path, {}).then((response) => response.json());
export const post = (path, body) =>
  fetched(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
export const postForJson = (path, body) => post(path, body).then((response) => response.json());

/** What a button of a card cites: the range that it names, or the passage. */
export function rangeOf(button) {
  const { document: id, start, end } = button.closest("[data-document]").dataset;
  const [from, to] = button.dataset.range?.split("-") ?? [start, end];
  return { document: id, start: Number(from), end: Number(to) };
}

/** The question that found what stands there; null outside of a turn. */
export const questionAt = (place) => place.closest(".turn")?.querySelector(".asked h2")?.textContent ?? null;

let asked = null;

/** What can be filtered by, and what the documents are in a word, as they were when the page was opened. */
export const collection = () => (asked ??= get(`collection?language=${language()}`));

/** Save what the server sends as a file of that format, called by a title. */
export async function saveFile(response, title, format) {
  const address = URL.createObjectURL(await response.blob());
  const name = `${title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim().slice(0, 80) || "memo"}.${format}`;
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  return name;
}

let fading;

/** Show a sentence for a while and have it read aloud; with `undo` a button takes the deed back. */
export function say(sentence, undo = null) {
  const place = byId("said");
  place.replaceChildren(element("span", {}, sentence));
  if (undo) {
    const back = () => {
      place.replaceChildren();
      undo();
    };
    place.append(element("button", { type: "button", onclick: back }, text("undo")));
  }
  clearTimeout(fading);
  fading = setTimeout(() => place.replaceChildren(), undo ? 12000 : 4500);
}

/** A value that outlives a reload, in this tab alone where `kept` is "sessionStorage"; a private window may forbid it. */
export function remembered(key, kept = "localStorage") {
  try {
    return JSON.parse(window[kept].getItem(`woordelijk.${key}`));
  } catch {
    return null;
  }
}

export function remember(key, value, kept = "localStorage") {
  try {
    window[kept].setItem(`woordelijk.${key}`, JSON.stringify(value));
  } catch {
    // It lives as long as the page.
  }
}
