"""Answers as HTML: our one line, then a card for each passage with the document's own words.

What is the document's stands in a quotation, written by `ui.render.text_flow`; all
around it is ours and says so by its look.
"""

from markupsafe import Markup

from index.language.span import Span
from rag.answer.assistant import TOP
from rag.answer.continuation import answering_cell, continuation
from rag.answer.order import Order
from rag.answer.types import Answer, Hit
from rag.answer.wording import changes_text, outcome_text, part_title, similar_lines
from rag.citation.reference import reference, short_reference
from rag.question.remark import remark_text
from rag.retrieval.near_duplicates import Similar
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language, counted
from ui.desk.desk import Tools
from ui.render.document_view import document_flow
from ui.render.text_flow import Flow
from ui.texts.conversation import CONVERSATION_TEXTS
from ui.texts.english import in_english, label
from ui.texts.page import TEXTS

# Passages that one answer shows at most, and so many more at a time.
MOST_SHOWN = 500
STEP = 10
_ORDERS: tuple[Order, ...] = ("relevance", "number", "date", "document")
# Characters of a question that are shown at once, and passages.
_SHORT_QUESTION = 160
_SHOWN_AT_ONCE = 4
_SHOWN_OF_A_PART = 2
# Where nothing was searched, nothing is sure or unsure.
_NOT_SEARCHED = ("out of scope", "no words", "too long", "help")


def render_answer(
    answer: Answer, tools: Tools, language: Language, top: int = TOP, order: Order = "relevance"
) -> Markup:
    """One answer, part by part where it has parts; the later passages of each on demand.

    `top` is how many passages were asked for, in that `order`; below them stands the way to more.
    """
    if answer.parts:
        line = RAG_TEXTS[language]["several"].format(count=len(answer.parts))
        parts = [
            Markup(
                '<section class="answer-part"><h3 class="part-question" data-question="{}">{}</h3>{}</section>'
            ).format(
                part.question,
                part_title(number, part, language),
                _plain_answer(part, tools, language, _SHOWN_OF_A_PART),
            )
            for number, part in enumerate(answer.parts, start=1)
        ]
        inner = Markup('<p class="verdict">{}</p>{}').format(line, Markup("").join(parts))
    else:
        inner = _plain_answer(answer, tools, language)
    return Markup('<div class="answer {}">{}{}{}</div>').format(
        _level(answer), _searched(answer, language), inner, _way_on(answer, language, top, order)
    )


def _way_on(answer: Answer, language: Language, top: int, order: Order) -> Markup:
    """How many passages there are, the way to more of them, and their order; nothing where one is all there is."""
    found = max(len(part.hits) for part in answer.parts or (answer,))
    if found < 2:
        return Markup("")
    texts = CONVERSATION_TEXTS[language]
    total = answer.total
    counted = Markup("<span>{}</span>").format(texts["shown of"].format(shown=found, count=total)) if total else ""
    more = [min(found + STEP, MOST_SHOWN)] if found >= top and found < min(total or MOST_SHOWN, MOST_SHOWN) else []
    more += [min(total, MOST_SHOWN)] if more and total and total > more[0] else []
    buttons = Markup("").join(
        Markup('<button type="button" data-action="more" data-top="{}">{}</button>').format(
            wanted, texts["show all" if wanted == total else "show more"].format(count=wanted - found, all=total)
        )
        for wanted in more
    )
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            name, Markup(" selected") if name == order else "", texts[f"order {name}"]
        )
        for name in _ORDERS
    )
    return Markup(
        '<div class="way-on">{}{}<button type="button" data-action="gather">{}</button>'
        '<label>{} <select data-action="order">{}</select></label></div>'
    ).format(counted, buttons, texts["gather"], texts["order"], options)


def _level(answer: Answer) -> str:
    return (answer.outcome if answer.outcome == "out of scope" else answer.level).replace(" ", "-")


def _plain_answer(answer: Answer, tools: Tools, language: Language, at_once: int = _SHOWN_AT_ONCE) -> Markup:
    texts = TEXTS[language]
    badge = Markup('<strong class="badge">{}</strong> ').format(texts[f"badge {answer.level}"])
    said = CONVERSATION_TEXTS[language].get(f"line {answer.outcome}") if not answer.detail else None
    # How sure it is stands on one line, once; what could not be met on lines of its own.
    line = Markup('{}<p class="verdict {}">{}<span>{}</span></p>').format(
        _remarks(answer, language),
        _level(answer),
        "" if answer.outcome in _NOT_SEARCHED else badge,
        said or outcome_text(answer, language),
    )
    cards = [_card(hit, answer, tools, language) for hit in answer.hits]
    # A list is looked through, of a ranking the first are read.
    rest = cards[at_once:] if answer.total is None else []
    more = Markup("")
    if rest:
        more = Markup('<details class="more"><summary>{}</summary>{}</details>').format(
            counted(RAG_TEXTS[language], "more", len(rest)), Markup("").join(rest)
        )
    return Markup("").join((line, *cards[: len(cards) - len(rest)], more))


