"""The frame: one Gradio application in one language, with its pages and the way between them.

Each page is a function `build(context)` in a module of its own that puts its
parts on the page. A page exists where it stands in `PAGES`, and nowhere else.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

# Read by gradio when it is imported: no calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr

from rag.texts.answers import Language
from ui import ask_page, check_page, documents_page, evaluate_page
from ui.api import add_endpoints
from ui.context import PageContext
from ui.links import root_of
from ui.templating import block


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the key of its name in the texts, its path under the root, and what builds it."""

    name: str
    path: str
    build: Callable[[PageContext], None]


PAGES: tuple[Page, ...] = (
    Page("page ask", "", ask_page.build),
    Page("page check", "controleer", check_page.build),
    Page("page documents", "documenten", documents_page.build),
    Page("page evaluate", "evaluatie", evaluate_page.build),
)
# Seconds: how often what was uploaded is looked through, and how old it may get.
_CLEARED_AWAY = (3_600, 86_400)


def build_page(context: PageContext) -> gr.Blocks:
    """The application with all its pages in the language of `context`."""
    blocks: gr.Blocks
    with gr.Blocks(title=context.texts["title"], analytics_enabled=False, delete_cache=_CLEARED_AWAY) as blocks:
        _fill(PAGES[0], context)
        if context.language == "nl":
            add_endpoints(context.desk)
    for page in PAGES[1:]:
        with blocks.route(context.texts[page.name], page.path):
            _fill(page, context)
    return blocks


def _fill(page: Page, context: PageContext) -> None:
    gr.HTML(_header(page, context), elem_id="frame-header", apply_default_css=False)
    page.build(context)


def _header(current: Page, context: PageContext) -> str:
    """The name, the way to the other pages, and the same page in the other language."""
    other: Language = "en" if context.language == "nl" else "nl"
    return str(
        block("frame", "header", context.texts, PAGES, current, root_of(context.language), other, root_of(other))
    )
