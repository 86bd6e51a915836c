"""A Dutch-English vocabulary to put under an English transformer, with vectors to start from.

The English words and word parts keep the teacher's vectors. A Dutch word
starts as the weighted mean of the vectors of its translations
(trans-tokenisation; Remy et al., arXiv:2408.04303); a word without
translations as the mean of its nearest neighbours that have some. Words longer
than three letters are pieces at the start and inside of longer words alike,
and both share one vector: that is how compounds find theirs.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.bilingual_lexicon import Translations

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Matrix = NDArray[np.float32]

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_START = "▁"
_INSIDE = "##"
_SHORTEST_PART = 4
# How much likelier a word begins than continues another, and how much less likely a lone letter is (log).
_INSIDE_PENALTY = 3.0
_LETTER_PENALTY = 6.0
_LINKING = ("heid", "ing", "teit", "schap", "ment", "atie", "sie", "tie")


@dataclass(frozen=True, slots=True)
class EnglishVocabulary:
    """The teacher's WordPiece vocabulary: piece to row, and the rows, shape (pieces, dimensions)."""

    pieces: Mapping[str, int]
    vectors: Matrix

    def vector(self, word: str) -> NDArray[np.float32] | None:
        """The vector of `word`: its own, or the mean over its pieces; None where it has no pieces."""
        rows, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                row = self.pieces.get((_INSIDE if start else "") + word[start:end])
                if row is not None:
                    break
            else:
                return None
            rows.append(row)
            start = end
        return _mean([self.vectors[row] for row in rows], [1.0] * len(rows)) if rows else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with log-probabilities, the row of each piece, and the rows' names; special tokens first."""

    pieces: tuple[tuple[str, float], ...]
    row_of_piece: tuple[int, ...]
    rows: tuple[str, ...]

    def tokenizer(self) -> "Tokenizer":
        """A lower-case, accent-free Unigram tokenizer (Kudo, arXiv:1804.10959) with [CLS] and [SEP] around a text."""
        from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

        tokenizer = Tokenizer(models.Unigram(list(self.pieces), unk_id=SPECIAL.index("[UNK]")))
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(), pre_tokenizers.Metaspace()]
        )
        tokenizer.decoder = decoders.Metaspace()
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]",
            pair="[CLS] $A [SEP] $B [SEP]",
            special_tokens=[(token, SPECIAL.index(token)) for token in ("[CLS]", "[SEP]")],
        )
        return tokenizer


def choose_vocabulary(
    dutch: Counter[str], english: Counter[str], teacher: EnglishVocabulary, rows: int, english_rows: int
) -> Vocabulary:
    """The `rows` words and parts to give a vector, `english_rows` of them the teacher's."""
    kept = _teacher_pieces(english, teacher, english_rows)
    names = dict.fromkeys([*SPECIAL, *kept])
    for word, _count in _by_count(dutch):
        if len(names) >= rows:
            break
        if len(word) > 1 and not any(c.isdigit() for c in word):
            names.setdefault(word)
    return _with_pieces(tuple(names), dutch, english, teacher)


def _teacher_pieces(english: Counter[str], teacher: EnglishVocabulary, most: int) -> list[str]:
    """Every part and letter the teacher has, then its words by count; its order is by frequency where ours is 0."""
    # By row: the tokenizer gives its vocabulary in an order that changes from run to run.
    ordered = sorted(teacher.pieces, key=lambda p: teacher.pieces[p])
    usable = [p for p in ordered if p.removeprefix(_INSIDE).isascii() and not p.startswith("[")]
    parts = [p for p in usable if (p.startswith(_INSIDE) and len(p) <= 7) or len(p) == 1]
    whole = [p for p in usable if not p.startswith(_INSIDE) and len(p) > 1]
    whole.sort(key=lambda p: (-(english[p] >= 3), teacher.pieces[p]))
    return parts + whole[: max(0, most - len(parts))]


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _with_pieces(
    names: tuple[str, ...], dutch: Counter[str], english: Counter[str], teacher: EnglishVocabulary
) -> Vocabulary:
    """Give each row its pieces: at the start of a word, inside a word, and with a linking s."""
    row = {name: place for place, name in enumerate(names)}
    total = float(sum(dutch.values())) * 2
    pieces: dict[str, tuple[float, int]] = {token: (0.0, row[token]) for token in SPECIAL}
    for name, place in row.items():
        if name in SPECIAL:
            continue
        bare = name.removeprefix(_INSIDE)
        count = dutch[bare] + _english_count(bare, english, teacher, total)
        chance = math.log((count + 1) / total) - (_LETTER_PENALTY if len(bare) == 1 and bare.isalnum() else 0)
        if name.startswith(_INSIDE):
            pieces[bare] = (chance - _INSIDE_PENALTY, place)
            continue
        pieces[_START + bare] = (chance, place)
        if len(bare) >= _SHORTEST_PART and bare in dutch:
            pieces.setdefault(bare, (chance - _INSIDE_PENALTY, place))
            if bare.endswith(_LINKING):
                pieces.setdefault(f"{_START}{bare}s", (chance - _INSIDE_PENALTY, place))
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        pieces.setdefault(letter, (-25.0, row.get(_INSIDE + letter, row.get(letter, 1))))
    pieces.setdefault(_START, (-25.0, SPECIAL.index("[UNK]")))
    return Vocabulary(
        tuple((piece, round(chance, 2)) for piece, (chance, _) in pieces.items()),
        tuple(place for _, place in pieces.values()),
        names,
    )


