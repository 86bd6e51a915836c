"""Judge every quotation of a memo against the documents, closed at every doubt.

"exact" needs the same words in the same order at one place, whole words at
both edges. Everything else has another name. What can be wrong although every
word is right (a negation skipped by an ellipsis, or cut off right at the edge)
is a caution, and a memo with a caution does not pass.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from index.language.alignment import Difference, words
from index.language.negations import WORD, negates
from index.language.parliament.signatory import signature
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.language.typography import DASHES, QUOTES
from rag.citation.citation import Citation, Citer
from rag.verify.attribution import Names
from rag.verify.claims import Claim, claims
from rag.verify.difference import NearMatch, nearest, seen
from rag.verify.document_search import Place, Sources, joined
from rag.verify.documents import Documents
from rag.verify.memo_text import MemoText, Paragraph
from rag.verify.note_marks import without_note_marks
from rag.verify.quotations import Doubt, Quotation, inner_quotations, quotations
from rag.verify.shortening import Shortened, has_ellipsis, read_shortened
from rag.verify.splicing import spliced
from rag.verify.strangers import is_ministry_of

Verdict = Literal["exact", "misattributed", "altered", "shortened", "spliced", "not_found", "too_short"]
Caution = Literal["skipped negation", "negation cut off", "unknown speaker"]

# Words: fewer say nothing, unless they hold a figure ("186 fte").
_FEWEST = 3
_FEWEST_WITH_FIGURE = 2
# The share of a quotation's words that must stand in one place for it to count as altered from there, and how many of
# them in a row, or a third of a short one: what is invented has the words of everyday there, each by itself. With this
# share of them it is altered in any case.
_ALIKE = 0.5
_IN_A_ROW = 4
_NEARLY_ALL = 0.8
# Code points before a quotation that may be its sentence.
_BEFORE = 2_000


@dataclass(frozen=True, slots=True)
class Judged:
    """One quotation with its verdict.

    `citation` is the one to put in: where the words stand, or for an altered
    quotation the place that it was altered from; None where there is none.
    `nearest` is the passage that a quotation not found is most like.
    `claimed` is the memo's own words that name another source.
    """

    quotation: Quotation
    verdict: Verdict
    citation: Citation | None = None
    differences: tuple[Difference, ...] = ()
    pieces: tuple[Citation, ...] = ()
    nearest: Citation | None = None
    claimed: str | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the quotation may stand as it is."""
        return self.verdict in ("exact", "shortened") and not self.cautions


