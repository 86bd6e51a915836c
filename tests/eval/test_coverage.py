"""The hand-made table of sub-questions: it is read or refused, and the scores on the bundled letter hold."""

from pathlib import Path

import pytest

from eval.by_hand.coverage import read_judgements, score
from eval.errors import BenchmarkError
from index.library.collect import read_collection
from index.settings import ROOT
from tests.conftest import write_letter

HEADER = "document\tstart\tend\tstatus\tevidence\n"


def test_a_table_with_faults_names_each_line(tmp_path: Path) -> None:
    table = tmp_path / "judgements.tsv"
    table.write_text(HEADER + "a\t1\t2\tmaybe\t\na\t5\t2\tpartly\t\n", "utf-8")
    with pytest.raises(BenchmarkError, match=r"(?s):2: .*maybe.*:3: "):
        read_judgements(table)


def test_documents_that_nobody_judged(tmp_path: Path) -> None:
    write_letter(tmp_path, "1. Wanneer?\n\nIn mei.\n")
    with pytest.raises(BenchmarkError, match="--documents"):
        score(read_judgements(), read_collection(tmp_path))


def test_the_scores_of_the_bundled_letter_hold() -> None:
    """Every sub-question is parted as by hand, and where a reader is asked there was no full answer."""
    scores = score(read_judgements(), read_collection(ROOT / "data" / "documents"))
    assert scores["parted"].value == 1
    assert scores["no full answer"].of
    assert scores["no full answer"].value >= 0.75
    assert scores["status"].value >= 0.7
    assert scores["evidence"].value >= 0.7
