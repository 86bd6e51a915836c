"""The report of a checked memo on its page."""

from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier
from ui.render.check import render_report


def test_a_mark_without_a_partner_has_a_line_and_the_memo_does_not_pass(letter: Parsed) -> None:
    citer = Citer(Collection.of([letter]))
    report = Verifier(citer).verify(memo_of("Hij zei: “zonder <b>einde.".encode(), "memo.txt"))
    shown = str(render_report(report, citer, "nl"))
    assert 'class="summary some-fail"' in shown
    assert "regel 1: het aanhalingsteken “ wordt nergens gesloten" in shown
    assert "<b>einde" not in shown
