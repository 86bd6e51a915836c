"""Merging what was drawn from documents one by one is drawing it from all of them at once."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.encoders.encoder import Encoders, Matrix
from index.grammar.parse import parse
from index.library.store import write_files
from index.model.collection import Collection
from index.model.types import Parsed
from index.readers.read import read_document
from index.search.search_index import SearchIndex
from index.search.segment import Segment, merged, segment
from tests.conftest import SMALL_LETTER, FakeEncoder, write_letter
from tests.synthetic import synthetic_letter

ENCODERS = Encoders(FakeEncoder(), FakeEncoder())


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> list[Parsed]:
    folder = tmp_path_factory.mktemp("letters")
    texts = [SMALL_LETTER, *(synthetic_letter(seed, 3) for seed in range(4))]
    return [parse(read_document(write_letter(folder, text, f"{i}.txt"))) for i, text in enumerate(texts)]


def _equal(one: Segment, other: Segment, folder: Path) -> bool:
    contents = []
    for name, found in (("one", one), ("other", other)):
        (folder / name).mkdir()
        write_files(folder / name, SearchIndex.of(found, ENCODERS.words))
        files = [path for path in (folder / name).rglob("*") if path.is_file()]
        contents.append({path.relative_to(folder / name): path.read_bytes() for path in files})
    return contents[0] == contents[1]


@hypothesis_settings(max_examples=25)
@given(data=st.data())
def test_any_parts_in_any_order(
    data: st.DataObject, letters: list[Parsed], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any of the documents of any parts, in any order, give the same files as those documents read at once."""
    chosen = data.draw(st.permutations(letters))[: data.draw(st.integers(1, len(letters)))]
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(letters), max_size=len(letters)))
    parts = [
        segment(Collection.of(p for p, group in zip(letters, groups, strict=True) if group == number), ENCODERS)
        for number in sorted(set(groups))
    ]
    at_once = segment(Collection.of(chosen), ENCODERS)
    assert _equal(merged(parts, [p.document.id for p in chosen]), at_once, tmp_path_factory.mktemp("files"))


def test_the_last_part_that_has_a_document_gives_it(letters: list[Parsed]) -> None:
    first, second = (segment(Collection.of([letter]), ENCODERS) for letter in letters[:2])
    again = segment(
        Collection.of([letters[0]]), ENCODERS, lambda texts: FakeEncoder().encode_passages_by_token([""] * len(texts))
    )
    found = merged([first, second, again], [letters[0].document.id])
    assert not found.vectors.any()
    assert first.vectors.any()


def test_words_that_are_known_are_not_encoded_again(letters: list[Parsed]) -> None:
    encoded: list[str] = []

    class Counting(FakeEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Matrix:
            encoded.extend(texts)
            return super().encode_passages(texts)

    one = SearchIndex.of(segment(Collection.of(letters[:1]), ENCODERS), ENCODERS.words)
    both = segment(Collection.of(letters[:2]), ENCODERS)
    found = SearchIndex.of(both, Counting(), one.related)
    assert set(encoded) == set(both.words.vocabulary) - set(one.related.vocabulary)
    at_once = SearchIndex.of(both, ENCODERS.words)
    assert np.array_equal(found.related.word_vectors, at_once.related.word_vectors)
