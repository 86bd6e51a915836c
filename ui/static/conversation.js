// The conversation: questions, and the server's answers as they come. Each tab has its own; a reload shows
// the answers that were given, with when, and whoever wants today's asks again.

import { conversationThere, current, inConversation, push, withoutDocument } from "./address.js";
import { copy } from "./clipboard.js";
import { chosenFilters, setFilters } from "./filters.js";
import { judge } from "./judge.js";
import { answerOf, dropTurns, keepTurn, turnsOf } from "./kept.js";
import { addToMemo } from "./memo.js";
import { prefetch } from "./reader.js";
import { byId, collection, copyOf, counted, element, isNarrow, language, nameTab, postForJson, rangeOf, remember, remembered, say, text } from "./shared.js";
import { follow } from "./watches.js";

// A follow-up leans on what was just asked, hardly ever on what was asked long before.
const MOST_PREVIOUS = 5;

let conversation = "";
let turns = [];
let recalled = null;
// The turns of another conversation are being fetched: what is asked meanwhile comes below them.
let opening = Promise.resolve();

/** Set the box to work, and show what this tab asked before. */
export function beginConversation() {
  const box = byId("question");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    askFromBox();
  });
  box.addEventListener("keydown", typed);
  byId("welcome").addEventListener("click", (event) => {
    const suggestion = event.target.closest("[data-question]");
    if (suggestion) askNew(suggestion.dataset.question);
  });
  byId("new-conversation").addEventListener("click", beginAnew);
  const shown = show(remembered("conversation", "sessionStorage") ?? newId());
  // Enter was pressed before this script was there.
  if (box.value.endsWith("\n")) askFromBox();
  return shown;
}

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** Show the conversation of that id, in this tab from now on. */
export async function show(id) {
  conversation = id;
  inConversation(id);
  remember("conversation", id, "sessionStorage");
  opening = turnsOf(id).then((kept) => draw(kept.map((turn) => Object.assign(turn, { section: drawn(turn) }))));
  await opening;
  turns.at(-1)?.section.scrollIntoView({ block: "start" });
  // The newest is what a person looks at.
  for (const turn of turns.toReversed()) await restore(turn);
}

/** Show another conversation as a new place: a new one, or one of the history. */
export function begin(id) {
  push({ ...current(), vraag: null, filters: null });
  return show(id).then(() => (turns.length ? focusOn(turns.at(-1)) : byId("question").focus()));
}

function beginAnew() {
  const earlier = conversation;
  begin(newId());
  say(text("conversation kept"), () => begin(earlier));
}

/** After a step in the history: the conversation that was shown there, with the answers that were given. */
export async function followConversation() {
  const there = conversationThere();
  if (there && there !== conversation) await show(there);
}

export const currentId = () => conversation;

async function restore(turn) {
  const html = turn.language === language() ? await answerOf(turn.id) : null;
  if (!html) return answer(turn);
  fill(turn, html);
  collection().then(({ library }) => tellChanged(library, [turn]), () => {});
}

function typed(event) {
  const box = event.currentTarget;
  if (event.isComposing) return;
  if (isEntered(event)) {
    event.preventDefault();
    askFromBox();
  } else if ((event.key === "ArrowUp" && (!box.value || recalled !== null)) || (event.key === "ArrowDown" && recalled !== null)) {
    event.preventDefault();
    recall(box, event.key === "ArrowUp" ? 1 : -1);
  } else if (event.key === "Escape" && turns.length) {
    event.preventDefault();
    focusOn(turns.at(-1));
  } else recalled = null;
}

const isEntered = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing;

/** Bring back an earlier question, each once, the latest first. */
function recall(box, by) {
  const asked = [...new Set(turns.map((turn) => turn.question).toReversed())];
  const at = (recalled ?? -1) + by;
  recalled = at < 0 ? null : Math.min(at, asked.length - 1);
  box.value = recalled === null ? "" : asked[recalled] ?? "";
}

function askFromBox() {
  const box = byId("question");
  if (!box.value.trim()) return box.focus();
  askNew(box.value.trim());
  box.value = "";
  recalled = null;
}

const inAddress = (filters) => (Object.keys(filters).length ? JSON.stringify(filters) : null);
const before = (turn) => turns.slice(0, turns.indexOf(turn)).slice(-MOST_PREVIOUS).map(({ question }) => question);

