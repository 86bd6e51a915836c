"""Find the files that a request names, wherever in it they stand, and refuse those that were not uploaded.

Gradio describes a file by an object with a `path`, and copies what stands at
that path to where it can be fetched. None of our own requests has an object
with a `path`, so that every such object is a file, whatever else is in it.
"""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from ui.desk.upload_folder import UploadFolder
from ui.server.refusal import RefusedError

# Lists, objects and texts in one another; the page sends six.
DEEPEST = 64
_NOT_UPLOADED = "A file in this request is not one that was uploaded here. Upload it first and use what that answers."
_NOT_JSON = "The body is not JSON in UTF-8 (RFC 8259)."
_TOO_DEEP = f"The request is nested more than {DEEPEST} deep, or holds a number of thousands of digits."
_TWICE = "An object in the body has one key twice."
_NO_NUMBER = "A number in the body is none that JSON has (RFC 8259), or larger than a program can hold."

_Pairs = Sequence[tuple[str, Any]]


class _Object(tuple[tuple[str, Any], ...]):
    """An object of JSON with every key as often as it stands there."""

    __slots__ = ()


class FileObjects:
    """Checks what a request to the server that goes by `host` says; RefusedError (400) where it names another file."""

    def __init__(self, uploads: UploadFolder, host: str) -> None:
        self._uploads = uploads
        self._host = host

    def check_body(self, body: bytes) -> None:
        """Check a body, which has to be JSON that every reader reads alike."""
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RefusedError(400, _NOT_JSON) from error
        found = _loads(text, _unique)
        if found is None and text.strip(" \t\r\n") != "null":
            raise RefusedError(400, _NOT_JSON)
        self._check([found])

    def check_texts(self, texts: Iterable[str]) -> None:
        """Check texts, such as the parameters of an address, for JSON that stands in them."""
        self._check(texts)

    def _check(self, values: Iterable[Any]) -> None:
        waiting = [(value, 0) for value in values]
        while waiting:
            value, depth = waiting.pop()
            if depth > DEEPEST:
                raise RefusedError(400, _TOO_DEEP)
            if isinstance(value, _Object):
                self._check_object(value)
                waiting += [(part, depth + 1) for pair in value for part in pair]
            elif isinstance(value, list):
                waiting += [(item, depth + 1) for item in value]
            elif isinstance(value, str):
                waiting += [(inner, depth + 1) for inner in _within(value)]

    def _check_object(self, pairs: _Pairs) -> None:
        paths = [value for key, value in pairs if key.casefold() == "path"]
        urls = [value for key, value in pairs if key.casefold() == "url" and value is not None]
        if not paths and not _is_described_as_file(pairs):
            return
        if not paths or not all(self._is_upload(path, urls) for path in paths):
            raise RefusedError(400, _NOT_UPLOADED)

    def _is_upload(self, path: object, urls: Sequence[object]) -> bool:
        if not isinstance(path, str) or not self._uploads.holds(path):
            return False
        return all(isinstance(url, str) and self._uploads.is_address(url, path, self._host) for url in urls)


def _is_described_as_file(pairs: _Pairs) -> bool:
    """Whether it says that it is a file, as now or as in earlier versions of Gradio, without saying which."""
    kinds = [pair[1] for key, meta in pairs if key == "meta" and isinstance(meta, _Object) for pair in meta]
    return "gradio.FileData" in kinds or any(key == "is_file" for key, _ in pairs)


def _within(text: str) -> list[Any]:
    """What stands in a text that is JSON, or that is JSON once its percent signs are read."""
    start = text.lstrip("\ufeff \t\r\n\v\f")[:1]
    if start == "%":
        read = unquote(text)
        return [] if read == text else [read]
    if not start or start not in '{["':
        return []
    found = _loads(text.strip("\ufeff \t\r\n\v\f"), _Object)
    return [] if found is None else [found]


def _loads(text: str, hook: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """The value that the text is; None where it is none. RefusedError where it cannot be read whole."""
    try:
        # A text within a text may have line ends that JSON itself has not.
        whole = hook is _unique
        number = _finite if whole else None
        return json.loads(text, object_pairs_hook=hook, strict=whole, parse_constant=number, parse_float=number)
    except json.JSONDecodeError:
        return None
    except (RecursionError, ValueError) as error:
        raise RefusedError(400, _TOO_DEEP) from error


def _unique(pairs: list[tuple[str, Any]]) -> _Object:
    if len({key for key, _ in pairs}) != len(pairs):
        raise RefusedError(400, _TWICE)
    return _Object(pairs)


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise RefusedError(400, _NO_NUMBER)
    return number
