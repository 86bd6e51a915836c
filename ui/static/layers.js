// What lies on top of the page has an entry of its own in the history, so that Back closes it first.

const closing = new Map();

export const layer = () => history.state?.layer ?? null;

/** Say that `name` lies on top now; `close()` takes it away without another word. */
export function opened(name, close) {
  closing.set(name, close);
  if (layer() !== name) history.pushState({ layer: name }, "", location.href);
}

/** Say that `name` was closed by hand: Back must not close it again. */
export function closed(name) {
  if (closing.delete(name) && layer() === name) history.back();
}

/** Close whatever is no longer on top, after a step in the history. */
export function followHistory() {
  for (const [name, close] of closing) {
    if (name === layer()) continue;
    closing.delete(name);
    close();
  }
}
