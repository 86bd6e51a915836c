// The conversations of this browser: found by what was asked, named, opened again, exported, removed.

import { citations } from "./clipboard.js";
import { begin, currentId, inWords } from "./conversation.js";
import { answerOf, conversations, dropTurns, keepTurn, nameConversation } from "./kept.js";
import { closeSide, openSide } from "./side.js";
import { byId, copyOf, counted, element, language, post, rangeOf, saveFile, say, text } from "./shared.js";

export function beginHistory() {
  byId("history-open").addEventListener("click", () => {
    openSide("history");
    list();
  });
  byId("history-search").addEventListener("input", list);
}

/** List those of which the name or a question has all words looked for. */
async function list() {
  const words = folded(byId("history-search").value).split(/\s+/).filter(Boolean);
  const found = (await conversations()).filter(({ name, turns }) => {
    const said = folded([name, ...turns.map(({ question }) => question)].join(" "));
    return words.every((word) => said.includes(word));
  });
  byId("history-items").replaceChildren(...found.map(drawn));
}

const folded = (string) => string.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const actions = {
  rename,
  remove,
  open: ({ id }) => closeSide({}).then(() => begin(id)),
  docx: (conversation) => save(conversation, "docx"),
  md: (conversation) => save(conversation, "md"),
};

function drawn(conversation) {
  const { id, name, at, turns } = conversation;
  const item = copyOf("history-item");
  item.querySelector(".name").textContent = name.slice(0, 160);
  const about = [inWords(at), counted("questions", turns.length), id === currentId() ? text("current") : null];
  item.querySelector("p").textContent = about.filter(Boolean).join(" · ");
  for (const button of item.querySelectorAll(".row button")) button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  item.addEventListener("click", ({ target }) => actions[target.dataset.do]?.(conversation, item));
  return item;
}

function rename({ id, name }, item) {
  const box = element("input", { type: "text", maxlength: 160, "aria-label": text("conversation name"), value: name });
  box.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter" && box.value.trim()) await nameConversation(id, box.value.trim());
    list();
  });
  item.querySelector(".name").replaceWith(box);
  box.select();
}

async function remove({ id, turns }) {
  const kept = await Promise.all(turns.map(async (turn) => ({ ...turn, html: await answerOf(turn.id) })));
  await dropTurns(turns.map((turn) => turn.id));
  await (id === currentId() ? begin(id) : null);
  list();
  say(text("conversation removed"), async () => {
    await Promise.all(kept.map(keepTurn));
    await (id === currentId() ? begin(id) : null);
    list();
  });
}

/** Save a conversation as a memo: each question with the passages that were given, proved anew by the server. */
async function save({ name, turns }, format) {
  say(text("exporting"));
  try {
    const items = (await Promise.all(turns.map(itemsOf))).flat();
    const response = await post("memo", { title: name, items, format, language: language() });
    say(text("downloaded", { name: await saveFile(response, name, format) }));
  } catch (error) {
    say(error.message);
  }
}

async function itemsOf({ id, question, given }) {
  const answer = new DOMParser().parseFromString((await answerOf(id)) ?? "", "text/html");
  const said = [...answer.querySelectorAll(".searched, .remark, .verdict")].map((line) => (line.firstChild?.data ?? line.textContent).trim());
  const note = [given ? text("given", { when: inWords(given) }) : "", ...said].filter(Boolean).join("\n\n");
  const cards = [...answer.querySelectorAll(".card")];
  const quoted = await Promise.all(cards.map(quotationsOf));
  return [{ heading: question }, ...(note ? [{ note }] : []), ...quoted.flat()];
}

/** A passage that is gone from the library is named, and costs the others nothing. */
async function quotationsOf(card) {
  try {
    return (await citations([rangeOf(card)])).map(({ document: id, start, end, quotation }) => ({ document: id, start, end, quotation }));
  } catch (error) {
    return [{ note: text("not citable", { label: card.getAttribute("aria-label"), reason: error.message }) }];
  }
}
