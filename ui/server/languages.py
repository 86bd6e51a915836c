"""Which language a person reads: what he chose, else what his browser asks for; and the page that is in it.

A choice is made with the link to the other language, which says it in the
address (`?taal=en`), and is kept in a cookie that holds nothing else.
"""

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.texts.answers import Language
from ui.links import ROOTS, path_within, root_of
from ui.server.addresses import find_page

CHOICE = "taal"
_YEAR = 365 * 86_400


def language_of(scope: Scope) -> Language:
    """The language to answer a request in: of its page, else as the person reads; English for a program."""
    if f"{path_within(scope)}/".startswith(ROOTS["en"]):
        return "en"
    headers = Headers(scope=scope)
    return _chosen(headers) or preferred(headers.get("accept-language", "en"))


def preferred(accepted: str) -> Language:
    """Dutch or English, whichever a header asks for most (RFC 9110, 12.5.4); Dutch where it asks for neither."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        try:
            value = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        language = name.strip().lower().partition("-")[0]
        weights[language] = max(weights.get(language, 0.0), value)
    return "en" if weights.get("en", 0.0) > weights.get("nl", 0.0) else "nl"


class ChosenLanguage:
    """Middleware: leads a person from a page to the one in his language, and keeps his choice; `pages` are paths."""

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._elsewhere(scope) or self._app)(scope, receive, send)

    def _elsewhere(self, scope: Scope) -> Response | None:
        """The way to the page that is meant; None where it is this one, or no page."""
        if scope["type"] != "http" or "text/html" not in (headers := Headers(scope=scope)).get("accept", ""):
            return None
        path = path_within(scope)
        language: Language = "en" if f"{path}/".startswith(ROOTS["en"]) else "nl"
        name = path.removeprefix("/" if language == "nl" else ROOTS["en"].rstrip("/")).strip("/")
        if find_page(self._pages, scope["method"], f"/{name}") is None:
            return None
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        choice = next((value for key, value in given if key == CHOICE), None)
        if choice in ROOTS:
            rest = [pair for pair in given if pair[0] != CHOICE]
            response = RedirectResponse(_address(choice, name, urlencode(rest)), 303)
            response.set_cookie(CHOICE, choice, max_age=_YEAR, path=root_of("nl"), httponly=True, samesite="lax")
            return response
        if language == "en" or _chosen(headers) or preferred(headers.get("accept-language", "nl")) == "nl":
            return None
        query = scope["query_string"].decode("latin-1")
        # Another person behind the same cache may read Dutch.
        return RedirectResponse(_address("en", name, query), 303, {"vary": "accept-language, cookie"})


def _address(language: Language, page: str, query: str) -> str:
    return f"{root_of(language)}{page}{'?' if query else ''}{query}"


def _chosen(headers: Headers) -> Language | None:
    """The language that a person chose before."""
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(CHOICE)
    except CookieError:
        return None
    return kept.value if kept is not None and kept.value in ROOTS else None
