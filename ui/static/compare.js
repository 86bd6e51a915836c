// Two documents side by side: from difference to difference, and the sentence of either side copied or put in the memo.

import { copyQuotations } from "./clipboard.js";
import { addToMemo, beginSheet } from "./sheet.js";
import { byId, text } from "./shared.js";

const HASH = /^#difference-(\d+)$/;
const listed = [...document.querySelectorAll("li[data-difference]")].sort((one, other) => number(one) - number(other));
let at = -1;

function number(element) {
  return Number(element.dataset.difference);
}

/** Bring a difference into view, mark it on both sides, and say what can be cited of it. */
function go(to) {
  if (!listed[to]) return false;
  at = to;
  const chosen = listed[at];
  for (const mark of document.querySelectorAll(".sides .now")) mark.classList.remove("now");
  const marks = document.querySelectorAll(`.sides [data-difference="${number(chosen)}"]`);
  for (const mark of marks) {
    mark.classList.add("now");
    const folded = mark.closest("details");
    if (folded) folded.open = true;
  }
  marks[0]?.scrollIntoView({ block: "center" });
  byId("difference-bar").hidden = false;
  const place = text("difference of", { at: at + 1, count: listed.length });
  byId("difference-count").textContent = `${place} · ${chosen.querySelector(".kind").textContent}`;
  byId("difference-previous").disabled = at === 0;
  byId("difference-next").disabled = at === listed.length - 1;
  for (const side of byId("difference-bar").querySelectorAll("[data-side]")) side.hidden = !chosen.dataset[side.dataset.side];
  history.replaceState(history.state, "", `#difference-${number(chosen)}`);
  return true;
}

/** Cite the sentence of a side of the difference at hand. */
function cite(form, side) {
  const place = listed[at]?.dataset[side];
  if (!place) return false;
  const [document, start, end] = place.split(":");
  const range = { document, start: Number(start), end: Number(end) };
  if (form === "to-memo") addToMemo([range]);
  else copyQuotations([range], form);
  return true;
}

function follow() {
  const asked = HASH.exec(location.hash);
  if (asked) go(listed.findIndex((one) => number(one) === Number(asked[1])));
}

beginSheet({
  also: {
    j: () => go(at + 1),
    k: () => go(at - 1),
    c: () => cite("copy", "b"),
    C: () => cite("copy", "a"),
    m: () => cite("to-memo", "b"),
    M: () => cite("to-memo", "a"),
  },
});
if (listed.length) {
  byId("difference-next").addEventListener("click", () => go(at + 1));
  byId("difference-previous").addEventListener("click", () => go(at - 1));
  byId("difference-bar").addEventListener("click", (event) => {
    const button = event.target.closest("[data-form]");
    if (button) cite(button.dataset.form, button.closest("[data-side]").dataset.side);
  });
  for (const one of listed) {
    one.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      go(listed.indexOf(one));
    });
  }
  for (const words of document.querySelectorAll(".sides [data-difference]")) {
    words.addEventListener("click", () => getSelection().isCollapsed && go(listed.findIndex((one) => number(one) === number(words))));
  }
  addEventListener("hashchange", follow);
  follow();
}
