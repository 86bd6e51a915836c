// The document beside the conversation: the whole letter, opened at a passage. It is fetched once;
// after that only the highlight moves, which changes nothing in the page (CSS Custom Highlights).

import { current, push, withDocument, withoutDocument } from "./address.js";
import { beginFind } from "./find.js";
import { domRanges, pieces } from "./offsets.js";
import { byId, collection, element, get, isNarrow, language, nameTab, postForJson, say, text } from "./shared.js";
import { openSide, closeSide, sideIsOpen } from "./side.js";

const LAYERS = ["passage", "sentence", "found", "found-now"];
const documents = new Map();
let shown = null; // {id, pieces}
let hits = { cards: [], at: -1 };
let findAgain = () => {};

export function beginReader() {
  findAgain = beginFind({ pieces: () => shown?.pieces ?? [], position: firstVisible, reveal, mark });
  byId("contents").addEventListener("click", follow);
  byId("letter").addEventListener("click", follow);
  byId("contents-toggle").addEventListener("click", () => showContents(byId("contents").hidden));
  byId("print-document").addEventListener("click", () => print());
  byId("beside-toggle").addEventListener("click", () => showBeside(byId("beside").hidden));
  byId("beside-document").addEventListener("change", drawBeside);
  byId("beside-letter").addEventListener("click", follow);
  byId("hit-next").addEventListener("click", () => stepHit(1));
  byId("hit-previous").addEventListener("click", () => stepHit(-1));
}

/** Another document, or another place of this one, beside the one that is read. */
async function showBeside(isShown) {
  byId("beside").hidden = !isShown;
  byId("beside-toggle").setAttribute("aria-expanded", String(isShown));
  byId("woordelijk").classList.toggle("with-beside", isShown);
  const choice = byId("beside-document");
  if (isShown && isNarrow()) {
    // Both need the room that the menu takes.
    byId("beside-toggle").closest("details").open = false;
    choice.focus();
  }
  if (!isShown || choice.options.length) return;
  try {
    const { documents: there } = await collection();
    choice.append(...there.map(({ id, name }) => element("option", { value: id }, name)));
    choice.value = (there.find(({ id }) => id !== shown?.id) ?? there[0]).id;
    await drawBeside();
  } catch (error) {
    say(error.message);
  }
}

async function drawBeside() {
  const found = await fetched(byId("beside-document").value);
  byId("beside-letter").innerHTML = found.letter;
  byId("beside-letter").scrollTop = 0;
}

/** Fetch a document before it is asked for, so that it opens at once. */
export function prefetch(id) {
  fetched(id).catch(() => {});
}

function fetched(id) {
  if (!documents.has(id)) {
    const coming = get(`document/${encodeURIComponent(id)}?language=${language()}`);
    coming.catch(() => documents.delete(id));
    documents.set(id, coming);
  }
  return documents.get(id);
}

/** Open a passage of a card's answer; the other cards are the hits before and after it. */
export function openCard(card, cards) {
  hits = { cards, at: cards.indexOf(card) };
  goTo({ document: card.dataset.document, start: card.dataset.start, end: card.dataset.end });
}

/** Open a place of a document, as a new place in the history. */
export function goTo(reading) {
  push(withDocument(current(), reading));
  return open(reading);
}

/** Show what the address asks: a place in a document, or no document. */
export async function followAddress({ document: id, start, end, unit, link }) {
  if (link) return openLink(link);
  if (id) return open({ document: id, start, end, unit });
  if (!sideIsOpen("reader")) return;
  closeSide({ quietly: true });
  nameReading("");
}

/** Where nothing was asked, the tab is called by the document. */
function nameReading(title) {
  if (!document.querySelector("#turns .turn")) nameTab(title);
}

async function openLink(link) {
  try {
    const found = await postForJson("open", { link, language: language() });
    if (found.document) await open({ document: found.document, start: found.start, end: found.end });
    if (found.state !== "unchanged") say(found.sentence);
  } catch (error) {
    say(error.message);
  }
}

async function open({ document: id, start, end, unit }) {
  openSide("reader");
  byId("letter").setAttribute("aria-busy", "true");
  try {
    const found = await fetched(id);
    if (shown?.id !== found.id) draw(found);
    place({ start, end, unit });
    nameReading(found.title);
  } catch (error) {
    if (!shown) closeSide({ quietly: true });
    say(error.message);
  }
  byId("letter").removeAttribute("aria-busy");
}

function draw(found) {
  byId("letter").innerHTML = found.letter;
  byId("contents").innerHTML = found.contents;
  byId("reader-title").replaceChildren(element("span", { lang: "nl" }, found.title));
  byId("document-sheets").replaceChildren(...found.sheets.map(([name, href]) => element("a", { href }, name)));
  shown = { id: found.id, pieces: pieces(byId("letter")) };
  showContents(!isNarrow() && byId("reader").clientWidth > 900);
  findAgain();
}

