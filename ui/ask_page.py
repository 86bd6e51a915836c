"""The page "Vraag": a conversation whose replies are cards with the documents' own words."""

from html import escape
from typing import Any

import gradio as gr

from rag.query import LONGEST_QUESTION
from ui.context import PageContext
from ui.failures import sentence
from ui.render import render_answer
from ui.texts import EXAMPLES

# A reply is read from its beginning: bring the question to the top of the conversation.
_SHOW_LAST_QUESTION = """() => requestAnimationFrame(() => {
  const questions = document.querySelectorAll("#conversation .user");
  if (questions.length) questions[questions.length - 1].scrollIntoView({block: "start", behavior: "smooth"});
})"""

Message = dict[str, Any]


def build(context: PageContext) -> None:
    """Put the conversation on the page."""
    texts, language = context.texts, context.language

    def reply(question: str, history: list[Message]) -> tuple[str, list[Message]]:
        if not question.strip():
            return "", history
        return "", [*history, *_turn(context, question)]

    def example(history: list[Message], chosen: gr.SelectData) -> list[Message]:
        return [*history, *_turn(context, chosen.value["text"])]

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
        box = gr.Textbox(label=texts["question"], placeholder=texts["placeholder"], scale=8)
        button = gr.Button(texts["ask"], variant="primary", scale=1, min_width=80)
    for event in (box.submit, button.click):
        event(reply, [box, chat], [box, chat], api_visibility="private", show_progress="minimal").then(
            None, js=_SHOW_LAST_QUESTION
        )
    chat.example_select(example, chat, chat, api_visibility="private").then(None, js=_SHOW_LAST_QUESTION)


def _turn(context: PageContext, question: str) -> list[Message]:
    """The question and its answer as two messages of the conversation."""
    try:
        html = render_answer(context.desk.tools.assistant.ask(question), context.language)
    except Exception as error:
        # A person must not lose the conversation to our bug.
        html = f'<p class="ours">{escape(sentence(error, context.language))}</p>'
    shown = question if len(question) <= LONGEST_QUESTION else question[:LONGEST_QUESTION] + " …"
    # Gradio takes a string for markup, whatever the chat is told: the question too goes through escape().
    asked = gr.HTML(f'<p class="asked">{escape(shown)}</p>')
    return [{"role": "user", "content": asked}, {"role": "assistant", "content": gr.HTML(html)}]
