"""The page "Verloop": what was said on a subject, by date, each beside what was said most like it before."""

from collections.abc import Mapping
from itertools import groupby

from markupsafe import Markup

from rag.compare.history import Said, SubjectError, history
from rag.texts.answers import TEXTS as RAG_TEXTS
from ui.links import citation_link, root_of
from ui.pages.compare import compare_tabs
from ui.pages.sheet import Asked, AskedError, Sheet, day, named_head
from ui.render.differences import in_words, kind_of, marks_of
from ui.render.slices import slice_card
from ui.render.templating import block
from ui.texts.compare import COMPARE_TEXTS
from ui.texts.sheet import SHEET_TEXTS

PLACE = "verloop"


def show(asked: Asked) -> Sheet:
    """What was said on the subject of the address; the form alone where it has none."""
    texts = {**SHEET_TEXTS[asked.language], **COMPARE_TEXTS[asked.language]}
    subject = asked.value("onderwerp")
    said = _said(asked, subject, texts) if subject else ()
    groups = [
        (name, [_card(one, asked, texts) for one in ones])
        for name, ones in groupby(said, key=lambda one: _day(one, asked, texts))
    ]
    empty = block("slices", "empty", texts["no history"], "", "") if subject and not said else ""
    form = {"action": f"{root_of(asked.language)}{PLACE}", "subject": subject}
    body = block("compare", "history", texts, compare_tabs(asked, texts, PLACE), form, groups, empty)
    return Sheet(f"{texts['history title']}{f': {subject}' if subject else ''}", body)


def _said(asked: Asked, subject: str, texts: Mapping[str, str]) -> tuple[Said, ...]:
    try:
        return history(asked.tools.assistant, subject)
    except SubjectError as error:
        raise AskedError(texts["no subject"]) from error


def _day(one: Said, asked: Asked, texts: Mapping[str, str]) -> str:
    return day(one.document.date, asked.language) if one.document.date else texts["undated"]


def _card(one: Said, asked: Asked, texts: Mapping[str, str]) -> Markup:
    span = one.passage.span
    marks = tuple(mark for difference in one.differences for mark in marks_of(difference, "b"))
    below = (
        _before(one, one.before, asked, texts)
        if one.before
        else Markup('<p class="before">{}</p>').format(texts["nothing before"])
    )
    return slice_card(asked.tools, (one.document.id, span.start, span.end), asked.language, (), below, marks)


def _before(one: Said, before: Said, asked: Asked, texts: Mapping[str, str]) -> Markup:
    """What an earlier document said otherwise, and the way to it."""
    span = before.passage.span
    citation = asked.tools.citer.cite(before.document.id, span.start, span.end)
    key = "history before" if one.differences else "history same"
    said = RAG_TEXTS[asked.language][key].format(name=f"{named_head(before.document)}, {before.unit.label}")
    listed = [(kind_of(difference, asked.language), in_words(difference)) for difference in one.differences]
    return block("compare", "before", said, citation_link(citation, asked.language), texts["open earlier"], listed)