def _english_count(word: str, english: Counter[str], teacher: EnglishVocabulary, total: float) -> float:
    """A count by Zipf's law out of the teacher's frequency-ordered rows, where ours is small."""
    rank = teacher.pieces.get(word)
    return english[word] + (total / 20 / max(rank - 990, 10) if rank is not None else 0)


def initial_vectors(
    vocabulary: Vocabulary,
    teacher: EnglishVocabulary,
    lexicon: Translations,
    dutch: Counter[str],
    english: Counter[str],
    neighbours: Matrix | None = None,
) -> Matrix:
    """A vector for each row: the teacher's, the translations', the neighbours', or the mean of its pieces.

    A word of both languages gets a mean of both, weighted by how common it is
    in each. `neighbours` holds vectors of `vocabulary.rows` in any space where
    near rows have near meanings.
    """
    per_dutch, per_english = 1e6 / sum(dutch.values()), 1e6 / max(1, sum(english.values()))
    vectors = np.zeros((len(vocabulary.rows), teacher.vectors.shape[1]), dtype=np.float32)
    known = np.zeros(len(vocabulary.rows), dtype=bool)
    for place, name in enumerate(vocabulary.rows):
        own = teacher.pieces.get(name)
        translated = _translated(name, lexicon, teacher)
        if own is not None and translated is not None:
            share = dutch[name] * per_dutch / (dutch[name] * per_dutch + english[name] * per_english + 1)
            vectors[place] = _mean([translated, teacher.vectors[own]], [share, 1 - share])
        elif own is not None:
            vectors[place] = teacher.vectors[own]
        elif translated is not None:
            vectors[place] = translated
        known[place] = own is not None or translated is not None
    usable = known & np.array([not name.startswith(_INSIDE) and len(name) > 2 for name in vocabulary.rows])
    for place in np.flatnonzero(~known).tolist():
        found = None if neighbours is None else _nearest(place, neighbours, usable, vectors)
        vector = found if found is not None else teacher.vector(vocabulary.rows[place])
        if vector is not None:
            vectors[place] = vector
    return vectors


def _translated(word: str, lexicon: Translations, teacher: EnglishVocabulary) -> NDArray[np.float32] | None:
    found = [(teacher.vector(other), weight) for other, weight in lexicon.get(word, {}).items()]
    usable = [(vector, weight) for vector, weight in found if vector is not None]
    return _mean([vector for vector, _ in usable], [weight for _, weight in usable]) if usable else None


def _nearest(place: int, space: Matrix, usable: NDArray[np.bool_], vectors: Matrix) -> NDArray[np.float32] | None:
    """The mean of the eight nearest usable rows, the nearer the heavier."""
    cosines = np.where(usable, space @ space[place], -1.0)
    nearest = np.argpartition(-cosines, 8)[:8]
    weights = np.exp((cosines[nearest] - cosines[nearest].max()) / 0.05)
    return _mean([vectors[row] for row in nearest], weights.tolist()) if cosines[nearest].max() > 0.3 else None


def _mean(vectors: Sequence[NDArray[np.float32]], weights: Sequence[float]) -> NDArray[np.float32]:
    """The weighted mean, as long as the vectors are on average: a mean of many would else lie near 0."""
    scale = np.asarray(weights, dtype=np.float32) / np.sum(weights)
    mean = scale @ np.stack(vectors)
    length = float(scale @ np.linalg.norm(np.stack(vectors), axis=1))
    scaled: NDArray[np.float32] = mean * (length / max(float(np.linalg.norm(mean)), 1e-6))
    return scaled


def count_words(texts: Iterable[str], weight: int = 1) -> Counter[str]:
    """How often each word stands in `texts`, times `weight`."""
    from index.training.bilingual_lexicon import words

    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    if weight != 1:
        for word in counts:
            counts[word] *= weight
    return counts
