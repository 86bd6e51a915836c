"""What the page asks of the server while a person reads: answers, documents, citations, memos.

These belong to the page and change with it; programs use the API (`ui.api`).
Every answer is made from one set of tools, so from one index.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.staticfiles import StaticFiles

from index.errors import UnknownDocumentError, WoordelijkError
from index.model.filter_masks import asking_members
from rag.answer.assistant import TOP
from rag.answer.order import Order
from rag.citation.permalink import Opened, open_permalink, read_permalink
from rag.memo.selection import selection_of
from rag.memo.write_memo import memo_bytes
from rag.question.filter_record import read_filters
from rag.question.query import LONGEST_QUESTION
from rag.texts.answers import Language
from rag.texts.memos import MEMO_TEXTS
from ui.desk import Desk
from ui.document_view import DocumentViews
from ui.failures import sentence
from ui.judgements import Judgement, Judgements
from ui.question_list import render_questions
from ui.quoting import quotation_record, quotations
from ui.render import MOST_SHOWN, render_answer
from ui.texts import TEXTS

# The guard lets these paths through where they stand in `ui.addresses`.
PREFIX = "/woordelijk"
STATIC = Path(__file__).with_name("static")

# Of a question only its length is told where it is too long; more than this need not be read.
_LONGEST_ASKED = 50 * LONGEST_QUESTION
_MOST_RANGES = 500
_MOST_PREVIOUS = 20
_MIME = {
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


class Memo(BaseModel):
    """A memo as the panel has it, and the kind of file to make of it."""

    title: str
    items: list[dict[str, Any]]
    format: Literal["docx", "md", "json"]
    language: Language = "nl"


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Add the routes, over the index of the moment, and the page's own scripts."""
    app.mount(f"{PREFIX}/static", StaticFiles(directory=STATIC))
    app.include_router(_routes(desk))


def _routes(desk: Desk) -> APIRouter:
    router = APIRouter(prefix=PREFIX)
    views = DocumentViews()
    judgements = Judgements.of(desk.settings)

    @router.post("/answer")
    def answer(asked: Asked) -> Response:
        def made() -> Response:
            tools = desk.tools
            filters = read_filters(asked.filters)
            found = tools.assistant.ask(
                asked.question, asked.top, filters=filters, previous=asked.previous, whole=False, order=asked.order
            )
            html = render_answer(found, tools, asked.language, asked.top, asked.order)
            hits = sum(len(part.hits) for part in found.parts or (found,))
            return JSONResponse({"html": html, "level": found.level, "hits": hits})

        return _tried(made, asked.language)

    @router.get("/document/{name}")
    def document(name: str, language: Language = "nl") -> Response:
        def made() -> Response:
            view = views.view(desk.tools, name, language)
            return JSONResponse({"id": view.id, "title": view.title, "letter": view.letter, "contents": view.contents})

        return _tried(made, language)

    @router.get("/collection")
    def collection() -> Response:
        """What can be filtered by: the groups that ask, in the order they first do, their members, the documents."""
        heads = desk.tools.collection.heads
        groups = dict.fromkeys(group for head in heads for unit in head.units for group in unit.asked_by)
        documents = [{"id": head.id, "title": head.title} for head in heads]
        members = sorted({name for head in heads for name in asking_members(head)}, key=str.casefold)
        return JSONResponse({"groups": list(groups), "members": members, "documents": documents})

    @router.get("/questions")
    def questions(language: Language = "nl") -> Response:
        return _tried(lambda: JSONResponse({"html": render_questions(desk.tools, language)}), language)

    @router.post("/cite")
    def cite(selected: Selected) -> Response:
        def made() -> Response:
            tools = desk.tools
            found = [c for r in selected.ranges for c in quotations(tools, r.document, r.start, r.end)]
            return JSONResponse({"citations": [quotation_record(citation) for citation in found]})

        return _tried(made, "nl")

    @router.post("/open")
    def open_link(link: Link) -> Response:
        return _tried(
            lambda: JSONResponse(_opened(open_permalink(read_permalink(link.link), desk.tools.citer), link.language)),
            link.language,
        )

    @router.post("/memo")
    def memo(asked: Memo) -> Response:
        def made() -> Response:
            selection = selection_of({"title": asked.title, "items": asked.items}, desk.tools.citer, "memo")
            return Response(memo_bytes(selection, f".{asked.format}", asked.language), media_type=_MIME[asked.format])

        return _tried(made, asked.language)

    @router.post("/judge")
    def judge(judged: Judged) -> Response:
        def made() -> Response:
            judgement = Judgement(judged.question, judged.document, judged.start, judged.end, judged.relevance)
            judgements.judge(desk.tools.collection, judgement, judged.taken_back)
            return JSONResponse({"relevance": None if judged.taken_back else judged.relevance})

        return _tried(made, "nl")

    return router


def _tried(made: Callable[[], Response], language: Language) -> Response:
    """What `made` gives, or the sentence that says what went wrong."""
    try:
        return made()
    except UnknownDocumentError:
        return JSONResponse({"detail": TEXTS[language]["no document"]}, status_code=400)
    except Exception as error:
        status = 400 if isinstance(error, WoordelijkError) else 500
        return JSONResponse({"detail": sentence(error, language)}, status_code=status)


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
