"""The report that a person keeps."""

from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.read_memo import memo_of
from rag.verify.report import report_markdown
from rag.verify.verdicts import Verifier


def test_the_report_is_markdown_without_markup_of_the_memo(letter: Parsed) -> None:
    citer = Citer(Collection.of([letter]))
    memo = memo_of("Er staat: “een *dikke* leugen \\<b> die nergens staat”.".encode(), "memo.md")
    text = report_markdown(Verifier(citer).verify(memo), citer, "mijn # memo.md", "nl")
    title, _, summary, *rest = text.splitlines()
    assert title == "# Controle van mijn \\# memo.md"
    assert summary == "1 aanhaling getoetst: niet in orde."
    assert any(line.startswith("- ✗ regel 1: niet gevonden") for line in rest)
    assert "<b>" not in text.replace("\\<b", "")
