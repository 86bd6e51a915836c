"""One canonical text, every removal on record, every bad file refused by name."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.model.types import Parsed
from index.readers.read import read_document
from index.readers.source import document_paths
from tests.conftest import LETTER, SMALL_LETTER, write_letter


def test_the_letter_is_kept_byte_for_byte() -> None:
    content = LETTER.read_bytes()
    assert len(content) == 137_328
    assert read_document(LETTER).id == "d26cef8dba425785"


def test_running_text_and_removals_account_for_the_whole_file(letter: Parsed) -> None:
    """What stands between the removals is the running text, and each removed body stands behind it word for word."""
    raw, document = LETTER.read_text("utf-8"), letter.document
    starts = [0, *(removal.raw.end for removal in document.removals)]
    ends = [*(removal.raw.start for removal in document.removals), len(raw)]
    assert all(start <= end for start, end in zip(starts, ends, strict=True))
    running = "".join(raw[start:end] for start, end in zip(starts, ends, strict=True))
    bodies = {r.number: r.raw.of(raw) for r in document.removals if r.kind == "footnote body"}
    words = {number: body.removeprefix(f"[{number}:")[:-1].strip() for number, body in bodies.items()}
    assert {note.number: note.body.of(document.text) for note in document.footnotes} == words
    assert document.text == running + "".join(f"\n\n{body}" for body in words.values())


def test_no_mark_of_word_is_left(letter: Parsed) -> None:
    assert not re.search(r"\[(?:bookmark|footnoteRef|\d+:)", letter.document.text)
    assert len([removal for removal in letter.document.removals if removal.kind == "footnote mark"]) == 44


def test_two_marks_in_a_row_leave_no_comma(letter: Parsed) -> None:
    assert "onderzoek gedaan naar TSK.  In mei 2025" in letter.document.text


def test_footnotes_with_brackets_and_lines(letter: Parsed, tmp_path: Path) -> None:
    notes = {note.number: note.body.of(letter.document.text) for note in letter.document.footnotes}
    assert notes[34].startswith("Toelichting bij de cijfers\n- In de tabel")
    assert notes[34].endswith("Aantallen zijn afgerond op tientallen.")
    assert "(oa Defence for Children-ECPAT" in notes[10]
    small = read_document(write_letter(tmp_path, SMALL_LETTER))
    assert small.footnotes[0].body.of(small.text) == "Zie de lijst [bijlage]."


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch") / "brief.txt"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\r[")))
def test_text_without_marks_is_its_own_canonical_text(scratch: Path, text: str) -> None:
    """Whatever is not a mark of Word stays exactly as it came, white space and all."""
    scratch.write_bytes(f"Vraag{text}".encode())
    assert read_document(scratch).text == f"Vraag{text}"


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    """The same words in the same places as with the line ends of Unix."""
    unix = read_document(write_letter(tmp_path, SMALL_LETTER))
    windows = read_document(write_letter(tmp_path, "\ufeff" + SMALL_LETTER.replace("\n", "\r\n"), "b.txt"))
    assert windows.text == unix.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no text"),
        (b" \n\t ", "no text"),
        (b"Vraag \xff\xfe", "not UTF-8"),
        (b"PK\x03\x04\x00\x00", "NUL"),
        (b"Een[footnoteRef:1] zin. [1:  nooit dicht", "never closes"),
        (b"Een[footnoteRef:1] zin. [1:   ]", "no text"),
        (b"Een[footnoteRef:1] en[footnoteRef:1] zin.", "twice"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "kapot.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=rf"kapot\.txt.*{says}"):
        read_document(path)


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="weg.txt: cannot be read"):
        read_document(tmp_path / "weg.txt")
    with pytest.raises(DocumentError, match="no documents found"):
        document_paths(tmp_path)


def test_a_description_that_is_no_toml(tmp_path: Path) -> None:
    path = write_letter(tmp_path, SMALL_LETTER)
    (tmp_path / "documents.toml").write_text("[brief", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"documents\.toml: not valid TOML"):
        read_document(path)
