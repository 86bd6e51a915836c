// The conversation: questions, and the server's answers as they come. It is kept in the browser as
// questions only; after a reload they are asked again, so that nothing old is shown as current.

import { current, push, replace, withoutDocument } from "./address.js";
import { copy } from "./clipboard.js";
import { chosenFilters, describeFilters, setFilters } from "./filters.js";
import { byId, element, isNarrow, language, postForJson, remember, remembered, say, text } from "./shared.js";

const MOST_KEPT = 30;
// A follow-up leans on what was just asked, hardly ever on what was asked long before.
const MOST_PREVIOUS = 5;
const LONGEST_SHOWN = 2000;

let turns = [];

export function beginConversation() {
  const box = byId("question");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    askFromBox();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      askFromBox();
    }
  });
  box.addEventListener("input", () => fit(box));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
      event.preventDefault();
      box.focus();
    }
  });
  byId("welcome").addEventListener("click", (event) => {
    const suggestion = event.target.closest("[data-question]");
    if (suggestion) askNew(suggestion.dataset.question);
  });
  byId("new-conversation").addEventListener("click", clear);
  restore();
}

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 200)}px`;
}

function askFromBox() {
  const box = byId("question");
  if (!box.value.trim()) return box.focus();
  askNew(box.value.trim());
  box.value = "";
  fit(box);
}

function askNew(question) {
  const filters = chosenFilters();
  const turn = add({ question, filters, previous: turns.slice(-MOST_PREVIOUS).map((before) => before.question) });
  push({ ...(isNarrow() ? withoutDocument(current()) : current()), vraag: question, filters: filtersInAddress(filters) });
  return answer(turn).then(() => show(turn));
}

const filtersInAddress = (filters) => (Object.keys(filters).length ? JSON.stringify(filters) : null);

/** Show what the address asks: the turn that has the question, or a new one. */
export function followAddress({ vraag, filters }) {
  if (!vraag) return;
  const known = turns.findLast((turn) => turn.question === vraag && (filtersInAddress(turn.filters) ?? "") === (filters ?? ""));
  if (known) return show(known);
  const turn = add({ question: vraag, filters: parsed(filters), previous: [] });
  setFilters(turn.filters);
  answer(turn).then(() => show(turn));
}

function parsed(filters) {
  try {
    return JSON.parse(filters) ?? {};
  } catch {
    return {};
  }
}

function add({ question, filters, previous }) {
  const turn = { question, filters, previous, section: drawn(question, filters) };
  turns.push(turn);
  byId("turns").append(turn.section);
  byId("welcome").hidden = true;
  byId("new-conversation").hidden = false;
  wire(turn);
  keep();
  show(turn);
  return turn;
}

function drawn(question, filters) {
  const shown = question.length > LONGEST_SHOWN ? `${question.slice(0, LONGEST_SHOWN)} …` : question;
  const described = describeFilters(filters);
  return element(
    "section",
    { class: "turn" },
    element(
      "header",
      { class: "asked" },
      element("h2", { tabindex: "-1" }, shown),
      element("button", { type: "button", class: "quiet", "data-action": "share" }, text("share")),
    ),
    described ? element("p", { class: "searched" }, described) : null,
    element("div", { class: "reply", "aria-busy": "true" }, element("p", { class: "loading" }, text("searching"))),
  );
}

function wire(turn) {
  turn.section.addEventListener("click", (event) => {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (action === "share") share(turn);
    else if (action === "again") answer(turn);
    else if (action === "alone") {
      turn.previous = [];
      keep();
      answer(turn);
    }
  });
}

async function answer(turn) {
  const reply = turn.section.querySelector(".reply");
  reply.setAttribute("aria-busy", "true");
  const { question, previous, filters } = turn;
  try {
    const found = await postForJson("answer", { question, previous, filters, language: language() });
    reply.innerHTML = found.html;
    const said = found.hits ? text("result", { level: text(`badge ${found.level}`), count: found.hits }) : reply.textContent.trim();
    if (turn === turns.at(-1)) byId("status").textContent = said;
  } catch (error) {
    reply.replaceChildren(
      element("p", { class: "failed" }, error.message, " ", element("button", { type: "button", "data-action": "again" }, text("again"))),
    );
    byId("status").textContent = error.message;
  }
  reply.removeAttribute("aria-busy");
}

function show(turn) {
  turn.section.scrollIntoView({ block: "start" });
}

function share(turn) {
  const query = new URLSearchParams({ vraag: turn.question });
  if (filtersInAddress(turn.filters)) query.set("filters", filtersInAddress(turn.filters));
  copy(Promise.resolve({ plain: `${location.origin}${location.pathname}?${query}` })).then(
    () => say(text("copied link")),
    () => say(text("not copied")),
  );
}

function keep() {
  remember("conversation", turns.slice(-MOST_KEPT).map(({ question, filters, previous }) => ({ question, filters, previous })));
}

function restore() {
  const saved = remembered("conversation");
  if (!Array.isArray(saved)) return;
  for (const { question, filters, previous } of saved) {
    if (typeof question === "string") add({ question, filters: filters ?? {}, previous: Array.isArray(previous) ? previous : [] });
  }
  // The newest is what a person looks at.
  turns.toReversed().reduce((before, turn) => before.then(() => answer(turn)), Promise.resolve());
}

function clear() {
  const [before, place] = [turns, current()];
  draw([]);
  push({ ...current(), vraag: null, filters: null });
  byId("question").focus();
  say(text("conversation cleared"), () => {
    draw(before);
    replace(place);
  });
}

function draw(shown) {
  turns = shown;
  byId("turns").replaceChildren(...turns.map((turn) => turn.section));
  byId("welcome").hidden = turns.length > 0;
  byId("new-conversation").hidden = turns.length === 0;
  keep();
}

/** The cards of the answer that a card belongs to, in order. */
export const cardsBeside = (card) => [...card.closest(".answer").querySelectorAll(".card")];
