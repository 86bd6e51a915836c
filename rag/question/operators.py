"""The small language that a question may hold: quoted phrases, minus, and filters such as "fractie:CDA".

Whatever is no operator stays what it was: an unclosed quotation mark, a
hyphen inside a word, a dash between spaces, "let op:" and "https://" are
ordinary text, and so is a filter with a space behind its colon whose value
is not known ("de vraag van de fractie: wat kost dat?").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.language.analyser import STOPWORDS, fold
from index.language.parliament.promise_kinds import REFUSALS, STRENGTHS, Refusal, Strength
from index.language.span import Span
from index.language.values.number_lists import number_list
from index.language.values.periods import read_period
from index.language.values.references import annex_numeral, annex_place
from index.model.types import Speaker
from rag.question.filters import NO_FILTERS, Filters
from rag.question.remark import Remark

# Whether the documents know a value: "document", "minister", "group", "member" or "kind", and what was typed behind it.
Knows = Callable[[str, str], bool]

_NAMES = {
    **dict.fromkeys("fractie fracties partij group groups party".split(), "group"),
    **dict.fromkeys("lid leden kamerlid kamerleden indiener member members".split(), "member"),
    **dict.fromkeys("document documenten documents bestand file".split(), "document"),
    **dict.fromkeys("minister bewindspersoon".split(), "minister"),
    **dict.fromkeys("soort kind type".split(), "kind"),
    **dict.fromkeys("vraag vragen question questions".split(), "number"),
    **dict.fromkeys("bijlage bijlagen annex annexes".split(), "annex"),
    **dict.fromkeys("voetnoot voetnoten footnote footnotes".split(), "footnote"),
    **dict.fromkeys("tabel tabellen table tables".split(), "table"),
    **dict.fromkeys("spreker sprekers speaker speakers".split(), "speaker"),
    **dict.fromkeys("datum periode jaar date period year".split(), "period"),
    **dict.fromkeys("vanaf sinds since from".split(), "since"),
    **dict.fromkeys("tot until".split(), "until"),
    **dict.fromkeys("toezegging toezeggingen promise promises".split(), "promise"),
    **dict.fromkeys("weigering weigeringen refusal refusals".split(), "refusal"),
}
_SPEAKERS: dict[str, Speaker] = {
    **dict.fromkeys("minister bewindspersoon kabinet regering government".split(), "minister"),
    **dict.fromkeys("leden lid kamer kamerleden members member".split(), "members"),
    **dict.fromkeys(("derde", "derden", "derde partij", "third", "third party"), "third party"),
}
_STATED: dict[str, Callable[[str], Filters]] = {
    "group": lambda value: Filters(groups=(value,)),
    "member": lambda value: Filters(members=(value,)),
    "document": lambda value: Filters(documents=(value,)),
    "minister": lambda value: Filters(ministers=(value,)),
    "kind": lambda value: Filters(kinds=(value,)),
}
# Filters of numbers.
_NUMBERED: dict[str, Callable[[tuple[int, ...]], Filters]] = {
    "number": lambda numbers: Filters(numbers=numbers),
    "footnote": lambda numbers: Filters(footnotes=numbers),
    "table": lambda numbers: Filters(tables=numbers),
}
_ANY = frozenset("alle ja all any yes *".split())
_STRENGTHS: dict[str, tuple[Strength, ...]] = {
    **dict.fromkeys(_ANY, STRENGTHS),
    **dict.fromkeys("hard harde vast vaste toegezegd firm promised".split(), ("firm",)),
    **dict.fromkeys("zacht zachte voornemen voorgenomen soft intended".split(), ("soft",)),
}
_REFUSALS: dict[str, tuple[Refusal, ...]] = {
    **dict.fromkeys(_ANY, REFUSALS),
    **dict.fromkeys("afgewezen afwijzing geweigerd declines declined".split(), ("declines",)),
    **dict.fromkeys(("niet mogelijk", "onmogelijk", "not possible", "impossible"), ("not possible",)),
    **dict.fromkeys(("niet bekend", "onbekend", "not known", "unknown"), ("not known",)),
}
# Filters that may stand alone: any value will do.
_ALONE = ("promise", "refusal")
_HIGHEST = 9_999
# A question of more words is prose, often pasted: its quotation marks quote, and its hyphens join. Of the questions of
# kamervragen-dev with quotation marks, nearly all are longer, and lose RR@10 where their phrases are asked for.
LONGEST_WITH_OPERATORS = 20

_QUOTED = r'"[^"]*"|„[^„“”"]*[”“"]|“[^“”"]*[”"]|”[^“”"]*”|«[^«»]*»|»[^«»]*«'
_PHRASE = re.compile(rf"(?<!\w)(?:{_QUOTED})")
# A hyphen before a word is a minus where nothing stands before it; that before a number may be a range, or the sign of
# what is measured.
_MEASURED = r"\d[\d.,]*\s?(?:%|°|procent|pct|percent|graden|euro|miljoen|miljard|mln|mld)"
_MINUS = re.compile(
    rf"(?<!\S)(?:(?<!\d )|(?=[-−]\D))[-−](?!{_MEASURED})"
    rf"(?:({_QUOTED})|([^\W_]+(?:[-'’.,][^\W_]+)*))(?![^\s.,;:?!)]|:\S)"
)
# "kinderen -en jongeren- ": a pair of hyphens is a pair of dashes.
_PAIRED = re.compile(r"\w-(?=[\s.,;:?!]|$)")
_FILTER = re.compile(
    rf"(?<![\w:/.@-])([-−]?)({'|'.join(sorted(_NAMES, key=len, reverse=True))}):([ \t\xa0]*)", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,;]+")
# A range is of numbers that documents have; a number by itself may be any, and is said to be in none.
_NUMBER = r"(?:\d{1,4}\s*(?:-|–|\.\.+|t/m|tm)\s*\d{1,4}(?!\d)|\d{1,9})"
_NUMBERS = re.compile(rf"{_NUMBER}(?:\s*,\s*{_NUMBER})*(?![\w%]|[.,:/]\d)")
_EDGES = " \t\n\xa0.,;:?!…"
# A period is at most so many words ("1 januari 2020 tot en met 31 december 2021"), so is a name.
_LONGEST_VALUE = 10


@dataclass(frozen=True, slots=True)
class Operators:
    """What the operators of a question say, and the text without them.

    `quoted` is where its quoted phrases stand in `text`, their marks included.
    `literal`: whether they ask for these words, which in a long question they
    do not. `remarks` name the values that cannot be.
    """

    text: str
    quoted: tuple[Span, ...] = ()
    literal: bool = True
    filters: Filters = NO_FILTERS
    remarks: tuple[Remark, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that are asked for word by word, without their marks, in order."""
        found = (span.of(self.text)[1:-1].strip(_EDGES) for span in self.quoted if self.literal)
        return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in found if re.search(r"[^\W_]", phrase)))

    @property
    def unquoted(self) -> str:
        """The text with the marks of its phrases as spaces, and their words where they were."""
        return self._with_quoted(lambda phrase: f" {phrase[1:-1]} ")

    @property
    def masked(self) -> str:
        """The text with every character of its phrases as "x", so that nothing in them is read as more than a word."""
        return self._with_quoted(lambda phrase: "x" * len(phrase))

    def without_words(self, start: int, end: int) -> "Operators":
        """The same with spaces in the place of what stands from `start` to `end`, so that all else keeps its place."""
        return replace(self, text=f"{self.text[:start]}{' ' * (end - start)}{self.text[end:]}")

    def part(self, span: Span) -> "Operators":
        """The same for a part of the text, which cuts no phrase."""
        inside = tuple(Span(q.start - span.start, q.end - span.start) for q in self.quoted if span.contains(q))
        return replace(self, text=span.of(self.text), quoted=inside)

    def _with_quoted(self, shown: Callable[[str], str]) -> str:
        pieces, position = [], 0
        for span in self.quoted:
            pieces += [self.text[position : span.start], shown(span.of(self.text))]
            position = span.end
        return "".join([*pieces, self.text[position:]])


