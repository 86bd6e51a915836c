"""How passages are found: what is compared token by token, what is mended, what is folded, what a mask leaves."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from index.encoders.encoder import Encoders
from index.encoders.token_vectors import TokenVectors
from index.search.late_interaction import LateInteraction, PieceFrequencies, PieceWeights
from index.search.search_index import SearchIndex
from rag.answer.assistant import Assistant
from rag.answer.record import answer_record
from rag.retrieval.confidence import Features, confidence, features, level, own_vectors, signs, signs_of_answer
from rag.retrieval.fuse import added_up, standardised, with_second
from rag.retrieval.near_duplicates import NearDuplicates, Similar
from rag.retrieval.rank import Candidate
from rag.retrieval.retrieve import CANDIDATES, Retriever
from rag.retrieval.weights import shipped_weights
from tests.rag.retrieval.made import DIKES, SLUICES, made_index

Made = tuple[SearchIndex, Encoders]
ANSWER_1, ANSWER_5, DIKE_ANSWER = 2, 12, 14


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_index(tmp_path_factory.mktemp("made"), SLUICES, DIKES)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A letter of more passages than are compared token by token."""
    questions = [f"{n}. Wat is punt {n}?\n\nDit is het antwoord over zaak {n}.\n" for n in range(1, 281)]
    heading = "1. Vragen en opmerkingen vanuit de Groene-fractie\n"
    return made_index(tmp_path_factory.mktemp("large"), "\n".join(["Brief.\n", heading, *questions]))


def test_five_hundred_are_compared_token_by_token(large: Made) -> None:
    """Those that the other lists put first, and no others; of a letter that has no more, all."""
    index, _ = large
    found = Retriever(*large).retrieve("Wat is het antwoord over zaak 7?")
    late = found.lists["late"]
    assert len(late) == len(index.collection.passages) > CANDIDATES
    assert np.isfinite(late).sum() == CANDIDATES == 500
    others = {name: scores for name, scores in found.lists.items() if name != "late"}
    first = added_up({name: standardised(scores) for name, scores in others.items()}, shipped_weights().dutch)
    assert first[np.isfinite(late)].min() >= first[np.isnan(late)].max()


def test_filters_go_before_the_choice_of_candidates(large: Made) -> None:
    index, _ = large
    few = index.collection.masks.numbered(range(200, 221))
    late = Retriever(*large).retrieve("Wat is het antwoord over zaak 7?", few).lists["late"]
    assert (np.isfinite(late) == few).all()


def test_the_tokens_that_are_matched_are_those_of_the_best_passage_let_through(made: Made) -> None:
    index, _ = made
    question = "Wie betaalt het onderhoud van de dijken en gemalen in het gebied?"
    bridges = index.collection.masks.numbered([4])
    found = Retriever(*made).retrieve(question, bridges)
    best = max(np.flatnonzero(bridges[found.rows]), key=lambda place: found.fused[place])
    assert found.fused[best] < found.fused.max()
    assert found.matched.tolist() == index.late.cosines(found.tokens, [int(found.rows[best])])[0].max(axis=0).tolist()


def test_all_of_a_letter_are_compared_token_by_token(made: Made) -> None:
    found = Retriever(*made).retrieve("Hoeveel sluizen?", np.zeros(15, dtype=np.bool_))
    assert np.isfinite(found.lists["late"]).all()


def test_lists_are_added_up_with_the_weights_of_the_language(made: Made) -> None:
    retriever = Retriever(*made)
    for question, weights in (
        ("Wat kost het onderhoud van de dijken?", shipped_weights().dutch),
        ("What does the upkeep of the dijken cost?", shipped_weights().english),
    ):
        found = retriever.retrieve(question)
        standard = {name: standardised(scores) for name, scores in found.lists.items()}
        assert found.fused.tolist() == with_second(added_up(standard, weights), found.units).tolist()


def test_a_slip_is_mended_with_the_documents_words(made: Made) -> None:
    assert Retriever(*made).retrieve("Wie is de havenmeetser?").text == "Wie is de havenmeester?"


def test_english_is_not_mended_with_dutch_words(made: Made) -> None:
    question = "What is the havenmeetser and how does this work?"
    assert Retriever(*made).retrieve(question).text == question


def test_a_rare_token_counts_for_more_than_one_that_every_passage_has() -> None:
    one, two = np.eye(2, dtype=np.float32)
    tokens = TokenVectors.of([np.array([one]), np.array([one]), np.array([one, two])], [[1], [1], [1, 2]], 2)
    late = LateInteraction.of(tokens)
    both = TokenVectors.of([np.array([one, two])], [[1, 2]], 2)
    common, _, rare = late.score(both, np.arange(3))
    assert rare == pytest.approx(1.0, abs=0.01)
    weights = PieceWeights([PieceFrequencies.of(tokens)]).of(both.pieces)
    assert common == pytest.approx(weights[0], abs=0.01)
    assert 0 < 4 * weights[0] < weights[1]
    assert weights.sum() == pytest.approx(1.0)


