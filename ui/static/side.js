// The pane beside the conversation: the document, the memo, the history or what is new. On a narrow screen it covers the page.

import { closed, opened } from "./layers.js";
import { byId, isNarrow } from "./shared.js";

const VIEWS = ["reader", "memo", "history", "news"];
let openedBy = null;
let onClose = () => {};

/** `closed(view)` is called when a person closes the pane. */
export function beginSide(closedBy) {
  onClose = closedBy;
  byId("side-close").addEventListener("click", () => closeSide({}));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("side").hidden && !event.defaultPrevented) closeSide({});
  });
}

export const sideIsOpen = (view) => !byId("side").hidden && !byId(view).hidden;

export function openSide(view) {
  const wasHidden = byId("side").hidden;
  if (wasHidden) openedBy = document.activeElement;
  byId("side").hidden = false;
  byId("woordelijk").classList.add("with-side");
  for (const name of VIEWS) byId(name).hidden = name !== view;
  byId("side-close").setAttribute("aria-controls", view);
  // The document has an address of its own.
  if (view !== "reader") opened(view, () => sideIsOpen(view) && closeSide({ quietly: true }));
  if (wasHidden && isNarrow()) byId("side-close").focus();
}

/** Close the pane; `quietly` where the address has changed already. */
export function closeSide({ quietly = false }) {
  const view = VIEWS.find((name) => !byId(name).hidden);
  byId("side").hidden = true;
  byId("woordelijk").classList.remove("with-side");
  if (!quietly) {
    closed(view);
    onClose(view);
  }
  if (openedBy?.isConnected) openedBy.focus({ preventScroll: true });
}
