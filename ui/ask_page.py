"""The page "Vraag": the conversation, and beside it the document and the memo.

What stands here is the frame that `static/page.js` fills; every word of it is
ours. The conversation is no Gradio chat, because a card has to open, copy and
cite exact places of a document.
"""

import json
from collections.abc import Mapping

import gradio as gr
from markupsafe import Markup

from rag.question.query import LONGEST_QUESTION
from ui.context import PageContext
from ui.texts import EXAMPLES

Texts = Mapping[str, str]


def build(context: PageContext) -> None:
    """Put the conversation on the page."""
    gr.HTML(str(_page(context)), elem_id="ask-page", apply_default_css=False)


def _page(context: PageContext) -> Markup:
    texts = context.texts
    return Markup(
        '<div id="woordelijk" data-language="{language}" data-texts="{data}">'
        '<div class="conversation"><main id="scroller" tabindex="-1">{welcome}<div id="turns"></div></main>'
        "{composer}</div>{side}{selection}"
        '<div id="said" role="status"></div><div id="status" class="visually-hidden" role="status"></div></div>'
    ).format(
        language=context.language,
        data=json.dumps(dict(texts), ensure_ascii=False),
        welcome=_welcome(context),
        composer=_composer(texts),
        side=_side(texts),
        selection=_selection_tools(texts),
    )


def _welcome(context: PageContext) -> Markup:
    texts = context.texts
    suggestions = Markup("").join(
        Markup('<li><button type="button" data-question="{}">{}</button></li>').format(question, question)
        for question in EXAMPLES[context.language]
    )
    return Markup('<section id="welcome"><h1>{}</h1><p>{}</p><h2>{}</h2><ul>{}</ul>{}</section>').format(
        texts["subtitle"], texts["welcome"], texts["try"], suggestions, _search_help(texts)
    )


def _search_help(texts: Texts) -> Markup:
    rows = Markup("").join(
        Markup("<dt><code>{}</code></dt><dd>{}</dd>").format(sign, texts[f"help {key}"])
        for key, sign in (
            ("phrase", texts["sign phrase"]),
            ("minus", "-livestream"),
            ("number", "vraag:12"),
            ("group", "fractie:CDA"),
            ("annex", "bijlage:II"),
        )
    )
    return Markup('<details class="help"><summary>{}</summary><dl>{}</dl></details>').format(texts["search help"], rows)


def _composer(texts: Texts) -> Markup:
    return Markup(
        '<form id="composer" role="search">{filters}<div class="ask-row">'
        '<label for="question" class="visually-hidden">{question}</label>'
        '<textarea id="question" rows="1" maxlength="{longest}" placeholder="{placeholder}" autocomplete="off" '
        'enterkeyhint="search" aria-keyshortcuts="/"></textarea>'
        '<button type="submit" class="primary">{ask}</button></div><div class="composer-tools">'
        '<button type="button" id="filters-toggle" class="quiet" aria-expanded="false" aria-controls="filters">'
        '{filter_label}</button><button type="button" id="new-conversation" class="quiet" hidden>{new}</button>'
        '<span class="hint">{hint}</span>'
        '<button type="button" id="memo-open" class="quiet">{memo}</button></div></form>'
    ).format(
        filters=_filters(texts),
        question=texts["question"],
        longest=20 * LONGEST_QUESTION,
        placeholder=texts["placeholder"],
        ask=texts["ask"],
        filter_label=texts["filters"],
        new=texts["new conversation"],
        hint=texts["keys"],
        memo=texts["memo"],
    )


def _filters(texts: Texts) -> Markup:
    speakers = Markup("").join(
        Markup('<option value="{}">{}</option>').format(name, texts[f"speaker {name}"])
        for name in ("minister", "members", "third party")
    )
    return Markup(
        '<fieldset id="filters" hidden><legend class="visually-hidden">{legend}</legend>'
        '<label>{group}<select id="filter-group"><option value="">{all_groups}</option></select></label>'
        '<label>{speaker}<select id="filter-speaker"><option value="">{everyone}</option>{speakers}</select></label>'
        '<label>{document}<select id="filter-document"><option value="">{all_documents}</option></select></label>'
        '<label>{first}<input id="filter-from" type="number" min="1" max="999" inputmode="numeric"></label>'
        '<label>{last}<input id="filter-to" type="number" min="1" max="999" inputmode="numeric"></label>'
        '<button type="button" id="filters-clear" class="quiet" hidden>{clear}</button></fieldset>'
    ).format(
        legend=texts["filters"],
        group=texts["filter group"],
        all_groups=texts["all groups"],
        speaker=texts["filter speaker"],
        everyone=texts["everyone"],
        speakers=speakers,
        document=texts["filter document"],
        all_documents=texts["all documents"],
        first=texts["filter from"],
        last=texts["filter to"],
        clear=texts["filters clear"],
    )


