"""The page "Vraag": the conversation, and beside it the document and the memo.

What stands here is the frame that `static/page.js` fills; every word of it is
ours. The conversation is no Gradio chat, because a card has to open, copy and
cite exact places of a document.
"""

import json

import gradio as gr
from markupsafe import Markup

from rag.question.query import LONGEST_QUESTION
from ui.context import PageContext
from ui.conversation_texts import CONVERSATION_TEXTS
from ui.templating import rendered
from ui.texts import EXAMPLES


def build(context: PageContext) -> None:
    """Put the conversation on the page."""
    gr.HTML(str(_page(context)), elem_id="ask-page", apply_default_css=False)


def _page(context: PageContext) -> Markup:
    texts = {**context.texts, **CONVERSATION_TEXTS[context.language]}
    return rendered(
        "ask",
        texts=texts,
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
        },
        speakers=("minister", "members", "third party"),
        formats=("docx", "md", "json"),
        forms=("copy", "copy-markdown", "copy-link", "to-memo"),
        longest=20 * LONGEST_QUESTION,
    )
