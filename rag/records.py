"""Answers as the JSON objects that the command line prints."""

from typing import Any

from rag.types import Answer, Hit


def answer_record(answer: Answer, identifier: str | int | None = None) -> dict[str, Any]:
    """One answer with its hits, best first, and the answers to its parts in the same form."""
    return {
        "id": identifier,
        "query": answer.question,
        "answered": answer.answered,
        "level": answer.level,
        "confidence": round(answer.confidence, 4),
        "searched": answer.searched,
        "leans_on": answer.leans_on,
        "filters": answer.filters.record(),
        "remarks": [
            {"kind": remark.kind, "value": remark.value, "known": list(remark.known)} for remark in answer.remarks
        ],
        "hits": [hit_record(hit) for hit in answer.hits],
        "parts": [answer_record(part) for part in answer.parts],
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """One hit; offsets count code points of the document's canonical text."""
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
        "footnote": hit.passage.footnote,
        "via": list(hit.via) or None,
        "found": {found.list: found.rank for found in hit.found},
    }