def read_operators(text: str, knows: Knows) -> Operators:
    """The operators in `text`; any text has a reading.

    `knows` decides how far a value of several words goes ("minister:Justitie
    en Veiligheid") and whether one behind a space is one at all.
    """
    literal = len(text.split()) <= LONGEST_WITH_OPERATORS
    if ":" not in text and "-" not in text and "−" not in text:
        return Operators(text, _quoted(text), literal)
    filters, remarks, rest, position = NO_FILTERS, [], "", 0
    quoted = _quoted(text)
    while match := _FILTER.search(text, position):
        rest += text[position : match.start()]
        value = None if _inside(match.start(), quoted) else _value(_NAMES[fold(match[2])], text, match, knows)
        if value is None:
            rest += match[0]
            position = match.end()
            continue
        position, read = value
        if match[1]:
            remarks.append(Remark("no exclusion", text[match.start() : position]))
        elif isinstance(read, Remark):
            remarks.append(read)
        else:
            filters = filters.with_also(read)
        rest += " "
    text, excluded = _without_minus(rest + text[position:]) if literal else (rest + text[position:], ())
    return Operators(text, _quoted(text), literal, replace(filters, without=excluded), tuple(remarks))


def called_as_typed(remark: Remark, question: str) -> Remark:
    """A remark on a filter with the name that the question has for it: "partij:X" where the texts say "fractie:X"."""
    about = remark.kind.removeprefix("unknown ").removeprefix("no ").replace("question", "number")
    typed = [match for match in _FILTER.finditer(question) if _NAMES[fold(match[2])] == about]
    # The same filter may have been typed by two names: that of the value is meant.
    typed.sort(key=lambda match: not fold(question[match.end() :]).startswith(fold(remark.value)))
    return replace(remark, name=typed[0][2] if typed else "")