def test_a_token_that_no_passage_has_is_the_rarest() -> None:
    rows = np.ones((1, 2), dtype=np.float32)
    weights = PieceWeights([PieceFrequencies.of(TokenVectors.of([rows, rows], [[1], [2]], 2))])
    known, unknown, beyond = weights.of(np.array([1, 0, 99], dtype=np.int32))
    assert known < unknown == pytest.approx(beyond)


def test_a_query_or_a_passage_without_tokens_scores_nothing() -> None:
    rows, none = np.ones((1, 2), dtype=np.float32), np.zeros((0, 2), dtype=np.float32)
    late = LateInteraction.of(TokenVectors.of([rows, none], [[1], []], 2))
    assert late.score(TokenVectors.of([none], [[]], 2), np.arange(2)).tolist() == [0, 0]
    scores = late.score(TokenVectors.of([rows], [[1]], 2), np.arange(2))
    assert scores[0] > 0.9
    assert scores[1] == 0


def test_the_rank_in_each_list(made: Made) -> None:
    """As sorting gives it; of equals the first comes first, and a list that did not find a passage is not named."""
    found = Retriever(*made).retrieve("Hoeveel sluizen kosten 150 miljoen euro?")
    for name, scores in found.lists.items():
        order = np.argsort(-scores, kind="stable").tolist()
        for place in range(len(scores)):
            told = dict(found.found_by(place))
            assert told.get(name) == (order.index(place) + 1 if scores[place] > 0 else None)
    assert found.found_by(ANSWER_1)


def test_words_are_found_within_the_mask_alone(made: Made) -> None:
    index, _ = made
    found = Retriever(*made).retrieve("zq7x havenmeester")
    where = np.array(["havenmeester" in index.collection.text(passage) for passage in index.collection.passages])
    assert where.any()
    assert found.found_words(where)
    nothing = replace(found, lists={name: np.where(where, scores, 0) for name, scores in found.lists.items()})
    assert not nothing.found_words(~where)


def test_how_much_the_nearest_stands_out(made: Made) -> None:
    found = Retriever(*made).retrieve("Hoeveel sluizen zijn er?")
    dense = found.lists["dense"].astype(np.float64)
    told = features(found)
    assert told.nearness == pytest.approx(dense.max())
    assert told.prominence == pytest.approx((dense.max() - dense.mean()) / dense.std())
    assert told.prominence > 1
    assert told.english == 0


def test_a_mask_leaves_the_nearest_of_its_own_and_the_background_of_all(made: Made) -> None:
    found = Retriever(*made).retrieve("Hoeveel sluizen zijn er?")
    dense = found.lists["dense"].astype(np.float64)
    mask = dense < dense.max()
    told = features(found, mask)
    assert told.nearness == pytest.approx(dense[mask].max())
    assert told.prominence == pytest.approx((dense[mask].max() - dense.mean()) / dense.std())


def test_numbers_are_not_what_makes_a_question_familiar(made: Made) -> None:
    """A small number stands in any document; alone it is all there is."""
    retriever = Retriever(*made)
    assert features(retriever.retrieve("zq7x 15")).familiarity < 0.5
    assert features(retriever.retrieve("15")).familiarity == 1
    assert features(retriever.retrieve("sluizen")).familiarity == 1


def test_a_question_without_content_has_no_signs(made: Made) -> None:
    assert features(Retriever(*made).retrieve("wat is het?")) == Features()


def test_a_short_question_has_its_own_signs_for_each_word() -> None:
    found = Features(familiarity=0.8, nearness=0.6, words=4.0, english=1.0)
    told = dict(
        zip(("part", "english", "familiarity", "nearness"), signs(found)[len(Features.__slots__) :], strict=False)
    )
    assert told == pytest.approx({"part": 0.25, "english": 0.25, "familiarity": 0.2, "nearness": 0.15})
    assert signs(replace(found, words=0.0))[len(Features.__slots__)] == 1


