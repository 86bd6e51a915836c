"""Which passages filters let through, and what is said where they let through none."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.model.collection import Collection
from rag.question.filters import NO_FILTERS, Filters
from rag.retrieval.filtering import Admission, Mask
from tests.rag.retrieval.made import DIKES, SLUICES, made_collection


@pytest.fixture(scope="module")
def sluices(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return made_collection(tmp_path_factory.mktemp("made"), SLUICES, DIKES)


def _texts(collection: Collection, mask: Mask) -> list[str]:
    return [collection.text(collection.passages[place]) for place in np.flatnonzero(mask)]


def test_no_filter_lets_everything_through(sluices: Collection) -> None:
    admitted = Admission(sluices).admit(NO_FILTERS)
    assert admitted.rows == list(range(len(sluices.passages)))
    assert (admitted.reached.all(), admitted.remarks, admitted.with_phrases) == (True, (), True)


def test_any_value_of_a_filter_and_all_filters(sluices: Collection) -> None:
    """Questions 1 and 2 of any document; of those, what the minister says of the Groene-fractie's."""
    admission = Admission(sluices)
    both = admission.admit(Filters(numbers=(1, 2)))
    assert {sluices.unit(sluices.passages[place].unit).numbers for place in both.rows} == {(1,), (2,)}
    assert len({sluices.passages[place].document for place in both.rows}) == 2
    narrow = admission.admit(Filters(numbers=(1, 2), groups=("groene",), speakers=("minister",), fields=("answer",)))
    assert _texts(sluices, narrow.found) == ["Er zijn 15 sluizen.", "Een sluis kost 150 miljoen euro."]
    assert narrow.reached.sum() > narrow.found.sum()


def test_footnotes_and_words_left_out(sluices: Collection) -> None:
    admission = Admission(sluices)
    assert _texts(sluices, admission.admit(Filters(footnotes=(2,))).found) == [
        "Kamerstuk 31305, nr. 12, over alle sluizen."
    ]
    without = admission.admit(Filters(fields=("answer",), without=("sluis", "de")))
    assert _texts(sluices, without.found) == ["Er zijn 15 sluizen."]


def test_phrases_stand_together_or_apart_or_nowhere(sluices: Collection) -> None:
    admission = Admission(sluices)
    together = admission.admit(Filters(phrases=("de dijken", "DIT gebied")))
    assert [text[-12:] for text in _texts(sluices, together.found)] == ["dit gebied.".rjust(12)]
    assert (together.with_phrases, together.remarks) == (True, ())
    apart = admission.admit(Filters(phrases=("15 sluizen", "dit gebied")))
    assert (apart.found.all(), apart.with_phrases) == (True, False)
    assert [remark.kind for remark in apart.remarks] == ["phrases apart"]
    nowhere = admission.admit(Filters(phrases=("5 sluizen", "15 sluizen")))
    assert _texts(sluices, nowhere.found) == ["Er zijn 15 sluizen."]
    assert [(remark.kind, remark.value) for remark in nowhere.remarks] == [("phrase nowhere", "5 sluizen")]


@pytest.mark.parametrize(
    ("filters", "kind", "known"),
    [
        (Filters(groups=("paarse",)), "unknown group", ("Blauwe", "Groene", "Rode")),
        (Filters(numbers=(3, 99)), None, ()),
        (Filters(numbers=(98, 99)), "unknown question", ("1 t/m 5",)),
        (Filters(annexes=("IV",)), "unknown annex", ()),
        (Filters(since=date(2020, 1, 1)), "no document of then", ()),
        (Filters(documents=("elders.txt",)), "unknown document", None),
    ],
)
def test_what_matches_nothing_is_told_with_what_there_is(
    sluices: Collection, filters: Filters, kind: str | None, known: tuple[str, ...] | None
) -> None:
    admitted = Admission(sluices).admit(filters)
    assert admitted.found.any() == (kind is None)
    assert [remark.kind for remark in admitted.remarks] == ([] if kind is None else [kind])
    assert known is None or [remark.known for remark in admitted.remarks] == ([] if kind is None else [known])


def test_a_question_may_name_what_there_is(sluices: Collection, tmp_path: Path) -> None:
    admission = Admission(sluices)
    assert admission.knows("group", "GROENE")
    assert not admission.knows("group", "groen")
    assert admission.knows("document", "brief-1.txt")
    assert admission.knows("document", sluices.documents[0].id[:6])
    assert not admission.knows("document", sluices.documents[0].id[:3])
    renamed = made_collection(tmp_path, SLUICES.replace("Groene", "GroenLinks-PvdA"))
    assert Admission(renamed).knows("group", "GL-PvdA")
    assert Admission(renamed).admit(Filters(groups=("GL-PvdA",))).found.any()
