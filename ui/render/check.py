"""The report of a checked memo as HTML: a verdict in words, the difference, and the place in the document."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from markupsafe import Markup

from index.language.alignment import Stretch, side_by_side
from index.language.typography import brief
from rag.citation.citation import Citation, Citer
from rag.citation.reference import reference
from rag.texts.answers import Language, counted
from rag.texts.memos import MEMO_TEXTS
from rag.verify.difference import visible
from rag.verify.report import doubt_line, manifest_line, manifest_record
from rag.verify.verdicts import Judged, Report
from ui.links import citation_link
from ui.render.templating import block
from ui.texts.check import CHECK_TEXTS

# Characters of a quotation in the line that stands for it.
_BRIEF = 120


def render_report(report: Report, citer: Citer, language: Language) -> Markup:
    """The summary, the provenance, and each quotation in the order of the memo; what is not in order stands open."""
    failed = sum(not judged.passes for judged in report.judged)
    passes = report.passes and bool(report.judged)
    key = "no quotations" if not report.judged else "some fail" if failed else "all pass"
    summary = {
        "kind": "all-pass" if passes else "some-fail",
        "sign": "✓" if passes else "–" if report.passes else "✗",
        "sentence": counted(MEMO_TEXTS[language], key, len(report.judged), failed=failed),
        "counts": _counts(report, language),
    }
    quotations = [_quotation(judged, language) for judged in report.judged]
    doubts = [doubt_line(doubt, language) for doubt in report.doubts]
    doubted = MEMO_TEXTS[language]["doubts"].format(count=len(doubts))
    provenance = _provenance(report, citer, language)
    return block("check", "report", summary, doubted, doubts, provenance, quotations, CHECK_TEXTS[language])


def render_refusal(sentence: str, language: Language) -> Markup:
    """Why a memo was not checked."""
    return block("check", "refusal", CHECK_TEXTS[language]["not read"], sentence)


def _counts(report: Report, language: Language) -> str:
    """How often each verdict was given; nothing where there is only one."""
    verdicts = Counter(judged.verdict for judged in report.judged)
    counts = " · ".join(f"{count} {MEMO_TEXTS[language][verdict]}" for verdict, count in verdicts.most_common())
    return counts if len(verdicts) > 1 else ""


def _provenance(report: Report, citer: Citer, language: Language) -> list[str]:
    texts = CHECK_TEXTS[language]
    found = manifest_record(report.manifest, citer)
    if found is None:
        return []
    said = [manifest_line(found, language)]
    return [*said, *(texts["missing document"].format(file=d["file"]) for d in found["documents"] if not d["here"])]


def _quotation(judged: Judged, language: Language) -> dict[str, Any]:
    texts = MEMO_TEXTS[language]
    return {
        "judged": judged,
        "verdict": texts[judged.verdict],
        "line": texts["line"].format(line=judged.quotation.line),
        "brief": brief(judged.quotation.text, _BRIEF),
        "cautions": [texts[caution] for caution in judged.cautions],
        "compared": _compared(judged, language),
        "pieces": _pieces(judged, language),
        "places": _places(judged, language),
    }


def _compared(judged: Judged, language: Language) -> list[tuple[str, str, Markup]]:
    """The quotation, and beside it the document's words where they differ: what stands there, its title, its words."""
    texts = CHECK_TEXTS[language]
    written = judged.quotation.text
    if judged.verdict != "altered" or judged.citation is None:
        return [("from-memo", texts["the memo"], Markup.escape(written))]
    stretches = side_by_side(judged.citation.quotation, written)
    return [
        ("from-memo", texts["the memo"], _side(stretches, "quotation", language)),
        ("from-document", texts["the document"], _side(stretches, "document", language)),
    ]


def _side(stretches: Sequence[Stretch], side: Literal["quotation", "document"], language: Language) -> Markup:
    tag = "ins" if side == "document" else "del"
    return Markup("").join(_stretch(getattr(s, side), s.same, tag, language) for s in stretches)


def _stretch(text: str, same: bool, tag: str, language: Language) -> Markup:
    if same or not text.strip():
        return Markup.escape(text)
    words = text.rstrip()
    tail = text[len(words) :]
    return Markup('<{} title="{}">{}</{}>{}').format(
        Markup(tag), CHECK_TEXTS[language]["differs"], visible(words), Markup(tag), tail
    )


def _pieces(judged: Judged, language: Language) -> list[tuple[str, tuple[str, str]]]:
    """The places that a quotation was put together from."""
    spliced = judged.pieces if judged.verdict == "spliced" else ()
    return [(brief(piece.quotation, _BRIEF), _reference(piece, language)) for piece in spliced]


def _places(judged: Judged, language: Language) -> list[tuple[str, tuple[str, str]]]:
    """Where the words stand, or the nearest to them, each under its title; of pieces nothing more is said."""
    texts = CHECK_TEXTS[language]
    if judged.verdict == "spliced":
        return []
    true = texts["changed from" if judged.verdict == "altered" else "true place"]
    found = ((true, judged.citation), (texts["nearest"], judged.nearest))
    return [(title, _reference(citation, language)) for title, citation in found if citation]


def _reference(citation: Citation, language: Language) -> tuple[str, str]:
    """The reference of a citation and the link that opens it."""
    return reference(citation), citation_link(citation, language)
