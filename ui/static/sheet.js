// A page that the server wrote: its passages are copied, put in the memo, and gone along by key. Without it all of the
// page can be read.

import { copyQuotations } from "./clipboard.js";
import { beginKeys } from "./keys.js";
import { followHistory } from "./layers.js";
import { addQuotations, isSame, keptMemo, quotedIn } from "./memo_items.js";
import { toggleNote } from "./reader.js";
import { beginSelection } from "./selection.js";
import { begin, byId, rangeOf, remember, text } from "./shared.js";

const CARDS = { cards: ".card", around: ".card, main", last: "main", name: "h3 a" };

/** Put the quotations of ranges at the end of the memo that is kept, those that it has already not again. */
export const addToMemo = (ranges) =>
  addQuotations(ranges, undefined, {
    items: () => keptMemo().items,
    put: (missing) => keep([...keptMemo().items, ...missing]),
    takeBack: (missing) => keep(keptMemo().items.filter((item) => !missing.some((one) => isSame(one, item)))),
  });

function keep(items) {
  remember("memo", { ...keptMemo(), items });
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
  beginKeys({ stops: CARDS, ...keys });
  tell();
  addEventListener("storage", tell);
  addEventListener("popstate", followHistory);
  byId("woordelijk").addEventListener("click", act);
  for (const form of document.querySelectorAll("form.asks")) form.addEventListener("formdata", withoutEmpty);
  byId("woordelijk").dataset.ready = "";
}
