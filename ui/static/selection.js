// What a person selects in a document's words can be cited at once: a small toolbar stands beside it.

import { copiesReference, copyQuotations } from "./clipboard.js";
import { selectedRanges } from "./offsets.js";
import { byId, isNarrow, questionAt } from "./shared.js";

let ranges = [];
// The row of the memo that the selected words stand in.
let row = null;
let memo = null;

/** `addToMemo(ranges)` puts quotations in the memo; `shorten(row, range)` leaves words of one out, where that can be. */
export function beginSelection(addToMemo, shorten = null) {
  memo = { addToMemo, shorten };
  document.addEventListener("copy", copied);
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 180);
  });
  const tools = byId("selection-tools");
  // A press on a button must not take the selection away.
  tools.addEventListener("pointerdown", (event) => event.preventDefault());
  tools.addEventListener("click", (event) => act(event.target.closest("[data-form]")?.dataset.form));
  tools.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      getSelection().removeAllRanges();
    }
  });
}

/** What a person copies from a document's words brings its reference, unless that is switched off. */
function copied(event) {
  look();
  if (!ranges.length || row || !copiesReference()) return;
  event.preventDefault();
  copyQuotations(ranges, "copy");
}

function look() {
  const selection = getSelection();
  const tools = byId("selection-tools");
  if (tools.contains(document.activeElement) && selection.isCollapsed === false) return;
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const container = range && containerOf(range);
  ranges = container ? selectedRanges(range, container) : [];
  row = ranges.length ? container.closest("#memo-items > li") : null;
  tools.hidden = ranges.length === 0;
  for (const button of tools.querySelectorAll("button")) {
    button.hidden = (button.dataset.form === "leave-out") !== Boolean(row);
  }
  if (!tools.hidden) place(tools, range);
}

/** The card, document or quotation of the memo that holds all of the selection. */
function containerOf(range) {
  const common = range.commonAncestorContainer;
  const start = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
  return start.closest("article[data-document]");
}

function place(tools, range) {
  if (isNarrow()) return tools.removeAttribute("style");
  const around = range.getBoundingClientRect();
  const { width, height } = tools.getBoundingClientRect();
  const left = Math.min(Math.max(8, around.left + around.width / 2 - width / 2), innerWidth - width - 8);
  const above = Math.min(around.top, innerHeight) - height - 8;
  const top = above > 60 ? above : Math.min(Math.max(60, around.bottom + 8), innerHeight - height - 8);
  tools.style.left = `${left}px`;
  tools.style.top = `${top}px`;
}

function act(form) {
  // What is selected now, also where a person is quicker than the toolbar.
  look();
  if (!form || !ranges.length) return;
  if (form === "leave-out") memo.shorten(row, ranges[0]);
  else if (form === "to-memo") memo.addToMemo(ranges, questionAt(getSelection().anchorNode.parentElement));
  else copyQuotations(ranges, form);
}
