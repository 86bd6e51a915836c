"""The register of promises: exact slices of the minister's words, told by kind, day and document, and written out."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from index.errors import WoordelijkError
from index.library.build import add_documents, build_index
from index.library.open import published_collection
from index.model.parts import parts
from index.settings import Settings
from rag.__main__ import app
from rag.promises.record import promise_record, promises_csv
from rag.promises.register import Found, find_promises
from tests.command_lines import printed
from tests.conftest import library_of, write_letter

LETTER = """Datum 10 maart 2026

Hierbij zend ik uw Kamer de antwoorden. Ik zal uw Kamer voor 1 mei nader informeren.

1. Kunt u toezeggen dat u de Kamer voor de zomer informeert?

Ja. Voor de zomer van 2026 informeer ik uw Kamer over de bruggen. Ik zie geen aanleiding om bruggen te sluiten.

De leden zeggen: “Ik zal uw Kamer informeren.”
2. Hoeveel bruggen zijn er?

Hierover zijn geen cijfers beschikbaar. Ik zal bezien of een telling in het derde kwartaal van 2027 mogelijk is.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return library_of(tmp_path_factory.mktemp("promises"), {"brief.txt": LETTER})


@pytest.fixture
def found(small: Settings) -> tuple[Found, ...]:
    return find_promises(small.index)


def test_the_rows_of_a_letter(found: tuple[Found, ...]) -> None:
    records = [promise_record(one) for one in found]
    assert [(r["kind"], r.get("strength") or r["refusal"], r["moment"], r["by"], r["numbers"]) for r in records] == [
        ("promise", "firm", "Voor de zomer van 2026", "2026-06-20", [1]),
        ("refusal", "declines", None, None, [1]),
        ("refusal", "not known", None, None, [2]),
        ("promise", "soft", "in het derde kwartaal van 2027", "2027-09-30", [2]),
    ]
    assert [record["to"] for record in records] == ["uw Kamer", None, None, None]
    assert list(records[0]) == "kind strength moment by to numbers label text document start end".split()
    assert list(promise_record(found[1], with_rule=True))[-1] == "rule"


@pytest.mark.parametrize("which", ["letter_settings", "small"])
def test_every_row_is_an_exact_slice_of_the_ministers_answers(which: str, request: pytest.FixtureRequest) -> None:
    index = request.getfixturevalue(which).index
    collection = published_collection(index)
    rows = find_promises(index)
    assert rows == find_promises(index)
    for row in rows:
        document, one = collection.document(row.document.id), row.promise
        units = tuple(unit for unit in collection.units if unit.document == document.id)
        assert document.text[one.start : one.end] == one.text
        assert one.moment is None or one.moment in one.text
        assert one.to is None or one.to in one.text
        (part,) = [p for p in parts(document, units) if p.span.start <= one.start < p.span.end]
        assert (part.speaker, part.field, one.end <= part.span.end) == ("minister", "answer", True)
        assert part.unit is not None
        assert (part.unit.label, part.unit.numbers) == (one.label, one.numbers)


@pytest.mark.parametrize(
    ("kinds", "until", "places"),
    [
        (("promise",), "", [0, 3]),
        (("refusal",), "", [1, 2]),
        (("firm", "not-known"), "", [0, 2]),
        ((), "2026", [0]),
        ((), "2026-06-19", []),
        ((), "september 2027", [0, 3]),
    ],
)
def test_filters(
    small: Settings, found: tuple[Found, ...], kinds: tuple[str, ...], until: str, places: list[int]
) -> None:
    assert find_promises(small.index, kinds, until) == tuple(found[place] for place in places)


@pytest.mark.parametrize(("kind", "until", "document"), [("maybe", "", ""), ("", "soon", ""), ("", "", "nowhere.pdf")])
def test_what_cannot_be_asked(small: Settings, kind: str, until: str, document: str) -> None:
    with pytest.raises(WoordelijkError, match="expected"):
        find_promises(small.index, (kind,) if kind else (), until, document)


def test_a_document_that_is_added_and_one_that_was_there_have_theirs(small: Settings, tmp_path: Path) -> None:
    settings = Settings(small.documents, tmp_path / "index")
    build_index(settings)
    before = {one.promise for one in find_promises(settings.index)}
    add_documents(settings, [write_letter(tmp_path, LETTER.replace("bruggen", "sluizen"), "sluizen.txt")])
    after = find_promises(settings.index)
    assert len(after) == 2 * len(before)
    assert before <= {one.promise for one in after}
    assert len(find_promises(settings.index, document="sluizen.txt")) == len(before)


def test_the_command_writes_a_table_and_a_calendar(small: Settings, tmp_path: Path) -> None:
    files = {name: tmp_path / f"toezeggingen.{name}" for name in ("csv", "ics")}
    options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    rows = json.loads(printed(app, "promises", "--index", str(small.index), "--json", *options))
    table = list(csv.DictReader(io.StringIO(files["csv"].read_text("utf-8-sig"))))
    assert [row["text"] for row in table] == [row["text"] for row in rows]
    events = Calendar.from_ical(files["ics"].read_bytes()).walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["description"])) for event in events] == [
        (date.fromisoformat(row["by"]), row["text"]) for row in rows if row["by"]
    ]


def test_a_spreadsheet_computes_no_cell(found: tuple[Found, ...]) -> None:
    hostile = replace(found[0], promise=replace(found[0].promise, text="=1+1 zal ik uw Kamer sturen."))
    (row,) = csv.DictReader(io.StringIO(promises_csv([hostile]).removeprefix("\ufeff")))
    assert row["text"] == "'=1+1 zal ik uw Kamer sturen."