function place({ start, end, unit }) {
  const range = rangeAt(start, end);
  mark("passage", range ? [range] : []);
  if (range) reveal(range.start);
  else if (unit) revealUnit(unit);
  else byId("letter").scrollTop = 0;
  tellHits();
}

/** The range that an address names; of a beginning alone, to the end of its line. */
function rangeAt(start, end) {
  if (start === null || start === undefined) return null;
  const from = Number(start);
  const line = shown.pieces.find((piece) => piece.start <= from && from < piece.end);
  const to = Number(end) > from ? Number(end) : line?.end;
  return to ? { start: from, end: to } : null;
}

function rangeFrom(written) {
  const [start, end] = written.split("-").map(Number);
  return { start, end };
}

/** Highlight ranges of code points under a name that the style sheet knows. */
function mark(name, ranges) {
  if (!window.CSS?.highlights) return;
  const found = ranges.flatMap(({ start, end }) => domRanges(shown?.pieces ?? [], start, end));
  const highlight = new Highlight(...found);
  // What is found lies above the passage, and the answering sentence above its passage.
  highlight.priority = LAYERS.indexOf(name);
  CSS.highlights.set(name, highlight);
}

/** Bring a code point into view, unfolding the footnote that it stands in. */
function reveal(start) {
  const piece = shown.pieces.find((found) => found.end > start && found.start <= start) ?? shown.pieces.find((found) => found.start >= start);
  if (!piece) return;
  if (piece.note?.hidden) toggleNote(piece.note.previousElementSibling);
  const [range] = domRanges([piece], Math.max(start, piece.start), piece.end);
  const letter = byId("letter");
  piece.node.parentElement.scrollIntoView({ block: "center" });
  // A long paragraph: its beginning may be far above the words themselves.
  const top = (range ?? piece.node.parentElement).getBoundingClientRect().top - letter.getBoundingClientRect().top;
  letter.scrollTop += top - letter.clientHeight * 0.3;
}

function revealUnit(unit, letter = byId("letter")) {
  const section = letter.querySelector(`[data-unit="${CSS.escape(unit)}"].unit`);
  if (!section) return;
  section.scrollIntoView({ block: "start" });
  section.querySelector("h3").focus({ preventScroll: true });
}

/** The place on the page of the first piece of the question at the top of the view. */
function firstVisible() {
  const letter = byId("letter");
  const top = letter.getBoundingClientRect().top;
  const section = [...letter.querySelectorAll(".unit")].find((found) => found.getBoundingClientRect().bottom > top + 1);
  return section ? shown.pieces.findIndex((piece) => section.contains(piece.node)) : 0;
}

function follow(event) {
  const link = event.target.closest("a[data-unit]");
  if (!link || !shown) return;
  event.preventDefault();
  if (event.currentTarget === byId("beside-letter")) return revealUnit(link.dataset.unit, event.currentTarget);
  if (isNarrow()) showContents(false);
  goTo({ document: shown.id, unit: link.dataset.unit });
}

function showContents(isShown) {
  byId("contents").hidden = !isShown;
  byId("contents-toggle").setAttribute("aria-expanded", String(isShown));
}

function stepHit(by) {
  const at = hits.at + by;
  if (!hits.cards[at]) return;
  openCard(hits.cards[at], hits.cards);
}

function tellHits() {
  const { document: id, start } = current();
  const at = hits.cards.findIndex((found) => found.dataset.document === id && found.dataset.start === start);
  const card = hits.cards[at];
  const isHit = at >= 0;
  if (isHit) hits.at = at;
  byId("hits").hidden = !isHit;
  for (const other of document.querySelectorAll(".card.now")) other.classList.remove("now");
  mark("sentence", isHit && card.dataset.sentence ? [rangeFrom(card.dataset.sentence)] : []);
  if (!isHit) return;
  card.classList.add("now");
  byId("hit-count").textContent = text("hit of", { at: hits.at + 1, count: hits.cards.length });
  byId("hit-previous").disabled = hits.at === 0;
  byId("hit-next").disabled = hits.at === hits.cards.length - 1;
}

/** Fold or unfold the footnote behind its mark. */
export function toggleNote(button) {
  const note = button.nextElementSibling;
  note.hidden = !note.hidden;
  button.setAttribute("aria-expanded", String(!note.hidden));
}

/** Close the document, as a new place in the history. */
export function closeDocument() {
  push(withoutDocument(current()));
  nameReading("");
}
