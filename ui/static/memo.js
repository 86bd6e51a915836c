// The memo: quotations with the person's own headings and notes between them, in the person's order.
// It is kept in the browser; the file is made by the server from offsets. A quotation that is no
// longer what stands there is marked, left out of the file, and costs the others nothing.

import { current } from "./address.js";
import { copy, linkTo } from "./clipboard.js";
import { addQuotations, kept, keptMemo, piecesOf, quotedIn } from "./memo_items.js";
import { byId, element, language, post, postForJson, remember, remembered, saveFile, say, text } from "./shared.js";
import { openSide } from "./side.js";

const LEFT_OUT = "x-left-out";

let memo = { title: "", items: [] };
let gone = new Set();
let openQuotation = () => {};

/** `opens(item)` shows a quotation in its document. */
export function beginMemo(opens) {
  openQuotation = opens;
  load();
  // The same memo in another window.
  addEventListener("storage", (event) => event.key === "woordelijk.memo" && load());
  byId("memo-open").addEventListener("click", () => {
    openSide("memo");
    look();
  });
  byId("memo-title").addEventListener("input", (event) => {
    memo.title = event.target.value;
    keep();
  });
  byId("memo-author").value = remembered("author") ?? "";
  byId("memo-author").addEventListener("input", (event) => remember("author", event.target.value));
  byId("memo-heading").addEventListener("click", () => insert([{ heading: "" }], true));
  byId("memo-note").addEventListener("click", () => insert([{ note: "" }], true));
  byId("memo-order").addEventListener("click", () => change(ordered(), "memo ordered"));
  byId("memo-clear").addEventListener("click", clear);
  byId("memo-copy").addEventListener("click", copyAll);
  byId("memo-print").addEventListener("click", () => print());
  for (const button of byId("memo").querySelectorAll("[data-format]")) {
    button.addEventListener("click", () => download(button.dataset.format));
  }
}

function load() {
  memo = keptMemo();
  draw();
}

function keep() {
  remember("memo", memo);
  tell();
}

function tell() {
  const count = quotedIn(memo.items);
  byId("memo-open").textContent = count ? text("memo with", { count }) : text("memo");
  byId("memo-clear").hidden = !memo.items.length && !memo.title;
  byId("memo-order").hidden = !memo.items.some((item) => item.document && item.question);
}

/** Put the quotations of ranges, found by what was `asked`, at the end of the memo; those that it has already not again. */
export function addToMemo(ranges, asked = null) {
  const question = asked ?? current().vraag;
  return addQuotations(ranges, question, {
    items: () => memo.items,
    put(items) {
      memo.title ||= question ?? "";
      insert(items, false);
    },
    takeBack: (items) => change(memo.items.filter((item) => !items.includes(item))),
  });
}

function insert(items, withFocus) {
  memo.items.push(...items);
  keep();
  draw();
  if (withFocus) byId("memo-items").lastElementChild.querySelector("input, textarea").focus();
}

/** Other items in the memo; with a sentence that says so the deed can be taken back. */
function change(items, said = null) {
  const before = memo.items;
  memo.items = items;
  keep();
  draw();
  if (said) say(text(said), () => change(before));
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

/** The quotations by the questions that found them, each question a heading; what a person wrote stays before what it stood before. */
function ordered() {
  const groups = new Map();
  let own = [];
  for (const item of memo.items) {
    if (!item.document) own.push(item);
    else {
      const group = groups.get(item.question) ?? [];
      groups.set(item.question, [...group, ...own.filter((found) => found.heading !== item.question), item]);
      own = [];
    }
  }
  // Of one question alone the title says it.
  const isOne = groups.size === 1 && memo.title === [...groups.keys()][0];
  const headed = [...groups].flatMap(([question, items]) => [...(question && !isOne ? [{ heading: question }] : []), ...items]);
  return [...headed, ...own];
}

/** Leave the words of `range` out of the quotation in a row of the memo; the rest stays exact, with […] between. */
export function shorten(row, range) {
  const item = memo.items[[...byId("memo-items").children].indexOf(row)];
  return abridge(item, piecesOf(item), [item], { leave_out: [range.start, range.end] }, "shortened");
}

function join(at) {
  const [item, next] = memo.items.slice(at, at + 2);
  return abridge(item, [...piecesOf(item), ...piecesOf(next)], [item, next], {}, "joined");
}

/** One quotation of `pieces` in the place of `replaced`, as the server makes it. */
async function abridge(item, pieces, replaced, asked, said) {
  try {
    const made = await postForJson("abridge", { document: item.document, pieces, language: language(), ...asked });
    const found = { ...kept(made.citations[0]), question: item.question };
    getSelection().removeAllRanges();
    change(memo.items.flatMap((known) => (known === item ? [found] : replaced.includes(known) ? [] : [known])), said);
  } catch (error) {
    say(error.message);
  }
}

function draw() {
  byId("memo-title").value = memo.title;
  byId("memo-items").replaceChildren(...memo.items.map(drawn));
  tell();
}

function drawn(item, at) {
  const body = item.document ? quotation(item) : written(item);
  const handle = element("span", { class: "handle", "aria-hidden": "true", title: text("drag") }, "⠿");
  const row = element("li", { class: item.document ? "quoted" : "own" }, handle, body, tools(item, at));
  row.classList.toggle("gone", gone.has(item));
  draggable(row, handle, at);
  return row;
}

function quotation(item) {
  const link = element("a", { href: linkTo(item) }, item.reference);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    openQuotation({ document: item.document, start: item.start, end: item.end });
  });
  const lost = gone.has(item) ? element("p", { class: "lost" }, text("quotation gone")) : null;
  const words = element("blockquote", { lang: "nl" }, ...(item.blocks ? item.blocks.map(block) : wordsOf(item)));
  return element("article", { "data-document": item.document }, words, element("p", { class: "reference" }, link), lost);
}

