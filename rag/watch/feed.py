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
# Promises that a feed has at most, the latest.
_MOST = 100
# All that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The address of a citation in a page; where there is no page, its link of ours.
Addressed = Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: what it is called, the citation, and since when it is there (RFC 3339)."""

    title: str
    citation: Citation
    updated: str


def watch_feed(watch: Watch, citer: Citer, language: Language, addressed: Addressed | None = None) -> bytes:
    """The feed of one watch, its latest item first; equal items give equal bytes."""
    found = reversed(latest(watch, citer).found)
    entries = [_Entry(_titled(one.citation, one.item.by, language), one.citation, one.item.at) for one in found]
    return _written(f"watch/{watch.id}", watch.name, watch.created, entries, language, addressed)


def promises_feed(
    settings: Settings, citer: Citer, language: Language, days: int, today: date, addressed: Addressed | None = None
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
        entries.append(_Entry(_titled(citation, by.isoformat(), language), citation, f"{since.isoformat()}T00:00:00Z"))
    name = WATCH_TEXTS[language]["feed promises"]
    began = f"{min((entry.updated for entry in entries), default='2026-01-01T00:00:00Z')}"
    return _written("promises", name, began, entries, language, addressed)


def _titled(citation: Citation, by: str, language: Language) -> str:
    title = short_reference(citation)
    return WATCH_TEXTS[language]["due"].format(day=by, place=title) if by else title


def _written(
    name: str, title: str, began: str, entries: Iterable[_Entry], language: Language, addressed: Addressed | None
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
    for one in shown:
        citation, link = one.citation, str(permalink(one.citation))
        entry = add(feed, "entry")
        add(entry, "id", f"{_TAG}{citation.document.sha256}/{citation.span.start}-{citation.span.end}")
        add(entry, "title", one.title, type="text")
        add(entry, "updated", one.updated)
        add(entry, "link", rel="alternate", href=addressed(citation) if addressed else link)
        add(entry, "link", rel="related", href=link, title=reference(citation))
        add(entry, "content", citation.quotation, type="text").set("{http://www.w3.org/XML/1998/namespace}lang", "nl")
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written
