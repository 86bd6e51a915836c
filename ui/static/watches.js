// What a person follows, and what is new to it: the bell counts it, the list shows the exact passages.

import { openSide } from "./side.js";
import { byId, counted, get, language, post, postForJson, say, text } from "./shared.js";

// Milliseconds until what is still being searched is looked at again, and between two looks of a page that stays open.
const SOON = 15_000;
const LATER = 300_000;
let timer = null;

export function beginWatches() {
  byId("news-open").addEventListener("click", showNews);
  byId("watch-promises").addEventListener("click", () => follow("", {}, true).then(draw));
  byId("watched-items").addEventListener("click", ({ target }) => target.dataset.unwatch && forget(target.dataset.unwatch));
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
    const { html, watched, said, shown, ...found } = await get(`news?language=${language()}`);
    place.innerHTML = html;
    byId("watched-items").innerHTML = watched;
    byId("news-said").textContent = said;
    tell({ ...found, new: 0 });
    if (found.new) await post("watches/seen", { shown, language: language() });
  } catch (error) {
    byId("news-said").textContent = error.message;
  }
  place.removeAttribute("aria-busy");
}

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
