"""A whole document as a letter to read: its parts in their order, each with who speaks, and a table of contents.

Every part of the text (`index.parts`) is written once; headings and labels
around them are ours.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from index.language.span import Span
from index.model.parts import Part
from index.model.types import Document, Table, Unit
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language
from ui.desk.desk import Tools
from ui.render.text_flow import Flow
from ui.texts.page import TEXTS

# Characters of a question in the table of contents.
_SHORT = 90


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as HTML: its title, the letter and the table of contents."""

    id: str
    title: str
    letter: Markup
    contents: Markup


class DocumentViews:
    """The documents of one collection, each rendered once in each language."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tools: Tools | None = None
        self._views: dict[tuple[str, Language], DocumentView] = {}

    def view(self, tools: Tools, name: str, language: Language) -> DocumentView:
        """The view of the document of that id or file name; DocumentError where it is not of one document."""
        document = tools.collection.find_document(name)
        key = (document.id, language)
        with self._lock:
            if tools is not self._tools:
                self._tools, self._views = tools, {}
            if key not in self._views:
                self._views[key] = render_document(tools, document, language)
            return self._views[key]


def render_document(tools: Tools, document: Document, language: Language) -> DocumentView:
    """The whole of `document`."""
    units = _units(tools, document)
    flow = document_flow(tools, document, language)
    parts = [part for part in tools.citer.parts[document.id] if part.field != "footnote"]
    groups = groupby(parts, key=lambda part: part.unit.id if part.unit else "")
    blocks = [
        _unit(flow, found[0].unit, found) if found[0].unit else _frame(flow, found)
        for found in (list(group) for _, group in groups)
    ]
    letter = Markup('<article class="letter" data-document="{}" lang="nl">{}{}</article>').format(
        document.id, Markup("").join(blocks), _loose_notes(flow, units)
    )
    return DocumentView(document.id, document.title, letter, _contents(document, units, language))


def document_flow(tools: Tools, document: Document, language: Language) -> Flow:
    """What writes the text of `document`, with its references as links."""
    names: dict[int | str, str] = {}
    for unit in _units(tools, document):
        keys: tuple[int | str, ...] = (*unit.numbers, *([unit.annex] if unit.annex else []))
        for key in keys:
            names.setdefault(key, unit_name(unit))
    return Flow(document, document.footnotes, language, names.get)


def _units(tools: Tools, document: Document) -> tuple[Unit, ...]:
    """The units of `document`, in order."""
    found = {part.unit.id: part.unit for part in tools.citer.parts[document.id] if part.unit}
    return tuple(found.values())


def unit_name(unit: Unit) -> str:
    """The unit's name within its document: "vraag-28"."""
    return unit.id.partition(":")[2]


def _unit(flow: Flow, unit: Unit, parts: Sequence[Part]) -> Markup:
    groups = Markup("").join(Markup(' <span class="group">{}</span>').format(group) for group in unit.asked_by)
    return Markup(
        '<section class="unit {}" data-unit="{}" aria-label="{}"><h3 class="ours" tabindex="-1">{}{}</h3>{}</section>'
    ).format(
        unit.kind,
        unit_name(unit),
        unit.label,
        unit.label,
        groups,
        Markup("").join(render_part(flow, unit, part, parts[i - 1] if i else None) for i, part in enumerate(parts)),
    )


def render_part(flow: Flow, unit: Unit, part: Part, before: Part | None) -> Markup:
    """One part with its speaker named, unless the part before it said so."""
    goes_on = before is not None and _voice(before, flow.language) == _voice(part, flow.language)
    label = Markup("") if goes_on else Markup('<p class="voice ours">{}</p>').format(_voice(part, flow.language))
    body = flow.table(_table(unit, part.span)) if part.field == "table" else flow.paragraphs(part.span)
    return Markup('<div class="part {} {}">{}{}</div>').format(part.field, part.speaker.split()[0], label, body)


def _table(unit: Unit, span: Span) -> Table:
    return next(table for table in unit.tables if table.span == span)


def _voice(part: Part, language: Language) -> str:
    """Who speaks in a part, as its label says it."""
    texts = RAG_TEXTS[language]
    if part.field == "context":
        return texts["context"]
    if part.field == "question":
        return texts["members' question"]
    if part.field == "heading":
        return TEXTS[language]["heading"]
    speaker = texts[part.speaker]
    return TEXTS[language]["answer of"].format(speaker=speaker) if part.unit and part.unit.numbers else speaker


def _frame(flow: Flow, parts: Iterable[Part]) -> Markup:
    """Lines outside the units: the opening, the headings of the sections."""
    return Markup('<div class="frame-text">{}</div>').format(
        Markup("").join(flow.paragraphs(part.span) for part in parts)
    )


def _loose_notes(flow: Flow, units: Iterable[Unit]) -> Markup:
    """Footnotes whose mark stands in no unit: nothing of a document is left out."""
    known = {note.number for unit in units for note in unit.footnotes}
    loose = [note for note in flow.document.footnotes if note.number not in known]
    return Markup("").join(Markup('<p class="text">{}</p>').format(flow.note(note)) for note in loose)


def _contents(document: Document, units: Sequence[Unit], language: Language) -> Markup:
    """The units under the group that asked them, each in a few words."""
    texts = TEXTS[language]
    blocks = []
    for (kind, groups), found in groupby(units, key=lambda unit: (unit.kind, unit.asked_by)):
        name = " · ".join(groups) or texts[f"contents {kind}"]
        items = Markup("").join(
            Markup(
                '<li><a href="?document={}&amp;unit={}" data-unit="{}"><span class="label">{}</span> '
                '<span lang="nl">{}</span></a></li>'
            ).format(document.id, unit_name(unit), unit_name(unit), unit.label, _short(unit, document))
            for unit in found
        )
        blocks.append(Markup("<details open><summary>{}</summary><ol>{}</ol></details>").format(name, items))
    return Markup("").join(blocks)


def _short(unit: Unit, document: Document) -> str:
    text = " ".join(unit.question_text(document.text).split())
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + " …"
