// What a person follows, and what is new to it: the bell counts it, the list shows the exact passages.

import { openSide } from "./side.js";
import { byId, counted, element, get, language, post, postForJson, say, text } from "./shared.js";

// Milliseconds until what is still being searched is looked at again, and between two looks of a page that stays open.
const SOON = 15_000;
const LATER = 300_000;
let timer = null;

export function beginWatches() {
  byId("news-open").addEventListener("click", showNews);
  byId("watch-promises").addEventListener("click", () => follow("", {}, true).then(draw));
  return look();
}

/** Follow a question with the filters beside it, or promises that fall due; what is wrong with it is said. */
export async function follow(question, filters, promises = false) {
  try {
    const { name } = await postForJson("watches/add", { question, filters, promises, language: language() });
    say(text("watch added", { name }));
  } catch (error) {
    say(error.message);
  }
}

/** Count what is new; a page that stays open looks again now and then. */
async function look() {
  try {
    tell(await get(`watches?language=${language()}`));
  } catch {
    tell({ new: 0, state: "done" });
  }
}

function tell({ new: count, state }) {
  const bell = byId("news-open");
  bell.querySelector(".count").textContent = count || "";
  bell.setAttribute("aria-label", count ? `${text("news")}: ${counted("news some", count)}` : text("news"));
  bell.classList.toggle("some", count > 0);
  clearTimeout(timer);
  timer = setTimeout(look, state === "looking" ? SOON : LATER);
}

/** Show what is new beside the page; it is then no longer new. */
export function showNews() {
  openSide("news");
  return draw();
}

async function draw() {
  const place = byId("news-items");
  place.setAttribute("aria-busy", "true");
  try {
    const found = await get(`news?language=${language()}`);
    place.innerHTML = found.html;
    byId("news-said").textContent = said(found);
    list(found.watches);
    tell({ ...found, new: 0 });
    if (found.new) await post("watches/seen", { shown: Object.fromEntries(found.watches.map(({ id, found: count }) => [id, count])), language: language() });
  } catch (error) {
    byId("news-said").textContent = error.message;
  }
  place.removeAttribute("aria-busy");
}

function said({ new: count, state }) {
  const first = count ? counted("news some", count) : text("news none");
  return state === "done" ? `${first}${count ? "." : ""}` : `${first}${count ? "." : ""} ${text(`news ${state}`)}`;
}

function list(watches) {
  byId("watched-items").replaceChildren(...watches.map(drawn));
}

function drawn({ id, name, days }) {
  const about = days === null ? name : `${name} (${text("watched days", { count: days })})`;
  const remove = element("button", { type: "button", class: "quiet", "aria-label": `${text("unwatch")}: ${name}`, onclick: () => forget(id) }, text("unwatch"));
  return element("li", {}, element("span", {}, about), element("span", { class: "row" }, feed(id, "feed", name), remove));
}

const feed = (id, key, name) =>
  element(
    "a",
    { href: new URL(`../feeds/${id}?language=${language()}`, import.meta.url).href, type: "application/atom+xml", "aria-label": `${text(key)}: ${name}` },
    text(key),
  );

async function forget(name) {
  try {
    const removed = await postForJson("watches/remove", { name, language: language() });
    say(text("watch removed", { name: removed.name }));
  } catch (error) {
    say(error.message);
  }
  await draw();
  byId("news").focus({ preventScroll: true });
}
