"""Merging what was drawn from documents one by one is drawing it from all of them at once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.encoders.encoder import Encoders
from index.grammar.parse import parse
from index.model.collection import Collection
from index.model.types import Parsed
from index.readers.read import read_document
from index.search.near_pairs import NO_PAIRS, Among
from index.search.search_index import SearchIndex
from index.search.segment import Segment, merged, segment
from tests.conftest import SMALL_LETTER, FakeEncoder, write_letter
from tests.synthetic import synthetic_letter

ENCODERS = Encoders(FakeEncoder(), FakeEncoder())


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> list[Parsed]:
    """Letters of which some say what others say."""
    folder = tmp_path_factory.mktemp("letters")
    texts = [SMALL_LETTER, *(synthetic_letter(seed, 3) for seed in range(3))]
    texts += [texts[1].replace("Hierbij", "Hiermede"), texts[1].replace("Hierbij", "Bij deze")]
    return [parse(read_document(write_letter(folder, text, f"{i}.txt"))) for i, text in enumerate(texts)]


def _equal(one: Segment, other: Segment) -> bool:
    same = one.arrays.keys() == other.arrays.keys() and all(
        np.array_equal(array, other.arrays[name]) and array.dtype == other.arrays[name].dtype
        for name, array in one.arrays.items()
    )
    numbers = range(len(one.documents))
    return same and all(one.documents.encoded(n) == other.documents.encoded(n) for n in numbers)


def _places(parts: list[Segment], documents: list[str]) -> list[tuple[int, int]]:
    known = {head.id: (n, place) for n, part in enumerate(parts) for place, head in enumerate(part.documents.heads)}
    return [known[document] for document in documents]


def _among(part: Segment) -> Among:
    counts = part.words.counts
    return Among(Collection(part.documents), counts, np.arange(len(counts.lengths), dtype=np.int32))


@hypothesis_settings(max_examples=25)
@given(data=st.data())
def test_any_parts_in_any_order(data: st.DataObject, letters: list[Parsed]) -> None:
    """Any of the documents of any parts, in any order, give the same arrays as those documents read at once."""
    chosen = data.draw(st.permutations(letters))[: data.draw(st.integers(1, len(letters)))]
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(letters), max_size=len(letters)))
    parts: list[Segment] = []
    for number in sorted(set(groups)):
        collection = Collection.of(p for p, group in zip(letters, groups, strict=True) if group == number)
        parts.append(segment(collection, ENCODERS, older=map(_among, parts)))
    ids = [p.document.id for p in chosen]
    whole, at_once = merged(parts, _places(parts, ids)), segment(Collection.of(chosen), ENCODERS)
    found, expected = (SearchIndex([s], [(0, n) for n in range(len(ids))], ENCODERS.passages) for s in (whole, at_once))
    assert found.near_pairs.tolist() == expected.near_pairs.tolist()
    # Pairs with what was left out stay in the segment, for when that comes back.
    assert set(_pairs(whole)) >= set(_pairs(at_once))
    assert _equal(_without_pairs(whole), _without_pairs(at_once))


def _pairs(found: Segment) -> list[tuple[int, ...]]:
    return list(zip(*(array.tolist() for array in found.near.arrays.values()), strict=True))


def _without_pairs(found: Segment) -> Segment:
    return replace(found, near=NO_PAIRS)


def test_copies_are_found_in_any_segment(letters: list[Parsed]) -> None:
    """The passages of two altered letters with those of the first: each with each, both ways."""
    first, *others = (segment(Collection.of([letter]), ENCODERS) for letter in letters)
    alone = SearchIndex([first], [(0, 0)], ENCODERS.passages)
    assert not len(alone.near_pairs)
    parts = [first, *others]
    apart = SearchIndex(parts, [(number, 0) for number in range(len(parts))], ENCODERS.passages)
    assert not len(apart.near_pairs)
    at_once = SearchIndex(
        [segment(Collection.of(letters), ENCODERS)], [(0, number) for number in range(len(letters))], ENCODERS.passages
    )
    columns = at_once.collection.columns
    documents = {(int(columns.document[a]), int(columns.document[b])) for a, b in at_once.near_pairs}
    assert documents == {(a, b) for a in (1, 4, 5) for b in (1, 4, 5) if a != b}
    texts = [(at_once.collection.row_text(a), at_once.collection.row_text(b)) for a, b in at_once.near_pairs]
    assert all(one == other for one, other in texts)


def test_what_a_document_has_is_found_anywhere_in_it(letters: list[Parsed]) -> None:
    """In passages and outside them, in the segment that is searched; not what it has not."""
    parts = [segment(Collection.of([letter]), ENCODERS) for letter in letters]
    collection = SearchIndex(parts, [(n, 0) for n in range(len(parts))], ENCODERS.passages).collection
    ids = [letter.document.id for letter in letters]
    assert collection.documents_with(["hiermede"]) == (ids[4],)
    assert collection.documents_with(["hierbij", "bruggen"]) == (ids[0],)
    assert collection.documents_with(["nergens"]) == ()
    assert collection.documents_with([]) == tuple(ids)
