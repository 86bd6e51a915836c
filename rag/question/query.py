"""Read a question as it was typed: its words, and the units that it names.

"vraag 28", "questions 11 to 14" and "bijlage II" go straight to those units;
what else the question says ranks the passages within them. Quoted phrases,
minus and filters are read by rag/question/operators.py, several questions in one are
parted by index/language/parliament/sub_questions.py.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.language.analyser import Analysed, content_words
from index.language.parliament.sub_questions import has_subject, sub_questions
from index.language.values.number_lists import NUMBER_LIST, number_list
from index.language.values.references import (
    annex_numeral,
    annex_numerals,
    annex_place,
    question_numbers,
    without_references,
)
from index.model.types import Field
from rag.question.asked_by import asked_by
from rag.question.filters import NO_FILTERS, Filters
from rag.question.follow_up import is_follow_up
from rag.question.operators import Knows, Operators, read_operators
from rag.question.remark import Remark

# Characters. A paragraph of a letter is some 600; a longer question is a pasted document.
LONGEST_QUESTION = 2_000

# Between the parts of one question, "en" only joins them.
_COORDINATED = re.compile(r"^\W*(?:en|and|maar|but|ook|also)\s+", re.IGNORECASE)

_ENGLISH = (
    (re.compile(r"\b(?:questions?|answers?)\s+(?:(?:nos?|nrs?)\.?\s*|numbers?\s+|#)?(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"\btables?\s+(?=\d)", re.IGNORECASE), "tabel "),
    (re.compile(r"\b(?:foot|end)notes?\s+(?=\d)", re.IGNORECASE), "voetnoot "),
    (re.compile(r"\b(?:annex(?:es)?|appendix|appendices)\s+(?=[IVX\d])", re.IGNORECASE), "bijlage "),
    (re.compile(r"(?<=\d)\s+(?:to|through|until)\s+(?=\d)", re.IGNORECASE), " t/m "),
    (re.compile(r"(?<=[\dIVX])\s+and\s+(?=[\dIVX])"), " en "),
)
_DUTCH = (
    (
        re.compile(
            r"\b(?:vra(?:ag|gen)(?:nummers?|nrs?\.?)?|vrg(?:en|n)?\.?|vr\.)\s*:?\s*(?:(?:nrs?|no)\.?|nummers?|#)?\s*(?=\d)",
            re.IGNORECASE,
        ),
        "vraag ",
    ),
    (re.compile(r"^\s*(?:vrn?\.?|q\.?|v\.?|nr\.?|#)?\s*(?=\d{1,3}\s*\??\s*$)", re.IGNORECASE), "vraag "),
    (re.compile(r"(?<=\d),(?=\d{1,3}\b)(?=[\d, ]*$)"), ", "),
    (re.compile(r"\bantw(?:oord(?:en)?|\.)\s+(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"\b(?:voet|eind)?no(?:ot|ten)\s+(?:nrs?\.?|nummers?)?\s*(?=\d)", re.IGNORECASE), "voetnoot "),
    (re.compile(r"\btab(?:el(?:len)?|\.)\s*(?:nrs?\.?|nummers?)?\s*(?=\d)", re.IGNORECASE), "tabel "),
    (re.compile(r"\bbijl(?:agen?|\.)\s+(?=[ivx\d])", re.IGNORECASE), "bijlage "),
    # Folded it is a word that says nothing; where more is asked, that is enough.
    (re.compile(r"^\W*(?:[Hh]et\s+)?(?:OM|O\.M\.)\W*$"), "Openbaar Ministerie"),
)
_NUMERAL = re.compile(r"(?<=bijlage )[ivx]+\b")
# "vraag 2021", "bijlage 99": named, but no document numbers its questions so high.
_IMPOSSIBLE = re.compile(r"\b(?:vraag (\d{4,})|bijlage (\d{2,}|[IVX]+))(?![\w.,]*\d)")
_NOTES = re.compile(rf"\bvoetnoot ({NUMBER_LIST})(?!\w)")
_TABLES = re.compile(rf"\btabel ({NUMBER_LIST})(?!\w)")
# Words that ask for parts of this kind, where nothing else is asked.
_PARTS: Mapping[str, Field] = {
    **dict.fromkeys("tabel tabellen table tables".split(), "table"),
    **dict.fromkeys("voetnoot voetnoten footnote footnotes".split(), "footnote"),
}
# "en 13?" behind "vraag 12", "and annex III?" behind "bijlage II": the same kind of name, another one.
_ANOTHER = re.compile(
    rf"\W*(?:(?:en|and|ook|also|dan|(?:how|what)\s+about)\b\W*)?(?:nrs?\.?\s+)?({NUMBER_LIST}|[IVX]+)\W*", re.IGNORECASE
)
_LONGEST_ANOTHER = 60
_WIDEST = 999
_MOST_ANNEXES = 10
# Characters of such a name that a message repeats.
_LONGEST_NAME = 20
# Tags of pasted HTML are no words of the question.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# Words around a named unit that say nothing about its content.
_ABOUT_UNITS = frozenset(
    "vraag vragen antwoord antwoorden bijlage geef toon laat zien lees tekst inhoud luidt staat zegt minister "
    "brief beantwoording question questions answer answers annex show give read text says "
    "minister's please graag".split()
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for searching.

    `searched` is the text that is searched, "" where the question has filters only;
    `numbers` and `annexes` are the units that the question names,
    `impossible` the names that no document can have, and `content` whether it
    says anything besides. `only_phrases`: whether all that it says stands in
    quotation marks. `remarks` name what of its filters cannot be, `absent` what
    else it names that is not there: the rest of it is answered.

    `asked` is the question without its filters, `follow_up_of` the earlier
    question that it is searched together with. `parts` are the questions that
    it asks, where it asks several.
    """

    searched: Analysed
    numbers: tuple[int, ...] = ()
    annexes: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    content: bool = True
    only_phrases: bool = False
    filters: Filters = NO_FILTERS
    remarks: tuple[Remark, ...] = ()
    absent: tuple[Remark, ...] = ()
    asked: str = ""
    follow_up_of: str | None = None
    parts: tuple["Query", ...] = ()

    @property
    def text(self) -> str:
        return self.searched.text

    @property
    def names_units(self) -> bool:
        return bool(self.numbers or self.annexes or self.impossible)

    def within(self, filters: Filters) -> "Query":
        """This query and its parts within `filters`, which their own overrule."""
        if not filters:
            return self
        return replace(
            self,
            filters=filters.overruled_by(self.filters),
            parts=tuple(part.within(filters) for part in self.parts),
        )