def _quoted(text: str) -> tuple[Span, ...]:
    """Where the quoted phrases stand in `text`, with their marks."""
    return tuple(Span(*match.span()) for match in _PHRASE.finditer(text))


def _inside(offset: int, spans: tuple[Span, ...]) -> bool:
    return any(span.start < offset < span.end for span in spans)


def _without_minus(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without its exclusions, and those, without their marks."""
    excluded: list[str] = []
    quoted = _quoted(text)

    def taken(match: re.Match[str]) -> str:
        words = (match[1][1:-1] if match[1] else match[2]).strip(_EDGES)
        ordinary = match[2] and (fold(words) in STOPWORDS or _PAIRED.search(text, match.end(2)))
        if ordinary or not re.search(r"[^\W_]", words) or _inside(match.start(), quoted):
            return match[0]
        excluded.append(" ".join(words.split()))
        return " "

    return _MINUS.sub(taken, text), tuple(dict.fromkeys(excluded))


def _value(name: str, text: str, match: re.Match[str], knows: Knows) -> tuple[int, Filters | Remark] | None:
    """Where the value of a filter ends and what it says; None where this is ordinary text.

    Questions and annexes named with a space ("vraag: 28") are read with all other names of them.
    """
    spaced, start = bool(match[3]), match.end()
    if name in ("number", "annex") and spaced:
        return None
    if name in _NUMBERED and (numbers := _NUMBERS.match(text, start)):
        return numbers.end(), _numbered(name, numbers[0])
    values, end = _values(name, text, start, knows, spaced)
    if not values and name in _ALONE and _stands_alone(text, match):
        values, end = ["*"], start
    if not values:
        return None
    read = [read_filter(name, value) for value in values]
    wrong = next((found for found in read if isinstance(found, Remark)), None)
    if wrong is not None:
        return end, wrong
    filters = NO_FILTERS
    for found in read:
        if isinstance(found, Filters):
            filters = filters.with_also(found)
    return end, filters


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a filter without a value is one: at the beginning or the end of a question, or before another filter.

    Elsewhere its name and colon are prose ("hij deed een toezegging: dit jaar nog").
    """
    behind = text[match.end() :].strip(_EDGES)
    return not text[: match.start()].strip() or not behind or bool(_FILTER.match(text, match.end()))


def _values(name: str, text: str, start: int, knows: Knows, spaced: bool) -> tuple[list[str], int]:
    """The values behind a colon, a comma between them, and where the last ends."""
    values: list[str] = []
    end = start
    while found := _one_value(name, text, start, knows, spaced or bool(values)):
        value, end = found
        values.append(value)
        comma = re.compile(r"\s*,\s*").match(text, end)
        if comma is None:
            break
        start = comma.end()
    return values, end


def _one_value(name: str, text: str, start: int, knows: Knows, must_be_known: bool) -> tuple[str, int] | None:
    """One value: quoted, or the longest run of words that is known, or else the next word."""
    if quoted := _PHRASE.match(text, start):
        value = quoted[0][1:-1].strip()
        return (value, quoted.end()) if value else None
    words: list[int] = []
    position = start
    while len(words) < _LONGEST_VALUE and (word := _WORD.match(text, position)):
        words.append(word.end())
        space = re.compile(r"[ \t\xa0]+").match(text, word.end())
        if space is None:
            break
        position = space.end()
    for end in reversed(words):
        value = text[start:end].rstrip(_EDGES)
        if value and _is_value(name, value, knows):
            return value, start + len(value)
    if must_be_known or not words:
        return None
    value = text[start : words[0]].rstrip(_EDGES)
    return (value, start + len(value)) if value and not value.startswith("//") else None


def _is_value(name: str, value: str, knows: Knows) -> bool:
    if name in _STATED:
        return knows(name, value)
    return isinstance(read_filter(name, value), Filters)


def read_filter(name: str, value: str) -> Filters | Remark:
    """What one value of the filter called `name` says; a Remark where it cannot be one.

    `name` is "document", "minister", "group", "member", "kind", "number", "annex",
    "footnote", "table", "speaker", "promise", "refusal", "period", "since" or "until".
    """
    if name in _STATED:
        return _STATED[name](value)
    if name == "annex":
        return _annex(value)
    if name == "speaker":
        speaker = _SPEAKERS.get(fold(value))
        return Filters(speakers=(speaker,)) if speaker else Remark("no speaker", value)
    if name in _NUMBERED:
        return _numbered(name, value)
    if name in _ALONE:
        return _undertaken(name, value)
    return _period(name, value)


def _undertaken(name: str, value: str) -> Filters | Remark:
    """What a sentence must promise or refuse; "not-known" is "not known"."""
    spelled = " ".join(fold(value).replace("-", " ").split())
    if name == "promise":
        strengths = _STRENGTHS.get(spelled)
        return Filters(promises=strengths) if strengths else Remark("no promise", value)
    refusals = _REFUSALS.get(spelled)
    return Filters(refusals=refusals) if refusals else Remark("no refusal", value)


def _numbered(name: str, value: str) -> Filters | Remark:
    if name in ("footnote", "table") and fold(value) in _ANY:
        return Filters(fields=("footnote" if name == "footnote" else "table",))
    if not _NUMBERS.fullmatch(value.strip()):
        return Remark("no number", value)
    numbers = number_list(value, widest=_HIGHEST, either_way=True)
    return _NUMBERED[name](numbers)


def _annex(value: str) -> Filters | Remark:
    try:
        numeral = annex_numeral(value) if annex_place(value) > 0 else None
    except IndexError:
        numeral = None
    return Filters(annexes=(numeral,)) if numeral else Remark("unknown annex", value)


def _period(name: str, value: str) -> Filters | Remark:
    period = read_period(value)
    if period is None:
        return Remark("no date", value)
    first, last = period
    if name == "since":
        return Filters(since=first)
    return Filters(until=last) if name == "until" else Filters(since=first, until=last)
