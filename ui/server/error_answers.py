"""What an answer that is an error says: never where anything stands on this machine.

Our own sentences are made so (`ui.texts.failures`); those of the libraries between
us and the network repeat what they were given and where they looked.
"""

import json
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Send

from ui.texts.failures import without_folders

_FAULTS = {
    "missing": "is missing",
    "string_type": "is not a text",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "bool_type": "is not true or false",
    "bool_parsing": "is not true or false",
    "list_type": "is not a list",
    "dict_type": "is not an object",
    "model_type": "is not an object",
    "model_attributes_type": "is not an object",
    "string_too_long": "is too long",
    "too_long": "has too many items",
    "too_short": "has too few items",
    "json_invalid": "is not JSON",
}
_MOST_FAULTS = 5
_UNREADABLE = b'{"detail": "This request cannot be answered."}'


def without_places(send: Send) -> Send:
    """Send what an application sends, with no folder named where it is an error."""
    return _Masking(send).send


class _Masking:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""
        self._streams = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            self._streams = headers.get("content-type", "").startswith("text/event-stream")
            # A page of ours says its language, and names files of its own by their addresses.
            if message["status"] >= 400 and "content-language" not in headers:
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            await self._error(message, self._start)
            return
        elif message["type"] == "http.response.body" and self._streams:
            message = {**message, "body": _masked_event(message.get("body", b""))}
        await self._send(message)

    async def _error(self, message: Message, start: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        headers = MutableHeaders(raw=list(start["headers"]))
        body = self._body
        if body and "content-encoding" in headers:
            del headers["content-encoding"]
            headers["content-type"] = "application/json"
            body = _UNREADABLE
        body = _masked(body)
        if body:
            headers["content-length"] = str(len(body))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _masked_event(chunk: bytes) -> bytes:
    if b'"success":false' not in chunk and not chunk.startswith(b"event: error"):
        return chunk
    lines = chunk.split(b"\n")
    return b"\n".join(b"data: " + _masked(line[6:]) if line.startswith(b"data: ") else line for line in lines)


def _masked(body: bytes) -> bytes:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return without_folders(body.decode("utf-8", "replace")).encode()
    return json.dumps(_masked_value(found), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _sentence(faults: list[Any]) -> str:
    """What is wrong with a body, of which FastAPI lists where and what; the words of the common faults are ours."""
    said = []
    for fault in faults:
        place = ".".join(str(part) for part in fault["loc"][1:]) or "the body"
        said.append(f"{place} {_FAULTS.get(fault['type']) or fault['msg'][:1].lower() + fault['msg'][1:]}")
    return f"{'; '.join(said[:_MOST_FAULTS])}."


def _is_faults(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(v, dict) and {"loc", "type", "msg"} <= set(v) for v in value)
    )


def _masked_value(value: Any) -> Any:
    if isinstance(value, str):
        return without_folders(value)
    if _is_faults(value):
        return _sentence(value)
    if isinstance(value, list):
        return [_masked_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _masked_value(item) for key, item in value.items()}
    return value
