"""Say the language of a page before anything else in it runs.

Gradio serves every page as English and chooses the language of its own labels
by the browser's. Both have to be said in the first lines of the page; what
Gradio lets an application add to the head comes too late for that.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.texts.answers import Language
from ui.links import path_within

_SCRIPT = (
    '<script>(() => {{ const language = "{language}";'
    "for (const [name, value] of [['language', language], ['languages', [language]]])"
    " Object.defineProperty(Navigator.prototype, name, {{get: () => value, configurable: true}}); }})();</script>"
)


class EarlyHead:
    """Middleware: pages under "/en/" say that they are English from their first line, all others Dutch."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        language: Language = "en" if path_within(scope).startswith("/en/") else "nl"
        # Compressed pages could not be written in.
        scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await _finish(start, body, language, send)

        await self._app(scope, receive, collect)


async def _finish(start: Message, body: bytes, language: Language, send: Send) -> None:
    headers = MutableHeaders(raw=list(start["headers"]))
    # A page of ours says it by itself.
    if headers.get("content-type", "").startswith("text/html") and "content-language" not in headers:
        body = _in_language(body, language)
        headers["content-length"] = str(len(body))
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})


def _in_language(body: bytes, language: Language) -> bytes:
    body = body.replace(b'lang="en"', f'lang="{language}"'.encode(), 1)
    return body.replace(b"<head>", f"<head>{_SCRIPT.format(language=language)}".encode(), 1)
