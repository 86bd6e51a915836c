"""A library that is made up for measuring is a library: whole, searched, added to; and says of itself what is true."""

from pathlib import Path

import numpy as np

from index.encoders.load import load_encoder
from index.library.build import add_documents, remove_documents
from index.library.open import open_index
from index.library.store import check_files, read_library
from index.settings import WORD_ENCODER, Settings
from tests.conftest import SMALL_LETTER, write_letter
from tests.index.made_library import write_made_library
from tests.synthetic import write_letters


def test_a_made_library_is_whole_and_found_in(tmp_path: Path) -> None:
    """Each document has its own words at the offsets of what it was made of, and a passage is found by them."""
    pool = Settings(tmp_path / "none", tmp_path / "pool", str(WORD_ENCODER))
    add_documents(pool, write_letters(tmp_path / "letters", range(2), 3))
    settings = Settings(tmp_path / "none", tmp_path / "index", str(WORD_ENCODER))
    encoder = load_encoder(str(WORD_ENCODER))
    made = write_made_library(settings.index, pool.index, 7, encoder)
    assert check_files(settings.index) == made
    index, _ = open_index(settings)
    assert len({document.text for document in index.collection.documents}) == 7
    assert len(index.collection.passages) == made.passages
    counts, rows = index.postings[0]
    for word in (counts.vocabulary[place] for place in range(0, len(counts.vocabulary), 40)):
        found = [index.collection.row_text(row).lower() for row in rows[counts.rows[counts.postings(word)]]]
        assert found
        assert np.mean([word in text for text in found]) > 0.3  # or in the question beside it
    added = add_documents(settings, [write_letter(tmp_path, SMALL_LETTER, "a.txt")])
    assert len(added.added) == 1
    assert len(remove_documents(settings, ["a.txt"]).removed) == 1
    lists = {found.name: found for found in read_library(settings.index)[0].lists}
    assert {found.passages for found in lists.values()} == {made.passages}
