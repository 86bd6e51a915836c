"""Show an answer in a terminal: the document's words plain, ours in colour.

The answering sentence is underlined, or set between ▸ and ◂ where the output
has no styles, so that a mark is never lost and never taken for the document's.
"""

from rich.console import Console
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from index.language.span import Span
from index.model.tables import title
from index.model.types import Footnote, Table
from rag.answer.continuation import answering_cell, continuation
from rag.answer.types import Answer, Hit
from rag.answer.wording import message, part_title, similar_lines, via_label
from rag.citation.reference import source
from rag.retrieval.confidence import Level
from rag.texts.answers import TEXTS, Language


def show(answer: Answer, console: Console, language: Language) -> None:
    """Print one answer with its passages; one of several parts part by part."""
    style = "bold green" if answer.level == "answered" else "bold yellow"
    console.print(Text(message(answer, language), style=style))
    for number, part in enumerate(answer.parts, start=1):
        console.print(Text(f"\n{part_title(number, part, language)}", style="bold"))
        show(part, console, language)
    if not answer.parts:
        for hit in answer.hits:
            console.print(_card(hit, console, language, answer))


def _card(hit: Hit, console: Console, language: Language, answer: Answer) -> Panel:
    body = Grid.grid(padding=(0, 0, 1, 0))
    body.add_row(Text.assemble(_title(hit, language, answer.level), "\n", (_whence(hit), "blue")))
    body.add_row(_question(hit))
    table = _table(hit, hit.passage.span, answer)
    body.add_row(table if table else _passage(hit, console))
    if (follows := continuation(hit)) is not None:
        body.add_row(_table(hit, follows, answer) or Text(follows.of(hit.document.text)))
    for note in hit.unit.notes_in(hit.passage.span):
        body.add_row(_footnote(hit, note))
    if hit.similar:
        body.add_row(Text("\n".join(similar_lines(hit.similar, language)), style="yellow"))
    # Not in the border, which cuts what is longer than a line.
    return Panel(body, border_style="blue")


def _title(hit: Hit, language: Language, level: Level) -> Text:
    texts = TEXTS[language]
    parts = [f"{hit.rank}. {hit.unit.label}", *hit.unit.asked_by, texts[hit.passage.speaker]]
    if hit.passage.footnote is not None:
        parts.append(texts["footnote"].format(number=hit.passage.footnote))
    elif hit.passage.field == "context":
        parts.append(texts["context"])
    elif hit.passage.field == "question":
        parts.append(texts["members' question"])
    if hit.via:
        parts.append(via_label(hit.via, language))
    if level != "answered":
        parts.append(texts["perhaps" if level == "possibly" else "nearest"])
    return Text(" · ".join(parts), style="bold")


def _whence(hit: Hit) -> str:
    """The document that the passage stands in, as a reference names it, and its file."""
    return f"{source(hit.document)} · {hit.document.file}"


def _question(hit: Hit) -> Text:
    return Text(hit.unit.question_text(hit.document.text), style="italic dim")


def _passage(hit: Hit, console: Console) -> Text:
    if hit.sentence is None:
        return Text(hit.text)
    start = hit.sentence.start - hit.passage.span.start
    end = hit.sentence.end - hit.passage.span.start
    styled = console.is_terminal and not console.no_color
    opening, closing = ("", "") if styled else ("▸ ", " ◂")
    return Text.assemble(hit.text[:start], opening, (hit.text[start:end], "bold underline"), closing, hit.text[end:])


def _table(hit: Hit, span: Span, answer: Answer) -> Grid | None:
    table = next((table for table in hit.unit.tables if table.span == span), None)
    if table is None:
        return None
    text = hit.document.text
    return grid(table, text, answering_cell(table, text, answer.searched or answer.question))


def grid(table: Table, text: str, marked: Span | None = None) -> Grid:
    """A table of the document with its rows and columns, the cell `marked` marked; a row of one cell is its title."""
    caption = title(table, text)
    shown = Grid(title=Text(caption) if caption else None, show_header=False, show_lines=True)
    for row in table.rows[1:] if caption else table.rows:
        shown.add_row(*(_cell(cell, text, marked) for cell in row))
    return shown


def _cell(cell: Span | None, text: str, marked: Span | None) -> Text:
    words = cell.of(text) if cell else ""
    return Text(f"▸ {words} ◂", style="bold") if cell and cell == marked else Text(words)


def _footnote(hit: Hit, note: Footnote) -> Text:
    return Text.assemble((f"[{note.number}] ", "bold"), (note.body.of(hit.document.text), "dim"))
