"""Who signs a document, and on whose behalf, read from the document itself.

A minister's letter states it in two lines: "De Minister van Justitie en
Veiligheid," and, under it, the name. The Aanhangsel states it in one: "Antwoord
van Minister Jansen (Financiën)". What is not stated in these forms is not
guessed at.
"""

import re

from index.language.regex import regex
from index.language.span import Span, trimmed

_SIGNATURE = regex(
    r"^[ \t]*(?:De|de) (?P<office>(?:[Mm]inister|[Ss]taatssecretaris)(?: [^\n,.?!:;]{3,120}?)?)(?:,[ \t]*|[ \t]*)\n"
    r"\s*(?P<name>(?:(?:drs|dr|mr|ir|prof)\. ?)*(?:[A-Z][\w-]{0,3}\.[ ]?)+[ ]?[^\n.,;:?!]{2,60}?)[ \t]*$",
    re.MULTILINE,
)
_ANSWER_OF = regex(
    r"^[ \t]*Antwoord(?:en)?\s+van\s+(?P<role>Minister(?:-President)?|Staatssecretaris)\s+"
    r"(?P<name>[^\n(),]{2,60}?)\s*\((?P<department>[^()\n]{3,90})\)",
    re.MULTILINE,
)
_OFFICE_LINE = regex(
    r"(?:Namens\s+)?de\s+(?:minister(?:-president)?|staatssecretaris)(?:\s+(?:van|voor)\s[^\n.?!:;]{3,120}?)?"
    r"(?:,|,?\s*namens\s+deze\W*)",
    re.IGNORECASE,
)
_BEHALF = regex(
    r"\b[Mm]ede\s+namens\s+(?P<others>(?:de|het)\s+(?:[Mm]inister|[Ss]taatssecretaris)\b[^\n.;:?!()]{0,200}?)"
    r"(?=\s*(?:[,.;:()\n]|\bop\b|\bde\s+(?:Kamer)?vragen\b|\b(?:deel|bied|stuur|zend|antwoord|beantwoord|informeer)\b|$))",
    re.MULTILINE,
)


def signature(text: str) -> dict[str, str]:
    """The `office` and `name` of the one who signs `text`, and `on_behalf_of` whom too.

    Office and name are empty where none or several sign; the others are as
    the text first names them.
    """
    return {**_signatory(text), **_others(text)}


def signed_at(text: str) -> Span | None:
    """Where the one whom `signature` names first signs `text`, office and name; None where it names nobody."""
    if not _signatory(text):
        return None
    if match := _SIGNATURE.search(text):
        return trimmed(text, match.start("office"), match.end("name"))
    match = _ANSWER_OF.search(text)
    return trimmed(text, match.start("role"), match.end()) if match else None


def is_signatory(line: str) -> bool:
    """Whether a line by itself names the minister or state secretary who signs: "De Minister van Financiën,"."""
    return bool(_OFFICE_LINE.fullmatch(line))


def _signatory(text: str) -> dict[str, str]:
    found = {(match["office"].strip(), match["name"].strip()) for match in _SIGNATURE.finditer(text)}
    found |= {(_office(match, text), match["name"].strip()) for match in _ANSWER_OF.finditer(text)}
    if len(found) != 1:
        return {}
    ((office, name),) = found
    return {"office": office, "name": name}


def _office(match: re.Match[str], text: str) -> str:
    """The office as the question addresses it ("aan de Minister van Financiën"), else with the department behind it."""
    department = " ".join(match["department"].split())
    pattern = rf"\b({match['role']}\s+(?:van|voor)\s+{re.escape(department)})"
    addressed = re.search(pattern, text, re.IGNORECASE)
    return " ".join(addressed[1].split()) if addressed else f"{match['role']} ({department})"


def _others(text: str) -> dict[str, str]:
    match = _BEHALF.search(text)
    return {"on_behalf_of": " ".join(match["others"].split())} if match else {}
