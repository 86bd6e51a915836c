"""All questions of the documents by who asks them, as a list to click through.

Each leads to its place. Of a large library the first are written out; all
that a group asks is one click away as a list of answers.
"""

from collections.abc import Iterator

from markupsafe import Markup

from index.model.types import Document, Unit
from rag.texts.answers import Language, counted
from ui.desk.desk import Tools
from ui.render.document_view import unit_name
from ui.texts.conversation import CONVERSATION_TEXTS

# Questions that are written out, of all groups together, and characters of each.
_WRITTEN = 400
_SHORT = 140


def render_questions(tools: Tools, language: Language) -> Markup:
    """The questions of each group, in the order in which the groups first ask."""
    counts: dict[str, int] = {}
    for head in tools.collection.shown_heads:
        for unit in head.units:
            if unit.kind == "question":
                for group in unit.asked_by or ("",):
                    counts[group] = counts.get(group, 0) + 1
    lines: dict[str, list[Markup]] = {group: [] for group in counts}
    for asked, document in _first_questions(tools):
        line = _line(asked, document)
        for group in asked.asked_by or ("",):
            lines[group].append(line)
    groups = (_group(group, count, lines[group], language) for group, count in counts.items())
    return Markup("").join(groups) or Markup("<p>{}</p>").format(CONVERSATION_TEXTS[language]["no questions"])


def _first_questions(tools: Tools) -> Iterator[tuple[Unit, Document]]:
    """The first questions, document by document; no more documents are read than that takes."""
    left = _WRITTEN
    for head in tools.collection.shown_heads:
        if left <= 0:
            return
        document = tools.collection.document(head.id)
        for unit in tools.collection.units_of(head.id):
            if unit.kind == "question" and left > 0:
                left -= 1
                yield unit, document


def _line(unit: Unit, document: Document) -> Markup:
    question = " ".join(unit.question_text(document.text).split())
    short = question if len(question) <= _SHORT else question[:_SHORT].rsplit(" ", 1)[0] + " …"
    return Markup('<li><a href="?document={}&amp;unit={}"><b>{}</b> <span lang="nl">{}</span></a></li>').format(
        document.id, unit_name(unit), unit.label, short
    )


def _group(group: str, count: int, lines: list[Markup], language: Language) -> Markup:
    """One group's questions, and where it has a name all of their answers to ask for."""
    texts = CONVERSATION_TEXTS[language]
    everything = Markup("")
    if group:
        question = f'lid:"{group.removeprefix("lid ")}"' if group.startswith("lid ") else f'fractie:"{group}"'
        label = counted(texts, "answers of", count, group=group)
        everything = Markup('<button type="button" data-question="{}">{}</button>').format(question, label)
    return Markup("<details><summary>{}</summary>{}<ol>{}</ol></details>").format(
        f"{group or texts['no group']} ({count})", everything, Markup("").join(lines)
    )
