// The address says what is shown: the question, and the place in the document. Back and forward follow.

const KEYS = ["vraag", "filters", "document", "start", "end", "unit", "link"];

/** What the address asks for, as strings; missing ones are null. */
export function current() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(KEYS.map((key) => [key, given.get(key)]));
}

export function addressOf(place) {
  const given = new URLSearchParams(location.search);
  for (const key of KEYS) {
    if (place[key] === null || place[key] === undefined || place[key] === "") given.delete(key);
    else given.set(key, place[key]);
  }
  const query = given.toString();
  return `${location.pathname}${query ? `?${query}` : ""}`;
}

const asked = ({ vraag, filters }) => JSON.stringify([vraag ?? null, filters ?? null]);
let shown = asked({});

let conversation = null;

/** Which conversation the places belong to from here on. */
export function inConversation(id) {
  conversation = id;
  if (conversationThere() !== id) history.replaceState({ ...history.state, conversation }, "");
}

/** The conversation of the place in the history; null where none was shown yet. */
export const conversationThere = () => history.state?.conversation ?? null;

/** Go to a place that is shown already: a new entry in the history, unless it is this one. */
export function push(place) {
  const address = addressOf(place);
  if (address !== `${location.pathname}${location.search}`) history.pushState({ conversation }, "", address);
  shown = asked(place);
}

/** Whether the address asks for another question than before; back from a document it does not. */
export function asksAnew() {
  const before = shown;
  shown = asked(current());
  return shown !== before;
}

const READING = { document: null, start: null, end: null, unit: null, link: null };

export const withoutDocument = (place) => ({ ...place, ...READING });
export const withDocument = (place, reading) => ({ ...place, ...READING, ...reading });
