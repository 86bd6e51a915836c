"""The command lines: the JSON shapes, the exit codes, the sentences."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.model.types import Parsed
from tests.command_lines import CommandLines
from tests.conftest import LETTER, SMALL_LETTER, write_letter

ANSWER = set("id query answered level confidence searched leans_on filters remarks hits parts".split())
HIT = {
    "rank": int,
    "score": float,
    "document": str,
    "kind": str,
    "numbers": list,
    "label": str,
    "asked_by": list,
    "speaker": str,
    "passage": dict,
    "sentence": (dict, type(None)),
    "follows": (dict, type(None)),
    "cell": (dict, type(None)),
    "footnote": (int, type(None)),
    "via": (list, type(None)),
    "found": dict,
    "similar": list,
}
UNIT = {
    "document": str,
    "kind": str,
    "numbers": list,
    "label": str,
    "asked_by": list,
    "context": (str, type(None)),
    "question": str,
    "answer": (str, type(None)),
    "footnotes": list,
    "references": list,
    "questions": list,
    "asked_within": list,
    "at": dict,
}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> CommandLines:
    return CommandLines(environment, tmp_path)


def _has_shape(record: dict[str, Any], shape: dict[str, Any]) -> bool:
    return set(record) == set(shape) and all(isinstance(record[key], kind) for key, kind in shape.items())


def test_ask_prints_the_passages(run: CommandLines) -> None:
    done = run("rag", "ask", "Hoeveel fte telt de formatie van het TBKK van de politie?", "--top", "2")
    assert done.returncode == 0
    assert "Gevonden in de documenten" in done.stdout
    assert "Vraag 45 · JA21 · de minister" in done.stdout
    assert "▸" in done.stdout
    assert "186 fte" in done.stdout


def test_ask_says_when_nothing_is_found(run: CommandLines) -> None:
    done = run("rag", "ask", "Hoe laat vertrekt de trein naar Parijs?", "--language", "en")
    assert done.returncode == 0
    assert "“Parijs” does not occur in the documents" in " ".join(done.stdout.split())
    assert "comes nearest" in done.stdout


def test_ask_json(run: CommandLines, letter: Parsed) -> None:
    done = run("rag", "ask", "Nemen techbedrijven voldoende verantwoordelijkheid?", "--json", "--top", "3")
    record = json.loads(done.stdout)
    assert set(record) == ANSWER
    assert (record["answered"], record["level"]) == (True, "answered")
    assert len(record["hits"]) == 3
    for hit in record["hits"]:
        assert _has_shape(hit, HIT)
        passage = hit["passage"]
        assert set(passage) == {"id", "start", "end", "text"}
        assert letter.document.text[passage["start"] : passage["end"]] == passage["text"]


def test_ask_with_filters(run: CommandLines) -> None:
    typed = json.loads(run("rag", "ask", "boete fractie:CDA vraag:30-40", "--json").stdout)
    given = json.loads(run("rag", "ask", "boete", "--group", "CDA", "--questions", "30-40", "--json").stdout)
    assert typed["filters"] == given["filters"] == {"groups": ["CDA"], "numbers": list(range(30, 41))}
    assert typed["hits"] == given["hits"]
    unknown = run("rag", "ask", "boete", "--group", "XYZ")
    assert unknown.returncode == 0
    assert "fractie:XYZ komt niet voor; er zijn: 50Plus, BBB, CDA" in unknown.stdout
    assert run.refused("rag", "ask", "boete", "--date", "2021-13").startswith("dates: “2021-13” is geen datum")


def test_ask_part_by_part_and_after_another_question(run: CommandLines) -> None:
    done = run("rag", "ask", "Wat is de boete en wie legt haar op?", "--top", "1")
    assert "Deze vraag bestaat uit 2 delen" in done.stdout
    assert "Deel 2: wie legt haar op?" in done.stdout
    record = json.loads(run("rag", "ask", "en in 2025?", "--previous", "Hoeveel fte?", "--json").stdout)
    assert (record["leans_on"], record["searched"]) == ("Hoeveel fte?", "Hoeveel fte? en in 2025?")


def test_chat(run: CommandLines) -> None:
    done = run("rag", "chat", "--top", "1", stdin="Wat is de maximale boete?\n\nen wie legt haar op?\n")
    assert done.returncode == 0
    assert "Gezocht samen met “Wat is de maximale boete?”." in " ".join(done.stdout.split())
    assert run("rag", "chat", stdin="").stdout == ""
    assert run("rag", "chat", "--language", "fr").returncode == 2


def test_batch_answers_a_line_each(run: CommandLines, tmp_path: Path) -> None:
    questions = [
        {"id": "a", "query": "vraag 28"},
        {"id": 2, "query": ""},
        {"id": "c", "query": "x" * 100_000},
        {"id": "d", "query": "boete voor hosters", "filters": {"groups": ["CDA"], "numbers": "39"}},
        {"id": "e", "query": "en waarom?", "previous": ["boete voor hosters fractie:CDA vraag:39"]},
    ]
    file = tmp_path / "vragen.jsonl"
    file.write_text("\n".join(json.dumps(question) for question in questions) + "\n\n", encoding="utf-8")
    done = run("rag", "ask", "--batch", str(file), "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["a", 2, "c", "d", "e"]
    assert [record["answered"] for record in records] == [True, False, False, True, True]
    assert [hit["label"] for hit in records[3]["hits"]] == ["Vraag 39"]
    assert [hit["label"] for hit in records[4]["hits"]] == ["Vraag 39"]
    assert records[4]["leans_on"] == "boete voor hosters"
    assert done.returncode == 0


def test_batch_from_standard_input(run: CommandLines) -> None:
    done = run("rag", "ask", "--batch", "-", "--json", stdin='{"id": "a", "query": "bijlage I"}\n')
    assert json.loads(done.stdout)["hits"][0]["label"] == "Bijlage I"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: not JSON"),
        ("[]", 'line 2: expected an object with "id"'),
        ('{"id": "b"}', 'line 2: expected an object with "id"'),
        ('{"id": null, "query": "x"}', 'line 2: expected "id"'),
        ('{"id": "a", "query": "x"}', "line 2: id 'a' stands on line 1 too"),
        ('{"id": "b", "query": "x", "previous": [1]}', 'line 2: expected "previous"'),
        ('{"id": "b", "query": "x", "filters": {"since": "ooit"}}', "line 2: since: “ooit” is geen datum"),
    ],
)
def test_a_broken_batch_answers_nothing(run: CommandLines, tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "vragen.jsonl"
    file.write_text('{"id": "a", "query": "vraag 28"}\n' + line, encoding="utf-8")
    assert says in run.refused("rag", "ask", "--batch", str(file), "--json")


@pytest.mark.parametrize(
    "arguments", [(), ("vraag", "--batch", "x"), ("vraag", "--top", "0"), ("x", "--language", "fr")]
)
def test_wrong_options(run: CommandLines, arguments: tuple[str, ...]) -> None:
    run.refused("rag", "ask", *arguments)


def test_what_begins_with_a_hyphen_is_asked(run: CommandLines) -> None:
    done = run("rag", "ask", "-boete hoster", "--top", "1", "--json")
    assert json.loads(done.stdout)["filters"] == {"without": ["boete"]}
    assert "--tpo is no option" in run.refused("rag", "ask", "--tpo")


def test_no_index_is_one_sentence(run: CommandLines, tmp_path: Path) -> None:
    assert "python -m index build" in run.refused("rag", "ask", "vraag 28", "--index", str(tmp_path))


def test_units_json(run: CommandLines, letter: Parsed) -> None:
    records = json.loads(run("index", "units", "--json").stdout)
    assert len(records) == 68
    assert all(_has_shape(record, UNIT) for record in records)
    assert records[9]["references"] == ["I", "II"]
    assert records[6]["footnotes"][0]["number"] == 9
    assert (records[67]["label"], records[67]["kind"], records[67]["numbers"]) == ("Bijlage II", "annex", [])


def test_text_is_exact(run: CommandLines, letter: Parsed) -> None:
    for name in ("d26cef8d", LETTER.name, str(LETTER)):
        assert run("index", "text", name).stdout == letter.document.text


def test_text_is_exact_whatever_the_locale(environment: dict[str, str], letter: Parsed) -> None:
    given = {**environment, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "index", "text", "d26cef8d"]
    assert (
        subprocess.run(command, env=given, stdout=subprocess.PIPE, check=True).stdout.decode() == letter.document.text
    )


def test_an_unknown_document_lists_what_there_is(run: CommandLines) -> None:
    assert "d26cef8dba425785" in run.refused("index", "text", "nergens")


def test_tables(run: CommandLines) -> None:
    (table,) = json.loads(run("index", "tables", "--json").stdout)
    assert table["label"] == "Vraag 44"
    assert table["rows"][1] == ["Eindvonnis", "2021", "2022", "2023", "2024", "2025"]


def test_check(run: CommandLines, tmp_path: Path) -> None:
    done = run("index", "check")
    assert done.returncode == 0
    assert "questions: 66 of 66" in done.stdout
    assert "footnotes: 44 of 44" in done.stdout
    gap = write_letter(tmp_path, SMALL_LETTER.replace("3. Waarom", "Waarom"))
    done = run("index", "check", str(gap))
    assert done.returncode == 2
    assert "MISSING question 3: not found" in done.stdout


def test_build_and_ask_of_ones_own_documents(run: CommandLines, tmp_path: Path) -> None:
    write_letter(tmp_path / "documents", SMALL_LETTER)
    options = ("--documents", str(tmp_path / "documents"), "--index", str(tmp_path / "index"))
    assert run("index", "build", *options).returncode == 0
    again = run("index", "build", "--if-needed", *options)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    done = run("rag", "ask", "Wat kost een brug?", "--json", "--index", str(tmp_path / "index"))
    assert json.loads(done.stdout)["hits"][0]["passage"]["text"] == "Een brug kost 150 miljoen euro in 2024."


QUOTED = ("d26cef8d", "4385", "4489")
QUOTATION = {"text", "line", "verdict", "citation", "difference"}


def test_cite_in_every_style(run: CommandLines) -> None:
    for style in ("plain", "markdown", "html", "bibtex", "csl-json"):
        done = run("rag", "cite", *QUOTED, "--style", style)
        assert (done.returncode, "186 fte medio 2026" in done.stdout) == (0, True)
    assert json.loads(run("rag", "cite", *QUOTED, "--json").stdout)["label"] == "Vraag 1"
    for wrong in (("d26cef8d", "4386", "4489"), ("d26cef8d", "1", "999999"), (*QUOTED, "--style", "apa")):
        run.refused("rag", "cite", *wrong)


def test_a_memo_goes_out_and_is_proved(run: CommandLines, tmp_path: Path) -> None:
    selection = tmp_path / "selection.json"
    items = [{"note": "Eigen woorden."}, {"document": "d26cef8d", "start": 4385, "end": 4489}]
    selection.write_text(json.dumps({"title": "Memo", "items": items}), encoding="utf-8")
    for name in ("memo.docx", "memo.md"):
        assert run("rag", "memo", str(selection), "--out", name).returncode == 0
        done = run("rag", "verify", name, "--json")
        record = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (0, "")
        assert [q["verdict"] for q in record["quotations"]] == ["exact"]
        assert set(record["quotations"][0]) >= QUOTATION
        assert record["manifest"]["confirmed"] == 1
    run.refused("rag", "memo", str(selection), "--out", "memo.odt")
    selection.write_text("{", encoding="utf-8")
    run.refused("rag", "memo", str(selection), "--out", "memo.md")


def test_verify_from_standard_input(run: CommandLines) -> None:
    done = run("rag", "verify", "-", stdin="De minister: “een totale formatie van 168 fte medio 2026”.")
    assert done.returncode == 1
    assert "er staat “186”, de memo schrijft “168”" in done.stdout
    done = run("rag", "verify", "-", "--language", "en", stdin="Geen aanhaling.")
    assert (done.returncode, done.stdout) == (0, "No quotation found: nothing was checked.\n")
    done = run("rag", "verify", "-", stdin="Hij zei: “een totale formatie")
    assert done.returncode == 1
    assert "regel 1" in done.stdout
    assert run("rag", "verify", "nergens.docx").returncode == 2


def test_figures_and_links(run: CommandLines) -> None:
    assert "186\tantwoord op vraag 1\t" in run("rag", "figures", "fte").stdout
    assert json.loads(run("rag", "figures", "TBKK fte", "--json").stdout)[0]["kind"] == "number"
    link = json.loads(run("rag", "cite", *QUOTED, "--json").stdout)["link"]
    done = run("rag", "open", link)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "ongewijzigd")
    done = run("rag", "open", link.replace("4385", "4377"))
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "dezelfde woorden, maar op een andere plaats")
    assert run("rag", "open", "https://example.org").returncode == 2
