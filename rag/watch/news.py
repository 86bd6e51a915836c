"""What the watches found, as citations: proved anew from the library each time that it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.errors import DocumentError
from index.language.span import Span
from rag.citation.citation import Citation, CitationError, Citer
from rag.citation.record import citation_record
from rag.watch.kept import Item, Kept, Watch

# Who shows what is new: a command, or the page. Each is told of an item once.
Reader = Literal["told", "visited"]


@dataclass(frozen=True, slots=True)
class Found:
    """An item of a watch with its exact words; `sentence` is the part that answers, None where all of it does."""

    item: Item
    citation: Citation
    sentence: Span | None


@dataclass(frozen=True, slots=True)
class News:
    """What is new of one watch, the oldest first; `more` is how many items are no longer kept, or cannot be cited.

    That is so where so much was found at once, or a document was removed since.
    """

    watch: Watch
    found: tuple[Found, ...]
    more: int = 0


def fresh(kept: Kept, citer: Citer, reader: Reader) -> list[News]:
    """What each watch found since it was last shown to that reader; those with nothing new are left out."""
    told = [(watch, getattr(watch, reader)) for watch in kept.watches]
    new = ((watch, shown) for watch, shown in told if watch.found > shown)
    return [_news(watch, watch.since(shown), watch.found - shown, citer) for watch, shown in new]


def latest(watch: Watch, citer: Citer) -> News:
    """All that is kept of what a watch found, shown or not."""
    return _news(watch, watch.items, watch.found, citer)


def _news(watch: Watch, items: Sequence[Item], count: int, citer: Citer) -> News:
    found = tuple(one for item in items if (one := cited(item, citer)) is not None)
    return News(watch, found, count - len(found))


def cited(item: Item, citer: Citer) -> Found | None:
    """An item with its citation; None where its document is there no more, or reads otherwise."""
    try:
        citation = citer.cite(item.document, item.start, item.end)
    except (DocumentError, CitationError):
        return None
    start, end = map(int, (item.sentence or "0-0").split("-"))
    inside = citation.span.start <= start < end <= citation.span.end
    return Found(item, citation, Span(start, end) if inside else None)


def watch_record(watch: Watch) -> dict[str, Any]:
    """A watch as a JSON object; `days` is null for a question, `new` what no command has told yet."""
    return {
        "id": watch.id,
        "name": watch.name,
        "question": watch.question,
        "filters": watch.filters,
        "days": watch.days,
        "created": watch.created,
        "found": watch.found,
        "new": watch.found - watch.told,
    }


def news_record(news: News) -> dict[str, Any]:
    """What is new of one watch as a JSON object: each item a citation, with when it was found and what answers."""
    return {
        "watch": watch_record(news.watch),
        "items": [
            {
                **citation_record(found.citation),
                "sentence": [found.sentence.start, found.sentence.end] if found.sentence else None,
                "by": found.item.by or None,
                "found": found.item.at,
            }
            for found in news.found
        ],
        "more": news.more,
    }