/** The pieces, each with the code point that it begins at, so that words in it can be selected and left out. */
function wordsOf(item) {
  const words = item.words ?? [item.quotation];
  return piecesOf(item).flatMap(([start], at) => [
    ...(at ? [element("span", { class: "ours" }, " […] ")] : []),
    element("span", { "data-start": start }, words[at] ?? ""),
  ]);
}

function block(found) {
  if (typeof found === "string") return element("p", {}, found);
  const row = (cells, at) => element("tr", {}, ...cells.map((cell) => element(found.headed && !at ? "th" : "td", {}, cell)));
  const caption = found.caption ? element("caption", {}, found.caption) : null;
  const table = element("table", {}, caption, ...found.rows.map(row));
  return element("div", { class: "table", role: "region", tabindex: "0", "aria-label": text("table") }, table);
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
  return box;
}

function tools(item, at) {
  const name = item.document ? item.reference : item.heading ?? item.note;
  const button = (label, sign, onclick, disabled) =>
    element("button", { type: "button", class: "small", "aria-label": `${text(label)}: ${name}`, title: text(label), onclick, disabled }, sign);
  const next = memo.items[at + 1];
  const joins = item.part && next?.part === item.part && next.document === item.document;
  return element(
    "div",
    { class: "row-tools" },
    button("move up", "↑", () => move(at, at - 1, "move up"), at === 0),
    button("move down", "↓", () => move(at, at + 1, "move down"), at === memo.items.length - 1),
    joins ? button("join next", "⊕", () => join(at)) : null,
    button("remove", "×", () => change(memo.items.filter((known) => known !== item), "removed")),
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

function draggable(row, handle, at) {
  // By its handle alone: words in a row are there to be selected.
  handle.addEventListener("pointerdown", () => row.setAttribute("draggable", "true"));
  handle.addEventListener("pointerup", () => row.removeAttribute("draggable"));
  row.addEventListener("dragstart", (event) => {
    dragged = at;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    row.classList.add("dragged");
  });
  row.addEventListener("dragend", () => {
    dragged = null;
    row.removeAttribute("draggable");
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

const title = () => memo.title.trim() || text("memo untitled");

/** The memo as a file of that format; what is gone is marked, and its number said. */
async function made(format) {
  const sent = memo.items.filter((item) => item.document || (item.heading ?? item.note ?? "").trim());
  const items = sent.map(({ document: id, start, end, pieces, quotation, link, ...own }) => {
    if (!id) return "heading" in own ? { heading: own.heading } : { note: own.note };
    return pieces ? { document: id, pieces, quotation } : { document: id, start, end, quotation, link };
  });
  // The date of the person's day, not of Greenwich's.
  const date = new Date().toLocaleDateString("sv");
  const author = byId("memo-author").value;
  const response = await post("memo", { title: title(), items, format, author, date, language: language() });
  const numbers = (response.headers.get(LEFT_OUT) ?? "").split(",").filter(Boolean).map(Number);
  mark(new Set(numbers.map((number) => sent[number - 1])));
  return response;
}

function mark(found) {
  if (found.size === gone.size && [...found].every((item) => gone.has(item))) return;
  gone = found;
  draw();
}

/** Look which quotations are still what stands in the documents. */
function look() {
  const quoted = memo.items.filter((item) => item.document);
  if (quoted.length) made("json").catch((error) => error.message !== text("no server") && mark(new Set(quoted)));
}

async function copyAll() {
  const coming = Promise.all(["html", "txt"].map((format) => made(format).then((response) => response.text())));
  try {
    await copy(coming.then(([html, plain]) => ({ html, plain })), true);
    say(text(gone.size ? "copied but" : "memo copied", { count: gone.size }));
  } catch (error) {
    say(error.message || text("not copied"));
  }
}

async function download(format) {
  if (!memo.items.length) return say(text("memo empty"));
  try {
    const name = await saveFile(await made(format), title(), format);
    say(text(gone.size ? "downloaded but" : "downloaded", { name, count: gone.size }));
  } catch (error) {
    say(error.message);
  }
}
