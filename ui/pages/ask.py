"""The page "Vraag": the conversation, and beside it the document and the memo.

What stands here is the frame that `static/page.js` fills; every word of it is
ours.

The conversation is no `gr.Chatbot`: it was tried with cards as components in
three ways (gradio 6.31, milliseconds from Enter to the drawn answer over 100
questions in one conversation, on two busy cores).

| | median | 95th percentile | median of questions 81 to 100 |
| --- | --- | --- | --- |
| history in `gr.State` | 483 | 1104 | 816, and 9 MB received for each |
| the same with empty places, cards still to be fetched | 124 | 273 | 197 |
| no server event, the browser asks `/woordelijk/answer` | 151 | 252 | 220 |
| this page | 91 | 151 | |

Each answer sends or draws the whole history again, so the time grows with it.
What a chat has besides, to ask again, edit, take back, and examples, is here.
"""

import json

import gradio as gr
from markupsafe import Markup

from rag.question.query import LONGEST_QUESTION
from ui.links import root_path
from ui.pages.context import PageContext
from ui.render.slices import FORMS
from ui.render.templating import rendered
from ui.texts.conversation import CONVERSATION_TEXTS
from ui.texts.page import EXAMPLES
from ui.texts.sheet import SHEET_TEXTS
from ui.texts.watches import WATCH_PAGE_TEXTS


def build(context: PageContext) -> None:
    """Put the conversation on the page."""
    gr.HTML(str(_page(context)), elem_id="ask-page", apply_default_css=False)


def _page(context: PageContext) -> Markup:
    texts = {**context.texts, **CONVERSATION_TEXTS[context.language], **WATCH_PAGE_TEXTS[context.language]}
    return rendered(
        "ask",
        texts={**texts, "of document": SHEET_TEXTS[context.language]["of document"]},
        language=context.language,
        data=json.dumps(texts, ensure_ascii=False),
        examples=EXAMPLES[context.language],
        signs={
            "phrase": texts["sign phrase"],
            "minus": "-livestream",
            "number": "vraag:12",
            "group": "fractie:CDA",
            "member": "lid:Jansen",
            "value": "36 600 XII, nr. 12",
            "annex": "bijlage:II",
            "footnote": "voetnoot:34",
            "document": "document:streaming",
            "date": "datum:2024",
            "kind": "soort:brief",
            "minister": "minister:Justitie",
            "speaker": "spreker:minister",
            "promise": "toezegging:hard",
            "refusal": "weigering:niet bekend",
        },
        # Fields with a list to choose from: what they say where nothing is chosen, and what is always there.
        choices=(
            ("kinds", "all kinds", ()),
            ("ministers", "all ministers", ()),
            ("groups", "all groups", ()),
            ("members", "all members", ()),
            ("speakers", "everyone", ("minister", "members", "third party")),
            ("promises", "with or without", ("all", "firm", "soft")),
            ("refusals", "with or without", ("all", "declines", "not-possible", "not-known")),
        ),
        formats=("docx", "md", "json"),
        forms=FORMS,
        longest=20 * LONGEST_QUESTION,
        promises_feed=f"{root_path()}/woordelijk/feeds/promises?language={context.language}",
    )
