"""Cards show the document's words exactly and let no markup through."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Document, Footnote, Passage, Span, Unit
from rag.assistant import Assistant
from rag.types import Answer, Hit
from ui.render import render_answer
from ui.texts import EXAMPLES

ALLOWED = {
    *("div", "p", "article", "header", "span", "blockquote", "details", "summary", "mark", "sup"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _check(html: str) -> None:
    """Only our own elements and attributes, well nested."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert parser.attributes <= {"class", "aria-label", "lang", "scope"}


def _quoted(html: str) -> list[str]:
    """The text of each quotation, without our footnote marks."""
    quotes = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", quote))) for quote in quotes]


def _answer(text: str, mark: int, sentence: Span | None) -> Answer:
    document = Document("0" * 16, text, "", text, text, "0" * 64)
    span = Span(0, len(text))
    note = Footnote(7, mark, span)
    unit = Unit("u", document.id, "question", (1,), text, (text,), span, (span,), span, (note,))
    passage = Passage(document.id, "u", "minister", "answer", span)
    return Answer(text, "answered", 1.0, (Hit(1, 1.0, passage, text, unit, document, sentence, (3,)),))


@given(st.text(min_size=1, max_size=60), st.data())
def test_no_markup_comes_through(text: str, data: st.DataObject) -> None:
    """Whatever a document or a label holds, the page holds only our elements, and the words unchanged."""
    mark = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    html = render_answer(_answer(text, mark, Span(start, end)), "nl")
    _check(html)
    assert _quoted(html)[0] == text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; & 'x'"])
def test_hostile_text_is_text(text: str) -> None:
    html = render_answer(_answer(text, len(text), None), "en")
    _check(html)
    assert "<script" not in html
    assert "<img" not in html
    assert _quoted(html)[0] == text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "question", ["hoeveel veroordelingen", "vraag 7", "bijlage II", "appeltaart", "", "vraag 36", "vraag 99"]
)
def test_real_answers_are_well_formed(assistant: Assistant, question: str, language: str) -> None:
    answer = assistant.ask(question)
    html = render_answer(answer, "en" if language == "en" else "nl")
    _check(html)
    for hit, quoted in zip(answer.hits[:1], _quoted(html), strict=False):
        if hit.passage.field != "table":
            assert quoted == hit.text


def test_the_table_is_a_table(assistant: Assistant) -> None:
    answer = assistant.ask("vraag 44", per_unit=None)
    table = next(hit for hit in answer.hits if hit.passage.field == "table")
    html = render_answer(replace(answer, hits=(table,)), "nl")
    _check(html)
    assert '<th scope="col">2021</th>' in html
    assert "<td>230</td>" in html


def test_footnotes_via_and_nearest_are_shown(assistant: Assistant) -> None:
    html = render_answer(assistant.ask("vraag 36"), "nl")
    assert "via vraag 36" in html
    html = render_answer(assistant.ask("vraag 29", per_unit=None), "nl")
    assert "Voetnoot 20" in html
    assert '<sup class="note-mark">20</sup>' in html
    html = render_answer(assistant.ask("appeltaart"), "nl")
    assert "dichtstbij, geen antwoord" in html


@pytest.mark.parametrize(
    ("example", "unit"),
    list(
        zip(
            [*EXAMPLES["nl"], *EXAMPLES["en"]],
            [
                "Vraag 45",
                "Vraag 32",
                "Vraag 39",
                "Vraag 11",
                "Bijlage II",
                "Vraag 45",
                "Vraag 25",
                "Vraag 31",
                "Vraag 28",
            ],
            strict=True,
        )
    ),
)
def test_the_examples_on_the_page_are_answered(assistant: Assistant, example: str, unit: str) -> None:
    answer = assistant.ask(example)
    assert answer.answered
    assert unit in [hit.unit.label for hit in answer.hits[:4]]


def test_words_of_members_are_marked(assistant: Assistant) -> None:
    unit: Unit = assistant.index.collection.units[60]
    answer = assistant.ask("naar schatting 54 procent van de meldingen wereldwijd in Nederland gehost", per_unit=None)
    hits = tuple(hit for hit in answer.hits if hit.unit == unit and hit.passage.field == "context")
    assert "Inleiding van de leden" in render_answer(replace(answer, hits=hits), "nl")
