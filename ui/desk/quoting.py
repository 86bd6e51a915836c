"""Turn what a person selected into citations: whole words, each within the words of one speaker.

A selection runs where the pointer went: it may begin inside a word and go on
from a question into its answer. It becomes one citation for each part of the
document that it touches; the words always come from the document, by offset.
"""

from dataclasses import asdict
from typing import Any

from index.language.span import Span
from index.language.word_boundaries import ends_word, starts_word, word_at
from index.model.types import Document
from rag.citation.abridged import Quoted, pieces_of, whole_of
from rag.citation.citation import Citation, CitationError
from rag.citation.layout import blocks
from rag.citation.record import quoted_record
from rag.citation.styles import bibtex, csl_item, footnote, html, html_noted, leidraad, markdown, plain
from ui.desk.desk import Tools


def quotations(tools: Tools, name: str, start: int, end: int) -> tuple[Citation, ...]:
    """The citations of `text[start:end]` of the document of that id, one a part, in document order.

    Raises CitationError where the range lies outside the document or holds no
    word, DocumentError where there is no such document.
    """
    document = tools.collection.find_document(name)
    if not 0 <= start < end <= len(document.text):
        raise CitationError(f"{document.file}: [{start}, {end}) is no range of its {len(document.text)} characters.")
    found = []
    for part in tools.citer.parts[document.id]:
        if part.span.start < end and start < part.span.end:
            within = Span(max(start, part.span.start), min(end, part.span.end))
            words = _whole_words(document, within, part.span)
            if words:
                found.append(tools.citer.cite(document.id, words.start, words.end))
    if not found:
        raise CitationError(f"{document.file}: [{start}, {end}) holds no word.")
    return tuple(found)


def _whole_words(document: Document, span: Span, part: Span) -> Span | None:
    """`span` without white space at its ends, widened to whole words of `part`; None where it has no word."""
    text = span.of(document.text)
    if not any(character.isalnum() for character in text):
        return None
    start = span.start + len(text) - len(text.lstrip())
    end = span.start + len(text.rstrip())
    if not starts_word(document.text, start):
        start = _first_letter(document.text, max(word_at(document.text, start)[0], part.start), start)
    if not ends_word(document.text, end):
        end = _last_letter(document.text, end, min(word_at(document.text, end)[1], part.end))
    return Span(start, end)


def _first_letter(text: str, start: int, selected: int) -> int:
    """Where the word in `text[start:selected]` begins behind a bracket or quotation mark."""
    return next((i for i in range(start, selected) if text[i].isalnum() and starts_word(text, i)), start)


def _last_letter(text: str, selected: int, end: int) -> int:
    """Where the word in `text[selected:end]` ends before a bracket or quotation mark."""
    return next((i for i in range(end, selected, -1) if text[i - 1].isalnum() and ends_word(text, i)), end)


def quotation_record(quoted: Quoted) -> dict[str, Any]:
    """A quotation with its blocks, the part it stands in, and the forms in which it is copied."""
    citation = whole_of(quoted)
    return {
        **quoted_record(quoted),
        "title": citation.document.title,
        "part": f"{citation.part.span.start}-{citation.part.span.end}",
        "words": [piece.quotation for piece in pieces_of(quoted)],
        "blocks": [block if isinstance(block, str) else asdict(block) for block in blocks(quoted)],
        "plain": plain(quoted),
        "footnote": footnote(quoted),
        "leidraad": leidraad(quoted),
        "markdown": markdown(quoted),
        "bibtex": bibtex(citation),
        "csl-json": csl_item(citation),
        "html": html(quoted),
        "html footnote": html_noted(quoted, "footnote"),
        "html leidraad": html_noted(quoted, "leidraad"),
    }
