"""Which passages filters let through, and what is said where they let through none."""

from pathlib import Path

import numpy as np

from index.grammar.parse import parse
from index.model.collection import Collection
from index.readers.read import read_document
from rag.question.filters import NO_FILTERS, Filters
from rag.retrieval.filtering import Mask
from tests.conftest import write_letter
from tests.rag.retrieval.made import DIKES, SLUICES, filter_of, made_collection


def _texts(collection: Collection, mask: Mask) -> list[str]:
    return [collection.text(collection.passages[place]) for place in np.flatnonzero(mask)]


def test_no_filter_lets_everything_through(sluices: Collection) -> None:
    filtered = filter_of(sluices).apply(NO_FILTERS)
    assert filtered.rows == list(range(len(sluices.passages)))
    assert (filtered.reachable.all(), filtered.remarks, filtered.with_phrases) == (True, (), True)


def test_a_file_name_means_every_document_that_has_it(tmp_path: Path) -> None:
    files = []
    for place, letter in enumerate((SLUICES, DIKES)):
        (folder := tmp_path / str(place)).mkdir()
        files.append(write_letter(folder, letter, "brief.txt"))
    same = Collection.of([parse(read_document(file)) for file in files])
    filtered = filter_of(same).apply(Filters(documents=("brief.txt",)))
    assert (filtered.found.all(), filtered.remarks) == (True, ())


def test_any_value_of_a_filter_and_all_filters(sluices: Collection) -> None:
    """Questions 1 and 2 of any document; of those, what the minister says of the Groene-fractie's."""
    passage_filter = filter_of(sluices)
    both = passage_filter.apply(Filters(numbers=(1, 2)))
    assert {sluices.unit(sluices.passages[place].unit).numbers for place in both.rows} == {(1,), (2,)}
    assert len({sluices.passages[place].document for place in both.rows}) == 2
    narrow = passage_filter.apply(
        Filters(numbers=(1, 2), groups=("groene",), speakers=("minister",), fields=("answer",))
    )
    assert _texts(sluices, narrow.found) == ["Er zijn 15 sluizen.", "Een sluis kost 150 miljoen euro."]
    assert narrow.reachable.sum() > narrow.found.sum()
    assert passage_filter.apply(Filters(numbers=(3, 99))).remarks == ()


def test_footnotes_and_words_left_out(sluices: Collection) -> None:
    passage_filter = filter_of(sluices)
    assert _texts(sluices, passage_filter.apply(Filters(footnotes=(2,))).found) == [
        "Kamerstuk 31305, nr. 12, over alle sluizen."
    ]
    without = passage_filter.apply(Filters(fields=("answer",), without=("sluis", "de")))
    assert _texts(sluices, without.found) == ["Er zijn 15 sluizen."]


def test_phrases_stand_together_or_apart_or_nowhere(sluices: Collection) -> None:
    passage_filter = filter_of(sluices)
    together = passage_filter.apply(Filters(phrases=("de dijken", "DIT gebied")))
    assert [text[-12:] for text in _texts(sluices, together.found)] == ["dit gebied.".rjust(12)]
    assert (together.with_phrases, together.remarks) == (True, ())
    apart = passage_filter.apply(Filters(phrases=("15 sluizen", "dit gebied")))
    assert (apart.found.all(), apart.with_phrases) == (True, False)
    assert [remark.kind for remark in apart.remarks] == ["phrases apart"]
    nowhere = passage_filter.apply(Filters(phrases=("5 sluizen", "15 sluizen")))
    assert _texts(sluices, nowhere.found) == ["Er zijn 15 sluizen."]
    assert [(remark.kind, remark.value) for remark in nowhere.remarks] == [("phrase nowhere", "5 sluizen")]


def test_a_question_may_name_what_there_is(sluices: Collection, tmp_path: Path) -> None:
    passage_filter = filter_of(sluices)
    assert passage_filter.knows("group", "GROENE")
    assert not passage_filter.knows("group", "groen")
    assert passage_filter.knows("document", "brief-1.txt")
    assert passage_filter.knows("document", sluices.documents[0].id[:6])
    assert not passage_filter.knows("document", sluices.documents[0].id[:3])
    renamed = made_collection(tmp_path, SLUICES.replace("Groene", "GroenLinks-PvdA"))
    assert filter_of(renamed).knows("group", "GL-PvdA")
    assert filter_of(renamed).apply(Filters(groups=("GL-PvdA",))).found.any()
