"""What can be searched among, and whether something stands outside of it."""

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from index.model.collection import Collection
from index.model.filter_masks import MINISTER_KEYS, asking_members
from rag.answer.types import Answer
from rag.question.filters import Filters
from rag.texts.answers import Language
from ui.desk import Tools
from ui.links import root_of
from ui.texts import TEXTS


def filterable(collection: Collection) -> dict[str, Any]:
    """What can be filtered by: the groups that ask, in the order they first do, members, ministers, kinds, documents.

    Each document with its date, as "YYYY-MM-DD", or None.
    """
    heads = collection.shown_heads
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
                "date": head.date.isoformat() if head.date else None,
                "file": head.file,
            }
            for head in heads
        ],
    }


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