async function askNew(question) {
  await opening;
  const filters = chosenFilters();
  push({ ...(isNarrow() ? withoutDocument(current()) : current()), vraag: question, filters: inAddress(filters) });
  return add({ question, filters, previous: turns.slice(-MOST_PREVIOUS).map((earlier) => earlier.question) });
}

/** Show what the address asks: the turn that has the question, or a new one. */
export function followAddress({ vraag, filters }) {
  if (!vraag) return;
  const known = turns.findLast((turn) => turn.question === vraag && (inAddress(turn.filters) ?? "") === (filters ?? ""));
  if (known) return focusOn(known);
  setFilters(parsed(filters));
  add({ question: vraag, filters: parsed(filters), previous: [] });
}

function parsed(filters) {
  try {
    return JSON.parse(filters) ?? {};
  } catch {
    return {};
  }
}

/** Ask one more question, and show it; the server is at work while the browser draws. */
function add(asked) {
  const turn = { id: newId(), conversation, at: Date.now(), language: language(), top: 10, order: "relevance", ...asked };
  const coming = found(turn);
  const before = turns.at(-1)?.section;
  if (before) {
    // Out of sight it is not laid out any more, and keeps its height (see `.earlier`). Looked up before anything changes.
    const [first, last] = [before.firstElementChild, before.lastElementChild].map((part) => part.getBoundingClientRect());
    before.style.setProperty("--height", `${last.bottom - first.top}px`);
    before.classList.add("earlier");
  }
  turn.section = drawn(turn);
  turns.push(turn);
  byId("turns").append(turn.section);
  nameTab(turn.question);
  focusOn(turn);
  return answer(turn, coming);
}

const found = ({ question, previous, filters, top, order }) =>
  postForJson("answer", { question, previous, filters, top, order, language: language() });

function draw(shown) {
  turns = shown;
  byId("turns").replaceChildren(...turns.map((turn) => turn.section));
  nameTab(turns.at(-1)?.question ?? "");
}

function drawn(turn) {
  const section = copyOf("turn");
  section.querySelector("h2").textContent = turn.question;
  section.addEventListener("click", (event) => actions[event.target.closest("[data-action]")?.dataset.action]?.(turn, event));
  section.addEventListener("change", (event) => event.target.dataset.action === "order" && reorder(turn, event.target.value));
  return section;
}

const actions = {
  share,
  edit,
  remove,
  again: (turn) => answer(turn),
  watch: ({ question, filters }) => follow(question, filters),
  gather: (turn) => gather(Infinity, turn),
  async judge(turn, { target }) {
    try {
      turn.judged = { ...turn.judged, [placeOf(target)]: await judge(target, turn.question) };
      showJudgements(turn);
      keep(turn);
    } catch (error) {
      say(error.message);
    }
  },
  alone(turn) {
    const { previous } = turn;
    const ask = (asked) => answer(Object.assign(turn, { previous: asked })).then(() => focusOn(turn));
    ask([]).then(() => say(text("searched alone"), () => ask(previous)));
  },
  async more(turn, event) {
    const shown = turn.section.querySelectorAll(".card").length;
    turn.top = Number(event.target.closest("[data-top]").dataset.top);
    await answer(turn);
    for (const details of turn.section.querySelectorAll(".more")) details.open = true;
    turn.section.querySelectorAll(".card h4 a")[shown]?.focus();
  },
};

async function reorder(turn, order) {
  turn.order = order;
  await answer(turn);
  turn.section.querySelector("[data-action=order]")?.focus({ preventScroll: true });
}

/** Ask the server; of what was given before, only what comes now is kept. */
async function answer(turn, coming = found(turn)) {
  const reply = turn.section.querySelector(".reply");
  reply.setAttribute("aria-busy", "true");
  try {
    const { html, hits, level, library } = await coming;
    Object.assign(turn, { given: Date.now(), language: language(), library });
    fill(turn, html);
    tellChanged(library, turns);
    const said = hits ? counted("result", hits, { level: text(`badge ${level}`) }) : reply.textContent.trim();
    if (turn === turns.at(-1)) byId("status").textContent = said;
    keep(turn, html);
  } catch (error) {
    reply.replaceChildren(
      element("p", { class: "failed" }, error.message, " ", element("button", { type: "button", "data-action": "again" }, text("again"))),
    );
    reply.removeAttribute("aria-busy");
    byId("status").textContent = error.message;
    keep(turn);
  }
}

