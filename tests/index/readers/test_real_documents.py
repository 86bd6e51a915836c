"""The numbers of real documents, where they are at hand: which questions share an answer, how many notes there are."""

from pathlib import Path

import pytest

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.readers.read import read_document

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "documents"

NUMBERS = {
    "docx/boa.docx": [(1,), (2,), (3,), (4, 5, 6, 7), (8,), (9,)],
    "docx/milieu.docx": [(1,), (2,), (3, 4, 5, 9, 10), (6,), (7,), (8,), (11,), (12,)],
    "docx/noodnummer.docx": [(1,), (2, 3), (4, 5), (6,), (7, 8, 9), (10,)],
    "docx/wolvega.docx": [(1,), (2,), (3, 8), (4,), (5,), (6,), (7,)],
    **{
        f"official/ah-tk-20202021-3235.{ending}": [(n,) for n in range(1, 10)]
        for ending in ("xml", "html", "odt", "pdf")
    },
    "pdf/nota-naar-aanleiding-van-het-verslag-36450.pdf": [
        *((n,) for n in range(1, 5)),
        (5, 6, 7),
        (8, 9),
        *((n,) for n in range(10, 90)),
    ],
}
NOTES = {"docx/boa.docx": 4, "docx/milieu.docx": 5, "docx/noodnummer.docx": 3, "docx/wolvega.docx": 0}


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_is_found_and_answered(name: str) -> None:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip("the documents are not at hand")
    parsed = parse(read_document(path))
    questions = [unit for unit in parsed.units if unit.kind == "question"]
    assert [unit.numbers for unit in questions] == NUMBERS[name]
    assert all(unit.answer and unit.asked_by for unit in questions)
    assert parse_report(parsed).gaps == ()
    if name in NOTES:
        assert sum(len(unit.footnotes) for unit in questions) == NOTES[name]
