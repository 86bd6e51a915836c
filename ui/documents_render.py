"""The list of documents as HTML, each with what was found in it and what a person should look at.

Escaping is markupsafe's: nothing but a `Markup` gets in unescaped.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from index.library.draft import Changes
from index.library.manifest import Entry
from index.model.doubts import doubt_text
from index.model.types import Unit
from rag.texts.answers import Language
from ui.documents_texts import DOCUMENTS_TEXTS
from ui.links import document_link


def render_documents(entries: Iterable[Entry], units: Iterable[Unit], language: Language) -> Markup:
    """The documents in the order of the library."""
    texts = DOCUMENTS_TEXTS[language]
    by_document: dict[str, list[Unit]] = {}
    for unit in units:
        by_document.setdefault(unit.document, []).append(unit)
    listed = [_document(entry, by_document.get(entry.id, []), language) for entry in entries]
    return Markup('<p class="count">{}</p><ul class="documents">{}</ul>').format(
        _counted("count", len(listed), texts), Markup("").join(listed)
    )


def _document(entry: Entry, units: list[Unit], language: Language) -> Markup:
    texts = DOCUMENTS_TEXTS[language]
    about = " · ".join(part for part in (entry.kind, entry.date or texts["undated"], entry.file) if part)
    counts = _counts(entry, units, language)
    if not entry.doubts:
        counts.append(texts["no doubts"])
    return Markup(
        '<li class="document" data-document="{}"><h3 lang="nl">{}</h3><p class="about">{}</p>'
        '<p class="counts">{}</p>'
        '<a href="{}">{}<span class="only-read"> {}</span></a>{}</li>'
    ).format(
        entry.id,
        entry.title,
        about,
        " · ".join(counts),
        document_link(entry.id, language),
        texts["open"],
        entry.title,
        _doubts(entry, language),
    )


def _counts(entry: Entry, units: list[Unit], language: Language) -> list[str]:
    texts = DOCUMENTS_TEXTS[language]
    joint = sum(len(unit.numbers) for unit in units if len(unit.numbers) > 1)
    unanswered = sum(unit.kind == "question" and unit.answer is None for unit in units)
    questions = _counted("questions", entry.questions, texts)
    counts = {
        "unanswered": unanswered,
        "annexes": sum(unit.kind == "annex" for unit in units),
        "footnotes": sum(len(unit.footnotes) for unit in units),
        "tables": sum(len(unit.tables) for unit in units),
    }
    return [
        f"{questions} ({texts['joint'].format(count=joint)})" if joint else questions,
        *(_counted(name, count, texts) for name, count in counts.items() if count),
        _counted("passages", entry.passages, texts),
    ]


def _counted(name: str, count: int, texts: Mapping[str, str]) -> str:
    """So many of them, in the singular where there is one and that differs."""
    return (texts.get(f"{name} one") if count == 1 else None) or texts[name].format(count=count)


def _doubts(entry: Entry, language: Language) -> Markup:
    if not entry.doubts:
        return Markup("")
    listed = Markup("").join(Markup("<li>{}</li>").format(doubt_text(doubt, language)) for doubt in entry.doubts)
    return Markup('<details class="doubts"><summary>{}</summary><ul>{}</ul></details>').format(
        _counted("doubts", len(entry.doubts), DOCUMENTS_TEXTS[language]), listed
    )


def render_changes(changes: Changes, language: Language) -> Markup:
    """What became of each file that a person named, the refused ones last and as an alert."""
    texts = DOCUMENTS_TEXTS[language]
    done = [
        texts[name].format(
            file=entry.file,
            questions=_counted("questions", entry.questions, texts),
            passages=_counted("passages", entry.passages, texts),
        )
        for name in ("added", "replaced", "removed", "same")
        for entry in getattr(changes, name)
    ]
    said = Markup("").join(Markup('<p role="status">✓ {}</p>').format(sentence) for sentence in done)
    refused = Markup("").join(
        Markup('<div class="refused" role="alert"><p>✗ {}</p><p lang="en">{}</p></div>').format(
            texts["refused"].format(file=refusal.name), refusal.reason
        )
        for refusal in changes.refused
    )
    return Markup('<div class="changes">{}{}</div>').format(said, refused)


def render_notice(sentence: str) -> Markup:
    """One sentence of ours."""
    return Markup('<div class="changes"><p role="status">{}</p></div>').format(sentence)


def render_failure(sentence: str) -> Markup:
    """Why nothing was done."""
    return Markup('<div class="changes"><div class="refused" role="alert"><p>✗ {}</p></div></div>').format(sentence)
