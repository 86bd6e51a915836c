"""A citation as the JSON object that every command prints."""

from typing import Any

from index.model.records import place_record
from rag.citation.abridged import Abridged, Quoted, whole_of
from rag.citation.citation import Citation
from rag.citation.permalink import permalink
from rag.citation.reference import reference


def citation_record(citation: Citation) -> dict[str, Any]:
    """One citation; offsets count code points, those of `marks` from the quotation's start.

    `at` and `until` are line, page and paragraph of its first and last character.
    """
    unit = citation.unit
    return {
        "label": unit.label if unit else None,
        "reference": reference(citation),
        "quotation": citation.quotation,
        "document": citation.document.id,
        "sha256": citation.document.sha256,
        "unit": citation.unit_name,
        "numbers": list(unit.numbers) if unit else [],
        "asked_by": list(unit.asked_by) if unit else [],
        "field": citation.part.field,
        "speaker": citation.speaker,
        "footnote": citation.part.footnote,
        "start": citation.span.start,
        "end": citation.span.end,
        "at": place_record(citation.document, citation.span.start),
        "until": place_record(citation.document, citation.span.end - 1),
        "marks": [{"footnote": mark.number, "offset": mark.offset} for mark in citation.marks],
        "link": str(permalink(citation)),
    }


def quoted_record(quoted: Quoted) -> dict[str, Any]:
    """The same of a quotation that leaves words out, whose `pieces` are its exact ranges; its range is the whole."""
    record = citation_record(whole_of(quoted))
    if isinstance(quoted, Abridged):
        record |= {"quotation": quoted.quotation, "marks": []}
        record["pieces"] = [[piece.span.start, piece.span.end] for piece in quoted.pieces]
    return record
