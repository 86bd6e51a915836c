// What lies on top of the page has an entry of its own in the history, so that Back closes it first.

const closing = new Map();

export const layer = () => history.state?.layer ?? null;

/** Say that `name` lies on top now; `close()` takes it away without another word. */
export function opened(name, close) {
  closing.set(name, close);
  if (layer() !== name) history.pushState({ ...history.state, layer: name }, "", location.href);
}

/** Say that `name` was closed by hand: Back must not close it again; waits until its entry is left. */
export function closed(name) {
  if (!closing.delete(name) || layer() !== name) return Promise.resolve();
  const left = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
  history.back();
  return left;
}

/** Close whatever is no longer on top, after a step in the history. */
export function followHistory() {
  for (const [name, close] of closing) {
    if (name === layer()) continue;
    closing.delete(name);
    close();
  }
}
