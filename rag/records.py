"""Answers as the JSON objects that the command line prints."""

from typing import Any

from rag.types import Answer, Hit


def answer_record(answer: Answer, identifier: str | int | None = None) -> dict[str, Any]:
    """One answer with its hits, best first."""
    return {
        "id": identifier,
        "query": answer.question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "hits": [hit_record(hit) for hit in answer.hits],
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
    }
