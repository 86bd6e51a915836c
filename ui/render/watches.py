"""What is new as HTML: under each question that is followed the exact passages, as cards like those of an answer."""

from collections.abc import Sequence

from markupsafe import Markup

from index.model.types import Table
from rag.citation.citation import Citation
from rag.citation.reference import reference
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language, counted
from rag.texts.watches import WATCH_TEXTS
from rag.watch.kept import Watch
from rag.watch.news import Found, News
from ui.desk.desk import Tools
from ui.links import root_path
from ui.render.document_view import document_flow
from ui.render.templating import block
from ui.texts.english import in_english, label
from ui.texts.page import TEXTS
from ui.texts.watches import WATCH_PAGE_TEXTS


def render_news(found: Sequence[News], tools: Tools, language: Language) -> Markup:
    """All that is new, a part for each question; "" where nothing is."""
    return Markup("").join(_part(news, tools, language) for news in found)


def render_watched(watches: Sequence[Watch], language: Language) -> Markup:
    """What is followed, each with its feed and the way to follow it no more."""
    texts = WATCH_PAGE_TEXTS[language]
    days = [f" ({texts['watched days'].format(count=one.days)})" if one.days is not None else "" for one in watches]
    listed = [(one.id, one.name, f"{one.name}{about}") for one, about in zip(watches, days, strict=True)]
    return block("news", "watched", texts, listed, f"{root_path()}/woordelijk/feeds/", language)


def said_of(new: int, state: str, language: Language) -> str:
    """How much is new, and whether all was searched."""
    texts = WATCH_PAGE_TEXTS[language]
    first = f"{counted(texts, 'news some', new)}." if new else texts["news none"]
    return first if state == "done" else f"{first} {texts[f'news {state}']}"


def _part(news: News, tools: Tools, language: Language) -> Markup:
    more = counted(WATCH_PAGE_TEXTS[language], "news more", news.more) if news.more else ""
    return Markup('<section class="answer news-part"><h3>{}</h3>{}<p class="remark">{}</p></section>').format(
        news.watch.name, Markup("").join(_card(one, tools, language) for one in reversed(news.found)), more
    )


def _card(found: Found, tools: Tools, language: Language) -> Markup:
    citation, texts = found.citation, TEXTS[language]
    span, unit = citation.span, citation.unit
    name = label(unit.label, language) if unit else citation.document.title
    sentence = found.sentence
    marked = Markup(' data-sentence="{}-{}"').format(sentence.start, sentence.end) if sentence else Markup("")
    where = reference(citation)
    actions = Markup("").join(
        Markup('<button type="button" data-action="{}" aria-label="{}: {}">{}</button>').format(
            action, texts[f"do {action}"], name, texts[f"do {action}"]
        )
        for action in ("open", "copy", "to-memo")
    )
    return Markup(
        '<article class="card" aria-label="{}" data-document="{}" data-start="{}" data-end="{}"{}>'
        '<header><h4><a href="{}" data-action="open">{}</a></h4> <span class="speaker {}">{}</span> {}</header>'
        '<blockquote class="{}" lang="nl" data-action="open">{}</blockquote>'
        '<p class="reference">{}</p><p class="news-when">{}</p><div class="actions">{}</div></article>'
    ).format(
        name,
        citation.document.id,
        span.start,
        span.end,
        marked,
        f"?document={citation.document.id}&start={span.start}&end={span.end}",
        name,
        citation.speaker.split()[0],
        RAG_TEXTS[language][citation.speaker],
        Markup('<cite class="source">{}</cite>').format(citation.document.title),
        citation.speaker.split()[0],
        _words(found, tools, language),
        in_english(where) if language == "en" else where,
        _when(found, language),
        actions,
    )


def _words(found: Found, tools: Tools, language: Language) -> Markup:
    flow = document_flow(tools, found.citation.document, language)
    table = _table_of(found.citation)
    return flow.paragraphs(found.citation.span, found.sentence) if table is None else flow.table(table)


def _table_of(citation: Citation) -> Table | None:
    tables = citation.unit.tables if citation.unit else ()
    return next((table for table in tables if table.span == citation.span), None)


def _when(found: Found, language: Language) -> str:
    item = found.item
    at = WATCH_PAGE_TEXTS[language]["news found"].format(day=item.at[:10])
    return f"{WATCH_TEXTS[language]['by'].format(day=item.by)} · {at}" if item.by else at
