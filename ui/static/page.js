// Where the page begins: once Gradio has put it there, its parts are set to work.

import { addressOf, asksAnew, current } from "./address.js";
import { beginClipboard, copyQuotations } from "./clipboard.js";
import { beginConversation, cardsBeside, followAddress as followQuestion, followConversation, gather } from "./conversation.js";
import { beginFilters } from "./filters.js";
import { beginHistory } from "./history.js";
import { beginKeys } from "./keys.js";
import { followHistory, layer } from "./layers.js";
import { addToMemo, beginMemo, shorten } from "./memo.js";
import { beginReader, closeDocument, followAddress as followDocument, goTo, openCard, toggleNote } from "./reader.js";
import { beginSelection } from "./selection.js";
import { begin, byId, get, language, questionAt, rangeOf } from "./shared.js";
import { beginSide, openSide } from "./side.js";
import { beginWatches, showNews } from "./watches.js";

async function start(element) {
  begin(element);
  beginSide((view) => view === "reader" && closeDocument());
  beginFilters();
  beginReader();
  beginMemo(goTo);
  beginClipboard();
  beginSelection(addToMemo, shorten);
  beginHistory();
  beginKeys({ also: Object.fromEntries(Array.from("123456789", (digit) => [digit, () => gather(Number(digit))])) });
  beginWatches();
  byId("all-questions").addEventListener("toggle", listQuestions, { once: true });
  element.addEventListener("click", act);
  addEventListener("popstate", follow);
  await beginConversation();
  element.dataset.ready = "";
  // From a page that adds to the memo and does not show it: Back leads there.
  if (location.hash === "#memo") history.replaceState({ layer: "memo" }, "", addressOf(current()));
  follow();
  // On a telephone the keys would cover what there is to read.
  if (byId("welcome").checkVisibility() && byId("side").hidden && matchMedia("(hover: hover) and (pointer: fine)").matches) {
    byId("question").focus({ preventScroll: true });
  }
}

async function follow() {
  const place = current();
  followHistory();
  await followConversation();
  if (asksAnew()) followQuestion(place);
  if (layer() === "news") showNews();
  else if (layer() === "memo" || layer() === "history") openSide(layer());
  else followDocument(place);
}

function listQuestions() {
  const place = byId("all-questions").querySelector("div");
  get(`questions?language=${language()}`).then(
    ({ html }) => (place.innerHTML = html),
    (error) => (place.textContent = error.message),
  );
}

function act(event) {
  const mark = event.target.closest(".note-mark");
  if (mark) return toggleNote(mark);
  const card = event.target.closest(".card");
  if (!card && !event.target.closest("#welcome")) return;
  // Another place: a reference, or the same answer elsewhere.
  const link = event.target.closest('a[href^="?document="]:not([data-action])');
  if (link) {
    event.preventDefault();
    return goTo(Object.fromEntries(new URL(link.href).searchParams));
  }
  const button = event.target.closest("[data-action]");
  const action = button?.dataset.action;
  if (!card || !action) return;
  if (action === "open") {
    // Selecting words of a card is no click on it.
    if (event.target.closest("blockquote") && !getSelection().isCollapsed) return;
    event.preventDefault();
    openCard(card, cardsBeside(card));
  } else if (action === "to-memo") addToMemo([rangeOf(button)], questionAt(button));
  else if (action !== "judge") copyQuotations([rangeOf(button)], action);
}

function whenThere(id, then) {
  const found = document.getElementById(id);
  if (found) return then(found);
  new MutationObserver((_, observer) => {
    const element = document.getElementById(id);
    if (!element) return;
    observer.disconnect();
    then(element);
  }).observe(document.documentElement, { childList: true, subtree: true });
}

whenThere("woordelijk", start);
