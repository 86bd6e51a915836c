// Between the page and the canonical text: every stretch of the document's text stands in an
// element with `data-start`, the code point where it begins. JavaScript counts UTF-16 units, so
// they are converted here and nowhere else. Marks and labels carry no offset and do not count.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

function codePoints(string) {
  return string.length - (string.match(PAIRS)?.length ?? 0);
}

function utf16(string, points) {
  if (!PAIRS.test(string)) return points;
  PAIRS.lastIndex = 0;
  return [...string].slice(0, points).join("").length;
}

/** The text nodes of the document in `container`, in the order of the page, each with its range. */
export function pieces(container) {
  return [...container.querySelectorAll("[data-start]:not(article)")]
    .filter((span) => span.firstChild?.nodeType === Node.TEXT_NODE)
    .map((span) => {
      const start = Number(span.dataset.start);
      const node = span.firstChild;
      return { node, start, end: start + codePoints(node.data), note: span.closest(".footnote") };
    });
}

/** DOM ranges of the code points [start, end), one for each piece they touch. */
export function domRanges(found, start, end) {
  return found
    .filter((piece) => piece.start < end && start < piece.end)
    .map((piece) => {
      const range = document.createRange();
      range.setStart(piece.node, utf16(piece.node.data, Math.max(start - piece.start, 0)));
      range.setEnd(piece.node, utf16(piece.node.data, Math.min(end, piece.end) - piece.start));
      return range;
    });
}

/** What of the document a selection holds: the running text as one range, each open footnote as its own. */
export function selectedRanges(range, container) {
  const touched = pieces(container)
    .filter((piece) => range.intersectsNode(piece.node) && !piece.node.parentElement.closest("[hidden]"))
    .map((piece) => within(range, piece))
    .filter((piece) => piece.start < piece.end);
  const ranges = new Map();
  for (const { start, end, note } of touched) {
    const known = ranges.get(note);
    ranges.set(note, known ? { start: Math.min(known.start, start), end: Math.max(known.end, end) } : { start, end });
  }
  return [...ranges.values()].map((found) => ({ document: container.dataset.document, ...found }));
}

function within(range, { node, start, end, note }) {
  const from = range.startContainer === node ? codePoints(node.data.slice(0, range.startOffset)) : 0;
  const to = range.endContainer === node ? codePoints(node.data.slice(0, range.endOffset)) : end - start;
  return { start: start + from, end: start + to, note };
}
