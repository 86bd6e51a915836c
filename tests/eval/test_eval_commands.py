"""The command line: what a person does, and what happens to bad input."""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from index.model.judgements import QRELS
from tests.command_lines import CommandLines

# Words of the English report that are neither Dutch words nor names.
_ENGLISH = re.compile(
    r"\b(?:the|and|what|shares?|answered|refused|answer|questions?|measures?|means|against|difference|topics?|with|"
    r"first|equal|won|lost|nothing|threshold|coverage|area|split|answerable|unanswerable|lower|higher)\b",
    re.IGNORECASE,
)


Run = Callable[..., "CompletedProcess[str]"]
Refused = Callable[..., str]


@pytest.fixture
def commands(environment: dict[str, str], documents: Path, tmp_path: Path) -> CommandLines:
    return CommandLines({**environment, "WOORDELIJK_DOCUMENTS": str(documents)}, tmp_path)


@pytest.fixture
def run(commands: CommandLines) -> Run:
    return partial(commands, "eval")


@pytest.fixture
def refused(commands: CommandLines) -> Refused:
    return partial(commands.refused, "eval")


def test_run_compare_and_report(run: Run, folder: Path, tmp_path: Path) -> None:
    """Two systems and a run from elsewhere, side by side; the page asks nothing of another host."""
    first = run("run", "--benchmark", str(folder), "--out", "r1", "--system", "words")
    assert (first.returncode, first.stderr) == (0, "")
    assert "n = 2 answerable, 1 not" in first.stdout
    systems = ("--system", "woordelijk", "--system", "before=run:r1/runs/words.run")
    assert run("run", "--benchmark", str(folder), "--out", "r2", *systems).returncode == 0
    compared = run("compare", "r2", "--measure", "RR@10")
    assert "p corrected" in compared.stdout
    assert run("report", "r2").returncode == 0
    page = (tmp_path / "r2" / "report.html").read_text("utf-8")
    assert page.count("<svg") == page.count("</svg>") >= 5
    assert not re.search(r"(src|href)=|@import|url\(|<script", page)
    assert "woordelijk against before, topic by topic" in (tmp_path / "r2" / "report.md").read_text("utf-8")
    assert run("report", "r2", "--language", "nl", "--out", "nl").returncode == 0
    page = (tmp_path / "nl" / "report.html").read_text("utf-8")
    words = re.sub(r"<style.*?</style>|<code>.*?</code>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert _ENGLISH.findall(words) == []
    assert '<html lang="nl">' in page
    assert [w for w in ("Wat de maten zeggen", "Letterlijkheid", "gewonnen / verloren / gelijk") if w not in page] == []
    costs = json.loads((tmp_path / "r2" / "cost.json").read_text("utf-8"))
    assert costs["systems"]["woordelijk"]["index_bytes"] > 0
    assert run("tabulate", "r2", "--out", "results.md").returncode == 0


def test_equal_runs_give_equal_scores(run: Run, folder: Path, tmp_path: Path) -> None:
    """A second run takes the place of the first, with the same bytes."""
    found = []
    for _ in range(2):
        assert run("run", "--benchmark", str(folder), "--out", "r", "--system", "stems").returncode == 0
        found.append([(tmp_path / "r" / name).read_bytes() for name in ("scores.json", "runs/stems.run", "qrels.trec")])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--system", "google"), "kind 'google' is unknown"),
        (("--system", "run:nergens.run"), "nergens.run: cannot be read"),
        (("--split", "tune"), "no topics in the split 'tune'"),
        (("--split", "dev"), "'dev' is not one of 'tune', 'test', 'all'"),
        (("--beir", "x"), "give --benchmark or --beir"),
    ],
)
def test_bad_input_writes_nothing(
    refused: Refused, folder: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    said = refused("run", "--benchmark", str(folder), "--out", "r", *arguments)
    assert says in " ".join(said.replace("│", " ").split())
    assert not (tmp_path / "r").exists()


def test_a_folder_of_something_else_is_left_alone(refused: Refused, folder: Path) -> None:
    before = sorted(folder.iterdir())
    said = refused("run", "--benchmark", str(folder), "--out", str(folder), "--system", "words")
    assert "holds no scores.json" in said
    assert sorted(folder.iterdir()) == before


def test_ones_own_questions_from_start_to_scores(run: Run, refused: Refused, tmp_path: Path) -> None:
    """New, judge, validate, run: with only questions and digits typed."""
    (tmp_path / "vragen.txt").write_text("Hoeveel bruggen zijn er?\nWat kost een brug?\n", encoding="utf-8")
    assert "2 topics" in run("new", "mine", "--questions", "vragen.txt").stdout
    assert "'q001' is answerable and has no span" in refused("validate", "mine")
    half = run("judge", "mine", stdin="3\nx\n1\nq\n")
    assert "2 judgements added" in half.stdout
    assert run("judge", "mine", stdin="3\n" * 50).returncode == 0
    assert run("judge", "mine").stdout.count("0-3") == 0
    assert run("validate", "mine").stdout == "mine: in order\n"
    assert run("run", "--benchmark", "mine", "--out", "r", "--system", "ngrams").returncode == 0
    assert "mine, split test: n = 2 answerable, 0 not" in run("compare", "r").stdout
    assert run("new", "mine").returncode == 2


def test_import_adds_judgements_once(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("export", "--benchmark", str(folder), "--out", "q").returncode == 0
    first = run("import", "q", str(folder))
    assert first.returncode == 0, first.stderr
    assert "0 judgements added" in run("import", "q", str(folder)).stdout
    assert run("validate", str(folder)).returncode == 0


def test_import_fills_a_benchmark_that_was_just_made(run: Run, refused: Refused, folder: Path, tmp_path: Path) -> None:
    """No topic is judged before; what is wrong with the file all the same changes nothing."""
    assert run("export", "--benchmark", str(folder), "--out", "q").returncode == 0
    unit = (tmp_path / "q").read_text().split()[2]
    (tmp_path / "vragen.txt").write_text("Hoeveel bruggen zijn er?\n", encoding="utf-8")
    assert run("new", "mine", "--questions", "vragen.txt").returncode == 0
    (tmp_path / "q").write_text(f"q001 0 {unit} 3\nq002 0 {unit} 3\n")
    assert "line 2: topic 'q002' is not in" in refused("import", "q", "mine")
    (tmp_path / "q").write_text(f"q001 0 {unit} 3\n")
    assert run("import", "q", "mine").stdout == f"1 judgements added to {Path('mine') / QRELS}\n"
    assert run("validate", "mine").stdout == "mine: in order\n"


def test_a_program_follows_a_run_and_shows_its_report(
    run: Run, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every line of standard output is a step; the body of the report is the page without its frame."""
    options = ("--benchmark", str(folder), "--out", "r", "--json-progress", "--system", "words", "--system", "stems")
    done = run("run", *options)
    # Each system has a process of its own, which says how far it is.
    told = capfd.readouterr()
    steps = [json.loads(line) for line in (done.stdout + told.out).splitlines()]
    assert (done.returncode, done.stderr, told.err) == (0, "", "")
    assert steps == [{"system": s, "done": n, "total": 3} for s in ("words", "stems") for n in (0, 1, 2, 3)]
    assert run("report", "r", "--out", "shown", "--body").returncode == 0
    page, body = ((tmp_path / "shown" / name).read_text("utf-8") for name in ("report.html", "body.html"))
    assert body.startswith("<h1>")
    assert page.partition("<body>\n")[2] == f"{body}</body></html>\n"
    run("run", *(option for option in options if option != "--json-progress"), "--progress")
    assert capfd.readouterr().err.splitlines() == [f"{s}: {n} of 3" for s in ("words", "stems") for n in (0, 3)]


def test_scores_that_move_either_way_fails_and_names_the_topics(run: Run, folder: Path, tmp_path: Path) -> None:
    expected = tmp_path / "expected"
    expected.mkdir()
    path = expected / "bridges.json"
    record = {"command": "", "benchmark": str(folder), "split": "all", "system": "words", "tolerance": 0.01}
    record |= {"means": {}, "topics": {}}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert run("check", "--expected", "expected").returncode == 2
    assert run("check", "--expected", "expected", "--accept").returncode == 0
    assert run("check", "--expected", "expected").returncode == 0
    accepted = json.loads(path.read_text("utf-8"))
    for change in (-0.02, 0.02):
        moved = {**accepted, "means": {**accepted["means"], "RR@10": accepted["means"]["RR@10"] + change}}
        moved["topics"] = {**accepted["topics"], "t2": {"reciprocal_rank": 0.25, "answered": True}}
        path.write_text(json.dumps(moved), encoding="utf-8")
        done = run("check", "--expected", "expected")
        assert done.returncode == 2
        assert "RR@10:" in done.stderr
        assert "topic t2: RR@10 0.25 accepted" in done.stderr


def test_no_expected_scores_is_no_pass(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "nothing to check" in refused("check", "--expected", "none")


@pytest.mark.parametrize("command", ["compare", "report"])
def test_results_that_are_none_are_one_sentence(refused: Refused, tmp_path: Path, command: str) -> None:
    assert "Make it with 'python -m eval run" in refused(command, "nergens")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "scores.json").write_text("{", encoding="utf-8")
    assert "not the results of a run" in refused(command, "broken")
