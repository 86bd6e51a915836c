"""Write a memo of a selection: Word, Markdown or JSON, told by the file's name.

The quotations are the documents' words as they are; title, headings, notes
and order are the person's. Equal selections give equal files.
"""

import json
from itertools import count
from pathlib import Path

from index.errors import OutputError
from index.files import write_whole
from rag.citation.citation import Citation
from rag.citation.record import citation_record
from rag.citation.reference import reference, source
from rag.citation.styles import markdown_escaped, markdown_quotation
from rag.memo.manifest import manifest
from rag.memo.selection import Heading, Note, Selection
from rag.texts.answers import Language
from rag.texts.memos import MEMO_TEXTS

FORMATS = (".docx", ".md", ".json")


def write_memo(selection: Selection, path: Path, language: Language) -> None:
    """Write the memo to `path`, whole or not at all; OutputError where that cannot be done.

    `language` is that of the headings that are ours ("Bronnen"); references
    are Dutch.
    """
    write_whole(path, memo_bytes(selection, path.suffix.lower(), language))


def memo_bytes(selection: Selection, suffix: str, language: Language) -> bytes:
    """The memo as a file of that suffix; OutputError for another format."""
    if suffix == ".docx":
        from rag.memo.docx_memo import docx_memo

        return docx_memo(selection, language)
    if suffix == ".md":
        return markdown_memo(selection, language).encode("utf-8")
    if suffix == ".json":
        return json_memo(selection).encode("utf-8")
    raise OutputError(f"{suffix or 'no suffix'}: not a format of a memo; expected one of {', '.join(FORMATS)}.")


def sources(selection: Selection) -> tuple[str, ...]:
    """The references of the documents quoted, in order of first quotation."""
    return tuple(dict.fromkeys(source(citation.document) for citation in selection.citations))


def markdown_memo(selection: Selection, language: Language) -> str:
    """Headings, block quotations with numbered footnotes, a source list, and the manifest in a comment."""
    texts = MEMO_TEXTS[language]
    blocks = [f"# {markdown_escaped(_one_line(selection.title))}"]
    numbers = count(1)
    for item in selection.items:
        if isinstance(item, Heading):
            blocks.append(f"## {markdown_escaped(_one_line(item.text))}")
        elif isinstance(item, Note):
            blocks.append(item.text)
        else:
            blocks.append(f"{markdown_quotation(item.quotation)}[^{next(numbers)}]")
    notes = [f"[^{n}]: {markdown_escaped(reference(c))}." for n, c in enumerate(selection.citations, start=1)]
    if notes:
        blocks.append(f"## {texts['sources']}")
        blocks.append(
            "\n".join(f"- {markdown_escaped(name)} ({document_hash})" for name, document_hash in _hashed(selection))
        )
        blocks += notes
    # "--" may not stand in a comment.
    embedded = json.dumps(manifest(selection), ensure_ascii=True).replace("--", "-\\u002d")
    return "\n\n".join([*blocks, f"<!-- woordelijk-manifest\n{embedded}\n-->"]) + "\n"


def _hashed(selection: Selection) -> list[tuple[str, str]]:
    documents = {citation.document.id: citation.document for citation in selection.citations}
    return [(source(document), f"SHA-256 {document.sha256}") for document in documents.values()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def json_memo(selection: Selection) -> str:
    """The selection with the words and references filled in; it can be read as a selection again."""
    record = {
        "title": selection.title,
        "items": [_item(item) for item in selection.items],
        "manifest": manifest(selection),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _item(item: Heading | Note | Citation) -> dict[str, object]:
    if isinstance(item, Heading):
        return {"heading": item.text}
    if isinstance(item, Note):
        return {"note": item.text}
    record = citation_record(item)
    keys = ("document", "start", "end", "quotation", "reference", "link")
    return {key: record[key] for key in keys}
