"""A field that files are dropped on or chosen with, named by the words that stand on it.

Gradio gives the button and the field an English name of their own for screen
readers, in the place of the visible one (WCAG 2.5.3); it is taken away, and is
ours where a button shows a sign only. What it says of a file
of another kind is English too, in the browser and on the server: the browser
is told the kinds for its own choice of files only, and the sentence is ours.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import gradio as gr

from rag.texts.answers import Language

_ADJUSTED = """
const adjust = () => {
  const named = (part, name) => {
    if (part.getAttribute("aria-label") === name) return;
    if (name === null) part.removeAttribute("aria-label");
    else part.setAttribute("aria-label", name);
  };
  document.querySelectorAll("#%(id)s button[aria-dropeffect]").forEach((button) => {
    named(button, button.innerText.trim() ? null : "%(label)s");
  });
  document.querySelectorAll("#%(id)s input[type=file]").forEach((input) => {
    input.accept = "%(kinds)s";
    named(input, "%(label)s");
  });
  // A button within a button: the inner one chooses and takes what is dropped (WCAG 4.1.2).
  document.querySelectorAll("#%(id)s button:has(button[aria-dropeffect])").forEach((outer) => {
    Object.assign(outer, { title: "%(label)s", role: "group", tabIndex: -1 });
    named(outer, "%(label)s");
  });
  document.querySelectorAll("#%(id)s .label-clear-button").forEach((button) => named(button, "%(clear)s"));
};
// Where there are files already only a small sign takes more of them; a person drops them upon the others.
const drop = (event) => {
  const field = document.getElementById("%(id)s");
  const zone = field?.querySelector("button[aria-dropeffect]");
  const takes = zone && field.contains(event.target) && !zone.contains(event.target);
  if (!takes || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  if (event.type === "drop") zone.dispatchEvent(new DragEvent("drop", { dataTransfer: event.dataTransfer }));
};
for (const name of ["dragover", "drop"]) document.addEventListener(name, drop);
const seen = { subtree: true, childList: true, attributeFilter: ["aria-label"] };
new MutationObserver(adjust).observe(document.body, seen);
adjust();
"""
_CLEAR: Mapping[Language, str] = {"nl": "Haal dit bestand weg", "en": "Take this file away"}
_OTHER_KIND: Mapping[Language, tuple[str, str]] = {
    "nl": ("Niet aangenomen", "Dit bestand is van een andere soort. Kies een van: {kinds}."),
    "en": ("Not taken", "This file is of another kind. Choose one of: {kinds}."),
}


def upload_field(
    label: str,
    kinds: Sequence[str],
    elem_id: str,
    language: Language,
    count: Literal["single", "multiple"] = "single",
) -> gr.File:
    """The field on the page that is being built; `kinds` are suffixes, and other files are refused."""
    said = {"id": elem_id, "kinds": ",".join(kinds), "label": label, "clear": _CLEAR[language]}
    gr.HTML("", js_on_load=_ADJUSTED % said, visible="hidden")
    field = gr.File(
        label=label, file_types=list(kinds), file_count=count, type="filepath", scale=2, height=200, elem_id=elem_id
    )
    _let_us_speak(field, language)
    return field


def _let_us_speak(field: gr.File, language: Language) -> None:
    """Keep Gradio's sentences from the field. Not by a class: beside a class of a component Gradio writes a file."""
    title, sentence = _OTHER_KIND[language]
    refusal = sentence.format(kinds=", ".join(field.file_types or ()))
    config, preprocess = field.get_config, field.preprocess

    def without_kinds(cls: Any = None) -> dict[str, Any]:
        return {**config(cls), "file_types": None}

    def preprocessed(payload: Any) -> Any:
        try:
            return preprocess(payload)
        except gr.Error as error:
            raise gr.Error(refusal, title=title, print_exception=False) from error

    field.get_config = without_kinds  # type: ignore[method-assign]
    field.preprocess = preprocessed  # type: ignore[method-assign]
