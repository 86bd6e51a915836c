// The memo: quotations with the person's own headings and notes between them, in the person's order.
// It is kept in the browser; the file is made by the server from offsets. A quotation that is no
// longer what stands there is marked, left out of the file, and costs the others nothing.

import { current } from "./address.js";
import { copy, linkTo } from "./clipboard.js";
import { addQuotations, kept, keptMemo, piecesOf, quotedIn } from "./memo_items.js";
import { byId, copyOf, element, language, post, postForJson, remember, remembered, saveFile, say, text } from "./shared.js";
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
  byId("memo").addEventListener("click", ({ target }) => {
    if (target.dataset.format) download(target.dataset.format);
    else actions[target.dataset.do]?.(placeOf(target));
  });
  beginDragging(byId("memo-items"));
}

/** What the buttons of the memo do, those in a row with the item of that place. */
const actions = {
  heading: () => write({ heading: "" }),
  note: () => write({ note: "" }),
  order: () => change(ordered(), "memo ordered"),
  clear: () => change([], "memo cleared", ""),
  copy: copyAll,
  print: () => print(),
  up: (at) => step(at, at - 1, "up", "down"),
  down: (at) => step(at, at + 1, "down", "up"),
  join,
  remove: (at) => change(memo.items.toSpliced(at, 1), "removed"),
};

/** The place in the memo of the row that something stands in. */
const placeOf = (element) => [...byId("memo-items").children].indexOf(element.closest("#memo-items > li"));

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
      change([...memo.items, ...items], null, memo.title || (question ?? ""));
    },
    takeBack: (items) => change(memo.items.filter((item) => !items.includes(item))),
  });
}

/** Other items in the memo, and another title; with a sentence that says so the deed can be taken back. */
function change(items, said = null, title = memo.title) {
  const before = memo;
  memo = { title, items };
  keep();
  draw();
  if (said) say(text(said), () => change(before.items, null, before.title));
}

/** A heading or a note of the person's own, at the end. */
function write(item) {
  change([...memo.items, item]);
  byId("memo-items").lastElementChild.querySelector("input, textarea").focus();
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
  const item = memo.items[placeOf(row)];
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
  const row = copyOf("memo-item");
  row.className = item.document ? "quoted" : "own";
  row.classList.toggle("gone", gone.has(item));
  row.querySelector(".handle").after(item.document ? quotation(item) : written(item));
  const next = memo.items[at + 1];
  const button = (name) => row.querySelector(`[data-do=${name}]`);
  button("up").disabled = at === 0;
  button("down").disabled = !next;
  button("join").hidden = !item.part || next?.part !== item.part || next.document !== item.document;
  nameTools(row, item);
  return row;
}

function nameTools(row, item) {
  const name = item.document ? item.reference : item.heading ?? item.note;
  for (const button of row.querySelectorAll("[data-do]")) button.setAttribute("aria-label", `${button.title}: ${name}`);
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
    nameTools(box.closest("li"), item);
    keep();
  });
  return box;
}

function move(from, to) {
  const items = memo.items.toSpliced(from, 1);
  change(items.toSpliced(to, 0, memo.items[from]));
}

/** Move an item one place, and keep the button under the finger, or its other where it can go no further. */
function step(from, to, ...buttons) {
  move(from, to);
  const row = byId("memo-items").children[to];
  buttons.map((name) => row.querySelector(`[data-do=${name}]`)).find((button) => !button.disabled)?.focus();
  byId("status").textContent = text("moved to", { at: to + 1, count: memo.items.length });
}

/** Rows are dragged by their handle alone: words in a row are there to be selected. */
function beginDragging(list) {
  let dragged = null;
  const goesTo = (row) => {
    list.querySelector(".drop-here")?.classList.remove("drop-here");
    row?.classList.add("drop-here");
  };
  list.addEventListener("dragstart", ({ target, dataTransfer }) => {
    if (!target.matches?.(".handle")) return;
    dragged = target.closest("li");
    dragged.classList.add("dragged");
    dataTransfer.effectAllowed = "move";
    dataTransfer.setData("text/plain", "");
    dataTransfer.setDragImage(dragged, 0, 0);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    goesTo(event.target.closest("li"));
  });
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    const [from, to] = [dragged, event.target].map(placeOf);
    if (to >= 0 && to !== from) move(from, to);
  });
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    goesTo(null);
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