def _knows_nothing(name: str, value: str) -> bool:
    return False


def read_question(question: str, knows: Knows = _knows_nothing) -> Query | None:
    """The query of `question`; None where it has no word of two letters, no number to search for and no filter.

    `knows` tells which documents, groups, ministers and kinds there are.
    """
    read = asked_by(read_operators(_without_controls(question), knows), knows)
    operators = replace(read.operators, filters=read.operators.filters.with_also(read.filters))
    query = _query(operators, read.absent)
    if query is None or query.names_units:
        return query
    parts = [_query(operators.part(span), read.absent) for span in sub_questions(operators.masked)]
    return replace(query, parts=_follow_ups([part for part in parts if part and part.text]))


def _follow_ups(parts: Sequence[Query]) -> tuple[Query, ...]:
    """The parts of one question; those without a subject of their own are searched with the first one's words."""
    if len(parts) < 2:
        return ()
    first, *others = parts
    words = " ".join(first.searched.content_words)

    def with_first(part: Query) -> Query:
        searched = Analysed(f"{words} {part.text}")
        return replace(part, searched=searched, content=True, only_phrases=False, follow_up_of=first.asked)

    def leans(part: Query) -> bool:
        asked = _COORDINATED.sub("", part.asked)
        return not has_subject(asked) or is_follow_up(asked)

    return (first, *(with_first(part) if leans(part) else part for part in others))


