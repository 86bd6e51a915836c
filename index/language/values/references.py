"""Which other questions and annexes an answer points to.

A number counts as a reference only behind the word "vraag" or "bijlage" (or in
the list that follows it), so a year, an article of law or the number of a
motion never does. Relative references ("de vorige vraag", "hierboven") are
resolved by the question's own number.
"""

import re
from collections.abc import Iterator

from index.language.regex import regex
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.language.values.dates import MONTH
from index.language.values.number_lists import number_list

# Not an amount, a date or a span of time ("vraag 3, 12 maart 2024", "de vragen 12 jaar geleden").
_MEASURE = "uur|dagen|weken|maanden|jaar|jaren|keer|maal|procent|euro|leden|fte|duizend|miljoen|miljard|mln|km"
_NOT_AMOUNT = rf"(?!\s*(?:{_MEASURE}|/\d|{MONTH})\b|/\d)"
# … nor the beginning of a word ("12-jarigen").
_ITEM = rf"\d{{1,3}}(?![\d.,]*\d|\w|%|-[a-z]{{3}}){_NOT_AMOUNT}"
_JOIN = r"(?:\s*,\s*(?:en\s+)?|\s+(?:en|of|tot|t/m|tot\s+en\s+met)\s+|\s*[-–]\s*)(?:de\s+)?(?:vra(?:ag|gen)\s+)?"
_LIST = rf"{_ITEM}(?:{_JOIN}{_ITEM})*"
_QUESTIONS = regex(rf"\bvra(?:ag|gen)\s+(?:nrs?\.?\s+)?({_LIST})", re.IGNORECASE)
_PREVIOUS = regex(r"\b(?:vorige|voorgaande)\s+(?:(twee|drie)\s+)?(?:vra(?:ag|gen)|antwoord(?:en)?)\b", re.IGNORECASE)
_ABOVE = regex(r"\bhierboven\b|\bbovenstaande?\s+antwoord\b", re.IGNORECASE)
_ANNEX = r"(?:[IVX]+|\d{1,2})\b"
_ANNEXES = regex(rf"\b[Bb]ijlagen?\s+({_ANNEX}(?:(?:\s*,\s*|\s+(?:en|t/m|tot en met)\s+){_ANNEX})*)")
_ITEMS = regex(r"[IVX]+|\d+")
_ANNEX_RANGE = regex(r"t/m|tot en met")
_REFERS = regex(r"\bverwijs\b|\bverwezen\b|\bverwijzen\b|^Zie\b", re.IGNORECASE)
# Numbers of questions have three digits at most here.
_HIGHEST = 999
_COUNTS = {None: 1, "": 1, "twee": 2, "drie": 3}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def references(answer: str, own_numbers: tuple[int, ...]) -> tuple[int | str, ...]:
    """The question numbers and annexes (Roman numerals) that `answer` points to.

    Questions ascending, then annexes; the answer's own numbers are left out.
    """
    found = set(question_numbers(answer))
    if own_numbers:
        first = min(own_numbers)
        for match in _PREVIOUS.finditer(answer):
            found.update(range(first - _COUNTS[match[1]], first))
        if _opens_with_above(answer):
            found.add(first - 1)
    numbers = sorted(n for n in found if n >= 1 and n not in own_numbers)
    return (*numbers, *annex_numerals(answer))


def _opens_with_above(answer: str) -> bool:
    """Whether an answer begins with what is said "hierboven": in the answer before it.

    Further on, or beside a number, "hierboven" means something else.
    """
    opening = [span.of(answer) for span in sentence_spans(answer)[:2]]
    if len(opening) == 2 and len(opening[0].split()) > 2:
        opening = opening[:1]
    return any(_ABOVE.search(sentence) and not question_numbers(sentence) for sentence in opening)


def refers_only(answer: str, own_numbers: tuple[int, ...]) -> bool:
    """Whether every sentence of `answer` does nothing but point elsewhere."""
    sentences = [span.of(answer) for span in sentence_spans(answer)]
    return bool(sentences) and all(
        _REFERS.search(sentence) and references(sentence, own_numbers) for sentence in sentences
    )


def question_numbers(text: str, *, either_way: bool = False) -> list[int]:
    """The question numbers that `text` names ("vraag 2", "vragen 11 t/m 14"), in its order.

    A range that runs backwards is its two ends, but where it may be typed `either_way` round.
    """
    numbers: list[int] = []
    for match in _QUESTIONS.finditer(text):
        numbers += number_list(match[1], widest=_HIGHEST, either_way=either_way)
    return numbers


def annex_numerals(text: str) -> list[str]:
    """The annexes that `text` names ("bijlage II", "bijlagen 1 t/m 3"), as Roman numerals, ascending."""
    places: set[int] = set()
    for match in _ANNEXES.finditer(text):
        items = [annex_place(item) for item in re.findall(r"[IVX]+|\d+", match[1])]
        places.update(items)
        if _ANNEX_RANGE.search(match[1]):
            places.update(range(min(items[0], items[-1]), max(items[0], items[-1]) + 1))
    return [_ROMAN[place - 1] for place in sorted(places) if 1 <= place <= len(_ROMAN)]


def annex_place(name: str) -> int:
    """The place, from 1, of the annex called `name` ("II", "2" or "B"); 0 for a name that is none."""
    name = name.upper()
    if name.isdigit():
        return int(name)
    if name in _ROMAN:
        return _ROMAN.index(name) + 1
    return ord(name) - ord("A") + 1 if len(name) == 1 and "A" <= name <= "H" else 0


def annex_numeral(name: str) -> str:
    """The Roman numeral of the annex called `name`."""
    return _ROMAN[annex_place(name) - 1]


def without_references(text: str) -> str:
    """`text` without the places that name a question or an annex."""
    return _ANNEXES.sub(" ", _QUESTIONS.sub(" ", text))


def mentions(text: str, span: Span) -> Iterator[tuple[Span, int | str]]:
    """Where `text` within `span` names a question or an annex, in order, with its number or Roman numeral.

    Each item of a list is a mention of its own, the first with the word
    before it ("vraag 2"); of a range its two ends.
    """
    for match in sorted(
        (*_QUESTIONS.finditer(text, span.start, span.end), *_ANNEXES.finditer(text, span.start, span.end)),
        key=lambda found: found.start(),
    ):
        start = match.start()
        for item in _ITEMS.finditer(text, match.start(1), match.end(1)):
            name = item[0]
            if match.re.pattern == _QUESTIONS.pattern:
                yield Span(start, item.end()), int(name)
            elif 1 <= annex_place(name) <= len(_ROMAN):
                yield Span(start, item.end()), annex_numeral(name)
            following = _ITEMS.search(text, item.end(), match.end(1))
            start = following.start() if following else item.end()
