"""The report of a checked memo, for a person and for a program."""

import hashlib
from collections.abc import Iterator
from typing import Any

from index.language.alignment import Difference
from index.language.typography import brief
from rag.citation.citation import Citation, CitationError, Citer
from rag.citation.record import citation_record
from rag.citation.reference import reference
from rag.citation.styles import markdown_escaped
from rag.texts.answers import Language, counted
from rag.texts.memos import MEMO_TEXTS
from rag.verify.difference import visible
from rag.verify.quotations import Doubt
from rag.verify.verdicts import Judged, Report

_SHOWN = 100


def report_record(report: Report, citer: Citer) -> dict[str, Any]:
    """The report as a JSON object; `manifest` is null where the memo carries none."""
    return {
        "passes": report.passes,
        "quotations": [_judged_record(judged) for judged in report.judged],
        "doubts": [
            {"line": doubt.line, "mark": doubt.mark, "problem": doubt.problem, "near": doubt.near}
            for doubt in report.doubts
        ],
        "manifest": manifest_record(report.manifest, citer),
    }


def _judged_record(judged: Judged) -> dict[str, Any]:
    return {
        "text": judged.quotation.text,
        "line": judged.quotation.line,
        "verdict": judged.verdict,
        "passes": judged.passes,
        "citation": _record(judged.citation),
        "difference": [_difference_record(difference) for difference in judged.differences],
        "claimed": judged.claimed,
        "cautions": list(judged.cautions),
        "pieces": [citation_record(piece) for piece in judged.pieces],
        "nearest": _record(judged.nearest),
    }


def _record(citation: Citation | None) -> dict[str, Any] | None:
    return citation_record(citation) if citation else None


def _difference_record(difference: Difference) -> dict[str, str]:
    return {"kind": difference.kind, "document": difference.document, "quotation": difference.quotation}


def manifest_record(manifest: dict[str, Any] | None, citer: Citer) -> dict[str, Any] | None:
    """What the manifest says that is still so: the documents that are here, the citations confirmed.

    None where there is no manifest, or it is not one of ours; it comes from
    outside, so nothing in it is trusted.
    """
    if manifest is None or not isinstance(manifest.get("citations"), list):
        return None
    documents = [d for d in manifest.get("documents") or [] if isinstance(d, dict)]
    return {
        "tool": str(manifest.get("tool"))[:_SHOWN],
        "documents": [
            {key: str(d.get(key))[:_SHOWN] for key in ("file", "sha256")} | {"here": _is_here(d.get("sha256"), citer)}
            for d in documents
        ],
        "citations": len(manifest["citations"]),
        "confirmed": sum(_confirmed(found, citer) for found in manifest["citations"]),
    }


def _is_here(sha256: Any, citer: Citer) -> bool:
    document = str(sha256)[:16]
    return document in citer.collection.numbers and citer.collection.document(document).sha256 == sha256


def _confirmed(found: Any, citer: Citer) -> bool:
    try:
        if found["document"] not in citer.collection.numbers:
            return False
        citation = citer.cite(found["document"], int(found["start"]), int(found["end"]))
    except (CitationError, KeyError, TypeError, ValueError):
        return False
    return bool(hashlib.sha256(citation.quotation.encode("utf-8")).hexdigest() == found.get("sha256"))


def report_lines(report: Report, citer: Citer, language: Language) -> Iterator[str]:
    """The report for a person, line by line."""
    texts = MEMO_TEXTS[language]
    for judged in report.judged:
        yield from _judged_lines(judged, language)
    yield from (doubt_line(doubt, language) for doubt in report.doubts)
    if found := manifest_record(report.manifest, citer):
        yield manifest_line(found, language)
        for document in found["documents"]:
            if not document["here"]:
                yield texts["manifest missing"].format(file=document["file"], sha256=document["sha256"][:16])
    failed = sum(not judged.passes for judged in report.judged)
    key = "no quotations" if not report.judged else "some fail" if failed else "all pass"
    summary = counted(texts, key, len(report.judged), failed=failed)
    yield f"{summary} {texts['doubts'].format(count=len(report.doubts))}" if report.doubts else summary


def manifest_line(found: dict[str, Any], language: Language) -> str:
    """What `manifest_record` found, as a sentence."""
    return counted(
        MEMO_TEXTS[language], "manifest", found["citations"], tool=found["tool"], confirmed=found["confirmed"]
    )


def doubt_line(doubt: Doubt, language: Language) -> str:
    """What is said of a quotation mark without a partner."""
    texts = MEMO_TEXTS[language]
    line = texts["line"].format(line=doubt.line)
    return f"✗ {line}: {texts[doubt.problem].format(mark=doubt.mark)} — “{brief(visible(doubt.near), _SHOWN)}”"


def report_markdown(report: Report, citer: Citer, title: str, language: Language) -> str:
    """The report for a person to keep, as Markdown; what stands in the memo or a document is escaped."""
    *lines, summary = [markdown_escaped(line) for line in report_lines(report, citer, language)]
    listed = "".join(f"  - {line.strip()}\n" if line.startswith("    ") else f"- {line}\n" for line in lines)
    heading = MEMO_TEXTS[language]["report"].format(title=markdown_escaped(" ".join(title.split())))
    return f"# {heading}\n\n{summary}\n\n{listed}"


def _judged_lines(judged: Judged, language: Language) -> Iterator[str]:
    texts = MEMO_TEXTS[language]
    sign = "✓" if judged.passes else "✗"
    quoted = brief(visible(judged.quotation.text), _SHOWN)
    yield f"{sign} {texts['line'].format(line=judged.quotation.line)}: {texts[judged.verdict]} — “{quoted}”"
    for difference in judged.differences:
        yield "    " + texts[difference.kind].format(
            document=brief(difference.document, _SHOWN), quotation=brief(difference.quotation, _SHOWN)
        )
    yield from (f"    {texts[caution]}" for caution in judged.cautions)
    if judged.claimed:
        yield "    " + texts["claimed"].format(claimed=brief(judged.claimed, _SHOWN))
    if judged.verdict == "spliced":
        yield from ("    " + texts["cite"].format(reference=reference(piece)) for piece in judged.pieces)
    elif judged.citation:
        yield "    " + texts["cite"].format(reference=reference(judged.citation))
    if judged.nearest:
        yield "    " + texts["nearest"].format(reference=reference(judged.nearest))