def _query(operators: Operators, absent: tuple[Remark, ...] = ()) -> Query | None:
    """The query of a text whose operators have been read; `absent` tells of what it names that is not there.

    A text that asks nothing besides is as one that asks for what cannot be.
    """
    quoted = operators.phrases
    text = " ".join(_MARKUP.sub(" ", operators.unquoted if quoted else operators.text).split())
    spelled = text
    for pattern, replacement in (*_ENGLISH, *_DUTCH):
        spelled = pattern.sub(replacement, spelled)
    spelled = _NUMERAL.sub(lambda match: match[0].upper(), spelled)
    numbers = tuple(dict.fromkeys(question_numbers(spelled, either_way=True)))
    annexes = tuple(annex_numerals(spelled))
    impossible = tuple(
        _shortened(match[1] or match[2])
        for match in _IMPOSSIBLE.finditer(spelled)
        if match[1] or not annex_numerals(match[0])
    )
    notes = _listed(_NOTES, spelled) if operators.literal else ()
    tables = _listed(_TABLES, spelled) if operators.literal else ()
    named = bool(numbers or annexes or impossible)
    by_number = bool(named or notes or tables)
    rest = Analysed(_without_names(spelled, notes, tables) if by_number else spelled)
    words = [word for word in rest.content_words if not (by_number and word in _ABOUT_UNITS)]
    fields = () if quoted else _fields(words)
    words = [] if fields else words
    filters = replace(
        operators.filters,
        phrases=quoted,
        footnotes=notes or operators.filters.footnotes,
        tables=tables or operators.filters.tables,
        fields=fields or operators.filters.fields,
    )
    only_parts = bool(notes or tables or fields) and not (words or named)
    if only_parts or (not named and not re.search(r"[^\W\d_]{2}|\d", spelled)):
        remarks = (*operators.remarks, *(() if filters.selects else absent))
        if not (filters.selects or remarks):
            return None
        return Query(Analysed(""), content=False, filters=filters, remarks=remarks, absent=absent, asked=text)
    return Query(
        searched=rest if words else Analysed(text),
        numbers=numbers,
        annexes=annexes,
        impossible=impossible,
        content=bool(words),
        only_phrases=bool(quoted) and len(words) == sum(len(content_words(phrase)) for phrase in quoted),
        filters=filters,
        remarks=operators.remarks,
        absent=absent,
        asked=" ".join(operators.text.split()),
    )


def _listed(pattern: re.Pattern[str], spelled: str) -> tuple[int, ...]:
    """The footnotes or tables that a question names: "voetnoot 34", "tabellen 3 t/m 5"."""
    found = (number for match in pattern.finditer(spelled) for number in number_list(match[1], either_way=True))
    return tuple(dict.fromkeys(found))


def _without_names(spelled: str, notes: tuple[int, ...], tables: tuple[int, ...]) -> str:
    """What a question says besides the units, footnotes and tables that it names."""
    rest = _NOTES.sub(" ", spelled) if notes else spelled
    rest = _TABLES.sub(" ", rest) if tables else rest
    return _IMPOSSIBLE.sub(" ", without_references(rest))


def _fields(words: Sequence[str]) -> tuple[Field, ...]:
    """The parts of units that are asked for, where nothing else is: "tabel", "toon de voetnoten"."""
    asked = [word for word in words if word not in _ABOUT_UNITS]
    return tuple(dict.fromkeys(_PARTS[word] for word in asked)) if all(word in _PARTS for word in asked) else ()


def another(asked: str, before: Query) -> Query | None:
    """What `asked` names of the kind that `before` names: "en 13?" behind "vraag 12" is question 13; None for else."""
    match = _ANOTHER.fullmatch(asked) if len(asked) <= _LONGEST_ANOTHER and not before.content else None
    if match is None:
        return None
    numbers = number_list(match[1], widest=_WIDEST, either_way=True)
    if before.annexes:
        places = numbers or (annex_place(match[1]),)
        known = [annex_numeral(str(place)) for place in places if 1 <= place <= _MOST_ANNEXES]
        return replace(before, annexes=tuple(known), asked=asked) if len(known) == len(places) else None
    if not numbers:
        return None
    if before.numbers or before.impossible:
        return replace(before, numbers=numbers, impossible=(), asked=asked)
    filters = before.filters
    if filters.footnotes or filters.tables:
        named = replace(filters, footnotes=numbers) if filters.footnotes else replace(filters, tables=numbers)
        return replace(before, filters=named, asked=asked)
    return None


def _shortened(name: str) -> str:
    """`name` as a message shows it: where digits are left out, it says so."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _without_controls(text: str) -> str:
    """`text` with every control and format character but a line end, and lone surrogates, as a space."""
    kept = ("\u00ad", "\n")
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in kept else c for c in text)
