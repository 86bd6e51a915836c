"""Links that find a quotation back and prove it: `woordelijk:…`.

A link carries the SHA-256 of the document's file, the unit, the range in code
points of the canonical text, the SHA-256 of the words (its first 16 digits),
and their beginning and end, so that it can be judged and mended when the
document has changed. It has the form

    woordelijk:HASH/vraag-28/58152-59216?woorden=HASH16&begin=…&eind=…
"""

import hashlib
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, quote, unquote

from index.errors import WoordelijkError
from index.language.regex import regex
from index.language.span import Span
from index.model.types import Document
from rag.citation.citation import Citation, CitationError, Citer

SCHEME = "woordelijk:"
AFFIX = 32
LONGEST_LINK = 2_000
_LINK = regex(
    r"woordelijk:(?P<sha256>[0-9a-f]{64})/(?P<unit>[^/?#\s]+)/(?P<start>\d{1,9})-(?P<end>\d{1,9})\?(?P<query>[^#\s]*)"
)

State = Literal["unchanged", "moved", "changed", "missing"]


class PermalinkError(WoordelijkError):
    """A text that is no link of ours."""


@dataclass(frozen=True, slots=True)
class Permalink:
    """What a link says; `prefix` and `suffix` are at most 32 characters of the words."""

    sha256: str
    unit: str
    start: int
    end: int
    words: str
    prefix: str
    suffix: str

    def __str__(self) -> str:
        return (
            f"{SCHEME}{self.sha256}/{quote(self.unit, safe='')}/{self.start}-{self.end}"
            f"?woorden={self.words}&begin={quote(self.prefix, safe='')}&eind={quote(self.suffix, safe='')}"
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a link.

    "unchanged": the same words in the same document. "moved": the same words
    in another place or another version. "changed": the nearest we can give is
    `citation`, and `reasons` say what differs. "missing": no citation.
    """

    link: Permalink
    state: State
    citation: Citation | None
    reasons: tuple[str, ...] = ()


def permalink(citation: Citation) -> Permalink:
    """The link to a citation."""
    text = citation.quotation
    return Permalink(
        citation.document.sha256,
        citation.unit_name,
        citation.span.start,
        citation.span.end,
        words_hash(text),
        text[:AFFIX],
        text[-AFFIX:],
    )


def words_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the words in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_permalink(text: str) -> Permalink:
    """The link that `text` is; PermalinkError where it is none."""
    match = _LINK.fullmatch(text.strip()) if len(text) <= LONGEST_LINK else None
    query = parse_qs(match["query"], keep_blank_values=True) if match else {}
    if match is None or not {"woorden", "begin", "eind"} <= set(query) or int(match["start"]) >= int(match["end"]):
        raise PermalinkError(
            f"{text.strip()[:60]!r}: not a link of Woordelijk; expected "
            "woordelijk:HASH/UNIT/START-END?woorden=…&begin=…&eind=…, whole and on one line."
        )
    return Permalink(
        match["sha256"],
        unquote(match["unit"]),
        int(match["start"]),
        int(match["end"]),
        query["woorden"][0],
        query["begin"][0],
        query["eind"][0],
    )


def open_permalink(link: Permalink, citer: Citer) -> Opened:
    """Find what `link` points to and check it again, word for word.

    Of the documents at hand the one with the link's hash is looked in first;
    without it, every document is.
    """
    collection = citer.collection
    same = [collection.document(head.id) for head in collection.heads if head.sha256 == link.sha256]
    for document in same:
        citation = _cited(citer, document, link.start, link.end)
        if citation and words_hash(citation.quotation) == link.words and citation.unit_name == link.unit:
            return Opened(link, "unchanged", citation)
    reasons = () if same else ("document",)
    for document in same or collection.documents:
        for citation in _candidates(citer, document, link):
            if words_hash(citation.quotation) == link.words:
                return Opened(link, "moved", citation, reasons or _place_reasons(link, citation))
    for document in same or collection.documents:
        for citation in (*_candidates(citer, document, link), _cited(citer, document, link.start, link.end)):
            if citation:
                return Opened(link, "changed", citation, (*reasons, *_text_reasons(link, citation)))
    return Opened(link, "missing", None, reasons or ("range",))


def _cited(citer: Citer, document: Document, start: int, end: int) -> Citation | None:
    try:
        return citer.cite(document.id, start, end)
    except CitationError:
        return None


def _candidates(citer: Citer, document: Document, link: Permalink) -> list[Citation]:
    """Citations that begin and end as the link says, those of its unit and length first."""
    found = []
    length = link.end - link.start
    for begin in _occurrences(document.text, link.prefix):
        ends = [end + len(link.suffix) for end in _occurrences(document.text, link.suffix, begin)]
        close = [end for end in ends if end > begin and end - begin <= 2 * length + AFFIX]
        for end in sorted(close, key=lambda e: abs(e - begin - length))[:1]:
            citation = _cited(citer, document, begin, end)
            found += [citation] if citation else []
    return sorted(found, key=lambda c: (c.unit_name != link.unit, abs(c.span.start - link.start)))


def _occurrences(text: str, words: str, start: int = 0) -> list[int]:
    found: list[int] = []
    at = text.find(words, start) if words else -1
    while at >= 0 and len(found) < 1_000:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _place_reasons(link: Permalink, citation: Citation) -> tuple[str, ...]:
    reasons = []
    if citation.span != Span(link.start, link.end):
        reasons.append("range")
    if citation.unit_name != link.unit:
        reasons.append("unit")
    return tuple(reasons)


def _text_reasons(link: Permalink, citation: Citation) -> tuple[str, ...]:
    reasons = list(_place_reasons(link, citation))
    if not citation.quotation.startswith(link.prefix):
        reasons.append("begin")
    if not citation.quotation.endswith(link.suffix):
        reasons.append("end")
    if not {"begin", "end"} & set(reasons) and words_hash(citation.quotation) != link.words:
        reasons.append("middle")
    return tuple(reasons)
