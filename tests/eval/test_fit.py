"""Fitting finds what is there to find, repeats itself, and writes what the product reads."""

import random
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from eval.asked import DOCUMENTS, lots
from eval.dataset import BUNDLED, Dataset
from eval.encoders import compare_encoders
from eval.fit import weights_file
from eval.fit_confidence import POSSIBLE, Role, Sample, _folds, fit_confidence
from eval.fit_fusion import TOTAL, Judged, fit, grid, unit_scores
from eval.logistic import logistic
from index.encoders.load import load_encoder
from index.errors import WoordelijkError
from index.settings import SHIPPED_ENCODER, WORD_ENCODER, Settings, encoder_location
from index.training.asked import AskedPassage
from rag.retrieval.confidence import Features, confidence, like_a_question, signs, signs_of_answer
from rag.retrieval.fuse import with_second
from rag.retrieval.weights import Weights, read_weights, shipped_weights, weights_path


def _judged(topics: int = 40, units: int = 30, seed: int = 3) -> Judged:
    """One list that ranks the right unit high, and one of chance."""
    generator = np.random.default_rng(seed)
    relevance = np.zeros((topics, units))
    relevance[np.arange(topics), generator.integers(0, units, topics)] = 2
    good = relevance + generator.normal(0, 0.7, relevance.shape)
    chance = generator.normal(0, 1, relevance.shape)
    return Judged(
        ("good", "chance"), np.array([good, chance]), relevance, np.zeros(units), np.arange(units), np.arange(units)
    )


def test_the_grid_holds_every_share_of_the_total() -> None:
    points = grid(3)
    assert len(points) == 66
    assert points.sum(axis=1) == pytest.approx(TOTAL)
    assert points.min() == 0
    assert len(np.unique(points, axis=0)) == 66


def test_a_list_that_knows_outweighs_one_of_chance() -> None:
    found = fit([_judged().prepared()], seed=1)
    assert found.weights["good"] > 3 * found.weights["chance"]
    assert sum(found.weights.values()) == pytest.approx(TOTAL)
    assert 0 < found.mean <= 1


def test_an_encoder_compared_with_itself_is_no_better() -> None:
    location = str(WORD_ENCODER)
    tables = compare_encoders(Dataset(BUNDLED, Settings().documents), None, {"one": location, "other": location}, 7)
    assert [table.title for table in tables if table.title.startswith("English")] == [
        "English questions: one vector a passage",
        "English questions: one vector a token",
        "English questions: with all lists",
    ]
    for table in tables:
        one, other = table.rows
        assert (one[0], other[0]) == ("one", "other")
        assert one[2] == other[2]
        assert other[3] == "1.0000"


def test_equal_seeds_give_equal_weights() -> None:
    one, other = (fit([_judged().prepared()], seed=1) for _ in range(2))
    assert one.weights == other.weights
    assert np.array_equal(one.held_out[0], other.held_out[0])


def test_ndcg_is_that_of_the_formula() -> None:
    """The right unit at rank 2 of 3, relevance 2: 1 / log2(3)."""
    lists = np.array([[[3.0, 2.0, 1.0]]])
    judged = Judged(("one",), lists, np.array([[0.0, 2.0, 0.0]]), np.zeros(3), np.arange(3), np.arange(3))
    assert judged.ndcg(np.array([1.0])) == pytest.approx(1 / np.log2(3))


def test_units_have_the_scores_of_the_product() -> None:
    generator = np.random.default_rng(4)
    fused, lengths = generator.normal(0, 2, (5, 12)), [3, 1, 6, 2]
    starts = np.cumsum([0, *lengths[:-1]])
    owners = np.repeat(np.arange(4), lengths)
    found = unit_scores(fused, starts)
    for row, scores in enumerate(fused):
        passages = with_second(scores, owners)
        assert found[row] == pytest.approx([passages[owners == unit].max() for unit in range(4)])


def test_a_logistic_curve_finds_the_plane() -> None:
    generator = np.random.default_rng(5)
    features = generator.normal(size=(4000, 2))
    chance = 1 / (1 + np.exp(-(0.5 + 2 * features[:, 0] - features[:, 1])))
    found = logistic(features, generator.random(4000) < chance, np.ones(4000))
    assert found == pytest.approx([0.5, 2, -1], abs=0.2)


@pytest.mark.parametrize("ridge", [1.0, 1e-3])
def test_a_logistic_curve_is_the_best_that_there_is(ridge: float) -> None:
    """Nothing pulls at its coefficients: the derivative of the weighted, ridged likelihood is 0 there."""
    generator = np.random.default_rng(6)
    features = generator.normal(size=(300, 3)) * [1, 10, 0.1] + [0, 5, 0]
    positive, weights = generator.random(300) < 0.3, generator.random(300)
    intercept, *slopes = logistic(features, positive, weights, ridge)
    wrong = weights * (positive - 1 / (1 + np.exp(-(intercept + features @ slopes))))
    scaled = (features - features.mean(axis=0)) / features.std(axis=0)
    assert wrong.sum() == pytest.approx(0, abs=1e-5)
    assert scaled.T @ wrong == pytest.approx(ridge * np.array(slopes) * features.std(axis=0), abs=1e-5)


def _samples(source: str = "own", shift: float = 0.0, seed: int = 2) -> list[Sample]:
    """Questions on the subject are near, questions are familiar, and the answered have no token that stays alone."""
    generator = np.random.default_rng(seed)

    def drawn(role: Role, near: float, familiar: float, weakest: float, count: int) -> list[Sample]:
        means = np.array([familiar, near, weakest]) + shift
        return [
            Sample(
                Features(familiarity=f, nearness=n, weakest=w, prominence=3.0, words=float(place % 6 + 2)),
                *(role, f"{source}, {role}", source),
                own=source == "own",
                right=role == "answerable" and w > weakest - 0.1,
                vectors=generator.normal(role == "odd", 0.5, 5),
            )
            for place, (f, n, w) in enumerate(generator.normal(means, 0.1, (count, 3)).tolist())
        ]

    return [
        *drawn("answerable", 0.7, 0.7, 0.7, 100),
        *drawn("near", 0.7, 0.7, 0.45, 40),
        *drawn("far", 0.2, 0.7, 0.7, 60),
        *drawn("odd", 0.7, 0.2, 0.7, 60),
    ]


