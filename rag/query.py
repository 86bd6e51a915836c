"""Read a question as it was typed: its words, and the units that it names.

"vraag 28", "questions 11 to 14" and "bijlage II" go straight to those units;
what else the question says ranks the passages within them.
"""

import re
import unicodedata
from dataclasses import dataclass

from index.analyse import content_words
from index.references import annex_numerals, question_numbers, without_references

# Characters. A paragraph of a letter is some 600; a longer question is a pasted document.
LONGEST_QUESTION = 2_000

_ENGLISH = (
    (re.compile(r"\b(?:questions?|answers?)\s+(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"\b(?:annex(?:es)?|appendix|appendices)\s+(?=[IVX\d])", re.IGNORECASE), "bijlage "),
    (re.compile(r"(?<=\d)\s+(?:to|through|until)\s+(?=\d)", re.IGNORECASE), " t/m "),
    (re.compile(r"(?<=[\dIVX])\s+and\s+(?=[\dIVX])"), " en "),
)
_DUTCH = (
    (re.compile(r"\bvra(?:ag|gen)(?:nummers?)?\s*:?\s*(?:nrs?\.?|nummers?)?\s*(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"^\s*(?:vr\.?|q\.?|v\.?|nr\.?)?\s*(?=\d{1,3}\s*\??\s*$)", re.IGNORECASE), "vraag "),
    (re.compile(r"(?<=\d),(?=\d{1,3}\b)(?=[\d, ]*$)"), ", "),
    (re.compile(r"\bantwoord(?:en)?\s+(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"\bbijlagen?\s+(?=[ivx\d])", re.IGNORECASE), "bijlage "),
    (re.compile(r"(?<=\d)\s*(?:-|–|tot)\s*(?=\d)"), " t/m "),
)
_NUMERAL = re.compile(r"(?<=bijlage )[ivx]+\b")
# "vraag 2021", "bijlage 99": named, but no document numbers its questions so high.
_IMPOSSIBLE = re.compile(r"\b(?:vraag (\d{4,})|bijlage (\d{2,}|[IVX]+))(?![\w.,]*\d)")
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

    `text` is what is searched; `numbers` and `annexes` are the units that the
    question names, `impossible` the names that no document can have, and
    `content` whether it says anything besides.
    """

    text: str
    numbers: tuple[int, ...] = ()
    annexes: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    content: bool = True

    @property
    def names_units(self) -> bool:
        return bool(self.numbers or self.annexes or self.impossible)


def read_question(question: str) -> Query | None:
    """The query of `question`, None where it has no word of two letters and no number to search for."""
    text = " ".join(_MARKUP.sub(" ", _without_controls(question)).split())
    spelled = text
    for pattern, replacement in (*_ENGLISH, *_DUTCH):
        spelled = pattern.sub(replacement, spelled)
    spelled = _NUMERAL.sub(lambda match: match[0].upper(), spelled)
    numbers = tuple(dict.fromkeys(question_numbers(spelled)))
    annexes = tuple(annex_numerals(spelled))
    impossible = tuple(
        (match[1] or match[2])[:20]
        for match in _IMPOSSIBLE.finditer(spelled)
        if match[1] or not annex_numerals(match[0])
    )
    named = bool(numbers or annexes or impossible)
    rest = _IMPOSSIBLE.sub(" ", without_references(spelled)) if named else spelled
    words = [word for word in content_words(rest) if not (named and word in _ABOUT_UNITS)]
    if not named and not re.search(r"[^\W\d_]{2}|\d", text):
        return None
    return Query(rest if words else text, numbers, annexes, impossible, bool(words))


def _without_controls(text: str) -> str:
    """`text` with every control and format character, and lone surrogates, as a space."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\u00ad" else c for c in text)
