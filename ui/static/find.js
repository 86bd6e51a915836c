// Find words in the open document: all places, counted, one of them the current one.

import { byId, text } from "./shared.js";

const MOST = 2000;

/** Lower case without accents, letter for letter, so that places stay places. */
function folded(string) {
  return [...string].map((letter) => {
    const plain = letter.toLowerCase().normalize("NFD")[0].replace(/[’‘`´]/, "'").replace(/[“”„]/, '"');
    return plain.length === letter.length ? plain : letter;
  }).join("");
}

/** Makes the find bar work on the document of `reader()`: {pieces, position, reveal, mark}. */
export function beginFind(reader) {
  const box = byId("find");
  let places = [];
  let at = -1;

  function search() {
    places = box.value.trim() ? matches(reader.pieces(), folded(box.value.trim())) : [];
    at = -1;
    reader.mark("found", places);
    if (places.length) step(1, firstFrom(reader.position()));
    else tell();
  }

  function firstFrom(position) {
    const found = places.findIndex((place) => place.order >= position);
    return found < 0 ? 0 : found;
  }

  function step(by, to = null) {
    if (!places.length) return;
    at = to ?? (at + by + places.length) % places.length;
    reader.reveal(places[at].start);
    reader.mark("found-now", [places[at]]);
    tell();
  }

  function tell() {
    const none = box.value.trim() && !places.length;
    byId("find-count").textContent = places.length ? text("found of", { at: at + 1, count: places.length }) : none ? text("found none") : "";
    byId("find-next").disabled = byId("find-previous").disabled = !places.length;
    if (!places.length) reader.mark("found-now", []);
  }

  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && box.value) {
      event.stopPropagation();
      box.value = "";
      search();
    }
  });
  byId("find-next").addEventListener("click", () => step(1));
  byId("find-previous").addEventListener("click", () => step(-1));
  return search;
}

/** Places of `words` in the pieces, also where a footnote mark or a link stands in the middle of them. */
function matches(found, words) {
  const places = [];
  for (const run of runs(found)) {
    const haystack = folded(run.text);
    for (let i = haystack.indexOf(words); i >= 0 && places.length < MOST; i = haystack.indexOf(words, i + words.length)) {
      const start = run.start + [...haystack.slice(0, i)].length;
      places.push({ start, end: start + [...words].length, order: run.order });
    }
  }
  return places.sort((a, b) => a.order - b.order);
}

/** Pieces that follow each other in the text without a gap, joined; `order` is their place on the page. */
function runs(found) {
  const joined = [];
  const ordered = found.map((piece, order) => ({ ...piece, order })).sort((a, b) => a.start - b.start);
  for (const piece of ordered) {
    const last = joined.at(-1);
    if (last && last.end === piece.start) {
      last.text += piece.node.data;
      last.end = piece.end;
    } else {
      joined.push({ text: piece.node.data, start: piece.start, end: piece.end, order: piece.order });
    }
  }
  return joined;
}
