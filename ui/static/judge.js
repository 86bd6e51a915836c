// Thumbs: whether a passage answers the question. Kept by the server, looked through on the page "Evaluatie".

import { language, postForJson, rangeOf, say, text } from "./shared.js";

/** Keep what a thumb says; pressing it again takes it back. Gives what then counts of the passage, null for nothing. */
export async function judge(thumb, asked) {
  const question = thumb.closest(".answer-part")?.querySelector(".part-question").dataset.question ?? asked;
  const takenBack = thumb.getAttribute("aria-pressed") === "true";
  const relevance = Number(thumb.dataset.relevance);
  const kept = await postForJson("judge", { question, ...rangeOf(thumb), relevance, taken_back: takenBack, language: language() });
  say(text(takenBack ? "judgement taken back" : "judged"));
  return kept.relevance;
}
