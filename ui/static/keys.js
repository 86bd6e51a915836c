// What can be done by key: from passage to passage, and with the passage at hand. Keys of one letter can be
// switched off, for who speaks to the machine (WCAG 2.1.4); all of them are listed under "?".

import { closed, opened } from "./layers.js";
import { byId, element, remember, remembered, text } from "./shared.js";

const LISTED = ["/", "Esc", "↑", "j", "k", "o", "w", "c", "m", "?"];
const ACTIONS = { o: "[data-action=open]", w: "details.whole > summary", c: "[data-action=copy]", m: "[data-action=to-memo]" };

export function beginKeys() {
  const dialog = byId("keys");
  byId("keys-list").replaceChildren(
    ...LISTED.flatMap((key) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, text(`key ${key}`))]),
  );
  const single = byId("keys-single");
  single.checked = remembered("keys") !== false;
  single.addEventListener("change", () => remember("keys", single.checked));
  byId("keys-open").addEventListener("click", showKeys);
  byId("keys-close").addEventListener("click", () => dialog.close());
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
  if (key === "/" || key === "?") {
    if (!withLetters) return false;
    if (key === "/") byId("question").focus();
    else showKeys();
    return true;
  }
  if (!withLetters) return false;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  const button = ACTIONS[key] && cardAtHand()?.querySelector(ACTIONS[key]);
  button?.click();
  return Boolean(button);
}

const cardAtHand = () => document.activeElement?.closest(".card");

/** To the next passage that can be seen, from the one at hand, or from the question at hand to its first. */
function step(by) {
  const cards = [...document.querySelectorAll("#turns .card")].filter((card) => card.checkVisibility());
  const here = document.activeElement?.closest(".card, .turn") ?? document.querySelector("#turns .turn:last-child");
  if (!here || !cards.length) return false;
  const at = here.matches(".card") ? cards.indexOf(here) + by : by > 0 ? cards.findIndex((card) => here.contains(card)) : -1;
  const link = cards[at]?.querySelector("h4 a");
  if (!link) return false;
  link.focus({ preventScroll: true });
  cards[at].scrollIntoView({ block: "nearest" });
  return true;
}