/** Put an answer in its place; what a person unfolded in the one before stays so. */
function fill(turn, html) {
  const reply = turn.section.querySelector(".reply");
  const unfolded = new Set([...reply.querySelectorAll("details[open]")].map(nameOf));
  reply.innerHTML = html;
  for (const details of reply.querySelectorAll("details")) details.open ||= unfolded.has(nameOf(details));
  showJudgements(turn);
  reply.removeAttribute("aria-busy");
  const card = reply.querySelector(".card");
  // What will be opened: it comes while a person reads.
  if (card) prefetch(card.dataset.document);
  const when = element("time", { datetime: new Date(turn.given).toISOString() }, inWords(turn.given));
  const [start, end] = text("given").split("{when}");
  turn.section.querySelector(".given").replaceChildren(start, when, end);
}

/** Show what a person said of the passages of a turn. */
function showJudgements({ section, judged }) {
  for (const thumb of section.querySelectorAll(".thumb")) {
    thumb.setAttribute("aria-pressed", String(judged?.[placeOf(thumb)] === Number(thumb.dataset.relevance)));
  }
}

/** The passage that something stands at; "" where it stands at none. */
function placeOf(place) {
  const card = place.closest(".card");
  return card ? Object.values(rangeOf(card)).join(" ") : "";
}

/** What unfolds, by the passage that it stands at. */
const nameOf = (details) => `${details.className} ${placeOf(details)}`;

/** Say at answers that were given from other documents than there are `now`, that these have changed since. */
function tellChanged(now, given) {
  for (const turn of given) {
    const said = turn.section.querySelector(".given");
    if (!now || !turn.library || turn.library === now || said.querySelector(".changed")) continue;
    said.append(element("span", { class: "changed" }, ` ${text("given before")}`));
  }
}

export function inWords(at) {
  return new Date(at).toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" });
}

const keep = ({ section, ...turn }, html = null) => keepTurn({ ...turn, html });

/** Out of the box: a telephone puts its keys away, and the answer is the next thing that Tab comes to. */
function focusOn({ section }) {
  section.querySelector(".asked h2")?.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
}

function share(turn) {
  const query = new URLSearchParams({ vraag: turn.question });
  if (inAddress(turn.filters)) query.set("filters", inAddress(turn.filters));
  copy(Promise.resolve({ plain: `${location.origin}${location.pathname}?${query}` })).then(
    () => say(text("copied link")),
    () => say(text("not copied")),
  );
}

/** Ask an earlier question in other words, in its place. */
function edit(turn) {
  const heading = turn.section.querySelector(".asked h2");
  if (!heading) return;
  const form = copyOf("turn-edited");
  form.question.value = turn.question;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && !isEntered(event)) return;
    event.preventDefault();
    event.key === "Escape" ? form.reset() : form.requestSubmit();
  });
  form.addEventListener("reset", () => {
    form.replaceWith(heading);
    focusOn(turn);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = form.question.value.trim();
    if (!question) return form.question.focus();
    Object.assign(turn, { question, previous: before(turn), judged: {}, top: 10, order: "relevance" });
    heading.textContent = question;
    form.reset();
    nameTab(turns.at(-1).question);
    answer(turn);
  });
  heading.replaceWith(form);
  form.question.focus();
}

function remove(turn) {
  const all = [...turns];
  draw(turns.filter((other) => other !== turn));
  dropTurns([turn.id]);
  say(text("turn removed"), () => {
    draw(all);
    keep(turn, turn.section.querySelector(".reply:has(.answer)")?.innerHTML);
  });
  (turns.length ? turns.at(-1).section.querySelector("h2") : byId("question")).focus();
}

/** Put so many of the passages that are shown of an answer in the memo, the first first. */
export function gather(count, turn = turns.find(({ section }) => section.contains(document.activeElement)) ?? turns.at(-1)) {
  const cards = [...(turn?.section.querySelectorAll(".card") ?? [])].filter((card) => card.checkVisibility()).slice(0, count);
  if (cards.length) addToMemo(cards.map((card) => rangeOf(card.querySelector("[data-action=to-memo]"))), turn.question);
  return cards.length > 0;
}

/** The cards of the answer that a card belongs to, in order. */
export const cardsBeside = (card) => [...card.closest(".answer").querySelectorAll(".card")];