def _side(texts: Texts) -> Markup:
    return Markup(
        '<aside id="side" aria-label="{label}" hidden>'
        '<button type="button" id="side-close" class="back"><span class="wide">✕ {close}</span>'
        '<span class="narrow">← {back}</span></button>{reader}{memo}</aside>'
    ).format(label=texts["side"], close=texts["close"], back=texts["back"], reader=_reader(texts), memo=_memo(texts))


def _reader(texts: Texts) -> Markup:
    return Markup(
        '<section id="reader" aria-labelledby="reader-title" hidden><header><h2 id="reader-title" lang="nl"></h2>'
        '<div class="reader-tools"><button type="button" id="contents-toggle" class="quiet" aria-expanded="false" '
        'aria-controls="contents">{contents}</button>'
        '<span class="find" role="search"><label for="find" class="visually-hidden">{find}</label>'
        '<input id="find" type="search" placeholder="{find}" autocomplete="off">'
        '<span id="find-count" role="status"></span>{find_previous}{find_next}</span>'
        '<span id="hits" role="group" aria-label="{hits}" hidden>{hit_previous}<span id="hit-count" role="status">'
        "</span>{hit_next}</span></div></header>"
        '<div class="reader-body"><nav id="contents" aria-label="{contents}" hidden></nav>'
        '<div id="letter" tabindex="0" role="region" aria-labelledby="reader-title"></div></div></section>'
    ).format(
        contents=texts["contents"],
        find=texts["find"],
        hits=texts["hits"],
        find_previous=_small("find-previous", "↑", texts["find previous"]),
        find_next=_small("find-next", "↓", texts["find next"]),
        hit_previous=_small("hit-previous", "‹", texts["hit previous"]),
        hit_next=_small("hit-next", "›", texts["hit next"]),
    )


def _small(identifier: str, sign: str, label: str) -> Markup:
    return Markup('<button type="button" id="{}" class="small" aria-label="{}" title="{}" disabled>{}</button>').format(
        identifier, label, label, sign
    )


def _memo(texts: Texts) -> Markup:
    formats = Markup("").join(
        Markup('<button type="button" data-format="{}">{}</button>').format(suffix, texts[f"download {suffix}"])
        for suffix in ("docx", "md", "json")
    )
    return Markup(
        '<section id="memo" aria-labelledby="memo-name" hidden><header><h2 id="memo-name">{name}</h2>'
        '<label class="visually-hidden" for="memo-title">{title}</label>'
        '<input id="memo-title" type="text" maxlength="300" placeholder="{title}"></header>'
        '<p id="memo-empty">{empty}</p><ol id="memo-items"></ol><div class="memo-tools">'
        '<button type="button" id="memo-heading">{heading}</button>'
        '<button type="button" id="memo-note">{note}</button>'
        '<button type="button" id="memo-clear" class="quiet" hidden>{clear}</button></div>'
        '<div id="memo-downloads" role="group" aria-label="{download}" hidden>{formats}</div></section>'
    ).format(
        name=texts["memo"],
        title=texts["memo title"],
        empty=texts["memo empty hint"],
        heading=texts["add heading"],
        note=texts["add note"],
        clear=texts["memo clear"],
        download=texts["download"],
        formats=formats,
    )


def _selection_tools(texts: Texts) -> Markup:
    buttons = Markup("").join(
        Markup('<button type="button" data-form="{}">{}</button>').format(form, texts[f"do {form}"])
        for form in ("copy", "copy-markdown", "copy-link", "to-memo")
    )
    return Markup('<div id="selection-tools" role="toolbar" aria-label="{}" hidden>{}</div>').format(
        texts["selection tools"], buttons
    )
