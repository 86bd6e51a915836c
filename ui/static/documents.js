// "Remove …" at a document: its id goes into the field that the server reads, and the question whether one is sure comes.

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-remove]");
  if (!button) return;
  const field = document.querySelector("#which-document textarea, #which-document input");
  field.value = button.dataset.remove;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // The field tells the page of its value first.
  setTimeout(() => document.getElementById("remove-document").click(), 50);
  const asked = new MutationObserver(() => {
    const no = document.getElementById("remove-no");
    if (!no || !document.querySelector("#sure [role=alert]")) return;
    asked.disconnect();
    no.scrollIntoView({ block: "center" });
    no.focus({ preventScroll: true });
  });
  asked.observe(document.body, { childList: true, subtree: true });
});
