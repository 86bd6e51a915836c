"""What the page asks of the server while a person reads: answers, documents, citations, memos.

These belong to the page and change with it; programs use the API (`ui.server.api`).
Every answer is made from one set of tools, so from one index.
"""

from typing import Any, Literal

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.staticfiles import StaticFiles

from index.language.span import Span
from rag.answer.assistant import TOP
from rag.answer.order import Order
from rag.citation.abridged import AbridgeError, abridged, without
from rag.citation.citation import CitationError
from rag.citation.permalink import Opened, open_permalink, read_permalink
from rag.memo.selection import LeftOut, selection_of
from rag.memo.write_memo import memo_bytes
from rag.question.filter_record import read_filters
from rag.question.query import LONGEST_QUESTION
from rag.texts.answers import Language
from rag.texts.memos import MEMO_TEXTS
from ui.assets import STATIC
from ui.desk.desk import Desk
from ui.desk.judgements import Judgement, Judgements
from ui.desk.quoting import quotation_record, quotations
from ui.links import sheet_links
from ui.pages.filtered import elsewhere, filterable, searched_among
from ui.render.answer import MOST_SHOWN, render_answer
from ui.render.document_view import DocumentViews
from ui.render.question_list import render_questions
from ui.server.answering import in_sentences
from ui.server.watch_routes import watch_router

# The guard lets these paths through where they stand in `ui.server.addresses`.
PREFIX = "/woordelijk"

