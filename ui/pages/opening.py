"""What a page shows is fetched when it is opened, not when the server started."""

from collections.abc import Callable, Sequence
from typing import Any

from gradio.components import Component
from gradio.context import Context


def on_open(show: Callable[..., Any], outputs: Sequence[Component]) -> None:
    """Call `show`, which may take the request, each time the page that is being built is opened; it fills `outputs`."""
    application = Context.root_block
    if application is None:
        raise ValueError("a page is built within an application")
    application.load(show, None, list(outputs), api_visibility="private", show_progress="hidden")
