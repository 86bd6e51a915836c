"""How a route answers: with what was made, or with the sentence that says why it could not be."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from index.errors import UnknownDocumentError, WoordelijkError
from rag.texts.answers import Language
from ui.server.languages import language_of
from ui.texts.failures import sentence
from ui.texts.page import TEXTS


def in_sentences(route: Callable[..., Response]) -> Callable[..., Response]:
    """The route, which answers what went wrong with a sentence in the language that is asked for."""

    @wraps(route)
    def answer(**given: Any) -> Response:
        try:
            return route(**given)
        except UnknownDocumentError:
            return JSONResponse({"detail": TEXTS[_language(given)]["no document"]}, status_code=400)
        except Exception as error:
            status = 400 if isinstance(error, WoordelijkError) else 500
            return JSONResponse({"detail": sentence(error, _language(given))}, status_code=status)

    return answer


def _language(given: dict[str, Any]) -> Language:
    """The language in the address or the body, else that of who asks."""
    for value in (given.get("language"), *(getattr(body, "language", None) for body in given.values())):
        if value:
            language: Language = value
            return language
    return next(language_of(request.scope) for request in given.values() if isinstance(request, Request))
