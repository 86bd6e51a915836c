"""Not one altered quotation passes as exact, and not one unaltered quotation is refused.

Altered and unaltered quotations are made from the letter's own sentences with
a seed; see `memo_samples.py`.
"""

import random
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.typography import level, normalised
from index.language.word_boundaries import ends_word, starts_word
from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.memo_text import MemoText, Paragraph
from rag.verify.verdicts import Judged, Verifier
from tests.rag.verify.memo_samples import ALTERATIONS, MARKS, in_other_typography, sentences

SEED = 20260624
UNALTERED = 400
ALTERED_OF_A_KIND = 60


@pytest.fixture(scope="module")
def citer(letter: Parsed) -> Citer:
    return Citer(Collection.of([letter]))


@pytest.fixture(scope="module")
def verifier(citer: Citer) -> Verifier:
    return Verifier(citer)


def judged(verifier: Verifier, quotation: str, marks: str = "“”") -> tuple[Judged, ...]:
    text = f"Zo staat er {marks[0]}{quotation}{marks[1]} in de brief."
    return verifier.verify(MemoText((Paragraph(text, 1),))).judged


def test_unaltered_quotations_are_exact_in_any_typography(letter: Parsed, citer: Citer, verifier: Verifier) -> None:
    rng = random.Random(SEED)
    for _, sentence in rng.choices(sentences(letter, citer), k=UNALTERED):
        quotation, marks = in_other_typography(sentence, rng), rng.choice(MARKS)
        found = judged(verifier, quotation, marks)
        assert [j.verdict for j in found] == ["exact"], (marks, quotation)
        assert found[0].citation is not None
        assert level(found[0].citation.quotation).rstrip(".,;: '") in level(sentence)


@pytest.mark.parametrize("kind", sorted(ALTERATIONS))
def test_no_altered_quotation_is_exact(letter: Parsed, citer: Citer, verifier: Verifier, kind: str) -> None:
    rng = random.Random(SEED)
    pool = sentences(letter, citer)
    rng.shuffle(pool)
    verdicts: Counter[str] = Counter()
    for _, sentence in pool:
        altered = ALTERATIONS[kind](sentence, rng)
        if sum(verdicts.values()) >= ALTERED_OF_A_KIND or sentence.startswith("- "):
            continue
        if level(altered) != level(sentence):
            (found, *_) = judged(verifier, in_other_typography(altered, rng))
            assert not found.passes, altered
            assert found.verdict not in ("exact", "misattributed", "shortened"), altered
            verdicts[found.verdict] += 1
    assert sum(verdicts.values()) == ALTERED_OF_A_KIND
    assert verdicts["altered"] >= 0.9 * ALTERED_OF_A_KIND


def test_two_sentences_put_together_are_spliced(letter: Parsed, citer: Citer, verifier: Verifier) -> None:
    rng = random.Random(SEED)
    pool = [(part, sentence) for part, sentence in sentences(letter, citer, 8) if sentence.endswith(".")]
    for _ in range(60):
        (part, first), (other, second) = rng.sample(pool, 2)
        if part != other:
            (found, *_) = judged(verifier, f"{first} {second}")
            assert found.verdict == "spliced", (first, second)
            assert len(found.pieces) >= 2


def test_an_ellipsis_joins_only_pieces_of_one_answer_in_order(letter: Parsed, citer: Citer, verifier: Verifier) -> None:
    rng = random.Random(SEED)
    pool = sentences(letter, citer, 12)
    for part, sentence in rng.sample(pool, 60):
        words = sentence.split(" ")
        first, last = " ".join(words[:4]), " ".join(words[-4:])
        dots = rng.choice(["…", "[…]", "(...)", "[...]", "...", "(…)"])
        (found, *_) = judged(verifier, f"{first} {dots} {last}")
        assert found.verdict == "shortened", (part.field, sentence)
        negated = any(w.strip(".,;:()") in ("niet", "geen", "zonder", "nooit", "evenmin") for w in words[4:-4])
        assert bool(found.cautions) or not negated
        (turned, *_) = judged(verifier, f"{last.rstrip('.?')} {dots} {first}")
        spans = [piece.span for piece in turned.pieces]
        assert turned.verdict != "shortened" or spans == sorted(spans)


@settings(max_examples=150)
@given(data=st.data())
def test_any_run_of_words_is_exact_and_any_change_of_it_is_not(data: st.DataObject) -> None:
    """Whatever words are taken out of an answer stand there; with another word put in they do not."""
    verifier, citer, text = _letter()
    part = data.draw(st.sampled_from([p for p in citer.parts[citer.collection.documents[0].id] if p.field == "answer"]))
    words = part.span.of(text).split()
    start = data.draw(st.integers(0, max(0, len(words) - 6)))
    run = words[start : start + data.draw(st.integers(5, 40))]
    if len(run) < 5 or not _whole(run, part.span.of(text)):
        return
    quotation = " ".join(run)
    assert verifier._sources.places(quotation)
    at = data.draw(st.integers(1, len(run) - 1))
    word = data.draw(st.sampled_from(["niet", "geen", "2019", "150", "Zweden", "mogelijk"]))
    changed = " ".join([*run[:at], word, *run[at:]])
    assert not verifier._sources.places(changed) or level(changed) in level(part.span.of(text))


_CACHE: list[tuple[Verifier, Citer, str]] = []


def _letter() -> tuple[Verifier, Citer, str]:
    if not _CACHE:
        from index.grammar.parse import parse
        from index.readers.read import read_document
        from tests.conftest import LETTER

        citer = Citer(Collection.of([parse(read_document(LETTER))]))
        _CACHE.append((Verifier(citer), citer, citer.collection.documents[0].text))
    return _CACHE[0]


def _whole(run: list[str], text: str) -> bool:
    joined = " ".join(text.split())
    at = joined.find(" ".join(run))
    return at >= 0 and starts_word(joined, at) and ends_word(joined, at + len(" ".join(run)))


@given(st.text(alphabet="ab1 \n\t\u00a0\u00ad‘’“”\"'-–—…ﬁéee\u0301.,", max_size=40))
def test_normalising_keeps_letters_and_maps_back(text: str) -> None:
    normal = normalised(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(normal.starts, normal.ends, strict=True))
    letters = [c for c in unicodedata.normalize("NFC", text) if c in "ab1"]
    assert [c for c in normal.text if c in "ab1"] == letters


@pytest.mark.parametrize("word", ["TBKK’s", "’s avonds", "politici’"])
def test_an_apostrophe_is_no_quotation_mark(verifier: Verifier, word: str) -> None:
    memo = MemoText((Paragraph(f"Dat zijn de plannen van {word} voor later.", 1),))
    assert verifier.verify(memo).judged == ()
