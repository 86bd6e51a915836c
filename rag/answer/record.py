"""Answers as the JSON objects that the command line prints."""

from typing import Any

from index.language.span import Span
from index.model.collection import Collection
from index.model.types import Passage
from rag.answer.continuation import answering_cell, continuation
from rag.answer.types import Answer, Hit
from rag.retrieval.near_duplicates import Similar


def answer_record(answer: Answer, identifier: str | int | None = None) -> dict[str, Any]:
    """One answer with its hits, best first, and the answers to its parts in the same form."""
    return {
        "id": identifier,
        "query": answer.question,
        "answered": answer.answered,
        "level": answer.level,
        "confidence": round(answer.confidence, 4),
        "searched": answer.searched,
        "leans_on": answer.follow_up_of,
        "filters": answer.filters.record(),
        "remarks": [
            {"kind": remark.kind, "value": remark.value, "known": list(remark.known)} for remark in answer.remarks
        ],
        "hits": [hit_record(hit, answer.searched or answer.question) for hit in answer.hits],
        "parts": [answer_record(part) for part in answer.parts],
    }


def hit_record(hit: Hit, question: str = "") -> dict[str, Any]:
    """One hit; offsets count code points of the document's canonical text.

    `sentence` is the one that is marked, None where the whole passage answers or
    nothing does; `follows` is what a passage that ends in a colon leads to,
    `cell` the cell of a table among both that the question names.
    """
    follows = continuation(hit)
    shown = {follows, hit.passage.span}
    cells = (answering_cell(table, hit.document.text, question) for table in hit.unit.tables if table.span in shown)
    return {
        "rank": hit.rank,
        "score": hit.score,
        "document": hit.document.id,
        "kind": hit.unit.kind,
        "numbers": list(hit.unit.numbers),
        "label": hit.unit.label,
        "asked_by": list(hit.unit.asked_by),
        "speaker": hit.passage.speaker,
        "passage": {
            "id": hit.passage.id,
            "start": hit.passage.span.start,
            "end": hit.passage.span.end,
            "text": hit.text,
        },
        "sentence": _slice(hit, hit.sentence),
        "follows": _slice(hit, follows),
        "cell": _slice(hit, next(cells, None)),
        "footnote": hit.passage.footnote,
        "via": list(hit.via) or None,
        "found": {found.list: found.rank for found in hit.found},
        "similar": [similar_record(similar) for similar in hit.similar],
    }


def _slice(hit: Hit, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.of(hit.document.text)} if span else None


def similar_record(similar: Similar) -> dict[str, Any]:
    """A near-identical passage; of each change "here" is the hit's side and "there" this passage's."""
    return {
        "document": similar.document.id,
        "file": similar.document.file,
        "numbers": list(similar.unit.numbers),
        "label": similar.unit.label,
        "similarity": round(similar.similarity, 4),
        "passage": {
            "id": similar.passage.id,
            "start": similar.passage.span.start,
            "end": similar.passage.span.end,
            "text": similar.text,
        },
        "difference": [
            {"kind": change.kind, "here": change.document, "there": change.quotation} for change in similar.differences
        ],
    }


def passage_record(collection: Collection, passage: Passage) -> dict[str, Any]:
    """One passage by itself, with where it stands."""
    unit = collection.unit(passage.unit)
    return {
        "document": passage.document,
        "file": collection.document(passage.document).file,
        "numbers": list(unit.numbers),
        "label": unit.label,
        "passage": {
            "id": passage.id,
            "start": passage.span.start,
            "end": passage.span.end,
            "text": collection.text(passage),
        },
    }
