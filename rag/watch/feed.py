"""Atom feeds (RFC 4287): what one watch found, and all promises that fall due.

An entry is known by where it stands, so that equal items are one entry in
every feed, wherever it is served. What XML cannot hold of a document's words
(control characters) is shown as a replacement character; the link proves the
words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.errors import DocumentError
from index.settings import Settings
from rag.citation.citation import Citation, CitationError, Citer
from rag.citation.permalink import permalink
from rag.citation.reference import reference, short_reference
from rag.texts.answers import Language
from rag.texts.watches import WATCH_TEXTS
from rag.watch.kept import Watch
from rag.watch.news import latest
from rag.watch.search import dated_promises

ATOM = "http://www.w3.org/2005/Atom"
MIME = "application/atom+xml; charset=utf-8"
# The authority of RFC 4151, and the year in which it began to name things.
_TAG = "tag:woordelijk,2026:"
# When a feed without entries was last another.
_BEGAN = "2026-01-01T00:00:00Z"
# Promises that a feed has at most, the latest.
_MOST = 100
# All that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed is served: its own address, and that of a citation in the page."""

    itself: str
    of: Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: the citation, since when it is there (RFC 3339), and the day by which a promise falls due."""

    citation: Citation
    updated: str
    by: str = ""

    @property
    def id(self) -> str:
        """Where it stands; the same words as a promise are another entry."""
        span = self.citation.span
        return f"{_TAG}{self.citation.document.sha256}/{span.start}-{span.end}{'/' if self.by else ''}{self.by}"

    def title(self, language: Language) -> str:
        place = f"{self.citation.document.title}, {short_reference(self.citation)}"
        return WATCH_TEXTS[language]["due"].format(day=self.by, place=place) if self.by else place


def watch_feed(watch: Watch, citer: Citer, language: Language, place: Place | None = None) -> bytes:
    """The feed of one watch, its latest item first; equal items give equal bytes."""
    found = reversed(latest(watch, citer).found)
    entries = [_Entry(one.citation, one.item.at, one.item.by) for one in found]
    return _written(f"watch/{watch.id}", watch.name, watch.created, entries, language, place)


def promises_feed(
    settings: Settings, citer: Citer, language: Language, days: int, today: date, place: Place | None = None
) -> bytes:
    """The feed of all promises of a library that state a day until `days` after `today`, the last day first.

    An entry is there since the day from which it falls due within that time,
    or that of its document.
    """
    ahead = timedelta(days=days)
    entries: list[_Entry] = []
    for by, head, one in reversed(dated_promises(settings)):
        if by > today + ahead:
            continue
        if len(entries) == _MOST:
            break
        try:
            citation = citer.cite(head.id, one.start, one.end)
        except (DocumentError, CitationError):
            continue
        since = max(by - ahead, head.date or date.min)
        entries.append(_Entry(citation, f"{since.isoformat()}T00:00:00Z", by.isoformat()))
    name = WATCH_TEXTS[language]["feed promises"]
    return _written("promises", name, _BEGAN, entries, language, place)


def _written(
    name: str, title: str, began: str, entries: Iterable[_Entry], language: Language, place: Place | None
) -> bytes:
    from lxml import etree

    shown = list(entries)
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", language)

    def add(parent: "etree._Element", tag: str, text: str = "", **attributes: str) -> "etree._Element":
        made = etree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
        made.text = _NOT_XML.sub("\ufffd", text) or None
        return made

    add(feed, "id", f"{_TAG}{name}")
    add(feed, "title", f"Woordelijk: {title}", type="text")
    add(feed, "updated", max((entry.updated for entry in shown), default=began))
    add(add(feed, "author"), "name", "Woordelijk")
    if place:
        add(feed, "link", rel="self", type="application/atom+xml", href=place.itself)
    for one in shown:
        citation, link = one.citation, str(permalink(one.citation))
        entry = add(feed, "entry")
        add(entry, "id", one.id)
        add(entry, "title", one.title(language), type="text")
        add(entry, "updated", one.updated)
        add(entry, "link", rel="alternate", href=place.of(citation) if place else link)
        add(entry, "link", rel="related", href=link, title=reference(citation))
        add(entry, "content", citation.quotation, type="text").set("{http://www.w3.org/XML/1998/namespace}lang", "nl")
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written
