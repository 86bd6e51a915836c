"""What every request passes before it reaches the page: who asks, from where, for what, and how much.

The page is made with a framework that offers more than the page uses (a
proxy, a history of runs, an editor). Only the paths that the page, its API
and its tools need are let through; what is new in a later version is refused
until somebody has looked at it.
"""

import json
import logging
import re
from collections.abc import Iterable

from anyio import sleep
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.password import Users

logger = logging.getLogger(__name__)

# Bytes. An upload is a document or a memo; the rest of a request holds a conversation at most.
LARGEST_UPLOAD = 60_000_000
LARGEST_REQUEST = 8_000_000
# Seconds that a wrong password waits for its answer.
_WRONG = 1.0

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# Under the root of each language.
_PATHS = re.compile(
    r"(?:assets|static|svelte|woordelijk)/.*|theme\.css|favicon\.ico|robots\.txt|manifest\.json|config/?|mcp/?"
    r"|gradio_api/(?:info/?|openapi\.json|config/?|app_id/?|theme\.css|startup-events|reset/?|cancel|upload"
    r"|upload_progress|component_server/?|heartbeat/\w+|queue/(?:join|data|status)"
    r"|(?:run|api|call|call/v2)/\w+(?:/\w+)?/?|file=(?!\s*\w+:/).*)",
    re.DOTALL,
)
_UPLOAD = "/gradio_api/upload"


class _TooLargeError(Exception):
    """A body that goes on past its limit."""


class Guard:
    """The ASGI application `app`, behind the checks; `pages` are paths under each of `roots`, which end in "/".

    With `users` every request needs the name and password of one of them (RFC
    7617). A refusal is a JSON object whose `detail` is a sentence.
    """

    def __init__(
        self, app: ASGIApp, users: Users | None = None, roots: Iterable[str] = ("/",), pages: Iterable[str] = ("",)
    ) -> None:
        self._app = app
        self._users = users
        self._roots = tuple(roots)
        self._pages = frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guarded(scope, receive, _with_headers(send))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if not await self._is_welcome(headers):
            challenge = {"WWW-Authenticate": 'Basic realm="Woordelijk", charset="UTF-8"'}
            await _refuse(send, 401, "Name and password are needed, and these are not right.", challenge)
        elif _comes_from_elsewhere(headers):
            await _refuse(send, 403, "Another site asked for this; only the page itself may.")
        elif not self._is_known(scope["path"]):
            await _refuse(send, 404, "There is nothing at this address.")
        else:
            await self._bounded(scope, receive, send, headers)

    async def _is_welcome(self, headers: Headers) -> bool:
        if self._users is None:
            return True
        authorization = headers.get("authorization", "")
        if self._users.remembered(authorization):
            return True
        if not authorization:
            return False
        user = await self._users.user(authorization)
        if user is None:
            logger.warning("a wrong name or password was given")
            await sleep(_WRONG)
        return user is not None

    def _is_known(self, path: str) -> bool:
        under = [f"{path}/".removeprefix(root)[:-1] for root in self._roots if f"{path}/".startswith(root)]
        return any(rest.removesuffix("/") in self._pages or _PATHS.fullmatch(rest) for rest in under)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        limit = LARGEST_UPLOAD if scope["path"].endswith(_UPLOAD) else LARGEST_REQUEST
        too_large = f"The request is larger than {limit:,} bytes, more than any question, memo or document."
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            await _refuse(send, 413, too_large)
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, _counted(receive, limit), answer)
        except _TooLargeError:
            if started:
                raise
            await _refuse(send, 413, too_large)


def _comes_from_elsewhere(headers: Headers) -> bool:
    """Whether a page of another site made the browser ask; following a link to the page is allowed."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return True
    site = headers.get("sec-fetch-site", "same-origin")
    return site == "cross-site" and headers.get("sec-fetch-mode") != "navigate"


def _counted(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise _TooLargeError
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sent


async def _refuse(send: Send, status: int, sentence: str, headers: dict[str, str] | None = None) -> None:
    body = json.dumps({"detail": sentence}).encode()
    given = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
    raw = [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in given.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
