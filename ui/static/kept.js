// Conversations as this browser keeps them. Each turn is kept by itself with the answer that was given,
// so that tabs which add to one conversation lose nothing of each other's. Where the browser keeps
// nothing (a private window), all of it lives as long as the page.

const MOST_TURNS = 3000;
const STORES = ["turns", "answers", "names"];

const opening = new Promise((resolve) => {
  try {
    const request = indexedDB.open("woordelijk", 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { keyPath: "id" }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

/** What `work(stores)` asks for, once all of it is written; undefined where nothing is kept. */
async function within(mode, work) {
  const database = await opening;
  if (!database) return undefined;
  return new Promise((resolve) => {
    const transaction = database.transaction(STORES, mode);
    const [turns, answers, names] = STORES.map((name) => transaction.objectStore(name));
    const request = work({ turns, answers, names });
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => resolve(undefined);
  });
}

/** Keep a turn {id, conversation, at, question, …}, and its answer apart, for lists need only the question. */
export const keepTurn = ({ html, ...turn }) =>
  within("readwrite", ({ turns, answers }) => {
    turns.put(turn);
    if (html) answers.put({ id: turn.id, html });
  });

export const dropTurns = (ids) =>
  within("readwrite", ({ turns, answers }) => ids.forEach((id) => [turns, answers].forEach((store) => store.delete(id))));

export const answerOf = async (id) => (await within("readonly", ({ answers }) => answers.get(id)))?.html ?? null;

const inOrder = (found) => (found ?? []).sort((a, b) => a.at - b.at);
const allTurns = async () => inOrder(await within("readonly", ({ turns }) => turns.getAll()));

/** The turns of a conversation without their answers, the oldest first. */
export const turnsOf = async (conversation) => (await allTurns()).filter((turn) => turn.conversation === conversation);

export const nameConversation = (id, name) => within("readwrite", ({ names }) => names.put({ id, name }));

/** All conversations {id, name, at, turns}, the latest first; the oldest turns of very many are let go. */
export async function conversations() {
  const turns = await allTurns();
  const names = new Map(((await within("readonly", (stores) => stores.names.getAll())) ?? []).map(({ id, name }) => [id, name]));
  const surplus = turns.splice(0, Math.max(0, turns.length - MOST_TURNS));
  if (surplus.length) dropTurns(surplus.map(({ id }) => id));
  const found = new Map();
  for (const turn of turns) {
    const { conversation: id } = turn;
    if (!found.has(id)) found.set(id, { id, name: names.get(id) || turn.question, turns: [] });
    Object.assign(found.get(id), { at: turn.at }).turns.push(turn);
  }
  return [...found.values()].sort((a, b) => b.at - a.at);
}