def _remarks(answer: Answer, language: Language) -> Markup:
    """What of the question could not be met, a line each; how many a list has stands below it."""
    return Markup("").join(
        Markup('<p class="remark">{}</p>').format(remark_text(remark, language))
        for remark in answer.remarks
        if remark.kind != "first of"
    )


def _searched(answer: Answer, language: Language) -> Markup:
    """With what was searched, where that is more than the question."""
    if answer.follow_up_of is None:
        return Markup("")
    line = RAG_TEXTS[language]["leans on"].format(question=answer.follow_up_of)
    return Markup(
        '<p class="searched">{} <button type="button" class="quiet" data-action="alone">{}</button></p>'
    ).format(line, TEXTS[language]["search alone"])


def _card(hit: Hit, answer: Answer, tools: Tools, language: Language) -> Markup:
    flow = document_flow(tools, hit.document, language)
    reads_whole = answer.reads_whole and hit.whole is not None
    span = hit.whole if reads_whole and hit.whole else hit.passage.span
    return Markup(
        '<article class="card" aria-label="{}" data-document="{}" data-start="{}" data-end="{}"{}>'
        '{}{}<blockquote class="{}" lang="nl" data-action="open">{}</blockquote>{}{}{}</article>'
    ).format(
        label(hit.unit.label, language),
        hit.document.id,
        span.start,
        span.end,
        _sentence(hit.sentence),
        _card_header(hit, answer, tools, language),
        _question(hit, language),
        _voice(hit),
        _whole(hit, flow, span) if reads_whole else _passage(hit, flow, answer),
        _reference(hit, tools) if language == "en" else "",
        _actions(hit, language),
        _on_demand(hit, flow, language, reads_whole),
    )


def _reference(hit: Hit, tools: Tools) -> Markup:
    """Where it stands, in English beside the Dutch that is cited."""
    span = hit.passage.span
    citation = tools.citer.cite(hit.document.id, span.start, span.end)
    return Markup('<p class="reference">{} <span lang="nl">({})</span></p>').format(
        in_english(reference(citation)), short_reference(citation)
    )


def _sentence(sentence: Span | None) -> Markup:
    return Markup(' data-sentence="{}-{}"').format(sentence.start, sentence.end) if sentence else Markup("")


def _card_header(hit: Hit, answer: Answer, tools: Tools, language: Language) -> Markup:
    texts = RAG_TEXTS[language]
    name = " · ".join((label(hit.unit.label, language), *hit.unit.asked_by))
    pieces = [
        Markup('<h4><a href="{}" data-action="open">{}</a></h4>').format(_address(hit), name),
        Markup('<span class="speaker {}">{}</span>').format(_voice(hit), _speaker(hit, language)),
    ]
    if hit.via:
        pieces.append(_via(hit, language))
    if answer.level != "answered":
        pieces.append(Markup('<span class="nearest">{}</span>').format(texts[_caution(answer)]))
    if len(tools.collection.publications) > 1:
        pieces.append(Markup('<cite class="source">{}</cite>').format(hit.document.title))
    return Markup("<header>{}</header>").format(Markup(" ").join(pieces))


def _caution(answer: Answer) -> str:
    return "perhaps" if answer.level == "possibly" else "nearest"


def _address(hit: Hit | Similar) -> str:
    """The address of the passage in its document."""
    return f"?document={hit.document.id}&start={hit.passage.span.start}&end={hit.passage.span.end}"


def _via(hit: Hit, language: Language) -> Markup:
    """The questions whose answer only referred to this one, each a link to itself."""
    texts = RAG_TEXTS[language]
    links = Markup(" → ").join(
        Markup('<a href="?document={}&amp;unit=vraag-{}" data-unit="vraag-{}">{}</a>').format(
            hit.document.id, number, number, texts["unit"].format(number=number)
        )
        for number in hit.via
    )
    return Markup('<span class="via">{}</span>').format(Markup(texts["via"]).format(units=links))


def _voice(hit: Hit) -> str:
    """Who speaks, as the style sheet knows it."""
    return hit.passage.speaker.split()[0]


def _speaker(hit: Hit, language: Language) -> str:
    texts = RAG_TEXTS[language]
    speaker = texts[hit.passage.speaker]
    if hit.passage.footnote is not None:
        return f"{speaker} · {texts['footnote'].format(number=hit.passage.footnote)}"
    if hit.passage.field == "context":
        return texts["context"]
    if hit.passage.field == "question":
        return texts["members' question"]
    return speaker


def _question(hit: Hit, language: Language) -> Markup:
    """The question in short, in full on demand, with the members' introduction to it."""
    text = hit.document.text
    question = hit.unit.question_text(text)
    context = (
        Markup('<p class="voice ours">{}</p><p lang="nl">{}</p>').format(
            RAG_TEXTS[language]["context"], hit.unit.context.of(text)
        )
        if hit.unit.context
        else Markup("")
    )
    if len(question) <= _SHORT_QUESTION and not context:
        return Markup('<p class="question" lang="nl">{}</p>').format(question)
    short = question if len(question) <= _SHORT_QUESTION else question[:_SHORT_QUESTION].rsplit(" ", 1)[0] + " …"
    return Markup(
        '<details class="question"><summary lang="nl">{}</summary>{}'
        '<p class="voice ours">{}</p><p lang="nl">{}</p></details>'
    ).format(short, context, RAG_TEXTS[language]["question"], question)


