"""Write a memo of a selection: Word, HTML, plain text, Markdown or JSON, told by the file's name.

The quotations are the documents' words as they are; title, headings, notes
and order are the person's. Equal selections give equal files.
"""

import json
from html import escape
from itertools import count
from pathlib import Path

from index.errors import OutputError
from index.files import write_whole
from rag.citation.abridged import Abridged, whole_of
from rag.citation.citation import Citation
from rag.citation.record import quoted_record
from rag.citation.reference import reference, source
from rag.citation.styles import html_quotation, markdown_escaped, markdown_quotation, plain
from rag.memo.manifest import manifest
from rag.memo.selection import Heading, Note, Selection
from rag.texts.answers import Language
from rag.texts.memos import MEMO_TEXTS

FORMATS = (".docx", ".html", ".txt", ".md", ".json")


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
    if suffix == ".html":
        return html_memo(selection, language).encode("utf-8")
    if suffix == ".txt":
        return plain_memo(selection).encode("utf-8")
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
            blocks.append(markdown_quotation(item, f"[^{next(numbers)}]"))
    notes = [
        f"[^{n}]: {markdown_escaped(reference(whole_of(quoted)))}."
        for n, quoted in enumerate(selection.quoted, start=1)
    ]
    if notes:
        blocks.append(f"## {texts['sources']}")
        blocks.append(
            "\n".join(f"- {markdown_escaped(name)} ({document_hash})" for name, document_hash in _hashed(selection))
        )
        blocks += notes
    # "--" may not stand in a comment.
    embedded = json.dumps(manifest(selection), ensure_ascii=True).replace("--", "-\\u002d")
    return "\n\n".join([*blocks, f"<!-- woordelijk-manifest\n{embedded}\n-->"]) + "\n"


def html_memo(selection: Selection, language: Language) -> str:
    """A page: headings, block quotations with the number of their note, the notes, a source list."""
    title = escape(_one_line(selection.title))
    body = [f"<h1>{title}</h1>"]
    numbers = count(1)
    for item in selection.items:
        if isinstance(item, Heading):
            body.append(f"<h2>{escape(_one_line(item.text))}</h2>")
        elif isinstance(item, Note):
            body += [f"<p>{escape(paragraph.strip())}</p>" for paragraph in item.text.split("\n\n")]
        else:
            number = next(numbers)
            body.append(html_quotation(item, f'<sup><a href="#n{number}" id="m{number}">[{number}]</a></sup>'))
    if selection.quoted:
        body.append(f"<h2>{MEMO_TEXTS[language]['sources']}</h2>")
        body += [f"<p>{escape(name)} ({document_hash})</p>" for name, document_hash in _hashed(selection)]
    body += [
        f'<p id="n{n}"><a href="#m{n}">[{n}]</a> {escape(reference(whole_of(quoted)))}.</p>'
        for n, quoted in enumerate(selection.quoted, start=1)
    ]
    author = f'<meta name="author" content="{escape(selection.author)}">' if selection.author else ""
    head = f'<meta charset="utf-8"><title>{title}</title>{author}'
    lines = "\n".join(body)
    return f'<!doctype html>\n<html lang="nl"><head>{head}</head>\n<body>\n{lines}\n</body></html>\n'


def plain_memo(selection: Selection) -> str:
    """Text for where nothing else can be pasted: each quotation between quotation marks, its reference behind it."""
    blocks = [_one_line(selection.title)]
    for item in selection.items:
        blocks.append(item.text if isinstance(item, Heading | Note) else plain(item))
    return "\n\n".join(blocks) + "\n"


def _hashed(selection: Selection) -> list[tuple[str, str]]:
    documents = {citation.document.id: citation.document for citation in selection.citations}
    return [(source(document), f"SHA-256 {document.sha256}") for document in documents.values()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def json_memo(selection: Selection) -> str:
    """The selection with the words and references filled in; it can be read as a selection again."""
    record: dict[str, object] = {"title": selection.title}
    if selection.author:
        record["author"] = selection.author
    if selection.date:
        record["date"] = selection.date.isoformat()
    record |= {"items": [_item(item) for item in selection.items], "manifest": manifest(selection)}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _item(item: Heading | Note | Citation | Abridged) -> dict[str, object]:
    if isinstance(item, Heading):
        return {"heading": item.text}
    if isinstance(item, Note):
        return {"note": item.text}
    record = quoted_record(item)
    keys = ("document", *(("pieces",) if isinstance(item, Abridged) else ("start", "end")), "quotation", "reference")
    return {key: record[key] for key in (*keys, "link")}
