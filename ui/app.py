"""The page: a Gradio chat whose replies are cards with the documents' own words.

Nothing is asked of any other host: system fonts, no analytics, and a
content security policy under which a browser refuses to.
"""

import logging
import os
import uuid
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from typing import Any

# Read by gradio when it is imported: no calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr
from fastapi import FastAPI, Request, Response
from fastapi.middleware.trustedhost import TrustedHostMiddleware

from rag.assistant import Assistant
from rag.query import LONGEST_QUESTION
from rag.records import answer_record
from rag.texts import Language
from ui.render import render_answer
from ui.texts import EXAMPLES, TEXTS

logger = logging.getLogger(__name__)

_STYLE = Path(__file__).with_name("style.css")
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
# A reply is read from its beginning: bring the question to the top of the conversation.
_SHOW_LAST_QUESTION = """() => requestAnimationFrame(() => {
  const questions = document.querySelectorAll("#conversation .user");
  if (questions.length) questions[questions.length - 1].scrollIntoView({block: "start", behavior: "smooth"});
})"""

Message = dict[str, Any]


def build_page(assistant: Assistant, language: Language = "nl") -> gr.Blocks:
    """The page over one assistant, with its `ask` endpoint for programs."""
    texts = TEXTS[language]

    def ask(question: str) -> dict[str, Any]:
        """The answer as the JSON object that `python -m rag ask --json` prints."""
        if not isinstance(question, str):
            raise gr.Error(texts["no text"])
        return answer_record(assistant.ask(question))

    def reply(question: str, history: list[Message]) -> tuple[str, list[Message]]:
        if not question.strip():
            return "", history
        return "", [*history, *_turn(assistant, question, language)]

    def example(history: list[Message], chosen: gr.SelectData) -> list[Message]:
        return [*history, *_turn(assistant, chosen.value["text"], language)]

    page: gr.Blocks
    with gr.Blocks(title=texts["title"], analytics_enabled=False) as page:
        gr.HTML(_head(assistant, language))
        chat = gr.Chatbot(
            label=texts["conversation"],
            show_label=False,
            elem_id="conversation",
            height="66vh",
            placeholder=texts["welcome"],
            examples=[{"text": example} for example in EXAMPLES[language]],
            render_markdown=False,
            autoscroll=False,
            buttons=[],
            layout="panel",
        )
        with gr.Row(equal_height=True):
            box = gr.Textbox(
                label=texts["question"],
                placeholder=texts["placeholder"],
                scale=8,
            )
            button = gr.Button(texts["ask"], variant="primary", scale=1, min_width=80)
        for event in (box.submit, button.click):
            event(reply, [box, chat], [box, chat], api_visibility="private", show_progress="minimal").then(
                None, js=_SHOW_LAST_QUESTION
            )
        chat.example_select(example, chat, chat, api_visibility="private").then(None, js=_SHOW_LAST_QUESTION)
        gr.api(ask, api_name="ask")
    return page


def _turn(assistant: Assistant, question: str, language: Language) -> list[Message]:
    """The question and its answer as two messages of the conversation."""
    try:
        html = render_answer(assistant.ask(question), language)
    except Exception:
        # A person must not lose the conversation to our bug; the log has the traceback.
        identifier = uuid.uuid4().hex[:8]
        logger.exception("question failed (%s)", identifier)
        html = f'<p class="ours">{escape(TEXTS[language]["failed"].format(id=identifier))}</p>'
    shown = question if len(question) <= LONGEST_QUESTION else question[:LONGEST_QUESTION] + " …"
    # Gradio takes a string for markup, whatever the chat is told: the question too goes through escape().
    asked = gr.HTML(f'<p class="asked">{escape(shown)}</p>')
    return [{"role": "user", "content": asked}, {"role": "assistant", "content": gr.HTML(html)}]


def _head(assistant: Assistant, language: Language) -> str:
    texts = TEXTS[language]
    titles = ", ".join(document.title for document in assistant.index.collection.documents)
    return (
        f'<header class="woordelijk-head"><h1>{escape(texts["title"])}</h1><p>{escape(texts["subtitle"])} '
        f"{escape(texts['document'])}: <cite>{escape(titles)}</cite>.</p></header>"
    )


def build_app(assistant: Assistant, language: Language = "nl") -> FastAPI:
    """The web application: the page at "/", under a policy that allows no other host."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # A name of another host that points here (DNS rebinding) is refused.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    theme = gr.themes.Default(
        primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    )
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(assistant, language),
        path="/",
        theme=theme,
        css=_STYLE.read_text(encoding="utf-8"),
        head=f'<script>document.documentElement.lang = "{language}";</script>',
        footer_links=[],
        show_error=True,
    )
    return mounted
