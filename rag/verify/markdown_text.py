"""Read a memo in Markdown or plain text: what a reader sees, without the markup.

Not a Markdown parser: it takes away what is not words and tells block
quotations, headings, list items, table cells and notes apart. Struck-out text
keeps its "~~", so that it never counts as the document's words.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from rag.verify.memo_text import Kind, MemoText, Paragraph

_QUOTED = re.compile(r" {0,3}(?:>[ \t]?)+")
_HEADING = re.compile(r" {0,3}#{1,6}\s+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:\s*|\[(\d{1,3})\][ \t]+")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}$")
_TABLE_RULE = re.compile(r"[ \t|:+-]+$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MANIFEST = re.compile(r"<!-- woordelijk-manifest\n(\{[^\n]*\})\n-->")
_BLOCKQUOTE = re.compile(r"(</?blockquote\b[^<>]{0,2000}>)", re.IGNORECASE)
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b[^<>]{0,2000}>")
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\[\^(?P<mark>[^\]\s]{1,40})\]"
    r"|\[(?P<number>\d{1,3})\](?!\()"
    r"|!?\[(?P<link>[^\[\]]{1,500})\](?:\([^()\s]{0,2000}\)|\[[^\[\]\s]{1,100}\])"
    r"|(?P<emphasis>(?<=\S)\*+|\*+(?=\S)|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w))"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]*\b[^<>]{0,2000}>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    r"|(?P<code>`+)"
)


@dataclass(slots=True)
class _Draft:
    """A paragraph while its lines are read."""

    line: int
    kind: Kind
    lines: list[str] = field(default_factory=list)
    note: str | None = None


def read_lines(text: str, plain: bool = False) -> MemoText:
    """The paragraphs of a memo in Markdown.

    With `plain` the line after a "> " line is no part of the quotation (as in
    mail), and an indented paragraph behind a colon is a block quotation.
    """
    manifest = _manifest(text)
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    drafts = list(_drafts(text, plain))
    notes = {draft.note for draft in drafts if draft.note}
    paragraphs = [_paragraph(draft, notes) for draft in drafts]
    filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    return MemoText(tuple(sorted(filled, key=lambda paragraph: paragraph.kind == "note")), manifest)


def _manifest(text: str) -> dict[str, Any] | None:
    """The manifest that Woordelijk put into a comment, None where there is none that can be read."""
    match = _MANIFEST.search(text)
    try:
        found = json.loads(match[1]) if match else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _drafts(text: str, plain: bool) -> Iterator[_Draft]:
    draft: _Draft | None = None
    in_tag = False
    for number, line in _numbered_lines(text):
        tag = _BLOCKQUOTE.fullmatch(line)
        in_tag = not line.startswith("</") if tag else in_tag
        opened = None if tag else _opened(line, number, draft, plain)
        if opened and in_tag and opened.kind == "text":
            opened.kind = "block"
        goes_on = (
            opened is not None and draft is not None and not opened.note and _continues(draft, opened, line, plain)
        )
        if draft and not goes_on:
            yield draft
            draft = None
        if opened and draft and goes_on:
            draft.lines += opened.lines
        elif opened and _is_table(line):
            # A row is one paragraph: another cell may name the source of a quotation.
            yield _Draft(number, "text", [line.strip().strip("|")])
        elif opened:
            draft = opened
    if draft:
        yield draft


def _numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; the tags of a block quotation stand on lines of their own."""
    for number, line in enumerate(text.split("\n"), start=1):
        pieces = _BLOCKQUOTE.split(line)
        yield from ((number, piece) for piece in pieces if piece.strip() or len(pieces) == 1)


def _opened(line: str, number: int, before: _Draft | None, plain: bool) -> _Draft | None:
    """The paragraph that `line` would open; None for a line without text."""
    quoted = _QUOTED.match(line)
    rest = line[quoted.end() :] if quoted else line
    if not rest.strip() or _FENCE.match(rest) or _RULE.match(rest) or (_is_table(rest) and _TABLE_RULE.match(rest)):
        return None
    if quoted:
        return _Draft(number, "block", [rest])
    if heading := _HEADING.match(line):
        return _Draft(number, "heading", [line[heading.end() :].rstrip("# ")])
    if note := _NOTE.match(line):
        return _Draft(number, "note", [line[note.end() :]], note[1] or note[2])
    if plain and re.match(r"[ ]{4}|\t", line) and not _ITEM.match(line):
        return _Draft(number, "block", [line.strip()])
    item = _ITEM.match(line)
    return _Draft(number, "text", [line[item.end() :] if item else line])


def _continues(draft: _Draft, opened: _Draft, line: str, plain: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if draft.kind == "heading" or opened.kind == "heading" or _is_table(line):
        return False
    if _ITEM.match(line) and draft.kind != "block":
        return False
    if draft.kind in (opened.kind, "note"):
        return True
    # Markdown lets a quotation run on in the next line without its mark.
    return draft.kind == "block" and opened.kind == "text" and not plain


def _is_table(line: str) -> bool:
    return line.lstrip().startswith("|")


def _paragraph(draft: _Draft, notes: set[str]) -> Paragraph:
    text = "\n".join(draft.lines)
    parts: list[str] = []
    marks: list[tuple[int, str]] = []
    length = position = 0
    for match in _INLINE.finditer(text):
        shown, mark = _shown(match, notes)
        parts += [text[position : match.start()], shown]
        length += match.start() - position
        if mark is not None:
            marks.append((length, mark))
        length += len(shown)
        position = match.end()
    parts.append(text[position:])
    return Paragraph("".join(parts), draft.line, draft.kind, tuple(marks), draft.note)


def _shown(match: re.Match[str], notes: set[str]) -> tuple[str, str | None]:
    """What a reader sees of a piece of markup, and the note that it refers to."""
    if match["mark"]:
        return "", match["mark"]
    if match["number"]:
        return ("", match["number"]) if match["number"] in notes else (match[0], None)
    if match["tag"]:
        return _TAGS.get((_TAG.match(match[0]) or match)["name"].lower(), ""), None
    if match["entity"]:
        return unescape(match[0]), None
    return match["escaped"] or match["link"] or "", None


_TAGS = {"br": "\n", "q": '"', "del": "~~", "s": "~~", "strike": "~~"}
