// A page that the server wrote: its passages are copied, put in the memo, and gone along by key. Without it all of the
// page can be read.

import { citations, copyQuotations } from "./clipboard.js";
import { beginKeys } from "./keys.js";
import { followHistory } from "./layers.js";
import { isSame, kept, keptMemo, missingFrom, quotedIn } from "./memo_items.js";
import { beginPrint } from "./print.js";
import { toggleNote } from "./reader.js";
import { beginSelection } from "./selection.js";
import { begin, byId, rangeOf, remember, say, text } from "./shared.js";

const CARDS = { cards: ".card", around: ".card, main", last: "main", name: "h3 a" };

/** Put the quotations of ranges at the end of the memo that is kept, those that it has already not again. */
export async function addToMemo(ranges) {
  try {
    const found = (await citations(ranges)).map(kept);
    const memo = keptMemo();
    const { missing, at } = missingFrom(memo.items, found);
    if (!missing.length) return say(text("in the memo already", { at }));
    keep({ ...memo, items: [...memo.items, ...missing] });
    say(text("added"), () => keep(without(keptMemo(), missing)));
  } catch (error) {
    say(error.message);
  }
}

const without = (memo, items) => ({ ...memo, items: memo.items.filter((item) => !items.some((one) => isSame(one, item))) });

function keep(memo) {
  remember("memo", memo);
  tell();
}

function tell() {
  const count = quotedIn(keptMemo().items);
  byId("memo-open").textContent = count ? text("memo with", { count }) : text("memo");
}

function act(event) {
  const mark = event.target.closest(".note-mark");
  if (mark) return toggleNote(mark);
  const button = event.target.closest("button[data-action]");
  if (!button?.closest("[data-document]")) return;
  if (button.dataset.action === "to-memo") addToMemo([rangeOf(button)]);
  else copyQuotations([rangeOf(button)], button.dataset.action);
}

/** Only what is asked stands in the address. */
function withoutEmpty(event) {
  for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
}

/** Set the page to work; `keys` are those that it has besides (see `keys.js`). */
export function beginSheet(keys = {}) {
  begin(byId("woordelijk"));
  beginSelection(addToMemo);
  beginKeys({ listed: ["j", "k", "o", "c", "m", "?"], stops: CARDS, ...keys });
  beginPrint([document.body]);
  tell();
  addEventListener("storage", tell);
  addEventListener("popstate", followHistory);
  byId("woordelijk").addEventListener("click", act);
  for (const form of document.querySelectorAll("form.asks")) form.addEventListener("formdata", withoutEmpty);
  byId("woordelijk").dataset.ready = "";
}