@dataclass(frozen=True, slots=True)
class Report:
    """Every quotation of a memo, judged, in order; `manifest` is the one the memo carries.

    `doubts` are the quotation marks without a partner: what they were to
    enclose was not checked.
    """

    judged: tuple[Judged, ...]
    manifest: dict[str, Any] | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether every quotation may stand as it is, and no mark is in doubt; True where there are none."""
        return not self.doubts and all(judged.passes for judged in self.judged)


class Verifier:
    """Judges memos against one collection of documents; `documents` says which of them hold some words."""

    def __init__(self, citer: Citer, documents: Documents | None = None) -> None:
        self._sources = Sources(citer, documents)
        known = self._sources.documents
        self._names = Names(known.annex_authors, known.groups, known.ministers)
        self._titles = tuple((_longest_word(title), _any_typography(title)) for title in self._sources.documents.titles)

    def verify(self, memo: MemoText, title: str = "the memo") -> Report:
        """The report of one memo; MemoError where it has too many quotations."""
        paragraphs = [self._without_titles(paragraph) for paragraph in memo.paragraphs]
        marked = quotations(paragraphs, self._sources.stands, title)
        found = marked.quotations
        judged: list[Judged] = []
        for quotation in found:
            said = claims(quotation, found, paragraphs, self._names)
            around = _sentence_around(quotation, paragraphs)
            judged.append(self.judge(quotation, said, around))
            if judged[-1].verdict == "too_short" and paragraphs[quotation.first].kind == "heading":
                judged.pop()  # a name in a heading, not a quotation
                continue
            if not judged[-1].passes:
                judged += self._inner(quotation, said, around)
        return Report(tuple(judged), memo.manifest, marked.doubts)

    def judge(self, quotation: Quotation, said: Sequence[Claim] = (), around: str = "") -> Judged:
        """The verdict on one quotation; `around` is the memo's own sentence, without the quotation."""
        text = without_note_marks(quotation.text, self._sources)
        if too_short(text) and not has_ellipsis(text):
            place = next(self._sources.found(text), None)
            return Judged(quotation, "too_short", self._sources.citation(place) if place else None)
        if self._sources.stands(text):
            return self._exact(quotation, text, said, around)
        if has_ellipsis(text) and (shortened := read_shortened(text, self._sources)):
            return self._shortened(quotation, shortened, said)
        text = joined(text)
        near = nearest(text, self._sources, _ALIKE)
        if pieces := spliced(text, self._sources):
            cited = tuple(self._sources.citation(piece) for piece in pieces)
            return Judged(quotation, "spliced", cited[0], pieces=cited, differences=near.differences if near else ())
        return self._unlike(quotation, text, near)

    def _without_titles(self, paragraph: Paragraph) -> Paragraph:
        """The marks in a document's own title are no quotation."""
        text = paragraph.text
        for word, title in self._titles:
            if word not in text:
                continue
            text = title.sub(lambda match: re.sub(rf"[{QUOTES}]", "\ue000", match[0]), text)
        return replace(paragraph, text=text)

    def _inner(self, quotation: Quotation, said: Sequence[Claim], around: str) -> list[Judged]:
        inner = inner_quotations(quotation.text, self._sources.stands)
        long_enough = [text for text in inner if not too_short(text)]
        return [self.judge(replace(quotation, text=text), said, around) for text in long_enough]

    def _exact(self, quotation: Quotation, text: str, said: Sequence[Claim], around: str) -> Judged:
        citations: list[Citation] = []
        agreeing = None
        for cited in map(self._sources.citation, self._sources.found(text)):
            citations.append(cited)
            if all(claim.agrees(cited) for claim in said):
                agreeing = cited
                break
        chosen = agreeing or citations[0]
        cut = _cut_negations(chosen)
        if cut and _closes_early(chosen, text, cut):
            return Judged(quotation, "altered", chosen, tuple(Difference("missing", word, "") for _, word in cut))
        cautions: tuple[Caution, ...] = ("negation cut off",) if cut and not negates(around) else ()
        cautions += _unknown_speaker(said, chosen)
        if not agreeing:
            wrong = next((c for c in said if not any(c.agrees(cited) for cited in citations)), said[0])
            return Judged(quotation, "misattributed", chosen, claimed=wrong.text, cautions=cautions)
        return Judged(quotation, "exact", chosen, cautions=cautions)

    def _shortened(self, quotation: Quotation, found: Shortened, said: Sequence[Claim]) -> Judged:
        pieces = tuple(self._sources.citation(place) for place in found.pieces)
        if not found.one_answer:
            return Judged(quotation, "spliced", pieces[0], pieces=pieces)
        if found.too_short:
            return Judged(quotation, "too_short", pieces[0], pieces=pieces)
        document = self._sources.text(found.pieces[0].part)
        cautions: tuple[Caution, ...] = ()
        if any(negates(skipped.of(document)) for skipped in found.skipped(document)):
            cautions = ("skipped negation",)
        whole = self._sources.citation(Place(found.pieces[0].part, found.whole))
        cautions += _unknown_speaker(said, whole)
        if wrong := next((claim for claim in said if not claim.agrees(whole)), None):
            return Judged(quotation, "misattributed", whole, pieces=pieces, claimed=wrong.text, cautions=cautions)
        return Judged(quotation, "shortened", whole, pieces=pieces, cautions=cautions)

    def _unlike(self, quotation: Quotation, text: str, near: NearMatch | None) -> Judged:
        if near is None:
            return Judged(quotation, "not_found")
        cited = self._sources.citation(near.place)
        in_a_row = min(_IN_A_ROW, len(words(text)) // 3)
        alike = near.similarity >= _NEARLY_ALL or (near.similarity >= _ALIKE and near.run >= in_a_row)
        if not alike:
            return Judged(quotation, "not_found", nearest=cited)
        return Judged(quotation, "altered", cited, near.differences or (seen("changed", cited.quotation, text),))


def _unknown_speaker(said: Sequence[Claim], citation: Citation) -> tuple[Caution, ...]:
    """A caution where the memo lets somebody speak whom the cited passage does not name, and who did not sign it."""
    part = citation.part.span.of(citation.document.text)
    unnamed = [claim.stranger for claim in said if claim.stranger and claim.stranger not in part]
    office = signature(citation.document.text).get("office", "") if unnamed and citation.speaker == "minister" else ""
    return ("unknown speaker",) if any(not is_ministry_of(who, office) for who in unnamed) else ()


def too_short(text: str) -> bool:
    """Whether a quotation has too few words to say where it is from.

    Fewer than three words, or two where one is a figure.
    """
    found = words(text)
    return len(found) < (_FEWEST_WITH_FIGURE if re.search(r"\d", text) else _FEWEST)


def _longest_word(title: str) -> str:
    """A word without which a text does not hold the title, in whatever typography."""
    return max((w for w in re.findall(r"[A-Za-z]+", title)), key=len, default="")


def _any_typography(title: str) -> re.Pattern[str]:
    """A pattern for a title in any typography."""
    pieces = []
    for character in " ".join(title.split()):
        if character in QUOTES or character in DASHES:
            pieces.append(f"[{QUOTES if character in QUOTES else DASHES}]")
        else:
            pieces.append(r"\s+" if character == " " else re.escape(character))
    return re.compile("".join(pieces))


def _sentence_around(quotation: Quotation, paragraphs: Sequence[Paragraph]) -> str:
    """The last words of the memo before a quotation, in its sentence."""
    before = paragraphs[quotation.first].text[max(0, quotation.start - _BEFORE) : quotation.start]
    spans = sentence_spans(before)
    return spans[-1].of(before) if spans else ""


def _sentence_of(text: str, span: Span, part: Span) -> Span:
    """From the start of the first sentence that `span` touches to the end of the last."""
    touched = [s for s in sentence_spans(text, part.start, part.end) if s.start < span.end and span.start < s.end]
    return Span(min(s.start for s in touched), max(s.end for s in touched))


def _cut_negations(citation: Citation) -> list[tuple[Literal["before", "after"], str]]:
    """The negations right before and after the words, in their sentence."""
    text = citation.document.text
    whole = _sentence_of(text, citation.span, citation.part.span)
    before = WORD.findall(text[whole.start : citation.span.start])[-1:]
    after = WORD.findall(text[citation.span.end : whole.end])[:1]
    cut: list[tuple[Literal["before", "after"], str]] = []
    cut += [("before", word) for word in before if negates(word)]
    cut += [("after", word) for word in after if negates(word)]
    return cut


def _closes_early(citation: Citation, text: str, cut: Sequence[tuple[str, str]]) -> bool:
    """Whether the quotation passes for a whole sentence that has lost its negation.

    It does where it ends with a full stop that the document does not have
    there, or is the whole sentence but for the negation.
    """
    document = citation.document.text
    whole = _sentence_of(document, citation.span, citation.part.span)
    stopped = bool(re.search(r"[.?!]['\"”’»\s]*$", text))
    left = WORD.findall(document[whole.start : citation.span.start])
    right = WORD.findall(document[citation.span.end : whole.end])
    sides = {side for side, _ in cut}
    if "after" in sides and (stopped or (not left and len(right) == 1)):
        return True
    return len(left) <= ("before" in sides) and len(right) <= ("after" in sides)
