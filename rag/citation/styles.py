"""A citation in the forms that texts and reference managers take.

Every style holds the document's words whole; what a format needs escaped is
escaped, and nothing else is done to them.
"""

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Literal

from rag.citation.citation import Citation
from rag.citation.pages import pages
from rag.citation.permalink import permalink
from rag.citation.reference import annex_author, date, members, reference, whereabouts

Style = Literal["plain", "markdown", "html", "bibtex", "csl-json"]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_MARKDOWN_BULLET = re.compile(r"^(\s*)([-+])", re.MULTILINE)
_MARKDOWN_NUMBER = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BLANK_LINES = re.compile(r"\s*\n\s*")


def styled(citation: Citation, style: Style) -> str:
    """The citation in that style, closed by a line end."""
    return STYLES[style](citation).rstrip("\n") + "\n"


def plain(citation: Citation) -> str:
    """The words between quotation marks, and the reference behind them."""
    return f"“{citation.quotation.strip()}” ({reference(citation)})"


def markdown(citation: Citation) -> str:
    """A block quotation with the reference and the link under it."""
    return f"{markdown_quotation(citation.quotation)}\n\n— {markdown_escaped(reference(citation))}"


def markdown_quotation(text: str) -> str:
    """The words as a Markdown block quotation, a paragraph for each line of theirs."""
    lines = _BLANK_LINES.split(text.strip())
    return "\n>\n".join(f"> {markdown_escaped(line)}" for line in lines)


def markdown_escaped(text: str) -> str:
    """`text` so that Markdown shows its characters and does nothing with them."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_NUMBER.sub(r"\1\\\2", _MARKDOWN_BULLET.sub(r"\1\\\2", escaped))


def html(citation: Citation) -> str:
    """A figure: the words in a blockquote, the reference as its caption."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in _BLANK_LINES.split(citation.quotation.strip()))
    link = escape(str(permalink(citation)))
    return (
        f'<figure>\n<blockquote cite="{link}" lang="nl">{paragraphs}</blockquote>\n'
        f"<figcaption>{escape(reference(citation))}</figcaption>\n</figure>"
    )


def bibtex(citation: Citation) -> str:
    """A @misc entry; the words stand in `abstract`, the place in `note`."""
    fields = {
        "author": author(citation),
        "title": citation.document.title,
        "date": date(citation.document),
        "note": whereabouts(citation),
        "pages": pages(citation),
        "abstract": " ".join(citation.quotation.split()),
    }
    lines = [f"  {name} = {{{_bibtex(value)}}}," for name, value in fields.items() if value and name != "author"]
    if fields["author"]:
        # The double braces keep an office or a group from being split into given and family names.
        lines.insert(0, f"  author = {{{{{_bibtex(fields['author'])}}}}},")
    lines.append(f"  url = {{{permalink(citation)}}},")
    return f"@misc{{{_key(citation)},\n" + "\n".join(lines) + "\n}"


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def author(citation: Citation) -> str | None:
    """Who wrote the words: the annex's author, the members, or the one who signs; None where not stated."""
    unit = citation.unit
    known = dict(citation.document.metadata)
    if unit and unit.kind == "turn":
        return unit.label
    if citation.speaker == "third party" and unit:
        return annex_author(citation.document, unit) if unit.kind == "annex" else None
    if citation.speaker == "members":
        return members(unit)[:1].upper() + members(unit)[1:] if unit else None
    named = [known[key] for key in ("office", "name") if known.get(key)]
    return ", ".join(named) or None


def _key(citation: Citation) -> str:
    return f"woordelijk-{citation.document.id[:8]}-{citation.unit_name.strip('-') or 'brief'}-{citation.span.start}"


def csl_json(citation: Citation) -> str:
    """One CSL-JSON item in a list, as citation managers import it."""
    return json.dumps([csl_item(citation)], ensure_ascii=False, indent=1)


def csl_item(citation: Citation) -> dict[str, Any]:
    """The CSL-JSON item; a name that is an office or a group is `literal`."""
    item: dict[str, Any] = {"id": _key(citation), "type": "document", "language": "nl-NL"}
    if name := author(citation):
        item["author"] = [{"literal": name}]
    item["title"] = citation.document.title
    if citation.document.kind:
        item["genre"] = citation.document.kind
    if written := date(citation.document):
        item["issued"] = {"literal": written}
    if whereabouts(citation):
        item["note"] = whereabouts(citation)
    if pages(citation):
        item["page"] = pages(citation)
    item["abstract"] = citation.quotation
    item["custom"] = {"woordelijk": str(permalink(citation))}
    return item


STYLES: Mapping[Style, Callable[[Citation], str]] = {
    "plain": plain,
    "markdown": markdown,
    "html": html,
    "bibtex": bibtex,
    "csl-json": csl_json,
}
