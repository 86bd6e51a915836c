"""What stands around a document's words never lets anything in that is not escaped, and changes nothing of it."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup

from index.model.collection import Collection
from index.model.doubts import Doubt
from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier
from ui.assets import TEMPLATES
from ui.render import templating
from ui.render.check import render_refusal, render_report
from ui.render.documents import render_changes, render_documents, render_failure, render_notice
from ui.render.templating import block, rendered

HOSTILE = "<script>x</script> \" onclick='x' & {{ 7 * 7 }} {% if %} \u202e"


class Elements(HTMLParser):
    """The names of elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
def test_a_value_is_text_and_stays_as_it_is(text: str) -> None:
    found = Elements(block("documents", "notice", text))
    assert found.words == text
    assert found.names == {"div", "class", "p", "role"}


def test_only_markup_is_taken_as_it_is() -> None:
    assert "<b>x</b>" in block("documents", "notice", Markup("<b>x</b>"))


def _entry(text: str) -> SimpleNamespace:
    shown = dict.fromkeys(("id", "title", "kind", "date", "file"), text)
    return SimpleNamespace(**shown, questions=1, passages=1, doubts=(Doubt("no number", words=text),))


def test_nothing_of_a_file_or_a_memo_becomes_an_element(letter: Parsed) -> None:
    citer = Citer(Collection.of([letter]))
    # A quotation mark more would be refused.
    quoted = HOSTILE.replace('"', "").replace("'", "")
    memo = memo_of(f"De minister: “een totale formatie van {quoted} medio 2026”.\n".encode(), "memo.txt")
    report = Verifier(citer).verify(memo, HOSTILE)
    changes = SimpleNamespace(
        added=[_entry(HOSTILE)],
        replaced=(),
        removed=(),
        same=(),
        refused=[SimpleNamespace(name=HOSTILE, reason=HOSTILE)],
    )
    pages = [
        render_documents([_entry(HOSTILE)], [], "nl"),
        render_changes(changes, "nl"),
        render_notice(HOSTILE),
        render_failure(HOSTILE),
        render_refusal(HOSTILE, "en"),
        render_report(report, citer, "nl"),
        block("evaluate", "failure", HOSTILE, HOSTILE),
        block("evaluate", "state", HOSTILE, 20),
    ]
    for page in pages:
        found = Elements(page)
        assert not found.names & {"script", "onclick"}
        assert "{{ 7 * 7 }}" in found.words


def test_how_a_template_is_laid_out_does_not_show() -> None:
    """No page has white space between its elements but what somebody wrote there."""
    assert block("frame", "part", "Een", "Twee") == '<h2 class="page-part">Een</h2><p class="explained">Twee</p>'
    assert block("frame", "part", "Een") == '<h2 class="page-part">Een</h2>'


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered("ask", texts={})


def test_every_template_can_be_read() -> None:
    found = sorted(path.stem for path in TEMPLATES.glob("*"))
    assert found == [
        *("ask check compare coverage documents evaluate filters frame keys news promises refusal").split(),
        *("sheet", "slices"),
    ]
    for name in found:
        templating._environment().get_template(f"{name}.html")
