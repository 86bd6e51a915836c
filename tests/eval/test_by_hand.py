"""The tables made by hand, of promises and of sub-questions: read or refused, and on their documents the rules keep
their scores.
"""

from pathlib import Path
from types import ModuleType

import pytest

from eval.__main__ import app
from eval.by_hand import coverage, promises
from eval.by_hand.promises import Judgements, Score, read_judgements, score
from eval.errors import BenchmarkError
from index.grammar.parse import parse
from index.library.collect import read_collection
from index.model.collection import Collection
from index.readers.read import read_document
from index.settings import ROOT
from tests.command_lines import printed
from tests.conftest import write_letter

SHARED = ROOT.parent / "shared" / "documents"
HEADER = "document\tstart\tend\tclass\tmoment_start\tmoment_end\n"
LETTER = "1. Wanneer?\n\nIk zal uw Kamer in mei 2026 informeren. Dat is niet bekend.\n"


def test_what_is_right_wrong_and_missed(tmp_path: Path) -> None:
    write_letter(tmp_path / "documents", LETTER)
    collection = read_collection(tmp_path / "documents")
    document = collection.documents[0]
    promise, moment = document.text.index("Ik zal"), document.text.index("in mei 2026")
    table = tmp_path / "judgements.tsv"
    rows = [f"{promise}\t{promise + 39}\tfirm\t{moment}\t{moment + 11}", f"{promise + 3}\t{promise + 9}\tdeclines\t\t"]
    table.write_text(HEADER + "".join(f"{document.id}\t{row}\n" for row in rows), "utf-8")
    scores = score(read_judgements(table), collection)
    assert (scores["firm"], scores["moment"]) == (Score(1, 0, 0), Score(1, 0, 0))
    assert (scores["not known"], scores["declines"]) == (Score(0, 1, 0), Score(0, 0, 1))
    assert scores["all"] == Score(1, 1, 1)
    shown = printed(app, "promises", "--judgements", str(table), "--documents", str(tmp_path / "documents"))
    assert "| all | 2 | 1 | 1 | 0.500 | 0.500 |" in shown


@pytest.mark.parametrize(
    ("module", "header", "rows"),
    [
        (promises, HEADER, "a\t1\t2\tmaybe\t\t\na\t5\t2\tfirm\t\t\n"),
        (coverage, "document\tstart\tend\tstatus\tevidence\n", "a\t1\t2\tmaybe\t\na\t5\t2\tpartly\t\n"),
    ],
)
def test_faults_are_named_by_line_and_documents_that_nobody_judged_are_said(
    tmp_path: Path, module: ModuleType, header: str, rows: str
) -> None:
    (table := tmp_path / "judgements.tsv").write_text(header + rows, "utf-8")
    with pytest.raises(BenchmarkError, match=r"(?s):2: .*maybe.*:3: "):
        module.read_judgements(table)
    write_letter(tmp_path / "documents", LETTER)
    with pytest.raises(BenchmarkError, match="--documents"):
        module.score(module.read_judgements(), read_collection(tmp_path / "documents"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the judged documents are not here")
def test_the_scores_hold() -> None:
    judged = read_judgements()
    read = Collection.of(parse(read_document(path)) for path in sorted(SHARED.glob("docx/*.docx")))
    there = {head.id for head in read.heads} & set(judged.documents)
    scores = score(Judgements(tuple(there), judged.sentences), read)
    assert scores["all"].precision >= 0.9
    assert scores["all"].recall >= 0.8
    assert scores["firm"].recall >= 0.9


def test_the_scores_of_the_bundled_letter_hold() -> None:
    """Every sub-question is parted as by hand, and where a reader is asked there was no full answer."""
    scores = coverage.score(coverage.read_judgements(), read_collection(ROOT / "data" / "documents"))
    assert scores["parted"].value == 1
    assert scores["no full answer"].of
    assert scores["no full answer"].value >= 0.75
    assert scores["status"].value >= 0.7
    assert scores["evidence"].value >= 0.7
