"""The ranking policy, on a made library: who stands before whom, and what a reference lifts."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model.collection import Collection
from rag.question.filters import NO_FILTERS, Filters
from rag.retrieval import rank
from rag.retrieval.filtering import Filtered
from rag.retrieval.rank import Candidate, Ranker
from tests.rag.retrieval.made import filter_of, made_collection

# Places of the made library: see tests/rag/retrieval/made.py.
INTRODUCTION, QUESTION_1, ANSWER_1, NOTE_1 = 0, 1, 2, 3
QUESTION_2, ANSWER_2, NOTE_2, QUESTION_3, REFERRING = 4, 5, 6, 7, 8
ANSWER_4, ANSWER_5, DIKE_QUESTION, DIKE_ANSWER = 10, 12, 13, 14
PASSAGES = 15


def _scores(known: dict[int, float]) -> np.ndarray:
    """These scores, and lower ones for all other passages, falling with their place."""
    return np.array([known.get(place, -10.0 - place) for place in range(PASSAGES)])


def _ranked(
    collection: Collection, known: dict[int, float], filtered: Filtered, per_unit: int | None = 1
) -> list[Candidate]:
    return list(Ranker(collection).rank(_scores(known), per_unit, filtered))


def _places(candidates: list[Candidate]) -> list[int]:
    return [candidate.row for candidate in candidates]


def test_the_places_are_what_they_are_called(sluices: Collection) -> None:
    fields = [sluices.passages[place].field for place in (INTRODUCTION, QUESTION_2, REFERRING, NOTE_2, DIKE_ANSWER)]
    assert fields == ["context", "question", "answer", "footnote", "answer"]
    assert len(sluices.passages) == PASSAGES


def test_the_members_stand_below_an_answer_that_is_nearly_as_good(sluices: Collection, everything: Filtered) -> None:
    first = _ranked(sluices, {INTRODUCTION: 2.9, ANSWER_4: 2.0}, everything)
    assert _places(first)[:2] == [ANSWER_4, INTRODUCTION]
    assert first[1].score == pytest.approx(1.9)
    better = _ranked(sluices, {INTRODUCTION: 3.1, ANSWER_4: 2.0}, everything)
    assert _places(better)[:2] == [INTRODUCTION, ANSWER_4]


def test_a_footnote_stands_below_an_answer_that_is_nearly_as_good(sluices: Collection, everything: Filtered) -> None:
    first = _ranked(sluices, {NOTE_1: 2.9, ANSWER_4: 2.0}, everything)
    assert _places(first)[:2] == [ANSWER_4, NOTE_1]
    assert first[1].score == pytest.approx(1.9)


def test_a_question_lends_its_whole_score_to_its_answer(sluices: Collection, everything: Filtered) -> None:
    first = _ranked(sluices, {QUESTION_2: 3.0, ANSWER_2: -1.0, ANSWER_4: 2.9}, everything)
    assert _places(first)[:2] == [ANSWER_2, ANSWER_4]
    assert first[0].score == 3.0
    assert QUESTION_2 not in _places(first)


@pytest.mark.parametrize(
    ("question", "answer", "behind"),
    [
        ("Kent u het bericht “Sluis dicht” van 3 mei?", "Ja.", True),
        ("Bent u bekend met het bericht ‘Mag de sluis open?’ van mei?", "Ja, dat bericht is mij bekend.", True),
        ("Bent u bekend met het bericht over de sluis?", "Ja, dat bericht is mij bekend.", True),
        ("Heeft u kennisgenomen van het artikel over de sluis?", "Ja.", True),
        ("Kent u het bericht over de sluis? Klopt het?", "Ja.", False),
        (
            "Kent u het bericht over de sluis?",
            "Ja. De sluis is dicht, en gaat in mei weer open voor alle schepen.",
            False,
        ),
        ("Klopt het dat de sluis dicht is?", "Ja.", False),
    ],
)
def test_whether_a_report_is_known_is_no_question_on_the_matter(
    tmp_path: Path, question: str, answer: str, behind: bool
) -> None:
    """It names the matter and is answered with yes: an answer that is nearly as good stands before it."""
    made = made_collection(
        tmp_path,
        "Brief.\n\n1. Vragen en opmerkingen vanuit de Groene-fractie\n\n"
        f"1. {question}\n\n{answer}\n\n2. Wat kost dat?\n\nDe sluis kost veel.\n",
    )
    fields = [passage.field for passage in made.passages]
    first, second = (row for row, field in enumerate(fields) if field == "question")
    scores = np.full(len(fields), -10.0)
    scores[[first, second]] = 5.0, 3.0
    ranked = list(Ranker(made).rank(scores, 1, filter_of(made).apply(NO_FILTERS)))
    assert (made.passages[ranked[0].row].unit == made.passages[second].unit) == behind


def test_all_passages_asked_for_are_all_given(sluices: Collection, everything: Filtered) -> None:
    """Then a question stands for itself, below an answer that is nearly as good, and no note is left out."""
    every = _ranked(sluices, {QUESTION_2: 3.0, ANSWER_4: 2.5, NOTE_1: 1.0, NOTE_2: 0.9}, everything, None)
    assert sorted(_places(every)) == list(range(PASSAGES))
    assert _places(every)[:2] == [ANSWER_4, QUESTION_2]


@pytest.mark.parametrize("per_unit", [1, 2])
def test_no_more_of_a_unit_than_asked(sluices: Collection, everything: Filtered, per_unit: int) -> None:
    ranked = _ranked(sluices, {ANSWER_1: 3.0, NOTE_1: 3.5, INTRODUCTION: 3.2, ANSWER_4: 1.0}, everything, per_unit)
    expected = {1: [ANSWER_1, ANSWER_4], 2: [ANSWER_1, NOTE_1, ANSWER_4]}
    assert _places(ranked)[: per_unit + 1] == expected[per_unit]


def test_the_same_footnote_is_shown_once(sluices: Collection, everything: Filtered) -> None:
    ranked = _places(_ranked(sluices, {NOTE_1: 4.0, NOTE_2: 5.0}, everything, 2))
    assert ranked[0] == NOTE_2
    assert NOTE_1 not in ranked


def test_two_answers_referred_to_are_lifted_and_no_more(sluices: Collection, everything: Filtered) -> None:
    """Of four, the two that are best, best first, right above what refers to them."""
    known = {REFERRING: 5.0, ANSWER_1: -1.0, ANSWER_2: -2.0, ANSWER_4: -3.0, ANSWER_5: -4.0}
    ranked = _ranked(sluices, known, everything)
    assert _places(ranked)[:5] == [ANSWER_1, ANSWER_2, REFERRING, ANSWER_4, ANSWER_5]
    assert [candidate.via for candidate in ranked[:5]] == [(3,), (3,), (), (), ()]
    assert ranked[0].score == pytest.approx(5.0)


@pytest.mark.parametrize("own", [6.0, 5.0])
def test_an_answer_that_stands_as_high_by_itself_is_not_lifted(
    sluices: Collection, everything: Filtered, own: float
) -> None:
    ranked = _ranked(sluices, {ANSWER_1: own, REFERRING: 5.0, ANSWER_2: 1.0}, everything)
    assert {(c.row, c.via) for c in ranked[:3]} == {(ANSWER_1, ()), (ANSWER_2, (3,)), (REFERRING, ())}


def test_a_filter_goes_before_the_ranking(sluices: Collection) -> None:
    """What is not let through is not ranked, lends nothing and lifts nothing."""
    known = {ANSWER_4: 9.0, QUESTION_2: 8.0, REFERRING: 7.0}
    dikes = filter_of(sluices).apply(Filters(documents=("brief-1.txt",)))
    assert _places(_ranked(sluices, known, dikes)) == [DIKE_ANSWER]
    minister = filter_of(sluices).apply(Filters(speakers=("minister",), numbers=(2,)))
    (first, *_) = _ranked(sluices, known, minister)
    assert (first.row, first.score) == (ANSWER_2, -15.0)


def test_a_reference_leads_out_of_the_filter_of_questions_but_not_to_another_speaker(sluices: Collection) -> None:
    passage_filter = filter_of(sluices)
    third = passage_filter.apply(Filters(numbers=(3,)))
    assert [(c.row, c.via) for c in _ranked(sluices, {REFERRING: 1.0}, third)] == [
        *((ANSWER_1, (3,)), (ANSWER_2, (3,)), (REFERRING, ())),
    ]
    members = passage_filter.apply(Filters(numbers=(3,), speakers=("members",)))
    assert _places(_ranked(sluices, {REFERRING: 1.0}, members)) == [QUESTION_3]


def test_equals_are_ranked_by_their_id(sluices: Collection, everything: Filtered) -> None:
    ranked = _places(_ranked(sluices, {ANSWER_1: 1.0, ANSWER_2: 1.0, ANSWER_4: 1.0, DIKE_ANSWER: 1.0}, everything))
    assert ranked[:4] == sorted(ranked[:4], key=lambda place: sluices.passages[place].id)


def test_a_unit_from_its_beginning(sluices: Collection, everything: Filtered) -> None:
    """The answer first, and then what stands before and below it, whatever the scores."""
    unit = sluices.unit_numbers[sluices.passages[ANSWER_1].unit]
    ranker = Ranker(sluices)
    read = ranker.from_the_beginning(_scores({NOTE_1: 9.0}), None, everything, unit)
    assert _places(read) == [ANSWER_1, INTRODUCTION, QUESTION_1, NOTE_1]
    best = ranker.rank_unit(_scores({NOTE_1: 9.0}), None, everything, unit)
    assert _places(best)[0] == NOTE_1
    assert {sluices.passages[place].unit for place in _places(best)} == {sluices.units[unit].id}


_FEW = st.sampled_from([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0])


@given(
    st.lists(_FEW | st.floats(-4, 4), min_size=PASSAGES, max_size=PASSAGES),
    st.lists(st.booleans(), min_size=PASSAGES, max_size=PASSAGES),
    st.sampled_from([1, 2, None]),
    st.integers(1, 5),
)
def test_growing_numbers_of_candidates_give_the_ranking_of_all(
    sluices: Collection, scores: list[float], found: list[bool], per_unit: int | None, first: int
) -> None:
    """Whatever the scores, equal ones among them, the first of all are the first of the candidates."""
    mask = np.array(found)
    filtered = Filtered(mask, np.ones(PASSAGES, dtype=np.bool_))
    ranker = Ranker(sluices)
    with pytest.MonkeyPatch.context() as patch:
        every = list(ranker.rank(np.array(scores), per_unit, filtered))
        patch.setattr(rank, "_FIRST", first)
        patch.setattr(rank, "_GROWTH", 2)
        assert list(ranker.rank(np.array(scores), per_unit, filtered)) == every
    assert every == sorted(every, key=lambda c: (-c.score, sluices.passages[c.row].id))


def test_only_candidates_are_ranked(sluices: Collection, everything: Filtered, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of a ranking are known without the others having been looked at."""
    monkeypatch.setattr(rank, "_FIRST", 4)
    ranker = Ranker(sluices)
    looked_at: list[int] = []
    select = ranker._select

    def counted(places: list[int], *others: object) -> list[Candidate]:
        looked_at.append(len(places))
        return select(places, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(ranker, "_select", counted)
    ranking = ranker.rank(_scores({ANSWER_1: 5.0, ANSWER_2: 4.0, ANSWER_4: 3.0}), 1, everything)
    assert [next(ranking).row for _ in range(3)] == [ANSWER_1, ANSWER_2, ANSWER_4]
    assert len(looked_at) == 1
    assert looked_at[0] <= 4


def test_a_reference_of_the_rest_lifts_its_answer_among_the_best(
    sluices: Collection, everything: Filtered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One better by the smallest difference there is equals what is lifted; of that the better one is first."""
    known = {DIKE_ANSWER: math.nextafter(5.0, math.inf), REFERRING: 5.0, ANSWER_1: 1.0, ANSWER_2: 2.0}
    every = _ranked(sluices, known, everything)
    assert every[0].row == ANSWER_2
    assert {candidate.row for candidate in every[1:3]} == {ANSWER_1, DIKE_ANSWER}
    assert every[1].score == every[2].score == known[DIKE_ANSWER]
    monkeypatch.setattr(rank, "_FIRST", 1)
    assert _ranked(sluices, known, everything) == every


def test_a_paragraph_that_only_refers_on_does_not_answer(tmp_path: Path) -> None:
    """A question lends its score to what the answer says itself, however near the reference is."""
    refers = " ".join(f"Ik verwijs u naar het antwoord op vraag {number}." for number in (2, 3, 4, 5))
    says = "Sluizen worden beheerd door Rijkswaterstaat. " * 5
    collection = made_collection(
        tmp_path,
        "Brief.\n\n1. Vragen en opmerkingen vanuit de Groene-fractie\n\n1. Wie beheert sluizen?\n\n"
        f"{refers}\n\n{says}\n\n2. En dan?\n\nDan niets.\n",
    )
    texts = [collection.text(passage) for passage in collection.passages]
    assert texts[1:3] == [refers, says.strip()]
    scores = np.array([5.0, 4.0, 1.0, -1.0, -2.0])
    everything = filter_of(collection).apply(NO_FILTERS)
    first, second, *_ = Ranker(collection).rank(scores, 2, everything)
    assert [(first.row, first.score), (second.row, second.score)] == [(2, 5.0), (1, 4.0)]
