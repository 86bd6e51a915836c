"""Read Markdown (.md) as it is shown: markdown-it makes HTML of it, the reader of HTML does the rest.

A list keeps the numbers that stand in the file, which HTML would count anew:
they may be the numbers of questions.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from index.language.regex import regex
from index.readers import plain_text
from index.readers.canonical import Content, Reading
from index.readers.encoding import decoded
from index.readers.html import reader

# A line of the text with its number in the file.
Line = tuple[int, str]

_LETTER_MARK = "[footnoteRef:"
_PAGE = "<meta charset=utf-8><body>"
# Raised and lowered figures as pandoc writes them: m^2^, CO~2~.
_RAISED = regex(r"(?<=[\w)])\^([+−-]?\d{1,4})\^")
_LOWERED = regex(r"(?<=[\w)])~(\d{1,4})~(?!~)")
_NOTE = regex(r" {0,3}\[(\^[^\]\s]{1,40})\]:")
_NOTE_MARK = regex(r"\[(\^[^\]\s]{1,40})\](?!:)")
# In plain text "[1]" is a mark where a line begins with "[1] ".
_PLAIN_NOTE = regex(r"^ {0,3}\[(\d{1,3})\](?=[ \t]+\S)", re.MULTILINE)
_PLAIN_MARK = regex(r"(?<=\S)[ \t]?\[(\d{1,3})\](?![(:\[])")


def read(content: bytes) -> Reading:
    """The text as it is shown, with its notes (`[^1]`), tables, bold text and headings.

    A file with the marks of Word's plain text is read as such. Raises
    UnreadableError as the readers of HTML and plain text do.
    """
    text = decoded(content)
    if _LETTER_MARK in text:
        return plain_text.read(content)
    return reader.read(_as_html(_numbered(text), _parser()))


def read_content(text: str, plain: bool = False) -> Content:
    """What is shown of a text, as paragraphs and tables with their lines; a line end stays one.

    Notes may be marked by "[1]" too. With `plain` it is no Markdown but mail
    or a typed text: a quoted line ("> ") does not run on in one without the
    mark, and an indented paragraph has the role "indented". Raises
    UnreadableError as the reader of HTML does.
    """
    parser = _parser(breaks=True).disable(["front_matter", *(["lheading", "backticks"] if plain else ["code"])])
    parser.add_render_rule("html_block", _html_block)
    parser.add_render_rule("code_block", _indented)
    numbered = _numbered(_with_plain_notes(text))
    return reader.read_content(_as_html(_set_apart(numbered) if plain else numbered, parser))


def _numbered(text: str) -> list[Line]:
    return list(enumerate(text.lstrip("\ufeff").split("\n"), start=1))


def _parser(breaks: bool = False) -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": 100, "breaks": breaks}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(front_matter_plugin)
    # The second mark of a note has its number too.
    parser.add_render_rule("footnote_caption", lambda _, tokens, at, *__: f"[{tokens[at].meta['id'] + 1}]")
    return parser


def _as_html(lines: Sequence[Line], parser: Any) -> bytes:
    """The page that is shown of these lines; each block has the number of its first in `data-line`."""
    lines = _with_all_notes(lines)
    text = "\n".join(line for _, line in lines)
    tokens = parser.parse(_LOWERED.sub(r"<sub>\1</sub>", _RAISED.sub(r"<sup>\1</sup>", text)))
    number = 0
    for token in tokens:
        if token.map and token.type != "inline":
            number = lines[min(token.map[0], len(lines) - 1)][0]
        if token.nesting >= 0 and token.type not in ("inline", "text"):
            token.attrSet("data-line", str(number))
        # An item keeps its own number and sign ("3)"), where the reader of HTML looks for them.
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
        if token.type == "ordered_list_open":
            token.attrSet("data-sign", token.markup)
    return (_PAGE + str(parser.renderer.render(tokens, parser.options, {}))).encode("utf-8")


def _with_all_notes(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a note that no mark refers to as a paragraph; it would not be shown."""
    marked = {match[1] for _, line in lines for match in _NOTE_MARK.finditer(line)}
    kept: list[Line] = []
    for number, line in lines:
        note = _NOTE.match(line)
        if note and note[1] not in marked:
            kept += [(number, ""), (number, line.replace("[", "\\[", 1))]
        else:
            kept.append((number, line))
    return kept


def _html_block(_: Any, tokens: Sequence[Any], at: int, *__: Any) -> str:
    return f"<span data-line={tokens[at].attrGet('data-line')}></span>{tokens[at].content}"


def _indented(_: Any, tokens: Sequence[Any], at: int, *__: Any) -> str:
    shown = escape(tokens[at].content.rstrip("\n")).replace("\n", "<br>")
    return f"<div data-role=indented data-line={tokens[at].attrGet('data-line')}>{shown}</div>"


def _with_plain_notes(text: str) -> str:
    notes = {match[1] for match in _PLAIN_NOTE.finditer(text)}
    notes &= {match[1] for match in _PLAIN_MARK.finditer(text)} if notes else set()
    if not notes:
        return text
    text = _PLAIN_NOTE.sub(lambda m: f"[^nr{m[1]}]:" if m[1] in notes else m[0], text)
    return _PLAIN_MARK.sub(lambda m: f"[^nr{m[1]}]" if m[1] in notes else m[0], text)


def _set_apart(lines: Sequence[Line]) -> list[Line]:
    """Plain lines, with a blank one between those that are quoted, indented or neither."""
    kept: list[Line] = []
    before = ""
    for number, line in lines:
        indented = "indented" if line.startswith(("    ", "\t")) else "text"
        kind = "quoted" if line.lstrip(" ").startswith(">") else indented
        if line.strip() and before and kind != before:
            kept.append((number, ""))
        kept.append((number, line))
        before = kind if line.strip() else ""
    return kept
