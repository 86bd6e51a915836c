// Where Gradio's own parts need us: at a document that is to be removed, and where the server is lost for a while. Its
// messages are put in the reader's words.

const byId = (id) => document.getElementById(id);

/** What is in a box of Gradio's as if a person had typed it. */
function type(box, words) {
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-remove]");
  if (!button) return;
  type(document.querySelector("#which-document :is(textarea, input)"), button.dataset.remove);
  // The field tells the page of its value first.
  setTimeout(() => byId("remove-document").click(), 50);
  const asked = new MutationObserver(() => {
    const no = byId("remove-no");
    if (!no || !document.querySelector("#sure [role=alert]")) return;
    asked.disconnect();
    no.scrollIntoView({ block: "center" });
    no.focus({ preventScroll: true });
  });
  asked.observe(document.body, { childList: true, subtree: true });
});

// Gradio loads its page anew once the server was started again: what was typed in a memo stays.
const DRAFT = "woordelijk.draft";
document.addEventListener("input", ({ target }) => target.closest("#memo-text") && sessionStorage.setItem(DRAFT, target.value));

let isRestored = false;
function look() {
  const box = document.querySelector("#memo-text textarea");
  if (box && !isRestored) {
    isRestored = true;
    if (!box.value) type(box, sessionStorage.getItem(DRAFT) ?? "");
  }
  for (const message of document.querySelectorAll("[data-testid=toast-body]")) tell(message);
}

function tell(message) {
  const words = JSON.parse(document.querySelector("header.frame").dataset.messages);
  const [title, said, close] = [".toast-title-row span", "[data-testid=toast-text]", "[data-testid=toast-close]"].map((part) => message.querySelector(part));
  const name = title.firstChild;
  if (words[name.data.trim()]) name.data = words[name.data.trim()];
  if (words[said?.textContent]) said.textContent = words[said.textContent];
  if (words[close.ariaLabel]) close.ariaLabel = words[close.ariaLabel];
}

// The conversation is none of Gradio's, and long.
new MutationObserver(() => byId("woordelijk") || look()).observe(document.documentElement, { childList: true, subtree: true });
