"""What every request passes before it reaches the page: who asks, from where, for what, and how much.

Only the addresses that the page, its API and its tools need are let through,
each with a check of its own (`ui.server.addresses`). No request names a file of this
machine but one that was uploaded: that is looked at here, before the framework
that the page is made with sees anything of it.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

from anyio import sleep, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.desk.fair_queue import PERSON, USER
from ui.desk.upload_folder import UploadFolder
from ui.links import path_within
from ui.server.addresses import GRADIO, OWN, SHEETS, Address, find_address, find_page
from ui.server.api_calls import check_call
from ui.server.error_answers import without_places
from ui.server.file_objects import FileObjects
from ui.server.guesses import Guesses
from ui.server.password import Users
from ui.server.refusal import RefusedError
from ui.server.refusal_answer import refusal_answer
from ui.server.upload_parts import UploadParts
from ui.texts.failures import sentence

logger = logging.getLogger(__name__)

# Bytes. An upload is a document or a memo; the rest of a request holds a conversation at most.
LARGEST_UPLOAD = 60_000_000
LARGEST_REQUEST = 8_000_000
_TAKEN_BEFORE_REFUSING = 1_000_000
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

# What may be kept by a browser: pages, scripts, styles, fonts and pictures, unless somebody uploaded them.
_OF_THE_PROGRAM = ("text/html", "text/css", "text/javascript", "application/javascript", "font/", "image/")
_FILE = "/gradio_api/file="
_PLAIN_RANGE = re.compile(rb"bytes=(?:(?P<first>\d{1,15})-(?P<last>\d{0,15})|-\d{1,15})")
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")

_NOTHING = "There is nothing at this address."
_NO_STATE = "This address names a state of the page that is kept nowhere."
_TWO_LENGTHS = "The request says twice how long it is (Content-Length and Transfer-Encoding); expected one of them."
_NO_JSON = "The body is of another kind than this address takes; expected application/json."


class Guard:
    """The ASGI application `app`, behind the checks; `pages` are paths under each of `roots`, which end in "/".

    `uploads` is where the application keeps what is uploaded, `functions` are those of its API. With `users`
    every request needs the name and password of one of them (RFC 7617). A
    refusal is a JSON object whose `detail` is a sentence.
    """

    def __init__(
        self,
        app: ASGIApp,
        uploads: UploadFolder,
        users: Users | None = None,
        roots: Iterable[str] = ("/",),
        pages: Iterable[str] = ("",),
        functions: Iterable[Callable[..., Any]] = (),
    ) -> None:
        self._app = app
        self._uploads = uploads
        self._users = users
        self._guesses = Guesses()
        self._roots = tuple(sorted(roots, key=len, reverse=True))
        self._pages = frozenset(pages)
        self._functions = {function.__name__: function for function in functions}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guarded(scope, _Exchange(receive, _with_headers(send, scope["path"])))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _guarded(self, scope: Scope, exchange: "_Exchange") -> None:
        try:
            await self._checked(scope, exchange)
        except RefusedError as refusal:
            exchange.refusal = refusal
        except Exception as error:
            # Not where it is only what the application makes of a body that was cut off, or has said in a stream.
            if exchange.refusal is None and isinstance(error.__cause__, HTTPException):
                await exchange.end()
            elif exchange.refusal is None:
                exchange.refusal = RefusedError(500, sentence(error, "en"))
        if exchange.refusal is not None:
            await exchange.refuse(exchange.refusal, scope)

    async def _checked(self, scope: Scope, exchange: "_Exchange") -> None:
        """Hand the request to the application where it passes its checks; RefusedError where it does not."""
        headers = Headers(scope=scope)
        if "content-length" in headers and "transfer-encoding" in headers:
            raise RefusedError(400, _TWO_LENGTHS, closes=True)
        asker = (scope.get("client") or ("",))[0]
        user = await self._user(headers, asker) or ""
        person = user or asker
        # Gradio answers later, in a task of its own, with the request at hand; what answers at once has the context.
        scope.setdefault("state", {}).update(person=person, user=user)
        PERSON.set(person)
        USER.set(user)
        if _comes_from_elsewhere(headers):
            raise RefusedError(403, "Another site asked for this; only the page itself may.")
        if (address := self._address(scope["method"], path_within(scope))) is None:
            raise RefusedError(404, _NOTHING)
        exchange.check_length(headers, LARGEST_UPLOAD if address.check == "upload" else LARGEST_REQUEST)
        objects = FileObjects(self._uploads, headers.get("host", ""))
        await to_thread.run_sync(self._check_address, scope, headers, address, objects)
        if address.check == "upload":
            exchange.read_along(UploadParts(headers.get("content-type", "")))
        elif body := await exchange.read_whole():
            if not _is_json(headers):
                raise RefusedError(415, _NO_JSON)
            await to_thread.run_sync(objects.check_body, body)
            exchange.put_back(await to_thread.run_sync(self._checked_call, path_within(scope), body))
        await self._app(_as_passed_on(scope, address), exchange.receive, exchange.send)

    async def _user(self, headers: Headers, asker: str) -> str | None:
        """The user who asks, None where everybody may; RefusedError where the name and password are not right.

        `asker` is the address that the request comes from.
        """
        if self._users is None:
            return None
        authorization = headers.get("authorization", "")
        user = self._users.remembered(authorization)
        if user is None and authorization:
            if not self._guesses.take(asker):
                logger.warning("%s guesses at passwords; it is not listened to for now", asker)
                raise RefusedError(429, "Too many wrong passwords came from this address. Wait a minute.")
            user = await self._users.user(authorization)
            if user is None:
                logger.warning("%s gave a wrong name or password", asker)
                await sleep(_WRONG)
            else:
                self._guesses.right(asker)
        if user is None:
            raise RefusedError(401, "Name and password are needed, and these are not right.")
        return user

    def _address(self, method: str, path: str) -> Address | None:
        """What the request is for, as the application that is mounted at the longest root takes it."""
        root = next((root for root in self._roots if f"{path}/".startswith(root)), None)
        if root is None:
            return None
        within = f"/{path[len(root) :]}"
        own = find_address(OWN, method, path) if root == "/" else None
        made = find_address(SHEETS, method, within) or find_address(GRADIO, method, within)
        return own or made or find_page(self._pages, method, within)

    def _checked_call(self, path: str, body: bytes) -> bytes:
        """The body in characters that every text can hold; RefusedError where it calls a function as none is called.

        Half a character (a lone surrogate, as where a browser cuts a text
        within an emoji) can be written in JSON, and nowhere after that.
        """
        if _HALF_CHARACTER.search(body):
            body = re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(json.loads(body), ensure_ascii=False)).encode()
        if self._functions:
            check_call(path, body, self._functions)
        return body

    def _check_address(self, scope: Scope, headers: Headers, address: Address, objects: FileObjects) -> None:
        if address.check == "uploaded file" and not self._uploads.holds(address.file):
            raise RefusedError(404, _NOTHING)
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if any(name == "deep_link" for name, _ in query):
            raise RefusedError(404, _NO_STATE)
        objects.check_texts([text for pair in query for text in pair])
        objects.check_texts(headers.values())


class _Exchange:
    """A request as the application receives it, and its answer, until something in the request is refused."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.refusal: RefusedError | None = None
        self._receive = receive
        self._send = send
        self._masked = without_places(send)
        self._limit = LARGEST_REQUEST
        self._taken = 0
        self._ended = self._answering = self._answered = self._failed = False
        self._parts: UploadParts | None = None
        self._whole: Message | None = None

    def check_length(self, headers: Headers, limit: int) -> None:
        """Set how many bytes are received at most; RefusedError where the request says that it has more."""
        self._limit = limit
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            raise self._too_large()

    def read_along(self, parts: UploadParts) -> None:
        """Read the body as a form, as it goes by."""
        self._parts = parts

    async def read_whole(self) -> bytes:
        """The body, which the application still receives."""
        body = bytearray()
        while not self._ended:
            body += (await self._next()).get("body", b"")
        self.put_back(bytes(body))
        return bytes(body)

    def put_back(self, body: bytes) -> None:
        """Let the application receive this as the whole body."""
        self._whole = {"type": "http.request", "body": body, "more_body": False}

    async def receive(self) -> Message:
        """The next message for the application."""
        if self._whole is not None:
            message, self._whole = self._whole, None
            return message
        try:
            return await self._next()
        except RefusedError as refusal:
            self.refusal = refusal
            raise

    async def send(self, message: Message) -> None:
        """Send what the application answers, unless the request was refused meanwhile.

        Not that it failed, in two English words: its error comes out of it, and says why.
        """
        if message["type"] == "http.response.start" and message["status"] == 500:
            kind = Headers(raw=message["headers"]).get("content-type", "")
            self._failed = kind.startswith("text/plain")
        if self.refusal is None and not self._failed:
            self._answering = True
            self._answered = message["type"] == "http.response.body" and not message.get("more_body", False)
            await self._masked(message)

    async def end(self) -> None:
        """End an answer that was begun."""
        await self._send({"type": "http.response.body", "body": b""})

    async def refuse(self, refusal: RefusedError, scope: Scope) -> None:
        """Answer with the refusal; what is left of a small body is taken first, or the asker might not get it."""
        if self._answered:
            return
        if self._answering:
            raise refusal
        self._parts, self._limit = None, self._taken + _TAKEN_BEFORE_REFUSING
        with suppress(RefusedError):
            while not self._ended:
                await self._next()
        answer = refusal_answer(refusal, scope)
        await self._send({"type": "http.response.start", "status": refusal.status, "headers": answer.raw_headers})
        await self._send({"type": "http.response.body", "body": answer.body})

    async def _next(self) -> Message:
        message = await self._receive()
        chunk = message.get("body", b"")
        self._ended = not message.get("more_body", False)
        self._taken += len(chunk)
        if self._taken > self._limit:
            raise self._too_large()
        if self._parts is not None and chunk:
            self._parts.read(chunk)
        return message

    def _too_large(self) -> RefusedError:
        return RefusedError(
            413, f"The request is larger than {self._limit:,} bytes, more than any question, memo or document."
        )


