"""What the page asks of the server about what a person follows, and the feeds that a feed reader asks for."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from rag.texts.answers import Language
from rag.watch.feed import MIME
from rag.watch.kept import Kept
from rag.watch.store import MOST_WATCHES
from ui.desk.desk import Desk
from ui.desk.fair_queue import USER
from ui.desk.watching import Watching
from ui.render.watches import render_news, render_watched, said_of
from ui.server.answering import in_sentences

_LONGEST_ASKED = 100_000


class Followed(BaseModel):
    """A question to follow with the filters beside it, or promises that fall due."""

    question: str = Field(default="", max_length=_LONGEST_ASKED)
    filters: dict[str, Any] = {}
    promises: bool = False
    language: Language = "nl"


class Named(BaseModel):
    """Something that is followed, by its id or name."""

    name: str = Field(max_length=200)
    language: Language = "nl"


class Shown(BaseModel):
    """How many items of each watch, by its id, a person has been shown."""

    shown: dict[str, int] = Field(max_length=MOST_WATCHES)
    language: Language = "nl"


def watch_router(desk: Desk, prefix: str) -> APIRouter:
    """The routes, each about the list of who asks."""
    router, watching = APIRouter(prefix=prefix), Watching(desk)

    @router.get("/watches")
    @in_sentences
    def watches(language: Language = "nl") -> Response:
        kept, state = watching.looked(USER.get())
        return JSONResponse({"new": _new(kept), "state": state})

    @router.get("/news")
    @in_sentences
    def news(language: Language = "nl") -> Response:
        kept, state = watching.looked(USER.get())
        found = {
            "html": render_news(watching.fresh(kept), desk.tools, language),
            "watched": render_watched(kept.watches, language),
            "said": said_of(_new(kept), state, language),
            "shown": {watch.id: watch.found for watch in kept.watches},
        }
        return JSONResponse({**found, "new": _new(kept), "state": state})

    @router.post("/watches/add")
    @in_sentences
    def add(asked: Followed) -> Response:
        name = watching.add(USER.get(), asked.question, asked.filters, asked.promises)
        return JSONResponse({"name": name})

    @router.post("/watches/remove")
    @in_sentences
    def remove(named: Named) -> Response:
        return JSONResponse({"name": watching.remove(USER.get(), named.name)})

    @router.post("/watches/seen")
    @in_sentences
    def seen(shown: Shown) -> Response:
        watching.visited(USER.get(), shown.shown)
        return JSONResponse({"seen": True})

    @router.get("/feeds/{name}")
    @in_sentences
    def feed(name: str, request: Request, language: Language = "nl") -> Response:
        host = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return Response(watching.feed(USER.get(), name, language, host), media_type=MIME)

    return router


def _new(kept: Kept) -> int:
    return sum(watch.found - watch.visited for watch in kept.watches)
