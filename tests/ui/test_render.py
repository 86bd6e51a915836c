"""Cards show the document's words exactly and let no markup through."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.alignment import Difference
from index.language.span import Span
from index.model.collection import Collection
from index.model.store import MemoryStore, Record
from index.model.types import Document, Footnote, Passage, Unit
from rag.answer.assistant import Assistant
from rag.answer.types import Answer, Hit
from rag.retrieval.near_duplicates import Similar
from rag.texts.answers import Language
from ui.desk.desk import Tools
from ui.render.answer import render_answer
from ui.texts.page import EXAMPLES

ALLOWED = set(
    "div p article header section span blockquote details summary mark a h3 h4 ul li table caption thead tbody tr th "
    "td button strong cite label select option".split()
)
ATTRIBUTES = set(
    "class aria-label aria-expanded aria-pressed lang scope role tabindex hidden type href title value selected "
    "data-document data-start data-end data-action data-unit data-sentence data-question data-relevance data-top "
    "data-range".split()
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        assert all((value or "").startswith("?document=") for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _check(html: str) -> None:
    """Only our own elements and attributes, well nested."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert parser.attributes <= ATTRIBUTES


def _pieces(html: str) -> list[tuple[int, str]]:
    """Where each piece of the document's text says that it begins, and its text."""
    found = re.findall(r'<span data-start="(\d+)">(.*?)</span>', html, re.DOTALL)
    return [(int(start), unescape(text)) for start, text in found]


def _tools(document: Document, unit: Unit, passage: Passage) -> Tools:
    """The tools of a collection of one document; nothing is asked of it."""
    collection = Collection(MemoryStore([Record(document, (unit,))], [passage]))
    index = SimpleNamespace(collection=collection)
    return Tools(cast(Assistant, SimpleNamespace(index=index)))


def _shown(text: str, mark: int, sentence: Span | None, language: Language = "nl") -> tuple[Document, str]:
    document = Document("0" * 16, text, "", text, text, "0" * 64, footnotes=(Footnote(7, mark, Span(0, len(text))),))
    span = Span(0, len(text))
    unit = Unit("u:v", document.id, "question", (1,), text, (text,), span, (span,), span, document.footnotes)
    passage = Passage(document.id, "u:v", "minister", "answer", span)
    answer = Answer(text, "answered", 1.0, (Hit(1, 1.0, passage, text, unit, document, sentence, (3,)),))
    return document, render_answer(answer, _tools(document, unit, passage), language)


@given(st.text(min_size=1, max_size=60), st.data())
def test_no_markup_comes_through(text: str, data: st.DataObject) -> None:
    """Whatever a document or a label holds, the page holds only our elements, and each piece is the exact slice."""
    mark = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document, html = _shown(text, mark, Span(start, end))
    _check(html)
    for at, piece in _pieces(html):
        assert document.text[at : at + len(piece)] == piece


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; & 'x'"])
def test_hostile_text_is_text(text: str) -> None:
    document, html = _shown(text, len(text), None, "en")
    _check(html)
    assert "<script" not in html
    assert "<img" not in html
    assert (0, document.text) in _pieces(html)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "question", ["hoeveel veroordelingen", "vraag 7", "bijlage II", "appeltaart", "", "vraag 36", "vraag 99"]
)
def test_real_answers_are_well_formed(assistant: Assistant, tools: Tools, question: str, language: str) -> None:
    """Every piece of text on the page is the slice of the document at the offset that it names."""
    answer = assistant.ask(question)
    html = render_answer(answer, tools, "en" if language == "en" else "nl")
    _check(html)
    text = assistant.index.collection.documents[0].text
    for start, piece in _pieces(html):
        assert text[start : start + len(piece)] == piece


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("Welke boete krijgt een hoster die niet meewerkt?", 1),
        ("livestream", 1),
        ("appeltaart", 1),
        ("wat vindt de minister van TikTok?", 1),
        ("vraag 99", 1),
        ("vragen 1 t/m 3", 1),
        # Where nothing was searched, nothing is sure or unsure.
        ("x" * 2001, 0),
        ("?", 0),
        ("", 0),
        ("dank je", 0),
    ],
)
def test_an_answer_says_once_how_sure_it_is(
    assistant: Assistant, tools: Tools, question: str, times: int, language: Language
) -> None:
    """In words, and never by a percentage beside them."""
    html = render_answer(assistant.ask(question), tools, language)
    said = " ".join(re.findall(r'<p class="(?:verdict|remark).*?</p>', html))
    sure = {"nl": "Beantwoord|Mogelijk|Niet gevonden|Gevonden", "en": "Answered|Possibly|Not found|Found"}[language]
    assert len(re.findall(rf"\b(?:{sure})\b", said)) == times
    assert "%" not in said