def _is_json(headers: Headers) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _as_passed_on(scope: Scope, address: Address) -> Scope:
    """The request as the application gets it.

    Its answer is one that can be read on its way, where it may turn out to be
    an error. Part of a file is given where one plain part is asked for; else
    the whole, as RFC 9110 allows (14.2).
    """
    left_out = {b"accept-encoding"} if address.check in ("json", "stream", "upload") else set[bytes]()
    ranges = [value for name, value in scope["headers"] if name == b"range"]
    plain = _PLAIN_RANGE.fullmatch(ranges[0]) if len(ranges) == 1 else None
    if plain is None or (plain["last"] and int(plain["last"]) < int(plain["first"])):
        left_out.add(b"range")
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in left_out]}


def _comes_from_elsewhere(headers: Headers) -> bool:
    """Whether a page of another site made the browser ask; following a link to the page is allowed."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return True
    site = headers.get("sec-fetch-site", "same-origin")
    return site == "cross-site" and headers.get("sec-fetch-mode") != "navigate"


def _with_headers(send: Send, path: str) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # A page of ours, which says its language, needs less than Gradio's and is stricter itself.
            kept = headers.keys() if "content-language" in headers else ()
            for name, value in HEADERS.items():
                if name.lower() not in kept:
                    headers[name] = value
            if _FILE in path or not headers.get("content-type", "").startswith(_OF_THE_PROGRAM):
                headers["cache-control"] = "no-store"
        await send(message)

    return sent
