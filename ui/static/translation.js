// A browser that translates the page puts other words in the place of the document's. That is said, selecting words to
// cite is off meanwhile, and the exact words are one click away.

import { byId, element, language, text } from "./shared.js";

// How Chrome, Edge and Firefox mark what they translated.
const MARKS = "html[class*=translated-], [_msttexthash], [data-moz-translations-id]";
const WORDS = "#woordelijk [lang=nl]";
const TRANSLATED = `${MARKS}, ${WORDS} font`;

// What stood in each place of the document's words when it was put there.
const exact = new WeakMap();
let translated = false;
// What was put in the page since the last look, and whether something was marked: a long conversation is not looked through.
let added = [document.documentElement];
let isMarked = false;
let isWaiting = false;

const within = (places, selector) => places.flatMap((place) => [...(place.matches(selector) ? [place] : []), ...place.querySelectorAll(selector)]);

function look() {
  isWaiting = false;
  if (!byId("woordelijk")?.dataset.texts) return void (added = [document.documentElement]);
  // Once: what a place holds is put there with it. While the page is translated it stands there as it is for a moment.
  for (const place of within(added, WORDS)) {
    if (!exact.has(place) && !place.querySelector("font")) exact.set(place, place.innerHTML);
  }
  const now = translated || isMarked || within(added, "font").length ? document.querySelector(TRANSLATED) !== null : false;
  [added, isMarked] = [[], false];
  if (now !== translated) {
    translated = now;
    show();
  }
  hint();
}

function show() {
  byId("translated")?.remove();
  if (!translated) return;
  const back = element("button", { type: "button", onclick: restore }, text("exact"));
  byId("composer").before(element("div", { id: "translated", role: "status", translate: "no" }, element("span", {}, text("translated")), back));
}

/** Put the document's own words back, and let no translation at them. */
function restore() {
  for (const place of document.querySelectorAll(WORDS)) {
    place.setAttribute("translate", "no");
    place.classList.add("notranslate");
    if (exact.has(place)) place.innerHTML = exact.get(place);
  }
  byId("translated")?.remove();
}

/** Once in a conversation, above the first passages: how to read them in another language. */
function hint() {
  if (language() !== "en" || byId("translate-hint")) return;
  const card = document.querySelector("#turns .card");
  card?.before(element("p", { id: "translate-hint", class: "translate-hint" }, text("translate")));
}

/** Words that are no longer the document's cannot be cited by where they stand. */
function keepFromCiting(event) {
  if (!translated) return;
  const at = getSelection().anchorNode;
  const words = (at?.nodeType === Node.ELEMENT_NODE ? at : at?.parentElement)?.closest("[lang=nl], [data-document]");
  if (words && !words.classList.contains("notranslate") && words.querySelector(".notranslate") === null) event.stopImmediatePropagation();
}

document.addEventListener("selectionchange", keepFromCiting, true);

function watch(records) {
  for (const { type, addedNodes } of records) {
    isMarked ||= type === "attributes";
    added.push(...[...addedNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE && node.isConnected));
  }
  if (isWaiting) return;
  isWaiting = true;
  // Where a browser has it: once what was asked is drawn.
  (window.requestIdleCallback ?? setTimeout)(look);
}
watch([]);
new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["_msttexthash", "data-moz-translations-id"] });
new MutationObserver(watch).observe(document.documentElement, { attributeFilter: ["class"] });
