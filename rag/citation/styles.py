"""A citation in the forms that texts and reference managers take.

Every style holds the document's words whole; what a format needs escaped is
escaped, and nothing else is done to them.
"""

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Literal

from index.language.regex import regex
from rag.citation.abridged import Quoted, whole_of
from rag.citation.citation import Citation
from rag.citation.layout import Grid, blocks, is_inline
from rag.citation.pages import pages
from rag.citation.permalink import permalink
from rag.citation.reference import annex_author, date, members, reference, whereabouts

Style = Literal["plain", "footnote", "leidraad", "markdown", "html", "bibtex", "csl-json"]

_MARKDOWN = regex(r"([\\`*_\[\]<>#|~])")
_MARKDOWN_BULLET = regex(r"^(\s*)([-+])", re.MULTILINE)
_MARKDOWN_NUMBER = regex(r"^(\s*\d+)([.)])", re.MULTILINE)
_PAPERS = regex(r"\A(?:Aanhangsel Handelingen|Handelingen|Kamerstukken) I{1,2}\b")
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


def styled(citation: Citation, style: Style) -> str:
    """The citation in that style, closed by a line end."""
    return STYLES[style](citation).rstrip("\n") + "\n"


def plain(quoted: Quoted) -> str:
    """In the text: the words between quotation marks, and the reference behind them; of a table its rows by tabs."""
    return f"{words_of(quoted)} ({reference(whole_of(quoted))})"


def footnote(quoted: Quoted) -> str:
    """In a footnote: the words with a mark behind them, and the note under them."""
    return f"{words_of(quoted)}¹\n\n¹ {reference(whole_of(quoted))}."


def leidraad(quoted: Quoted) -> str:
    """As the Leidraad voor juridische auteurs has it: single quotation marks, and a note that ends in a full stop.

    The words stay as they are, so that where they have single marks of their own, double ones go around them.
    """
    note = reference(whole_of(quoted))
    return f"{words_of(quoted, _marks(quoted, 'leidraad'))}¹\n\n¹ {note[:1].upper()}{note[1:]}."


def _marks(quoted: Quoted, style: Style) -> tuple[str, str]:
    single = style == "leidraad" and not any(mark in quoted.quotation for mark in "‘’'")
    return ("‘", "’") if single else ("“", "”")


def words_of(quoted: Quoted, marks: tuple[str, str] = ("“", "”")) -> str:
    """The words between `marks`, a blank line between those of two lines.

    A table has a tab between two cells and a line for each row, and by itself no marks: it is pasted in a sheet.
    """
    found = blocks(quoted)
    texts = ["\n".join(_tabbed(block)) if isinstance(block, Grid) else block for block in found]
    if len(found) == 1 and isinstance(found[0], Grid):
        return f"{texts[0]}\n"
    return marks[0] + "\n\n".join(texts) + marks[1]


def _tabbed(grid: Grid) -> list[str]:
    rows = ["\t".join(" ".join(cell.split()) for cell in row) for row in grid.rows]
    return [grid.caption, *rows] if grid.caption else rows


def markdown(quoted: Quoted) -> str:
    """A block quotation, or words within a sentence, with the reference."""
    if is_inline(quoted):
        return f"“{markdown_escaped(quoted.quotation.strip())}” ({markdown_escaped(reference(whole_of(quoted)))})"
    return f"{markdown_quotation(quoted)}\n\n— {markdown_escaped(reference(whole_of(quoted)))}"


def markdown_quotation(quoted: Quoted, mark: str = "") -> str:
    """The words as a Markdown block quotation: a paragraph for each line of theirs, tables as tables.

    `mark` is that of a note; it stands behind the last word.
    """
    found = [_pipes(block) if isinstance(block, Grid) else markdown_escaped(block) for block in blocks(quoted)]
    marked = f"{found[-1][:-2]}{mark} |" if mark and found[-1].endswith(" |") else f"{found[-1]}{mark}"
    return "\n>\n".join("> " + text.replace("\n", "\n> ") for text in [*found[:-1], marked])


def _pipes(grid: Grid) -> str:
    """A table of Markdown, which has a heading always; an empty one where none was cited."""
    width = max(len(row) for row in grid.rows)
    rows = [[markdown_escaped(" ".join(cell.split())) for cell in row] + [""] * (width - len(row)) for row in grid.rows]
    head = rows.pop(0) if grid.headed else [""] * width
    lines = [f"| {' | '.join(row)} |" for row in [head, ["---"] * width, *rows]]
    return "\n".join(([markdown_escaped(grid.caption), ""] if grid.caption else []) + lines)


def markdown_escaped(text: str) -> str:
    """`text` so that Markdown shows its characters and does nothing with them."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_NUMBER.sub(r"\1\\\2", _MARKDOWN_BULLET.sub(r"\1\\\2", escaped))


def html(quoted: Quoted) -> str:
    """Words within a sentence, or a figure: the words in a blockquote, the reference as its caption."""
    if is_inline(quoted):
        return f'<span lang="nl">“{escape(quoted.quotation.strip())}”</span> ({escape(reference(whole_of(quoted)))})'
    return (
        f"<figure>\n{html_quotation(quoted)}\n<figcaption>{escape(reference(whole_of(quoted)))}</figcaption>\n</figure>"
    )


def html_noted(quoted: Quoted, style: Style) -> str:
    """The styles "footnote" and "leidraad" as HTML; the names of the papers of parliament in italics for the last."""
    note = escape(reference(whole_of(quoted)))
    if style == "leidraad":
        note = _PAPERS.sub(r"<i>\g<0></i>", note[:1].upper() + note[1:])
    mark = "<sup>1</sup>"
    if is_inline(quoted):
        marks = _marks(quoted, style)
        words = f'<p><span lang="nl">{marks[0]}{escape(quoted.quotation.strip())}{marks[1]}</span>{mark}</p>'
    else:
        words = html_quotation(quoted, mark)
    return f"{words}\n<p>{mark} {note}.</p>"


def html_quotation(quoted: Quoted, mark: str = "") -> str:
    """The words in a blockquote, tables as tables; `mark` is markup that stands behind the last word."""
    found = [_html_table(block) if isinstance(block, Grid) else f"<p>{escape(block)}</p>" for block in blocks(quoted)]
    for closing in ("</td></tr></table>", "</th></tr></table>", "</p>"):
        if found[-1].endswith(closing):
            found[-1] = f"{found[-1].removesuffix(closing)}{mark}{closing}"
    return f'<blockquote cite="{escape(str(permalink(whole_of(quoted))))}" lang="nl">{"".join(found)}</blockquote>'


def _html_table(grid: Grid) -> str:
    caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
    rows = []
    for number, row in enumerate(grid.rows):
        name = "th" if grid.headed and number == 0 else "td"
        rows.append("".join(f"<{name}>{escape(cell)}</{name}>" for cell in row))
    return f'<table border="1">{caption}{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


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
    "footnote": footnote,
    "leidraad": leidraad,
    "markdown": markdown,
    "html": html,
    "bibtex": bibtex,
    "csl-json": csl_json,
}
