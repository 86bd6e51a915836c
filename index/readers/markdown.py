"""Read Markdown (.md) as it is shown: markdown-it makes HTML of it, the reader of HTML does the rest.

A list keeps the numbers that stand in the file, which HTML would count anew:
they may be the numbers of questions.
"""

from collections.abc import Sequence
from typing import Any

from index.readers import plain_text
from index.readers.canonical import Reading
from index.readers.encoding import decoded
from index.readers.html import reader

_LETTER_MARK = "[footnoteRef:"


def read(content: bytes) -> Reading:
    """The text as it is shown, with its notes (`[^1]`), tables, bold text and headings.

    A file with the marks of Word's plain text is read as such. Raises
    UnreadableError as the readers of HTML and plain text do.
    """
    text = decoded(content)
    if _LETTER_MARK in text:
        return plain_text.read(content)
    return reader.read(b"<meta charset=utf-8><body>" + _as_html(text.lstrip("\ufeff")).encode("utf-8"))


def _as_html(text: str) -> str:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(front_matter_plugin)
    tokens = parser.parse(text)
    _keep_numbers(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _keep_numbers(tokens: Sequence[Any]) -> None:
    """Write each item's own number and sign ("3)") where the reader of HTML looks for them."""
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
        if token.type == "ordered_list_open":
            token.attrSet("data-sign", token.markup)
