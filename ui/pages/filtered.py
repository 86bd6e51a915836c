"""What can be searched among, and whether something stands outside of it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from index.model.collection import Collection
from index.model.filter_masks import MINISTER_KEYS, asking_members
from index.model.store import DocumentHead
from rag.answer.types import Answer
from rag.question.filters import Filters
from rag.texts.answers import Language
from ui.desk.desk import Tools
from ui.links import root_of
from ui.pages.sheet import day
from ui.texts.page import TEXTS


def filterable(collection: Collection, language: Language) -> dict[str, Any]:
    """What can be filtered by: the groups that ask, in the order they first do, members, ministers, kinds, documents.

    Each document with its date, as "YYYY-MM-DD", or None, and the name that no other has.
    """
    heads = collection.shown_heads
    names = [_dated(head, language) for head in heads]
    named = Counter(names)
    stated = [dict(head.metadata) for head in heads]
    ministers = {next((known[key] for key in MINISTER_KEYS if known.get(key)), "") for known in stated} - {""}
    return {
        "groups": list(dict.fromkeys(group for head in heads for unit in head.units for group in unit.asked_by)),
        "members": sorted({name for head in heads for name in asking_members(head)}, key=str.casefold),
        "ministers": sorted(ministers, key=str.casefold),
        "kinds": sorted({head.kind for head in heads} - {""}, key=str.casefold),
        "documents": [
            {
                "id": head.id,
                "title": head.title,
                "name": f"{name} · {head.file}" if named[name] > 1 else name,
                "date": head.date.isoformat() if head.date else None,
                "file": head.file,
            }
            for head, name in zip(heads, names, strict=True)
        ],
    }


def _dated(head: DocumentHead, language: Language) -> str:
    return f"{head.title} ({day(head.date, language)})" if head.date else head.title


def searched_among(tools: Tools, asked: Mapping[str, Any], filters: Filters, language: Language) -> Markup:
    """What was `asked` for beside a question, in words; "" where nothing was."""
    said = [
        _in_words(tools.collection, key, str(value), filters, language)
        for key, given in asked.items()
        for value in (given if isinstance(given, list) else [given])
        if value not in (None, "")
    ]
    line = TEXTS[language]["searched among"].format(names=" · ".join(said))
    return Markup('<p class="searched">{}</p>').format(line) if said else Markup("")


def _in_words(collection: Collection, key: str, value: str, filters: Filters, language: Language) -> str:
    """A value of the filter `key`, as the panel calls it."""
    texts = TEXTS[language]
    if key == "documents":
        return next((_dated(head, language) for head in collection.heads if head.id == value), value)
    if key in ("since", "until"):
        value = day(getattr(filters, key), language)
    named = texts.get(f"{key} {value}", value)
    return texts.get(f"among {key}", "{value}").format(value=named)


def elsewhere(tools: Tools, question: str, filters: Filters, found: Answer, language: Language) -> Markup:
    """A way to search everywhere, where what was set beside a question left out all that was found."""
    if not filters or found.level != "nothing found" or found.outcome == "out of scope":
        return Markup("")
    without = tools.assistant.ask(question, top=1, whole=False)
    if without.level == "nothing found":
        return Markup("")
    texts = TEXTS[language]
    said = texts["elsewhere document" if list(filters.record()) == ["documents"] else "elsewhere"]
    link = f"{root_of(language)}?{urlencode({'vraag': question})}"
    return Markup('<p class="elsewhere">{} <a href="{}">{}</a></p>').format(said, link, texts["everywhere"])
