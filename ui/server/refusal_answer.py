"""The answer to a request that is refused: JSON for the page and for programs, a page for a person who came here."""

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from ui.links import root_of
from ui.render.templating import rendered
from ui.server.languages import language_of
from ui.server.refusal import RefusedError
from ui.texts.dutch import in_dutch
from ui.texts.refusals import REFUSAL_TEXTS


def refusal_answer(refusal: RefusedError, scope: Scope) -> Response:
    """The sentence in the language of who asks; clients of Gradio look for it under "error"."""
    language = language_of(scope)
    said = in_dutch(str(refusal)) if language == "nl" else str(refusal)
    response: Response
    if "text/html" in Headers(scope=scope).get("accept", ""):
        page = rendered(
            "refusal", language=language, texts=REFUSAL_TEXTS[language], sentence=said, home=root_of(language)
        )
        response = HTMLResponse(page, refusal.status)
    else:
        response = JSONResponse({"detail": said, "error": said}, refusal.status)
    if refusal.status == 401:
        response.headers["www-authenticate"] = 'Basic realm="Woordelijk", charset="UTF-8"'
    if refusal.closes:
        response.headers["connection"] = "close"
    return response
