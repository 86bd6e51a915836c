"""Answers as HTML: the document's words in quotations, ours around them.

Every text is escaped here, whatever it comes from. Footnote marks are ours:
they show where a note stood but are left out when a quotation is copied.
"""

from html import escape

from index.tables import title
from index.types import Document, Span, Table, Unit
from rag.texts import TEXTS, Language, message, via_label
from rag.types import Answer, Hit

# Characters of a question that are shown at once, and passages.
_SHORT_QUESTION = 160
_SHOWN_AT_ONCE = 4


def render_answer(answer: Answer, language: Language) -> str:
    """One answer: our one line, then a card for each passage, the later ones on demand."""
    state = "answered" if answer.answered else "unanswered"
    cards = [_card(hit, answer.answered, language) for hit in answer.hits]
    more = len(cards) - _SHOWN_AT_ONCE
    if more > 0:
        summary = escape(TEXTS[language]["more"].format(count=more))
        rest = "".join(cards[_SHOWN_AT_ONCE:])
        cards[_SHOWN_AT_ONCE:] = [f'<details class="more"><summary>{summary}</summary>{rest}</details>']
    line = f'<p class="ours">{escape(message(answer, language))}</p>'
    return f'<div class="answer {state}">{line}{"".join(cards)}</div>'


def _card(hit: Hit, answered: bool, language: Language) -> str:
    texts = TEXTS[language]
    label = escape(hit.unit.label)
    parts = [
        f'<article class="card" aria-label="{label}"><header>',
        f'<span class="label">{label}</span>',
        *(f'<span class="group">{escape(group)}</span>' for group in hit.unit.asked_by),
        f'<span class="speaker {escape(hit.passage.speaker.split()[0])}">{escape(_speaker(hit, language))}</span>',
        f'<span class="via">{escape(via_label(hit.via, language))}</span>' if hit.via else "",
        "" if answered else f'<span class="nearest">{escape(texts["nearest"])}</span>',
        "</header>",
        _question(hit, language),
        f'<blockquote lang="nl">{_passage(hit)}</blockquote>',
        _footnotes(hit, language),
        _whole_answer(hit, language),
        _found(hit, language),
        "</article>",
    ]
    return "".join(parts)


def _speaker(hit: Hit, language: Language) -> str:
    texts = TEXTS[language]
    speaker = texts[hit.passage.speaker]
    if hit.passage.footnote is not None:
        return f"{speaker} · {texts['footnote'].format(number=hit.passage.footnote)}"
    if hit.passage.field == "context":
        return texts["context"]
    if hit.passage.field == "question":
        return texts["members' question"]
    return speaker


def _question(hit: Hit, language: Language) -> str:
    """The question in short, in full on demand, with the members' introduction to it."""
    text = hit.document.text
    question = hit.unit.question_text(text)
    context = f'<p lang="nl">{escape(hit.unit.context.of(text))}</p>' if hit.unit.context else ""
    if len(question) <= _SHORT_QUESTION and not context:
        return f'<p class="question" lang="nl">{escape(question)}</p>'
    short = question if len(question) <= _SHORT_QUESTION else question[:_SHORT_QUESTION].rsplit(" ", 1)[0] + " …"
    return (
        f'<details class="question"><summary lang="nl">{escape(short)}</summary>'
        f'{context}<p lang="nl">{escape(question)}</p></details>'
    )


def _passage(hit: Hit) -> str:
    if hit.passage.field == "table":
        table = next(table for table in hit.unit.tables if table.span == hit.passage.span)
        return render_table(table, hit.document.text)
    return _slice(hit.document, hit.unit, hit.passage.span, hit.sentence)


def _slice(document: Document, unit: Unit, span: Span, marked: Span | None = None) -> str:
    """A slice of the document with the marks of its footnotes, and one sentence marked."""
    inserts: dict[int, str] = {}
    for note in unit.notes_in(span):
        inserts[note.mark] = inserts.get(note.mark, "") + f'<sup class="note-mark">{note.number}</sup>'
    edges = {span.start, span.end, *inserts}
    if marked:
        edges |= {marked.start, marked.end}
    parts = []
    places = sorted(edges)
    for start, end in zip(places, [*places[1:], span.end], strict=True):
        if marked and start == marked.end:
            parts.append("</mark>")
        parts.append(inserts.get(start, ""))
        if marked and start == marked.start:
            parts.append("<mark>")
        parts.append(escape(document.text[start:end]))
    return "".join(parts)


def render_table(table: Table, text: str) -> str:
    """A table of the document with its rows and columns; a first row of one cell is its caption."""
    rows = [[escape(cell.of(text)) if cell else "" for cell in row] for row in table.rows]
    caption = f"<caption>{rows.pop(0)[0]}</caption>" if title(table, text) else ""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(
        "<tr>"
        + "".join(f'<th scope="row">{c}</th>' if i == 0 else f"<td>{c}</td>" for i, c in enumerate(row))
        + "</tr>"
        for row in rows[1:]
    )
    return f'<div class="table"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _footnotes(hit: Hit, language: Language) -> str:
    notes = [
        f'<details class="note"><summary>{escape(TEXTS[language]["footnote"].format(number=note.number))}</summary>'
        f'<p lang="nl">{escape(note.body.of(hit.document.text))}</p></details>'
        for note in hit.unit.notes_in(hit.passage.span)
    ]
    return "".join(notes)


def _whole_answer(hit: Hit, language: Language) -> str:
    """The whole answer on demand, where the passage is only a part of it."""
    answer = hit.unit.answer
    if answer is None or answer == hit.passage.span:
        return ""
    parts = []
    position = answer.start
    for table in hit.unit.tables:
        if position < table.span.start:
            parts.append(_slice(hit.document, hit.unit, Span(position, table.span.start)))
        parts.append(render_table(table, hit.document.text))
        position = table.span.end
    if position < answer.end:
        parts.append(_slice(hit.document, hit.unit, Span(position, answer.end)))
    return (
        f'<details class="whole"><summary>{escape(TEXTS[language]["whole answer"])}</summary>'
        f'<blockquote lang="nl">{"".join(parts)}</blockquote></details>'
    )


def _found(hit: Hit, language: Language) -> str:
    texts = TEXTS[language]
    ways = ", ".join(f"{texts['list ' + found.list]} #{found.rank}" for found in hit.found)
    if not ways:
        return ""
    return f'<details class="found"><summary>{escape(texts["how found"])}</summary><p>{escape(ways)}</p></details>'