def test_the_curves_refuse_what_is_far_or_odd_and_doubt_near_misses() -> None:
    """Of two sources, one of which is nearer to everything, few answerable questions are refused."""
    samples = [*_samples(), *_samples("library", 0.1, seed=3)]
    curves, measured = fit_confidence(samples, seed=1)
    found = {one.kind: one for one in measured}
    for source in ("own", "library"):
        assert found[f"{source}, answerable"].refused <= 0.1
        assert found[f"{source}, near"].refused < 0.2
        assert (found[f"{source}, near"].area or 0) > 0.8
    assert min(found[kind].refused for kind in ("own, far", "own, odd", "library, far")) > 0.9
    assert POSSIBLE < curves.sure < 1
    assert (curves, measured) == fit_confidence(samples, seed=1)


def test_a_question_for_a_number_is_no_near_miss_for_being_one() -> None:
    """Near misses that all ask for a number say nothing of those that have an answer and ask for none."""
    samples = [
        replace(s, number=s.role == "near", features=replace(s.features, words=9.0 if s.role == "near" else 3.0))
        for s in _samples()
    ]
    both = [*samples, *(replace(s, number=True, features=replace(s.features, words=9.0)) for s in _samples(seed=5))]
    curves, _ = fit_confidence(both, seed=1)
    asking = [s for s in both if s.role == "answerable"]
    few, many = (np.median(curves.confidences([s for s in asking if s.number == number])) for number in (False, True))
    assert abs(few - many) < 0.1


def test_what_is_of_one_group_is_in_one_fold() -> None:
    """A copy of each sample in its group is told no better than without it."""
    samples = _samples()
    twice = [replace(s, group=str(place)) for place, s in enumerate(samples)] * 2
    assert fit_confidence(twice, seed=1)[1][0].count == 2 * fit_confidence(samples, seed=1)[1][0].count
    folds = _folds(twice, seed=1)
    assert folds[: len(samples)] == folds[len(samples) :]


def test_the_product_says_what_was_fitted() -> None:
    """The confidence of the product is that of the fit, for every sample, and so is what is refused."""
    samples = _samples()
    curves, _ = fit_confidence(samples, seed=1)
    fitted = Weights({}, {}, curves.subject, curves.form, curves.answer, curves.question, POSSIBLE, curves.sure, {})
    asked = [replace(s.features, question=like_a_question(s.vectors, fitted)) for s in samples]
    found = [confidence(features, fitted) for features in asked]
    assert found == pytest.approx(curves.confidences(samples).tolist())


@pytest.mark.parametrize("encoder", [SHIPPED_ENCODER, str(WORD_ENCODER)])
def test_the_weights_of_an_encoder_say_how_they_came_about(encoder: str) -> None:
    weights = shipped_weights(load_encoder(encoder_location(encoder)).fingerprint)
    assert weights == read_weights(weights_path(encoder))
    assert set(weights.dutch) == set(weights.english)
    assert {len(weights.subject), len(weights.form)} == {1 + len(signs(Features()))}
    assert len(weights.answer) == 1 + len(signs_of_answer(Features()))
    assert 0 < weights.possible < weights.sure < 1
    assert {"command", "seed", "fitted on", "encoder"} <= set(weights.provenance)


def test_an_encoder_that_nothing_was_fitted_with_has_the_weights_of_the_shipped_one() -> None:
    assert shipped_weights("of another") == shipped_weights() == read_weights(weights_path(SHIPPED_ENCODER))


def test_written_questions_are_asked_of_small_libraries() -> None:
    """Every question of a lot is of its own documents with the unit it names, a near miss, or from elsewhere."""
    kinds = ("everyday", "specific", "english", "careless", "near")
    passages = [
        AskedPassage(f"d{n // 3}", f"Passage {n}.", "train" if n < 60 else "dev", {k: (f"{k} {n}",) for k in kinds})
        for n in range(90)
    ]
    train = list(lots(passages, "train", 2, random.Random(1)))
    (dev,) = lots(passages, "dev", 1, random.Random(1))
    assert [len(lot.collection.documents) for lot in train] == [DOCUMENTS, DOCUMENTS]
    for lot in (*train, dev):
        texts = {unit.id: lot.collection.row_text(row) for row, unit in enumerate(lot.collection.units)}
        own = {text.split()[-1].rstrip(".") for text in texts.values()}
        for question in lot.questions:
            number = question.text.split()[-1]
            assert (number in own) == (question.kind != "far")
            assert (question.unit is None) == (question.kind in ("near", "far"))
            assert question.unit is None or texts[question.unit] == f"Passage {number}."
    assert not {q.text for q in dev.questions} & {q.text for lot in train for q in lot.questions}


def test_a_damaged_file_of_weights_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    with pytest.raises(WoordelijkError, match=r"weights\.json.*eval fit"):
        read_weights(path)
    path.write_bytes(msgspec.json.encode({"dutch": 1}))
    with pytest.raises(WoordelijkError, match=r"weights\.json.*eval fit"):
        read_weights(path)
    path.write_bytes(weights_file(Weights({}, {}, (0.0,), (0.0,), (0.0,), (0.0,), 0.1, 0.2, {})))
    assert read_weights(path).sure == 0.2
