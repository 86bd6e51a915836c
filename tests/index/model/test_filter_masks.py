"""A filter lets through exactly the passages that state what is asked, and none that state nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.grammar.parse import parse
from index.language.values.dates import read_date
from index.model.collection import Collection
from index.model.filter_masks import Mask
from index.model.types import Parsed, Passage
from index.readers.read import read_document
from tests.conftest import SMALL_LETTER, write_letter

METADATA = {
    "een.txt": {"office": "Minister van Justitie en Veiligheid", "name": "D.M. van Weel"},
    "twee.txt": {"office": "Staatssecretaris van Financiën"},
    "drie.txt": {},
}
DATES = {"een.txt": date(2024, 3, 12), "twee.txt": date(2025, 1, 31)}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """Three letters of the same four questions, two of them with a date and an office."""
    return Collection.of(_parsed(tmp_path_factory.mktemp("masks"), name, stated) for name, stated in METADATA.items())


def _parsed(folder: Path, name: str, stated: dict[str, str]) -> Parsed:
    document = read_document(write_letter(folder, SMALL_LETTER + name + "\n", name))
    return parse(
        replace(document, metadata=tuple(stated.items()), kind="brief" if stated else "", date=DATES.get(name))
    )


def _files(collection: Collection, mask: Mask) -> set[str]:
    assert mask.dtype == np.bool_
    assert mask.shape == (len(collection.passages),)
    return {collection.document(passage.document).file for passage in _chosen(collection, mask)}


def _chosen(collection: Collection, mask: Mask) -> list[Passage]:
    return [collection.passages[place] for place in np.flatnonzero(mask)]


def test_by_document(collection: Collection) -> None:
    one, _, three = collection.documents
    masks = collection.masks
    assert _files(collection, masks.in_documents({one.id, three.id})) == {"een.txt", "drie.txt"}
    assert not masks.in_documents([]).any()
    assert _files(collection, masks.documents(lambda head: head.kind == "brief")) == {"een.txt", "twee.txt"}


@pytest.mark.parametrize(
    ("first", "last", "files"),
    [
        (date(2024, 3, 12), date(2024, 3, 12), {"een.txt"}),
        (date(2024, 3, 13), None, {"twee.txt"}),
        (None, date(2025, 12, 31), {"een.txt", "twee.txt"}),
        (None, None, {"een.txt", "twee.txt"}),
        (date(2026, 1, 1), None, set()),
    ],
)
def test_by_date(collection: Collection, first: date | None, last: date | None, files: set[str]) -> None:
    """Both ends count; a letter without a date is in no period."""
    assert _files(collection, collection.masks.dated(first, last)) == files


def test_by_minister(collection: Collection) -> None:
    masks = collection.masks
    assert _files(collection, masks.by_minister("minister van justitie")) == {"een.txt"}
    assert _files(collection, masks.by_minister("Van Weel")) == {"een.txt"}
    assert _files(collection, masks.by_minister("financien")) == {"twee.txt"}
    assert _files(collection, masks.by_minister("")) == set()


def test_by_group(collection: Collection) -> None:
    red = _chosen(collection, collection.masks.asked_by("rode"))
    assert {collection.unit(passage.unit).label for passage in red} == {"Vraag 4"}
    assert not collection.masks.asked_by("Paarse").any()


def test_by_number_kind_speaker_and_field(collection: Collection) -> None:
    masks = collection.masks
    for passage, numbered, members, footnote in zip(
        collection.passages,
        masks.numbered({1, 3}),
        masks.spoken_by("members"),
        masks.of_field("footnote"),
        strict=True,
    ):
        unit = collection.unit(passage.unit)
        assert numbered == bool({1, 3} & set(unit.numbers))
        assert members == (passage.speaker == "members")
        assert footnote == (passage.field == "footnote")


def test_units_and_rows_are_looked_up(collection: Collection) -> None:
    for document in collection.documents:
        assert collection.units_of(document.id) == tuple(u for u in collection.units if u.document == document.id)
        assert collection.document(document.id) == document
    for number, unit in enumerate(collection.units):
        assert collection.unit(unit.id) == unit
        rows = collection.rows_of(number)
        assert [p.unit for p in collection.passages].count(unit.id) == len(rows)
        assert all(collection.passages[row].unit == unit.id for row in rows)
    for row, passage in enumerate(collection.passages):
        assert (collection.passage_id(row), collection.row_text(row)) == (passage.id, collection.text(passage))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12 maart 2024", date(2024, 3, 12)),
        ("'s-Gravenhage, 1 mrt. 2024", date(2024, 3, 1)),
        ("3 Dec 2023", date(2023, 12, 3)),
        ("12-03-2024", date(2024, 3, 12)),
        ("2024-03-12T10:00", date(2024, 3, 12)),
        ("31 februari 2024", None),
        ("maart 2024", None),
        ("12 appels 2024", None),
        ("", None),
    ],
)
def test_dates(text: str, read: date | None) -> None:
    assert read_date(text) == read
