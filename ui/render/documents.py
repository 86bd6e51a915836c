"""The list of documents as HTML, each with what was found in it and what a person should look at."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from index.library.draft import Changes
from index.library.manifest import Entry
from index.model.doubts import Doubt, doubt_text
from index.model.publications import Publication, publications
from index.model.types import Unit
from rag.texts.answers import Language, counted
from ui.links import document_link, sheet_links
from ui.render.templating import block
from ui.texts.documents import DOCUMENTS_TEXTS
from ui.texts.dutch import in_dutch


def render_documents(entries: Iterable[Entry], units: Iterable[Unit], language: Language) -> Markup:
    """The documents in the order of the library."""
    texts = DOCUMENTS_TEXTS[language]
    by_document: dict[str, list[Unit]] = {}
    for unit in units:
        by_document.setdefault(unit.document, []).append(unit)
    listed = [_document(found, by_document.get(found.shown.id, []), language) for found in publications(entries)]
    return block("documents", "documents", counted(texts, "count", len(listed)), listed, texts)


def _document(found: Publication[Entry], units: list[Unit], language: Language) -> dict[str, Any]:
    texts, entry = DOCUMENTS_TEXTS[language], found.shown
    files = [counted(texts, "files", len(found.files))] if len(found.files) > 1 else []
    counts = [*files, *_counts(entry, units, language), *([] if entry.doubts else [texts["no doubts"]])]
    return {
        "entry": entry,
        "about": " · ".join(
            part for part in (entry.kind, entry.date or texts["undated"], *(e.file for e in found.files)) if part
        ),
        "counts": " · ".join(counts),
        "link": document_link(entry.id, language),
        "sheets": sheet_links(entry.id, language),
        "doubts": [(doubt_text(doubt, language), _place(entry, doubt, language)) for doubt in entry.doubts],
        "doubted": counted(texts, "doubts", len(entry.doubts)),
    }


def _place(entry: Entry, doubt: Doubt, language: Language) -> str:
    """The address of what a doubt is about in its document; "" where it is about the whole of it."""
    return "" if doubt.at is None else document_link(entry.id, language, start=doubt.at)


def _counts(entry: Entry, units: list[Unit], language: Language) -> list[str]:
    texts = DOCUMENTS_TEXTS[language]
    joint = sum(len(unit.numbers) for unit in units if len(unit.numbers) > 1)
    unanswered = sum(unit.kind == "question" and unit.answer is None for unit in units)
    questions = counted(texts, "questions", entry.questions)
    counts = {
        "unanswered": unanswered,
        "annexes": sum(unit.kind == "annex" for unit in units),
        "footnotes": sum(len(unit.footnotes) for unit in units),
        "tables": sum(len(unit.tables) for unit in units),
    }
    return [
        f"{questions} ({texts['joint'].format(count=joint)})" if joint else questions,
        *(counted(texts, name, count) for name, count in counts.items() if count),
        counted(texts, "passages", entry.passages),
    ]


def render_changes(changes: Changes, language: Language) -> Markup:
    """What became of each file that a person named, the refused ones last and as an alert."""
    texts = DOCUMENTS_TEXTS[language]
    done = [
        texts[name].format(
            file=entry.file,
            questions=counted(texts, "questions", entry.questions),
            passages=counted(texts, "passages", entry.passages),
        )
        for name in ("added", "replaced", "removed", "same")
        for entry in getattr(changes, name)
    ]
    refused = [
        (texts["refused"].format(file=refusal.name), in_dutch(refusal.reason) if language == "nl" else refusal.reason)
        for refusal in changes.refused
    ]
    return block("documents", "changes", done, refused)


def render_notice(sentence: str) -> Markup:
    """One sentence of ours."""
    return block("documents", "notice", sentence)


def render_failure(sentence: str) -> Markup:
    """Why nothing was done."""
    return block("documents", "changes", [], [(sentence, "")])