def test_what_is_no_question_is_told_by_its_own_vectors(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the weights that were fitted with the encoder that read it, where their vectors are of its size."""
    read_by: list[str] = []
    monkeypatch.setattr("rag.retrieval.retrieve.shipped_weights", lambda encoder: read_by.append(encoder) or own)
    size = 2 * made[1].passages.encode_queries(["er"]).shape[1]
    own = replace(shipped_weights(), question=(1.0, *[0.5] * size))
    found = Retriever(*made).retrieve("Wie bedient de bruggen?")
    assert read_by == [made[1].passages.fingerprint]
    assert features(found).question == pytest.approx(1 + 0.5 * own_vectors(found).sum())
    assert features(replace(found, fitted=shipped_weights())).question == 0


def test_a_near_miss_has_a_token_that_stays_alone(made: Made) -> None:
    """The same question with another word for what it asks of: the rest of it is matched as before."""
    retriever = Retriever(*made)
    found, missed = (features(retriever.retrieve(q)) for q in ("Wie bedient de bruggen", "Wie bedient de zeesleper"))
    assert found.weakest > missed.weakest
    assert found.rarest > missed.rarest
    assert found.matched > missed.matched
    assert found.margin > 0
    assert 1 <= found.agreement <= 3


def test_either_curve_refuses_and_the_third_says_how_sure() -> None:
    """Below `possible` where subject or form says no, and surer by the answer alone above it."""

    def curve(signs: int, **slopes: float) -> tuple[float, ...]:
        of_features = [slopes.get(name, 0.0) for name in Features.__slots__]
        return (-0.5, *(of_features + [0.0] * signs)[:signs])

    told, answer = len(signs(Features())), len(signs_of_answer(Features()))
    subject, form = curve(told, nearness=1), curve(told, familiarity=1)
    made = replace(shipped_weights(), subject=subject, form=form, answer=curve(answer, weakest=1), possible=0.2)
    far, odd = Features(familiarity=1, nearness=0, weakest=9), Features(familiarity=0, nearness=1, weakest=9)
    near, answered = Features(familiarity=9, nearness=9), Features(familiarity=9, nearness=9, weakest=1)

    def sure(found: Features) -> float:
        return confidence(found, made)

    assert max(sure(far), sure(odd)) < 0.2
    assert sure(replace(far, nearness=0.4)) > sure(far)
    assert 0.2 < sure(near) < sure(answered) == sure(replace(answered, nearness=10)) < 1
    assert 0.2 <= sure(replace(answered, nearness=0.6)) < sure(answered), "no surer than of the subject"
    assert sure(Features(familiarity=-1e9, nearness=-1e9)) == pytest.approx(0)
    levels = [level(value, made) for value in (0.0, made.possible, made.sure)]
    assert levels == ["nothing found", "possibly", "answered"]


def test_near_duplicates_are_folded_once_under_the_best(made: Made) -> None:
    """Each is compared once, and stands beside what it says again."""
    index, _ = made
    duplicates = NearDuplicates(index)
    ranking = [Candidate(place, 9.0 - place) for place in (ANSWER_1, DIKE_ANSWER, ANSWER_5)]
    asked: list[int] = []
    similar = duplicates.similar

    class Counted(NearDuplicates):
        def similar(self, place: int) -> tuple[Similar, ...]:
            asked.append(place)
            return similar(place)

    shown = list(Counted(index).folded(iter(ranking)))
    assert [candidate.row for candidate, _ in shown] == [ANSWER_1, DIKE_ANSWER]
    assert [[found.row for found in beside] for _, beside in shown] == [[], [ANSWER_5]]
    assert asked == [ANSWER_1, DIKE_ANSWER]
    asked.clear()
    assert [beside[0].row for beside in islice(Counted(index).folded(iter(ranking)), 1)] == [ANSWER_1]
    assert asked == [ANSWER_1]


def test_what_says_the_same_as_one_of_the_first_fifty_is_folded(made: Made) -> None:
    class Numbered(NearDuplicates):
        def similar(self, place: int) -> tuple[Similar, ...]:
            return (Mock(row=1_000 + place),)

    ranking = [Candidate(place, 9.0) for place in (*range(1, 52), 1_050, 1_051)]
    assert [candidate.row for candidate, _ in Numbered(made[0]).folded(ranking)] == [*range(1, 52), 1_051]


def test_another_voice_is_no_copy(tmp_path: Path) -> None:
    """The same words as an answer, by the members, in an annex or a note, are no near duplicate of the minister's."""
    said = "De provincie betaalt het onderhoud van de dijken en van alle gemalen in het gebied."
    heading = "Brief.\n\n1. Vragen en opmerkingen vanuit de Rode-fractie\n\n"
    members = f"{heading}{said}\n1. Klopt dat?\n\nJa.\n"
    annex = (
        f"{heading}1. Klopt dat?\n\nJa.[footnoteRef:1] [1:  {said}]\nBijlage I. Inbreng van de dijkwachters\n\n{said}\n"
    )
    index, _ = made_index(tmp_path, SLUICES, members, annex, DIKES)
    passages = index.collection.passages
    voices = {(p.field, p.speaker) for p in passages if index.collection.text(p) == said}
    others = {("context", "members"), ("answer", "third party"), ("footnote", "minister")}
    assert voices == {("answer", "minister"), *others}
    (found,) = NearDuplicates(index).similar(ANSWER_5)
    assert (found.document.file, found.passage.speaker) == ("brief-3.txt", "minister")


def test_a_question_of_parts_is_answered_as_a_whole_only_when_asked(made: Made) -> None:
    assistant = Assistant(*made)
    question = "Wat kost een sluis in 2024 en wie bedient de bruggen van Rijkswaterstaat?"
    whole, parted = assistant.ask(question), assistant.ask(question, whole=False)
    assert len(whole.parts) == 2
    assert whole.parts == parted.parts
    assert answer_record(whole)["hits"]
    assert (parted.hits, parted.question, parted.searched) == ((), question, whole.searched)
    assert parted.confidence == max(part.confidence for part in parted.parts)
    alone = "Wie bedient de bruggen?"
    assert assistant.ask(alone, whole=False) == assistant.ask(alone)
