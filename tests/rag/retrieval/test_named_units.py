"""Units that a question names: in its order, one document after the other, and those that no document has."""

import numpy as np
import pytest

from index.model.collection import Collection
from rag.question.filters import Filters
from rag.question.query import read_question
from rag.retrieval.filtering import Filtered
from rag.retrieval.named_units import Named, NamedUnits
from rag.retrieval.rank import Ranker
from tests.rag.retrieval.made import filter_of


@pytest.fixture(scope="module")
def units(sluices: Collection) -> NamedUnits:
    return NamedUnits(sluices, Ranker(sluices))


def _named(units: NamedUnits, question: str, filtered: Filtered, scores: dict[int, float] | None = None) -> Named:
    query = read_question(question)
    assert query is not None
    return units.named(query, filtered, np.array([(scores or {}).get(place, -9.0) for place in range(15)]))


def _labels(collection: Collection, named: Named) -> list[tuple[str, str]]:
    return [
        (collection.document(unit.document).file, unit.label) for unit in map(collection.units.__getitem__, named.units)
    ]


def test_in_the_order_of_the_question(sluices: Collection, units: NamedUnits, everything: Filtered) -> None:
    named = _named(units, "vraag 4 en vraag 2", everything)
    assert _labels(sluices, named) == [("brief-0.txt", "Vraag 4"), ("brief-0.txt", "Vraag 2")]
    assert (named.documents, named.missing) == (1, ())


def test_what_no_document_has_is_missing(units: NamedUnits, everything: Filtered) -> None:
    named = _named(units, "vragen 90 t/m 93, vraag 2021 en bijlage IV", everything)
    assert named.units == ()
    assert set(named.missing) == {"90 t/m 93", "IV", "2021"}


def test_one_document_after_the_other(sluices: Collection, units: NamedUnits, everything: Filtered) -> None:
    """Where the question says no more; else the documents that are about it, best first."""
    both = _named(units, "vraag 1", everything)
    assert _labels(sluices, both) == [("brief-0.txt", "Vraag 1"), ("brief-1.txt", "Vraag 1")]
    assert both.documents == 2
    dikes = _named(units, "vraag 1 over dijken", everything, {14: 5.0, 2: 2.0})
    assert _labels(sluices, dikes) == [("brief-1.txt", "Vraag 1")]
    near = _named(units, "vraag 1 over dijken", everything, {14: 5.0, 2: 3.5})
    assert [file for file, _ in _labels(sluices, near)] == ["brief-1.txt", "brief-0.txt"]


def test_a_filter_leaves_out_what_has_the_name(sluices: Collection, units: NamedUnits) -> None:
    filtered = filter_of(sluices).apply(Filters(documents=("brief-1.txt",)))
    assert _labels(sluices, _named(units, "vraag 1", filtered)) == [("brief-1.txt", "Vraag 1")]
    named = _named(units, "vraag 2", filtered)
    assert (named.units, named.missing) == ((), ())


def test_candidates_come_unit_by_unit(sluices: Collection, units: NamedUnits, everything: Filtered) -> None:
    """From the beginning where nothing else is said, the best first where it is; never more than asked."""
    named = _named(units, "vraag 4 en vraag 1", everything)
    scores = np.array([9.0 if place == 3 else -1.0 for place in range(15)])
    whole = units.candidates(named, False, scores, None, everything, 3)
    assert [(c.row, c.score) for c in whole] == [(10, 3.0), (9, 2.0), (2, 1.0)]
    best = units.candidates(named, True, scores, 1, everything, 10)
    assert [sluices.passages[c.row].field for c in best[1:2]] == ["footnote"]
    assert [c.score for c in best] == sorted((c.score for c in best), reverse=True)


def test_a_unit_that_is_named_needs_no_reference(units: NamedUnits, everything: Filtered) -> None:
    """Question 3 only refers on, and question 2 is named beside it: it comes in its own place, once."""
    named = _named(units, "vraag 3 en vraag 2", everything)
    found = units.candidates(named, False, np.zeros(15), 1, everything, 10)
    assert [(c.row, c.via) for c in found] == [(2, (3,)), (8, ()), (5, ())]


def test_all_that_filters_admit(sluices: Collection, units: NamedUnits) -> None:
    filtered = filter_of(sluices).apply(Filters(groups=("Blauwe",)))
    assert [label for _, label in _labels(sluices, units.filtered(filtered))] == ["Vraag 4", "Vraag 5"]
