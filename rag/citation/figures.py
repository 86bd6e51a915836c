"""A register of the figures in the documents: memos are checked on them first.

Every number, amount, percentage, date and article of law, in digits or in
Dutch words, with the sentence it stands in. Numbers of questions ("vraag 28")
and of list items, and digits within a web address, are no figures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from index.language.analyser import content_words, stem, stems
from index.language.regex import regex
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.language.values.dates import MONTH
from index.language.word_boundaries import ends_word, starts_word
from index.model.parts import Part
from rag.citation.citation import Citation, Citer
from rag.citation.record import citation_record

FigureKind = Literal["article", "date", "amount", "percentage", "number"]

_DIGITS = r"\d{1,3}(?:[.\s\xa0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*"
_WORDS = (
    r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien"
    r"|negentien|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën))?"
    r"(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)|(?:twee|drie|vier|vijf|zes|zeven|acht|negen)?"
    r"(?:honderd|duizend)|één|miljoen|miljard)"
)
_NUMBER = rf"(?:{_DIGITS}|\b{_WORDS}\b)"
_SCALE = r"(?:\s+(?:honderd|duizend|miljoen|miljard|mln\.?|mld\.?))"
_ARTICLE_NUMBER = r"\d+[a-z]{0,3}(?::\d+[a-z]?)?"
_LAW = r"(?:Sr|Sv|Ppw|Awb|AVG|DSA|Gw|BW|Rv|Wpg|EVRM)\b"
_FIGURE = regex(
    r"(?P<skip>\S*(?:https?://|www\.)\S+|\bvra(?:ag|gen)\s+\d+(?:(?:\s*,\s*|\s+(?:en|tot|t/m|tot en met)\s+)\d+)*)"
    rf"|(?P<article>\b(?:[Aa]rtikel(?:en)?|[Aa]rtt?\.)\s+{_ARTICLE_NUMBER}(?:(?:\s*,\s*|\s+en\s+|\s+of\s+"
    rf"|\s+tot(?: en met)?\s+|\s+t/m\s+){_ARTICLE_NUMBER})*(?:\s+{_LAW})?)|(?P<date>\b\d{{1,2}}(?:\s+{MONTH}"
    rf"|[-/]\d{{1,2}}[-/])\s?\d{{2,4}}\b|\b\d{{1,2}}\s+{MONTH}\b|\b{MONTH}\s+\d{{4}}\b|\b(?:19"
    r"|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b|\b(?:19|20)\d\d\b(?![.,]\d))|(?P<amount>(?:€"
    rf"|EUR)\s?{_NUMBER}(?:,-)?{_SCALE}?|{_NUMBER}{_SCALE}?\s+euro\b)|(?P<percentage>{_NUMBER}\s?(?:%|procent\b))"
    rf"|(?P<number>{_NUMBER}{_SCALE}?)",
    re.IGNORECASE,
)
_ITEM_NUMBER = regex(r"\A\s*\d{1,3}\.\s")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its kind, its citation, and that of the sentence it stands in."""

    kind: FigureKind
    citation: Citation
    sentence: Citation


def figures(citer: Citer, query: str = "") -> tuple[Figure, ...]:
    """The figures whose sentence has every word of `query`, by document and offset; all for "".

    Words are compared by their Dutch stem, numbers whole; a query without
    content words that is not empty finds nothing.
    """
    wanted = {stem(word) for word in content_words(query)}
    if query.strip() and not wanted:
        return ()
    return tuple(
        figure
        for head in citer.collection.shown_heads
        for part in citer.parts[head.id]
        for figure in _figures(citer, part, wanted)
    )


def _figures(citer: Citer, part: Part, wanted: set[str]) -> Iterator[Figure]:
    text = citer.collection.document(part.document).text
    for sentence in sentence_spans(text, part.span.start, part.span.end):
        if wanted and not wanted <= set(stems(sentence.of(text))):
            continue
        for kind, span in _found(text, sentence, part):
            yield Figure(kind, citer.within(part, span), citer.within(part, sentence))


def _found(text: str, sentence: Span, part: Part) -> Iterator[tuple[FigureKind, Span]]:
    start = sentence.start
    if part.field in ("question", "frame") and (item := _ITEM_NUMBER.match(sentence.of(text))):
        start += item.end()
    kinds: tuple[FigureKind, ...] = ("article", "date", "amount", "percentage", "number")
    for match in _FIGURE.finditer(text, start, sentence.end):
        kind = next((kind for kind in kinds if match[kind]), None)
        if kind and starts_word(text, match.start()) and ends_word(text, match.end()):
            yield kind, Span(match.start(), match.end())


def figure_record(figure: Figure) -> dict[str, Any]:
    """One figure as a JSON object; `footnotes` are those that the sentence refers to."""
    return {
        "kind": figure.kind,
        "text": figure.citation.quotation,
        "sentence": figure.sentence.quotation,
        "footnotes": [mark.number for mark in figure.sentence.marks],
        "citation": citation_record(figure.citation),
    }