# Of a question only its length is told where it is too long; more than this need not be read.
_LONGEST_ASKED = 50 * LONGEST_QUESTION
_MOST_RANGES = 500
_MOST_PREVIOUS = 20
# Which of the items of a memo were left out, by their places from 1.
_LEFT_OUT = "X-Left-Out"
_MIME = {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


class Asked(BaseModel):
    """A question, the ones before it in the conversation with the latest last, and what to search among."""

    question: str = Field(max_length=_LONGEST_ASKED)
    previous: list[str] = Field(default=[], max_length=_MOST_PREVIOUS)
    filters: dict[str, Any] = {}
    language: Language = "nl"
    top: int = Field(default=TOP, ge=1, le=MOST_SHOWN)
    order: Order = "relevance"


class Range(BaseModel):
    """A range of code points of a document's canonical text."""

    document: str = Field(max_length=200)
    start: int
    end: int


class Selected(BaseModel):
    """What a person selected: the running text, and each footnote by itself."""

    ranges: list[Range] = Field(min_length=1, max_length=_MOST_RANGES)


class Shortened(BaseModel):
    """The pieces of a quotation, and of them what to leave out; without that they are joined."""

    document: str = Field(max_length=200)
    pieces: list[tuple[int, int]] = Field(min_length=1, max_length=_MOST_RANGES)
    leave_out: tuple[int, int] | None = None
    language: Language = "nl"


class Link(BaseModel):
    """A link to a quotation (`woordelijk:…`)."""

    link: str = Field(max_length=10_000)
    language: Language = "nl"


class Judged(BaseModel):
    """What a person thinks of a passage: 3 answers the question, 0 does not; `taken_back` undoes it."""

    question: str = Field(max_length=LONGEST_QUESTION)
    document: str = Field(max_length=200)
    start: int
    end: int
    relevance: Literal[0, 3]
    taken_back: bool = False
    language: Language = "nl"


class Memo(BaseModel):
    """A memo as the panel has it, and the kind of file to make of it."""

    title: str
    items: list[dict[str, Any]]
    format: Literal["docx", "html", "txt", "md", "json"]
    author: str = Field(default="", max_length=300)
    date: str = ""
    language: Language = "nl"


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Add the routes, over the index of the moment, and the page's own scripts."""
    app.mount(f"{PREFIX}/static", StaticFiles(directory=STATIC))
    app.include_router(_routes(desk))
    app.include_router(watch_router(desk, PREFIX))


def _routes(desk: Desk) -> APIRouter:
    router = APIRouter(prefix=PREFIX)
    views = DocumentViews()
    judgements = Judgements.of(desk.settings)

    @router.post("/answer")
    @in_sentences
    def answer(asked: Asked) -> Response:
        tools = desk.tools
        filters = read_filters(asked.filters)
        found = tools.assistant.ask(
            asked.question, asked.top, filters=filters, previous=asked.previous, whole=False, order=asked.order
        )
        html = searched_among(tools, asked.filters, filters, asked.language)
        html += render_answer(found, tools, asked.language, asked.top, asked.order)
        html += elsewhere(tools, asked.question, filters, found, asked.language)
        hits = sum(len(part.hits) for part in found.parts or (found,))
        return JSONResponse({"html": html, "level": found.level, "hits": hits, "library": tools.library})

    @router.get("/document/{name}")
    @in_sentences
    def document(name: str, language: Language = "nl") -> Response:
        view = views.view(desk.tools, name, language)
        shown = {"id": view.id, "title": view.title, "letter": view.letter, "contents": view.contents}
        return JSONResponse({**shown, "sheets": sheet_links(view.id, language)})

    @router.get("/collection")
    @in_sentences
    def collection(language: Language = "nl") -> Response:
        tools = desk.tools
        return JSONResponse({**filterable(tools.collection, language), "library": tools.library})

    @router.get("/questions")
    @in_sentences
    def questions(language: Language = "nl") -> Response:
        return JSONResponse({"html": render_questions(desk.tools, language)})

    @router.post("/cite")
    @in_sentences
    def cite(selected: Selected, request: Request) -> Response:
        tools = desk.tools
        found = [c for r in selected.ranges for c in quotations(tools, r.document, r.start, r.end)]
        return JSONResponse({"citations": [quotation_record(citation) for citation in found]})

    @router.post("/abridge")
    @in_sentences
    def abridge(asked: Shortened) -> Response:
        citer = desk.tools.citer
        try:
            pieces = [Span(*piece) for piece in asked.pieces]
            if asked.leave_out:
                found = without(citer, asked.document, pieces, Span(*asked.leave_out))
            else:
                found = abridged(citer, asked.document, pieces)
        except AbridgeError as error:
            said = MEMO_TEXTS[asked.language][error.rule].format(words=error.words)
            return JSONResponse({"detail": said}, status_code=400)
        except ValueError as error:
            raise CitationError(f"{error}.") from error
        return JSONResponse({"citations": [quotation_record(found)]})

    @router.post("/open")
    @in_sentences
    def open_link(link: Link) -> Response:
        return JSONResponse(_opened(open_permalink(read_permalink(link.link), desk.tools.citer), link.language))

    @router.post("/memo")
    @in_sentences
    def memo(asked: Memo) -> Response:
        left_out: list[LeftOut] = []
        found = {"title": asked.title, "items": asked.items, "author": asked.author, "date": asked.date}
        selection = selection_of(found, desk.tools.citer, "memo", left_out)
        content = memo_bytes(selection, f".{asked.format}", asked.language)
        gone = ",".join(str(one.number) for one in left_out)
        return Response(content, media_type=_MIME[asked.format], headers={_LEFT_OUT: gone})

    @router.post("/judge")
    @in_sentences
    def judge(judged: Judged) -> Response:
        judgement = Judgement(judged.question, judged.document, judged.start, judged.end, judged.relevance)
        judgements.judge(desk.tools.collection, judgement, judged.taken_back)
        return JSONResponse({"relevance": None if judged.taken_back else judged.relevance})

    return router


def _opened(opened: Opened, language: Language) -> dict[str, Any]:
    """What became of a link, with the sentence that says it."""
    texts = MEMO_TEXTS[language]
    key = opened.state if opened.state in ("unchanged", "moved") else f"link {opened.state}"
    citation = opened.citation
    return {
        "state": opened.state,
        "sentence": texts[key],
        "document": citation.document.id if citation else None,
        "start": citation.span.start if citation else None,
        "end": citation.span.end if citation else None,
    }
