"""The report of a checked memo as HTML: a verdict in words, the difference, and the place in the document.

Escaping is markupsafe's: nothing but a `Markup` gets in unescaped.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup

from index.language.alignment import Stretch, side_by_side
from rag.citation.citation import Citation, Citer
from rag.citation.reference import reference
from rag.texts.answers import Language
from rag.texts.memos import MEMO_TEXTS
from rag.verify.difference import visible
from rag.verify.report import doubt_line, manifest_record
from rag.verify.verdicts import Judged, Report
from ui.check_texts import CHECK_TEXTS
from ui.links import citation_link

# Characters of a quotation in the line that stands for it.
_BRIEF = 120
_FIGURE = Markup('<figure class="{}"><figcaption>{}</figcaption><blockquote lang="nl">{}</blockquote></figure>')


def render_report(report: Report, citer: Citer, language: Language) -> Markup:
    """The summary, the provenance, and each quotation in the order of the memo; what is not in order stands open."""
    quotations = Markup("").join(_quotation(judged, language) for judged in report.judged)
    return Markup('<div class="check-report">{}{}{}<ol class="quotations">{}</ol></div>').format(
        _summary(report, language), _doubts(report, language), _provenance(report, citer, language), quotations
    )


def render_refusal(sentence: str, language: Language) -> Markup:
    """Why a memo was not checked."""
    return Markup('<div class="check-report"><p class="refused" role="alert"><strong>{}</strong> {}</p></div>').format(
        CHECK_TEXTS[language]["not read"], sentence
    )


def _summary(report: Report, language: Language) -> Markup:
    texts = MEMO_TEXTS[language]
    failed = sum(not judged.passes for judged in report.judged)
    passes = report.passes and report.judged
    key = "no quotations" if not report.judged else "some fail" if failed else "all pass"
    counted = Counter(judged.verdict for judged in report.judged)
    counts = Markup(" · ").join(f"{count} {texts[verdict]}" for verdict, count in counted.most_common())
    return Markup('<p class="summary {}" role="status"><strong>{} {}</strong>{}</p>').format(
        "all-pass" if passes else "some-fail",
        "✓" if passes else "–" if report.passes else "✗",
        texts[key].format(count=len(report.judged), failed=failed),
        Markup('<span class="counts">{}</span>').format(counts) if len(counted) > 1 else "",
    )


def _doubts(report: Report, language: Language) -> Markup:
    """A line for each quotation mark without a partner."""
    if not report.doubts:
        return Markup("")
    lines = Markup("").join(Markup("<li>{}</li>").format(doubt_line(doubt, language)) for doubt in report.doubts)
    said = MEMO_TEXTS[language]["doubts"].format(count=len(report.doubts))
    return Markup('<p class="caution">⚠ {}</p><ul class="doubts">{}</ul>').format(said, lines)


def _provenance(report: Report, citer: Citer, language: Language) -> Markup:
    texts = CHECK_TEXTS[language]
    found = manifest_record(report.manifest, citer)
    if found is None:
        return Markup("")
    said = [texts["provenance"].format(tool=found["tool"], confirmed=found["confirmed"], count=found["citations"])]
    said += [texts["missing document"].format(file=d["file"]) for d in found["documents"] if not d["here"]]
    return Markup("").join(Markup('<p class="provenance">{}</p>').format(sentence) for sentence in said)


def _quotation(judged: Judged, language: Language) -> Markup:
    texts, memo_texts = CHECK_TEXTS[language], MEMO_TEXTS[language]
    state = texts["in order"] if judged.passes else texts["not in order"]
    parts = [
        *(Markup('<p class="caution">⚠ {}</p>').format(memo_texts[caution]) for caution in judged.cautions),
        _comparison(judged, language),
        Markup('<p class="claimed"><b>{}:</b> <q>{}</q></p>').format(texts["claimed"], judged.claimed)
        if judged.claimed
        else "",
        *_places(judged, language),
    ]
    return Markup(
        '<li class="quotation {}" data-verdict="{}"><details{}><summary><span class="judged-as">'
        '<span aria-hidden="true">{}</span> {}<span class="state">, {}</span></span> '
        '<span class="line">{}</span> <span class="brief">“{}”</span></summary>{}</details></li>'
    ).format(
        "passes" if judged.passes else "fails",
        judged.verdict,
        "" if judged.passes else Markup(" open"),
        "✓" if judged.passes else "✗",
        memo_texts[judged.verdict],
        state,
        memo_texts["line"].format(line=judged.quotation.line),
        _brief(judged.quotation.text),
        Markup("").join(parts),
    )


def _comparison(judged: Judged, language: Language) -> Markup:
    """The quotation, and beside it the document's words where they differ."""
    texts = CHECK_TEXTS[language]
    written = judged.quotation.text
    if judged.verdict != "altered" or judged.citation is None:
        return _FIGURE.format("from-memo", texts["the memo"], written)
    stretches = side_by_side(judged.citation.quotation, written)
    return Markup('<div class="compared">{}{}</div>').format(
        _side(texts["the memo"], stretches, "quotation", language),
        _side(texts["the document"], stretches, "document", language),
    )


def _side(
    title: str, stretches: Sequence[Stretch], side: Literal["quotation", "document"], language: Language
) -> Markup:
    tag = "ins" if side == "document" else "del"
    words = Markup("").join(_stretch(getattr(s, side), s.same, tag, language) for s in stretches)
    return Markup(
        '<figure class="{}"><figcaption>{}</figcaption><blockquote lang="nl">{}</blockquote></figure>'
    ).format("from-document" if side == "document" else "from-memo", title, words)


def _stretch(text: str, same: bool, tag: str, language: Language) -> Markup:
    if same or not text.strip():
        return Markup.escape(text)
    words = text.rstrip()
    tail = text[len(words) :]
    return Markup('<{} title="{}">{}</{}>{}').format(
        Markup(tag), CHECK_TEXTS[language]["differs"], visible(words), Markup(tag), tail
    )


def _places(judged: Judged, language: Language) -> list[Markup]:
    texts = CHECK_TEXTS[language]
    if judged.verdict == "spliced":
        pieces = Markup("").join(
            Markup("<li><q>{}</q> {}</li>").format(_brief(piece.quotation), _reference(piece, language))
            for piece in judged.pieces
        )
        return [Markup("<p><b>{}:</b></p><ul>{}</ul>").format(texts["pieces"], pieces)]
    found = []
    if judged.citation:
        title = texts["changed from" if judged.verdict == "altered" else "true place"]
        found.append(Markup('<p class="place"><b>{}:</b> {}</p>').format(title, _reference(judged.citation, language)))
    if judged.nearest:
        found.append(
            Markup('<p class="place"><b>{}:</b> {}</p>').format(texts["nearest"], _reference(judged.nearest, language))
        )
    return found


def _reference(citation: Citation, language: Language) -> Markup:
    return Markup('{} <a class="open" href="{}">{}</a>').format(
        reference(citation), citation_link(citation, language), CHECK_TEXTS[language]["open"]
    )


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _BRIEF else f"{words[: _BRIEF - 1]}…"
