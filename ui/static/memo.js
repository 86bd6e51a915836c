// The memo: quotations with the person's own headings and notes between them, in the person's order.
// It is kept in the browser; the file is made by the server from offsets, and refused where a
// quotation is no longer what stands there.

import { citations, linkTo } from "./clipboard.js";
import { byId, element, language, post, remember, remembered, say, text } from "./shared.js";
import { openSide } from "./side.js";

let memo = { title: "", items: [] };
let openQuotation = () => {};

/** `opens(item)` shows a quotation in its document. */
export function beginMemo(opens) {
  openQuotation = opens;
  load();
  // The same memo in another window.
  addEventListener("storage", (event) => event.key === "woordelijk.memo" && load());
  byId("memo-open").addEventListener("click", () => openSide("memo"));
  byId("memo-title").addEventListener("input", (event) => {
    memo.title = event.target.value;
    keep();
  });
  byId("memo-heading").addEventListener("click", () => insert([{ heading: "" }], true));
  byId("memo-note").addEventListener("click", () => insert([{ note: "" }], true));
  byId("memo-clear").addEventListener("click", clear);
  for (const button of byId("memo").querySelectorAll("[data-format]")) {
    button.addEventListener("click", () => download(button.dataset.format));
  }
}

function load() {
  const saved = remembered("memo");
  memo = Array.isArray(saved?.items) ? { title: String(saved.title ?? ""), items: saved.items } : { title: "", items: [] };
  draw();
}

function keep() {
  remember("memo", memo);
  tell();
}

function tell() {
  const count = memo.items.filter((item) => item.document).length;
  byId("memo-open").textContent = count ? text("memo with", { count }) : text("memo");
  const isEmpty = memo.items.length === 0;
  byId("memo-empty").hidden = !isEmpty;
  byId("memo-downloads").hidden = isEmpty;
  byId("memo-clear").hidden = isEmpty && !memo.title;
}

/** Put the quotations of ranges at the end of the memo. */
export async function addToMemo(ranges) {
  try {
    const found = await citations(ranges);
    const items = found.map(({ document: id, start, end, quotation, reference, link }) => ({ document: id, start, end, quotation, reference, link }));
    insert(items, false);
    say(text("added"), () => remove(items));
  } catch (error) {
    say(error.message);
  }
}

function insert(items, withFocus) {
  memo.items.push(...items);
  keep();
  draw();
  if (withFocus) byId("memo-items").lastElementChild.querySelector("input, textarea").focus();
}

function remove(items) {
  memo.items = memo.items.filter((item) => !items.includes(item));
  keep();
  draw();
}

function clear() {
  const before = memo;
  memo = { title: "", items: [] };
  keep();
  draw();
  say(text("memo cleared"), () => {
    memo = before;
    keep();
    draw();
  });
}

function draw() {
  byId("memo-title").value = memo.title;
  byId("memo-items").replaceChildren(...memo.items.map(drawn));
  tell();
}

function drawn(item, at) {
  const body = item.document ? quotation(item) : written(item);
  const row = element("li", { class: item.document ? "quoted" : "own", draggable: "true" }, body, tools(item, at));
  draggable(row, at);
  return row;
}

function quotation(item) {
  const link = element("a", { href: linkTo(item) }, item.reference);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    openQuotation(item);
  });
  return element("figure", {}, element("blockquote", { lang: "nl" }, item.quotation), element("figcaption", {}, link));
}

function written(item) {
  const key = "heading" in item ? "heading" : "note";
  const box = element(key === "heading" ? "input" : "textarea", {
    "aria-label": text(`memo ${key}`),
    placeholder: text(`memo ${key}`),
    ...(key === "heading" ? { type: "text" } : { rows: 3 }),
  });
  box.value = item[key];
  box.addEventListener("input", () => {
    item[key] = box.value;
    for (const button of box.closest("li").querySelectorAll(".row-tools button")) {
      button.setAttribute("aria-label", `${button.title}: ${box.value}`);
    }
    keep();
  });
  // Selecting words in a box is no dragging of its row.
  box.addEventListener("focus", () => box.closest("li").removeAttribute("draggable"));
  box.addEventListener("blur", () => box.closest("li")?.setAttribute("draggable", "true"));
  return box;
}

function tools(item, at) {
  const name = item.document ? item.reference : item.heading ?? item.note;
  const button = (label, sign, onclick, disabled) =>
    element("button", { type: "button", class: "small", "aria-label": `${text(label)}: ${name}`, title: text(label), onclick, disabled }, sign);
  return element(
    "div",
    { class: "row-tools" },
    button("move up", "↑", () => move(at, at - 1, "move up"), at === 0),
    button("move down", "↓", () => move(at, at + 1, "move down"), at === memo.items.length - 1),
    button("remove", "×", () => {
      const before = [...memo.items];
      remove([item]);
      say(text("removed"), () => {
        memo.items = before;
        keep();
        draw();
      });
    }),
  );
}

function move(from, to, focused = null) {
  const [item] = memo.items.splice(from, 1);
  memo.items.splice(to, 0, item);
  keep();
  draw();
  if (!focused) return;
  const buttons = [...byId("memo-items").children[to].querySelectorAll(".row-tools button")];
  const wanted = buttons[focused === "move up" ? 0 : 1];
  (wanted.disabled ? buttons[focused === "move up" ? 1 : 0] : wanted).focus();
  byId("status").textContent = text("moved to", { at: to + 1, count: memo.items.length });
}

let dragged = null;

function draggable(row, at) {
  row.addEventListener("dragstart", (event) => {
    dragged = at;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    row.classList.add("dragged");
  });
  row.addEventListener("dragend", () => {
    dragged = null;
    row.classList.remove("dragged");
  });
  row.addEventListener("dragover", (event) => {
    if (dragged === null) return;
    event.preventDefault();
    row.classList.add("drop-here");
  });
  row.addEventListener("dragleave", () => row.classList.remove("drop-here"));
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged !== null && dragged !== at) move(dragged, at);
  });
}

async function download(format) {
  const title = memo.title.trim() || text("memo untitled");
  const items = memo.items
    .filter((item) => item.document || (item.heading ?? item.note ?? "").trim())
    .map((item) => (item.document ? { document: item.document, start: item.start, end: item.end, quotation: item.quotation } : item));
  if (!items.length) return say(text("memo empty"));
  try {
    const response = await post("memo", { title, items, format, language: language() });
    const address = URL.createObjectURL(await response.blob());
    const name = title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim().slice(0, 80) || "memo";
    element("a", { href: address, download: `${name}.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    say(text("downloaded", { name: `${name}.${format}` }));
  } catch (error) {
    say(error.message);
  }
}
