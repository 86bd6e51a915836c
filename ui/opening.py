"""What a page shows is fetched when it is opened, not when the server started."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.context import get_blocks_context


def on_open(show: Callable[[], Any], outputs: Sequence[gr.components.Component]) -> None:
    """Call `show` each time the page that is being built is opened, and put what it gives in `outputs`."""
    application = get_blocks_context()
    if not isinstance(application, gr.Blocks):
        raise TypeError("a page is built within an application")
    application.load(show, None, list(outputs), api_visibility="private", show_progress="hidden")
