// Copy text that has yet to come from the server, while the browser still counts it as the click's doing.

import { byId, postForJson, remember, remembered, say, text } from "./shared.js";

/** How a quotation is copied, until a person chooses otherwise: in the text. */
const DEFAULT_STYLE = "plain";
const WITH_HTML = { plain: "html", footnote: "html footnote", leidraad: "html leidraad" };

/** The choice of a style, and whether what is copied in a document brings its reference; both are remembered. */
export function beginClipboard() {
  const style = byId("cite-style");
  style.value = citeStyle();
  style.addEventListener("change", () => remember("cite-style", style.value));
  const withReference = byId("copy-reference");
  withReference.checked = copiesReference();
  withReference.addEventListener("change", () => remember("copy-reference", withReference.checked));
}

const citeStyle = () => remembered("cite-style") ?? DEFAULT_STYLE;
export const copiesReference = () => remembered("copy-reference") ?? true;

/** Ask the server for the citations of ranges: from offsets, never from the selected string. */
export async function citations(ranges) {
  return (await postForJson("cite", { ranges })).citations;
}

const FORMS = {
  copy: styled,
  "copy-markdown": (found) => ({ plain: found.map((c) => c.markdown).join("\n\n") }),
  "copy-link": (found) => ({ plain: found.map(linkTo).join("\n") }),
};

function styled(found, style) {
  if (style === "csl-json") return { plain: JSON.stringify(found.map((c) => c[style]), null, 1) };
  const copied = { plain: found.map((c) => c[style]).join("\n\n") };
  return style in WITH_HTML ? { ...copied, html: found.map((c) => c[WITH_HTML[style]]).join("\n") } : copied;
}

/** The address at which a quotation opens in its document, proved by the hash in it. */
export function linkTo(citation) {
  return `${document.querySelector("header.frame .name").href}?link=${encodeURIComponent(citation.link)}`;
}

/** Copy the quotations of `ranges` in a form: "copy" (in the chosen style), "copy-markdown" or "copy-link". */
export async function copyQuotations(ranges, form) {
  // The style of now, not of when the server has answered.
  const style = citeStyle();
  try {
    const coming = citations(ranges).then((found) => FORMS[form](found, style));
    await copy(coming, form === "copy" && style in WITH_HTML);
    say(text(form === "copy-link" ? "copied link" : "copied"));
  } catch (error) {
    say(error.message || text("not copied"));
  }
}

let copies = 0;

/**
 * Copy a text; `coming` is a promise of {plain}, and of {html} too where `withHtml`.
 * What was copied last stays, however late an earlier text comes.
 */
export async function copy(coming, withHtml = false) {
  const mine = (copies += 1);
  if (!navigator.clipboard?.write || !window.ClipboardItem) {
    copyFromBox((await coming).plain);
    return;
  }
  const as = async (key, type) => {
    const found = await coming;
    if (mine !== copies) throw new Error("overtaken");
    return new Blob([found[key]], { type });
  };
  const kinds = { "text/plain": as("plain", "text/plain") };
  if (withHtml) kinds["text/html"] = as("html", "text/html");
  try {
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
  } catch (error) {
    if (mine === copies) throw error;
  }
}

/** Where a page has no clipboard (another machine's address without https). */
function copyFromBox(string) {
  const box = document.createElement("textarea");
  box.value = string;
  box.className = "visually-hidden";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error(text("not copied"));
}
