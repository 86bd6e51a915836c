"""How a route answers: with what was made, or with the sentence that says why it could not be."""

from collections.abc import Callable

from fastapi import Response
from fastapi.responses import JSONResponse

from index.errors import UnknownDocumentError, WoordelijkError
from rag.texts.answers import Language
from ui.texts.failures import sentence
from ui.texts.page import TEXTS


def tried(made: Callable[[], Response], language: Language) -> Response:
    """What `made` gives, or the sentence that says what went wrong."""
    try:
        return made()
    except UnknownDocumentError:
        return JSONResponse({"detail": TEXTS[language]["no document"]}, status_code=400)
    except Exception as error:
        status = 400 if isinstance(error, WoordelijkError) else 500
        return JSONResponse({"detail": sentence(error, language)}, status_code=status)
