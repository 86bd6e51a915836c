"""The frame: one Gradio application in one language, with its pages and the way between them.

Each page is a function `build(context)` in a module of its own that puts its
parts on the page. A page exists where it stands in `PAGES`, and nowhere else.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Read by gradio when it is imported: no calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr

from ui.pages import ask, check, documents, evaluate
from ui.pages.context import PageContext
from ui.pages.header import header
from ui.server.api import add_endpoints


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the key of its name in the texts, its path under the root, and what builds it."""

    name: str
    path: str
    build: Callable[[PageContext], None]


PAGES: tuple[Page, ...] = (
    Page("page ask", "", ask.build),
    Page("page check", "controleer", check.build),
    Page("page documents", "documenten", documents.build),
    Page("page evaluate", "evaluatie", evaluate.build),
)
# Seconds: how often what was uploaded is looked through, and how old it may get.
_CLEARED_AWAY = (3_600, 86_400)


class Pages(gr.Blocks):
    """Blocks whose calls say what they lack: Gradio answers those with too few values with no word at all."""

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """What is left out at the end of a call of the API is None, of which the function says whether it is needed."""
        missing = len(block_fn.inputs) - len(inputs)
        if missing > 0 and block_fn.api_visibility == "private":
            raise gr.Error(f"{missing} values of this part of the page are missing.", print_exception=False)
        inputs.extend([None] * missing)


def build_page(context: PageContext) -> gr.Blocks:
    """The application with all its pages in the language of `context`."""
    blocks: gr.Blocks
    with Pages(title=context.texts["title"], analytics_enabled=False, delete_cache=_CLEARED_AWAY) as blocks:
        _fill(PAGES[0], context)
        if context.language == "nl":
            add_endpoints(context.desk)
    for page in PAGES[1:]:
        with blocks.route(context.texts[page.name], page.path):
            _fill(page, context)
    return blocks


def _fill(page: Page, context: PageContext) -> None:
    gr.HTML(str(header(page.path, context.language)), elem_id="frame-header", apply_default_css=False)
    page.build(context)
