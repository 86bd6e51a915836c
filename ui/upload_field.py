"""A field that files are dropped on or chosen with, named by the words that stand on it.

Gradio gives the button an English name of its own for screen readers, in the
place of the visible one (WCAG 2.5.3); it is taken away.
"""

from collections.abc import Sequence
from typing import Literal

import gradio as gr

_VISIBLE_NAME = """
const name = () => document.querySelectorAll("button[aria-dropeffect][aria-label]")
  .forEach((button) => button.removeAttribute("aria-label"));
new MutationObserver(name).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
name();
"""


def upload_field(
    label: str, kinds: Sequence[str], elem_id: str, count: Literal["single", "multiple"] = "single"
) -> gr.File:
    """The field on the page that is being built; `kinds` are suffixes, and other files are refused by Gradio."""
    gr.HTML("", js_on_load=_VISIBLE_NAME, visible="hidden")
    return gr.File(
        label=label, file_types=list(kinds), file_count=count, type="filepath", scale=2, height=200, elem_id=elem_id
    )
