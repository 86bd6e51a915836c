"""What a program can ask of the server: the same functions, under names that stay."""

from typing import Any

import gradio as gr

from rag.records import answer_record
from ui.desk import Desk


def add_endpoints(desk: Desk) -> None:
    """Add the endpoints to the application that is being built."""

    def ask(question: str) -> dict[str, Any]:
        """The answer as the JSON object that `python -m rag ask --json` prints."""
        if not isinstance(question, str):
            raise gr.Error("A question is a text.")
        return answer_record(desk.tools.assistant.ask(question))

    gr.api(ask, api_name="ask")
