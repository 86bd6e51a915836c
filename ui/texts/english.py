"""What documents and references are called, in English beside the Dutch: for who reads English and cites the Dutch."""

import calendar
import re
from collections.abc import Sequence

from rag.texts.answers import Language

_DUTCH_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MONTHS = dict(zip(_DUTCH_MONTHS, calendar.month_name[1:], strict=True))
# In the order in which they are put in the place of the Dutch; what is not there stays Dutch.
_PHRASES: Sequence[tuple[str, str]] = (
    (r"\bvragen ((?:\d+(?:, | en )?)+)", r"questions \1"),
    (r"\btabel in het antwoord op\b", "table in the answer to"),
    (r"\bbij het antwoord op\b", "to the answer to"),
    (r"\bantwoord op\b", "answer to"),
    (r"\btabel in de reactie\b", "table in the reply"),
    (r"\binleiding door\b", "introduction by"),
    (r"\bgesteld door\b", "asked by"),
    (r"\binbreng van\b", "contribution by"),
    (r"\bde leden van de ([^,]+?)-fracties?\b", r"the members of the \1 group"),
    (r"\bde leden\b", "the members"),
    (r"^Brief van de minister van ([^,]+)", r"Letter from the minister of \1"),
    (r"^Brief van de staatssecretaris van ([^,]+)", r"Letter from the state secretary of \1"),
    (r"\b[Vv]oetnoot (\d+) bij\b", r"footnote \1 to"),
    (r"\bAanhangsel Handelingen\b", "Appendix to the Proceedings"),
    (r"\bKamerstukken\b", "Parliamentary Papers"),
    (r"\bHandelingen\b", "Proceedings"),
    (r"\bnr\. ", "no. "),
    (r"\bonder (?=“)", "under "),
    (r"\breactie$", "reply"),
)
_NAMES = {
    "vraag": "question",
    "vragen": "questions",
    "bijlage": "annex",
    "voetnoot": "footnote",
    "alinea": "paragraph",
    "deel": "part",
    "punt": "point",
}
_NAME = re.compile(rf"\b({'|'.join(_NAMES)})(?= (?:\d|[IVXLC]+\b|[ivxlc]+\b))", re.IGNORECASE)
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")


def label(name: str, language: Language) -> str:
    """The name of a unit, on the English page in English with the Dutch behind it: "Question 8 (Vraag 8)"."""
    english = in_english(name) if language == "en" else name
    return name if english == name else f"{english} ({name})"


def in_english(reference: str) -> str:
    """A reference, or the name of a unit, with its own words in English; titles and names stay as they are."""
    for dutch, english in _PHRASES:
        reference = re.sub(dutch, english, reference)
    reference = _DATE.sub(lambda found: f"{found[1]} {_MONTHS[found[2]]} {found[3]}", reference)
    return _NAME.sub(lambda found: _like(_NAMES[found[1].lower()], found[1]), reference)


def _like(english: str, dutch: str) -> str:
    return english.capitalize() if dutch[0].isupper() else english
