"""What the readers say of a file is shown in Dutch on the Dutch pages."""

import ast
from errno import EDQUOT, EMFILE, ENFILE, ENOSPC
from pathlib import Path

import pytest

from index.errors import DocumentError, lacking
from index.settings import ROOT
from ui.failures import sentence
from ui.jobs import LATE, NO_MEMORY
from ui.reader_texts import DUTCH, in_dutch
from ui.turns import WAITING

SPOKEN = ("UnreadableError", "MemoError")
SOURCES = [*sorted((ROOT / "index" / "readers").rglob("*.py")), *sorted((ROOT / "rag" / "verify").glob("*.py"))]


def _sentences(path: Path) -> list[str]:
    """What the file's errors say, "7" for whatever they fill in, without those that only pass something on."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    texts = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in SPOKEN and call.args]
    found = []
    for text in texts:
        parts = text.values if isinstance(text, ast.JoinedStr) else [text]
        said = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
        found += [said] if any(character.isalpha() for character in said) else []
    return found


@pytest.mark.parametrize("path", [path for path in SOURCES if _sentences(path)], ids=lambda path: path.stem)
def test_every_sentence_of_the_readers_is_there_in_dutch(path: Path) -> None:
    assert [said for said in _sentences(path) if in_dutch(said) == said] == []


def test_what_is_filled_in_is_kept_and_what_it_is_called_translated() -> None:
    expected = "expected .docx, .odt, .html, .md or .txt"
    said = f"memo.docx: this is a picture (PNG); {expected}."
    assert in_dutch(said) == "memo.docx: dit is een plaatje (PNG); verwacht: .docx, .odt, .html, .md of .txt."
    assert in_dutch("a: b.zip: found 3 pages; expected at most 2. Split the file.").startswith("a: b.zip: 3 pagina’s;")
    assert in_dutch("iets anders") == "iets anders"
    assert all(english.count("{}") == dutch.count("{}") for english, dutch in DUTCH.items())


def test_what_a_machine_lacks_and_jobs_that_take_too_much_are_said_in_dutch() -> None:
    lacks = [str(lacking(OSError(number, ""))) for number in (ENOSPC, EDQUOT, EMFILE, ENFILE)]
    said = [*lacks, str(lacking(MemoryError())), LATE.format(seconds=120), NO_MEMORY, WAITING.format(count=20)]
    assert [sentence for sentence in said if in_dutch(sentence) == sentence] == []


def test_a_page_says_it_in_its_language() -> None:
    error = DocumentError("brief.txt: the file holds no text.")
    assert sentence(error, "nl") == "brief.txt: het bestand bevat geen tekst."
    assert sentence(error, "en") == "brief.txt: the file holds no text."
