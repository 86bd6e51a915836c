"""A sub-question and what answers it as a JSON object."""

from typing import Any

from rag.coverage.register import CoveredIn


def coverage_record(found: CoveredIn) -> dict[str, Any]:
    """One as a JSON object; `evidence` are slices of the same document, `where` what the answer points to."""
    one = found.covered
    return {
        "numbers": list(one.numbers),
        "sub": one.sub,
        "label": one.label,
        "text": one.text,
        "status": one.status,
        "evidence": [{"text": e.text, "start": e.start, "end": e.end} for e in one.evidence],
        "where": list(one.where),
        "confidence": one.confidence,
        "asked": found.asks,
        "rule": one.rule,
        "document": found.document.id,
        "start": one.start,
        "end": one.end,
    }
