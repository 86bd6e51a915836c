// Thumbs: whether a passage answers the question. Kept by the server, looked through on the page "Evaluatie".

import { language, postForJson, say, text } from "./shared.js";

/** Keep what a thumb says of the passage of a card; pressing it again takes it back. */
export async function judge(button, card) {
  const part = card.closest(".answer-part")?.querySelector(".part-question");
  const question = part?.dataset.question ?? card.closest(".turn").querySelector(".asked h2").textContent;
  const takenBack = button.getAttribute("aria-pressed") === "true";
  const { document: id, start, end } = card.dataset;
  const relevance = Number(button.dataset.relevance);
  try {
    const range = { document: id, start: Number(start), end: Number(end) };
    await postForJson("judge", { question, ...range, relevance, taken_back: takenBack, language: language() });
  } catch (error) {
    return say(error.message);
  }
  for (const thumb of card.querySelectorAll("[data-action=judge]")) {
    thumb.setAttribute("aria-pressed", String(thumb === button && !takenBack));
  }
  say(text(takenBack ? "judgement taken back" : "judged"));
}
