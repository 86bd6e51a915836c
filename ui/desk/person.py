"""Who asks, as the queue of what takes long has to know it."""

from typing import Any

import gradio as gr

from ui.desk.fair_queue import PERSON, USER

# How an event of a page is declared that waits for its turn in `ui.desk.jobs`: none of Gradio's own queues holds it up.
TAKES_LONG: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": None}


def set_person(request: gr.Request | None) -> None:
    """What runs from here on is for whoever sent the request, as the guard wrote it down."""
    state = getattr(request, "state", None)
    PERSON.set(getattr(state, "person", ""))
    USER.set(getattr(state, "user", ""))
