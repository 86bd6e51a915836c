// What can be done by key: from passage to passage, and with the passage at hand. Keys of one letter can be
// switched off, for who speaks to the machine (WCAG 2.1.4); all of them are listed under "?".

import { closed, opened } from "./layers.js";
import { byId, remember, remembered } from "./shared.js";

const TURNS = { cards: "#turns .card", around: ".card, .turn", last: "#turns .turn:last-child", name: "h4 a" };
const ACTIONS = { o: "[data-action=open]", w: "details.whole > summary", c: "[data-action=copy]", m: "[data-action=to-memo]" };

let stops = TURNS;
let also = {};

/** The keys of a page: where j and k stop, and what others do ({key: () => …}). */
export function beginKeys(page = {}) {
  ({ stops, also } = { stops, also, ...page });
  const dialog = byId("keys");
  const single = byId("keys-single");
  single.checked = remembered("keys") !== false;
  single.addEventListener("change", () => remember("keys", single.checked));
  byId("keys-open").addEventListener("click", showKeys);
  dialog.addEventListener("close", () => closed("keys"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || dialog.open) return;
    if (pressed(event.key, single.checked)) event.preventDefault();
  });
}

const isTyping = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]") != null;

function showKeys() {
  byId("keys").showModal();
  opened("keys", () => byId("keys").close());
}

/** Whether the key meant something here. */
function pressed(key, withLetters) {
  if (!withLetters) return false;
  if (key === "?") showKeys();
  else if (key === "/" && byId("question")) byId("question").focus();
  else if (also[key]) return also[key]() !== false;
  else if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  else {
    const button = ACTIONS[key] && cardAtHand()?.querySelector(ACTIONS[key]);
    button?.click();
    return Boolean(button);
  }
  return true;
}

const cardAtHand = () => document.activeElement?.closest(".card");

/** To the next passage that can be seen, from the one at hand, or from the question at hand to its first. */
function step(by) {
  const cards = [...document.querySelectorAll(stops.cards)].filter((card) => card.checkVisibility());
  const here = document.activeElement?.closest(stops.around) ?? document.querySelector(stops.last);
  if (!here || !cards.length) return false;
  const at = here.matches(".card") ? cards.indexOf(here) + by : by > 0 ? cards.findIndex((card) => here.contains(card)) : -1;
  const link = cards[at]?.querySelector(stops.name);
  if (!link) return false;
  link.focus({ preventScroll: true });
  cards[at].scrollIntoView({ block: "nearest" });
  return true;
}
