// Where the page begins: once Gradio has put it there, its parts are set to work.

import { asksAnew, current } from "./address.js";
import { copyQuotations } from "./clipboard.js";
import { beginConversation, cardsBeside, followAddress as followQuestion } from "./conversation.js";
import { beginFilters } from "./filters.js";
import { beginHistory } from "./history.js";
import { judge } from "./judge.js";
import { beginKeys } from "./keys.js";
import { followHistory, layer } from "./layers.js";
import { addToMemo, beginMemo } from "./memo.js";
import { beginReader, closeDocument, followAddress as followDocument, goTo, openCard, prefetch, toggleNote } from "./reader.js";
import { beginSelection } from "./selection.js";
import { begin, byId, get, language } from "./shared.js";
import { beginSide, openSide } from "./side.js";
import { beginWatches, showNews } from "./watches.js";

async function start(element) {
  begin(element);
  beginSide((view) => view === "reader" && closeDocument());
  beginFilters();
  beginReader();
  beginMemo(goTo);
  beginSelection();
  beginHistory();
  beginKeys();
  beginWatches();
  byId("all-questions").addEventListener("toggle", listQuestions, { once: true });
  element.addEventListener("click", act);
  addEventListener("popstate", follow);
  await beginConversation();
  element.dataset.ready = "";
  follow();
  // On a telephone the keys would cover what there is to read.
  if (!byId("welcome").hidden && byId("side").hidden && matchMedia("(hover: hover) and (pointer: fine)").matches) {
    byId("question").focus({ preventScroll: true });
  }
}

function follow() {
  const place = current();
  followHistory();
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
  if (!card) return;
  const button = event.target.closest("[data-action]");
  const action = button?.dataset.action;
  const { document: id, start, end } = card.dataset;
  // All of an answer, or the passage.
  const [from, to] = button?.dataset.range?.split("-") ?? [start, end];
  const range = { document: id, start: Number(from), end: Number(to) };
  if (action === "open") {
    // Selecting words of a card is no click on it.
    if (event.target.closest("blockquote") && !getSelection().isCollapsed) return;
    event.preventDefault();
    openCard(card, cardsBeside(card));
  } else if (action === "to-memo") addToMemo([range]);
  else if (action === "judge") judge(button, card);
  else if (action) copyQuotations([range], action);
}

/** The first document of an answer is what will be opened: fetch it while a person reads. */
function prefetchFrom(element) {
  new MutationObserver(() => {
    const card = element.querySelector("#turns .card");
    if (card) prefetch(card.dataset.document);
  }).observe(element.querySelector("#turns"), { childList: true, subtree: true });
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

whenThere("woordelijk", (element) => {
  prefetchFrom(element);
  start(element);
});
