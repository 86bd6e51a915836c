"""A comparison of two documents as a JSON object."""

from typing import Any

from index.language.span import Span
from index.model.types import Document, Unit
from rag.compare.disagreements import Disagreement
from rag.compare.documents import ComparedUnits, Comparison, Placed
from rag.compare.history import Said
from rag.compare.sentences import Sentence, SentenceDifference


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """All of it: both documents, the units in the order of the second, the differences with figures first."""
    return {
        "a": _document(comparison.a),
        "b": _document(comparison.b),
        "units": [_units(one) for one in comparison.units],
        "differences": [_placed(one) for one in comparison.differences],
    }


def _document(document: Document) -> dict[str, Any]:
    date = document.date.isoformat() if document.date else None
    return {"document": document.id, "file": document.file, "title": document.title, "date": date}


def _units(compared: ComparedUnits) -> dict[str, Any]:
    pair = compared.pair
    return {
        "status": compared.status,
        "moved": pair.moved,
        "matched": pair.matched,
        "a": _unit(pair.a),
        "b": _unit(pair.b),
    }


def _unit(unit: Unit | None) -> dict[str, Any] | None:
    return {"label": unit.label, "numbers": list(unit.numbers)} if unit else None


def _placed(placed: Placed) -> dict[str, Any]:
    a, b = placed.a, placed.pair.b
    labels = {"label_a": a.label if a else None, "label_b": b.label if b else None}
    return difference_record(placed.difference) | labels


def difference_record(one: SentenceDifference) -> dict[str, Any]:
    """One difference: `a` and `b` are slices of either document; `document` and `quotation` as `verify` has them."""
    return {
        "kind": one.kind,
        "figures": one.figures,
        "a": _sentence(one.a),
        "b": _sentence(one.b),
        "words": [
            {
                "kind": word.difference.kind,
                "document": word.difference.document,
                "quotation": word.difference.quotation,
                "a": _span(word.a),
                "b": _span(word.b),
            }
            for word in one.words
        ],
    }


def said_record(said: Said) -> dict[str, Any]:
    """A passage on a subject; of its `differences` `a` is a slice of the document of `before`, `b` of its own."""
    return {
        **_passage(said),
        "before": _passage(said.before) if said.before else None,
        "differences": [difference_record(one) for one in said.differences],
    }


def _passage(said: Said) -> dict[str, Any]:
    span = said.passage.span
    return {
        "date": said.document.date.isoformat() if said.document.date else None,
        "document": said.document.id,
        "file": said.document.file,
        "label": said.unit.label,
        "speaker": said.passage.speaker,
        "text": said.text,
        "start": span.start,
        "end": span.end,
    }


def disagreement_record(found: Disagreement) -> dict[str, Any]:
    """What is stated with different values; each `text` is a slice of its document, so is each `sentence`."""
    return {
        "kind": found.kind,
        "year": found.year,
        "stated": [
            {
                "value": one.value,
                "text": one.text,
                "sentence": one.sentence,
                "label": one.label,
                "date": one.document.date.isoformat() if one.document.date else None,
                "document": one.document.id,
                "file": one.document.file,
                "start": one.span.start,
                "end": one.span.end,
            }
            for one in found.stated
        ],
    }


def _sentence(sentence: Sentence | None) -> dict[str, Any] | None:
    if sentence is None:
        return None
    span = sentence.span
    return {"text": sentence.text, "start": span.start, "end": span.end, "speaker": sentence.speaker}


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