def _passage(hit: Hit, flow: Flow, answer: Answer) -> Markup:
    """The passage, and what it leads to; of a table the cell that answers is marked."""
    if hit.passage.field == "table":
        return _table(hit, hit.passage.span, flow, answer)
    shown = flow.paragraphs(hit.passage.span, hit.sentence)
    follows = continuation(hit)
    if follows is None:
        return shown
    is_table = any(table.span == follows for table in hit.unit.tables)
    return shown + (_table(hit, follows, flow, answer) if is_table else flow.paragraphs(follows))


def _table(hit: Hit, span: Span, flow: Flow, answer: Answer) -> Markup:
    table = next(table for table in hit.unit.tables if table.span == span)
    asked = answer.searched or answer.question
    return flow.table(table, answering_cell(table, hit.document.text, asked) if answer.answered else None)


def _actions(hit: Hit, language: Language) -> Markup:
    """What can be done with the passage; each button names it for who does not see the card."""
    texts = TEXTS[language]
    follows = continuation(hit)
    # What it leads to is cited with it.
    reach = Markup(' data-range="{}-{}"').format(hit.passage.span.start, follows.end) if follows else Markup("")
    return Markup('<div class="actions">{}{}</div>').format(
        Markup("").join(
            Markup('<button type="button" data-action="{}"{} aria-label="{}">{}</button>').format(
                action, reach, f"{texts[f'do {action}']}: {hit.unit.label}", texts[f"do {action}"]
            )
            for action in ("open", "copy", "copy-markdown", "copy-link", "to-memo")
        ),
        _thumbs(hit, language),
    )


def _thumbs(hit: Hit, language: Language) -> Markup:
    """Whether the passage answers, for a person to say: 3 fully, 0 not at all."""
    texts = TEXTS[language]
    buttons = Markup("").join(
        Markup(
            '<button type="button" data-action="judge" data-relevance="{}" aria-pressed="false" aria-label="{}" '
            'title="{}" class="thumb {}"></button>'
        ).format(relevance, f"{texts[name]}: {hit.unit.label}", texts[name], way)
        for relevance, name, way in ((3, "answers", "up"), (0, "does not answer", "down"))
    )
    return Markup('<span class="thumbs">{}</span>').format(buttons)


def _on_demand(hit: Hit, flow: Flow, language: Language, reads_whole: bool) -> Markup:
    whole = Markup("") if reads_whole else _whole_answer(hit, flow, language)
    return whole + _similar(hit, language) + _found(hit, language)


def _similar(hit: Hit, language: Language) -> Markup:
    """Other documents with nearly the same words, those that differ first, each a link to its place."""
    if not hit.similar:
        return Markup("")
    places = Markup("").join(
        Markup('<li><a href="{}">{}, {}</a>: <span lang="nl">{}</span></li>').format(
            _address(found), found.document.title, found.unit.label, changes_text(found, language)
        )
        for found in sorted(hit.similar, key=lambda found: not found.differences)
    )
    return Markup('<details class="similar"><summary>{}</summary><ul>{}</ul></details>').format(
        similar_lines(hit.similar, language)[0], places
    )


def _whole_answer(hit: Hit, flow: Flow, language: Language) -> Markup:
    """The whole answer on demand, where the passage is only a part of it, to be cited as that."""
    answer = hit.unit.answer
    if answer is None or answer == hit.passage.span:
        return Markup("")
    texts = CONVERSATION_TEXTS[language]
    buttons = Markup("").join(
        Markup('<button type="button" data-action="{}" data-range="{}-{}" aria-label="{}: {}">{}</button>').format(
            action, answer.start, answer.end, texts[f"whole {action}"], hit.unit.label, texts[f"whole {action}"]
        )
        for action in ("copy", "to-memo")
    )
    return Markup(
        '<details class="whole"><summary>{}</summary><blockquote lang="nl">{}</blockquote>'
        '<div class="actions">{}</div></details>'
    ).format(RAG_TEXTS[language]["whole answer"], _whole(hit, flow, answer), buttons)


def _whole(hit: Hit, flow: Flow, span: Span) -> Markup:
    """`span` of the unit, its tables as tables."""
    parts: list[Markup] = []
    position = span.start
    for table in (table for table in hit.unit.tables if span.contains(table.span)):
        if position < table.span.start:
            parts.append(flow.paragraphs(Span(position, table.span.start)))
        parts.append(flow.table(table))
        position = table.span.end
    if position < span.end:
        parts.append(flow.paragraphs(Span(position, span.end)))
    return Markup("").join(parts)


def _found(hit: Hit, language: Language) -> Markup:
    texts = RAG_TEXTS[language]
    ways = ", ".join(f"{texts['list ' + found.list]} #{found.rank}" for found in hit.found)
    if not ways:
        return Markup("")
    return Markup('<details class="found"><summary>{}</summary><p>{}</p></details>').format(texts["how found"], ways)
