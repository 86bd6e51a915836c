"""A Dutch-English lexicon out of sentence pairs: which words translate which, with weights.

IBM model 1 in both directions (Brown et al., Computational Linguistics 19(2),
1993), multiplied, so that a pair of words counts when each explains the other.
Words that no pair translates take the translations of their stem, of their
synonyms or of the parts they are composed of.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analyse import stem

Translations = dict[str, dict[str, float]]

_WORD = re.compile(r"[^\W_]+")
# Translations kept of a word, and the least weight of one relative to the best.
_KEPT = 5
_LEAST = 0.12
# A joint of a Dutch compound: nothing, or a linking letter.
_JOINTS = ("", "s", "e", "en")
_SHORTEST_PART = 4


def words(text: str) -> list[str]:
    """The words of `text` in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))


def learn_lexicon(pairs: Sequence[tuple[str, str]], rounds: int = 6) -> Translations:
    """The English translations of each Dutch word of `pairs` (dutch, english); weights of a word sum to 1."""
    dutch, english = _Numbers(), _Numbers()
    sentences = [(dutch.of(words(nl)), english.of(words(en))) for nl, en in pairs]
    cells = _Cells([(f, e) for f, e in sentences if len(f) and len(e) and len(f) * len(e) <= 2500])
    forward = _model_1(cells.pair, cells.dutch_token, cells.dutch_of_pair, rounds)
    backward = _model_1(cells.pair, cells.english_token, cells.english_of_pair, rounds)
    weight = np.sqrt(forward * backward)
    return _best(weight, cells.dutch_of_pair, cells.english_of_pair, dutch.names, english.names)


class _Numbers:
    """Numbers words in the order of their appearance."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def of(self, tokens: Iterable[str]) -> NDArray[np.int64]:
        found = []
        for token in tokens:
            if token not in self._numbers:
                self._numbers[token] = len(self.names)
                self.names.append(token)
            found.append(self._numbers[token])
        return np.asarray(found, dtype=np.int64)


class _Cells:
    """Every combination of a Dutch and an English token of one sentence pair."""

    def __init__(self, sentences: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> None:
        dutch, english, dutch_token, english_token = [], [], [], []
        seen_dutch = seen_english = 0
        for f, e in sentences:
            dutch.append(np.repeat(f, len(e)))
            english.append(np.tile(e, len(f)))
            dutch_token.append(np.repeat(np.arange(len(f)) + seen_dutch, len(e)))
            english_token.append(np.tile(np.arange(len(e)) + seen_english, len(f)))
            seen_dutch += len(f)
            seen_english += len(e)
        width = 1 + max(int(e.max()) for _, e in sentences)
        codes, self.pair = np.unique(np.concatenate(dutch) * width + np.concatenate(english), return_inverse=True)
        self.dutch_of_pair, self.english_of_pair = codes // width, codes % width
        self.dutch_token, self.english_token = np.concatenate(dutch_token), np.concatenate(english_token)


def _model_1(
    pair: NDArray[np.int64], token: NDArray[np.int64], given: NDArray[np.int64], rounds: int
) -> NDArray[np.float64]:
    """How often the tokens numbered `token` choose each pair of words, relative to all choices of the word `given`."""
    chance: NDArray[np.float64] = np.ones(len(given))
    counts: NDArray[Any] = chance
    for _ in range(rounds):
        weight = chance[pair]
        weight /= np.bincount(token, weights=weight)[token]
        counts = np.bincount(pair, weights=weight, minlength=len(given))
        other = np.bincount(given, weights=counts)
        chance = counts / other[given]
    # A word seen once explains anything; half a count taken away keeps its translations modest.
    total = np.bincount(given, weights=counts)[given]
    smoothed: NDArray[np.float64] = np.maximum(counts - 0.2, 0) / (total + 0.2)
    return smoothed


def _best(
    weight: NDArray[np.float64],
    dutch: NDArray[np.int64],
    english: NDArray[np.int64],
    dutch_names: Sequence[str],
    english_names: Sequence[str],
) -> Translations:
    found: Translations = defaultdict(dict)
    for place in np.lexsort((english, -weight, dutch)):
        row = found[dutch_names[dutch[place]]]
        if weight[place] > 0.01 and len(row) < _KEPT and weight[place] >= _LEAST * max(row.values(), default=0):
            row[english_names[english[place]]] = float(weight[place])
    return {word: _normalised(row) for word, row in found.items() if row}


def _normalised(row: Mapping[str, float]) -> dict[str, float]:
    total = sum(row.values())
    return {word: value / total for word, value in row.items()}


def _merged(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    merged: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        for word, value in row.items():
            merged[word] += value
    best = sorted(merged.items(), key=lambda item: item[1], reverse=True)
    return _normalised(dict(best[: 2 * _KEPT]))


def extend_lexicon(lexicon: Translations, targets: Iterable[str], synonyms: Sequence[Sequence[str]]) -> Translations:
    """`lexicon` with translations for as many of `targets` as stems, synonyms and compound parts give."""
    extended = dict(lexicon)
    by_stem: dict[str, list[dict[str, float]]] = defaultdict(list)
    for word, row in lexicon.items():
        by_stem[stem(word)].append(row)
    same: dict[str, list[str]] = defaultdict(list)
    for group in synonyms:
        for word in group:
            same[word] += [other for other in group if other != word]
    for word in targets:
        if word not in lexicon:
            found = _by_stem(word, by_stem) or _by_synonyms(word, lexicon, same) or _by_parts(word, lexicon, by_stem)
            if found:
                extended[word] = found
    return extended


def _by_stem(word: str, by_stem: Mapping[str, list[dict[str, float]]]) -> dict[str, float] | None:
    rows = by_stem.get(stem(word))
    return _merged(rows) if rows else None


def _by_synonyms(word: str, lexicon: Translations, same: Mapping[str, list[str]]) -> dict[str, float] | None:
    rows = [lexicon[other] for other in same.get(word, ()) if other in lexicon]
    return _merged(rows) if rows else None


def _by_parts(
    word: str, lexicon: Translations, by_stem: Mapping[str, list[dict[str, float]]]
) -> dict[str, float] | None:
    """The translations of the two parts of a compound; the longest last part that is known decides."""
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:cut], word[cut:]
        last = lexicon.get(tail) or _by_stem(tail, by_stem)
        if last is None:
            continue
        for joint in _JOINTS:
            if head.endswith(joint):
                bare = head[: len(head) - len(joint)] if joint else head
                first = lexicon.get(bare) if len(bare) >= _SHORTEST_PART - 1 else None
                if first is not None:
                    return _merged([first, last])
    return None
