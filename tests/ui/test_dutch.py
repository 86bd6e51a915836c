"""What is said of a file, a memo, topics or a request is shown in Dutch on the Dutch pages."""

import ast
from errno import EDQUOT, EFBIG, EMFILE, ENFILE, ENOSPC
from pathlib import Path

import pytest

from index.errors import DocumentError, lacking
from index.settings import ROOT
from ui.desk.fair_queue import WAITING
from ui.desk.jobs import LATE, NO_MEMORY
from ui.texts.dutch import _TABLES as DUTCH
from ui.texts.dutch import in_dutch
from ui.texts.failures import sentence

SPOKEN = {"UnreadableError": 0, "MemoError": 0, "BenchmarkError": 0, "EvaluationError": 0, "JudgementError": 0}
SPOKEN |= {
    "SelectionError": 0,
    "PermalinkError": 0,
    "CitationError": 0,
    "FilterError": 0,
    "RefusedError": 1,
    "append": 0,
}
SOURCES = [*sorted((ROOT / "index" / "readers").rglob("*.py")), *sorted((ROOT / "rag" / "verify").glob("*.py"))]
SOURCES += [ROOT / "eval" / name for name in ("benchmark.py", "evaluate.py")]
SOURCES += [ROOT / "rag" / name for name in ("memo/selection.py", "question/filter_record.py")]
SOURCES += [ROOT / "rag" / "citation" / name for name in ("citation.py", "permalink.py")]
SOURCES += [ROOT / "ui" / name for name in ("server/guard.py", "server/file_objects.py", "server/upload_parts.py")]
SOURCES += [ROOT / "ui" / name for name in ("desk/quoting.py", "desk/judgements.py", "desk/evaluation.py")]
# Said on the command line alone.
ELSEWHERE = ("byte 7 is not UTF-8 text.", "Systems 7")


def _sentences(path: Path) -> list[str]:
    """What the file's errors say, "7" for whatever they fill in, without those that only pass something on."""
    tree = ast.parse(path.read_text("utf-8"))
    named = {
        n.targets[0].id: n.value for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    }
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        place = SPOKEN.get(name, len(call.args))
        # Faults are gathered in a list of that name.
        if place >= len(call.args) or (name == "append" and getattr(call.func.value, "id", "") != "faults"):
            continue
        text = call.args[place]
        text = named.get(text.id, text) if isinstance(text, ast.Name) else text
        parts = text.values if isinstance(text, ast.JoinedStr) else [text]
        said = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
        found += [said] if any(character.isalpha() for character in said) else []
    return [said for said in found if said != "7, line 7: 7" and not any(part in said for part in ELSEWHERE)]


@pytest.mark.parametrize("path", [path for path in SOURCES if _sentences(path)], ids=lambda path: path.stem)
def test_every_sentence_is_there_in_dutch(path: Path) -> None:
    assert [said for said in _sentences(path) if in_dutch(said) == said] == []


def test_what_is_filled_in_is_kept_and_what_it_is_called_translated() -> None:
    expected = "expected .docx, .odt, .html, .md or .txt"
    said = f"memo.docx: this is a picture (PNG); {expected}."
    assert in_dutch(said) == "memo.docx: dit is een plaatje (PNG); verwacht: .docx, .odt, .html, .md of .txt."
    assert in_dutch("a: b.zip: found 3 pages; expected at most 2. Split the file.").startswith("a: b.zip: 3 pagina’s;")
    faults = "qrels.tsv, line 2: relevance is 9, expected 0 to 3.\nmemo, item 3: {} holds no word."
    assert (
        in_dutch(faults)
        == "qrels.tsv, regel 2: relevance is 9; verwacht: 0 tot 3.\nmemo, onderdeel 3: in {} staat geen woord."
    )
    assert in_dutch("iets anders") == "iets anders"
    assert all(english.count("{}") == dutch.count("{}") for english, dutch in DUTCH.items())


def test_what_a_machine_lacks_and_jobs_that_take_too_much_are_said_in_dutch() -> None:
    lacks = [str(lacking(OSError(number, ""))) for number in (ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE)]
    said = [*lacks, str(lacking(MemoryError())), LATE.format(seconds=120), NO_MEMORY, WAITING.format(count=20)]
    assert [sentence for sentence in said if in_dutch(sentence) == sentence] == []


def test_a_page_says_it_in_its_language() -> None:
    error = DocumentError("brief.txt: the file holds no text.")
    assert sentence(error, "nl") == "brief.txt: het bestand bevat geen tekst."
    assert sentence(error, "en") == "brief.txt: the file holds no text."