def test_every_word_of_a_passage_is_shown_once(assistant: Assistant, tools: Tools) -> None:
    """The pieces of a card's quotation are the whole passage, without the white space between paragraphs."""
    answer = assistant.ask("Hoeveel fte telt de formatie van het TBKK van de politie?")
    html = render_answer(answer, tools, "nl")
    quotes = re.findall(r'<blockquote [^>]*data-action="open">(.*?)</blockquote>', html, re.DOTALL)
    assert len(quotes) == len(answer.hits)
    for hit, quote in zip(answer.hits, quotes, strict=True):
        running = re.sub(r'<span class="footnote".*?</span></span>', "", quote, flags=re.DOTALL)
        assert "".join("".join(piece for _, piece in _pieces(running)).split()) == "".join(hit.text.split())


def test_the_answering_sentence_is_marked(assistant: Assistant, tools: Tools) -> None:
    answer = assistant.ask("Hoeveel fte telt de formatie van het TBKK van de politie?")
    html = render_answer(answer, tools, "nl")
    hit = answer.hits[0]
    assert hit.sentence
    marked = re.findall(r"<mark>(.*?)</mark>", html.split("</article>", 1)[0], re.DOTALL)
    assert "".join(piece for part in marked for _, piece in _pieces(part)) == hit.sentence.of(hit.document.text)


def test_the_table_is_a_table(assistant: Assistant, tools: Tools) -> None:
    answer = assistant.ask("vraag 44", per_unit=None)
    table = next(hit for hit in answer.hits if hit.passage.field == "table")
    html = render_answer(replace(answer, hits=(table,)), tools, "nl")
    _check(html)
    plain = re.sub(r"</?span[^>]*>", "", html)
    assert '<th scope="col">2021</th>' in plain
    assert "<td>230</td>" in plain


def test_footnotes_via_and_nearest_are_shown(assistant: Assistant, tools: Tools) -> None:
    html = render_answer(assistant.ask("vraag 36"), tools, "nl")
    assert 'data-unit="vraag-36">vraag 36</a>' in html
    html = render_answer(assistant.ask("vraag 29", per_unit=None), tools, "nl")
    assert 'aria-label="Voetnoot 20">20</button><span class="footnote" role="note" hidden>' in html
    html = render_answer(assistant.ask("appeltaart"), tools, "nl")
    assert "Niet gevonden" in html


def test_an_answer_in_parts_is_shown_part_by_part(assistant: Assistant, tools: Tools) -> None:
    first, second = (
        assistant.ask("Hoeveel fte telt de formatie van het TBKK van de politie?"),
        assistant.ask("bijlage II"),
    )
    whole = replace(first, question="wat en wie?", parts=(first, second), follow_up_of="<i>eerder</i>")
    html = render_answer(whole, tools, "nl")
    _check(html)
    assert html.count('class="answer-part"') == 2
    assert '<h3 class="part-question" data-question="bijlage II">Deel 2: bijlage II</h3>' in html
    assert "Gezocht samen met “&lt;i&gt;eerder&lt;/i&gt;”" in html


@pytest.mark.parametrize(
    ("example", "unit"),
    list(zip([*EXAMPLES["nl"], *EXAMPLES["en"]], [45, 32, 39, 11, "II", 45, 25, 5, 28], strict=True)),
)
def test_the_examples_on_the_page_are_answered(assistant: Assistant, example: str, unit: int | str) -> None:
    answer = assistant.ask(example)
    assert answer.answered
    assert {f"Vraag {unit}", f"Bijlage {unit}"} & {hit.unit.label for hit in answer.hits[:4]}


def test_the_same_answer_in_another_document_is_a_link(assistant: Assistant, tools: Tools) -> None:
    """It says how many documents, where each stands, and how its words differ, all as text."""
    hit = assistant.ask("Hoeveel fte telt de formatie van het TBKK van de politie?").hits[0]
    document = replace(hit.document, id="1" * 16, sha256="1" * 64, title="<b>Brief</b>")
    changed = (Difference("changed", "186", "<i>168</i>"),)
    similar = Similar(0, hit.passage, hit.text, hit.unit, document, 0.98, changed)
    answer = Answer("vraag", "answered", 1.0, (replace(hit, similar=(similar,)),))
    html = render_answer(answer, tools, "nl")
    _check(html)
    assert "Hetzelfde antwoord staat in 1 ander document:" in html
    assert f'href="?document={"1" * 16}&amp;start={hit.passage.span.start}' in html
    assert "&lt;b&gt;Brief&lt;/b&gt;, Vraag 45" in html
    assert "&lt;i&gt;168&lt;/i&gt;" in html


def test_words_of_members_are_marked(assistant: Assistant, tools: Tools) -> None:
    unit: Unit = assistant.index.collection.units[60]
    answer = assistant.ask("naar schatting 54 procent van de meldingen wereldwijd in Nederland gehost", per_unit=None)
    hits = tuple(hit for hit in answer.hits if hit.unit == unit and hit.passage.field == "context")
    html = render_answer(replace(answer, hits=hits), tools, "nl")
    assert '<span class="speaker members">Inleiding van de leden</span>' in html
