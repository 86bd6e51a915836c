"""Which words of the documents a word of a question may be: itself, another form of it, or a compound with it."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import is_number, stem, words
from index.language.compounds import Compounds
from index.search.search_index import SearchIndex

# Of a shorter word or stem no compound that it ends is looked for: "fte" is no part of "softe", "oeps" of "groep".
_SHORTEST = 4
# Of a shorter one, that no word of the language is it says nothing.
_SHORTEST_OWN = 3
_ENDINGS = ("", "e", "en", "s", "n", "t")
# So many letters a form of a name may be longer than its stem: "Rotterdamse".
_ENDING = 2


class WordForms:
    """The words of one index; `word` is folded everywhere."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def of(self, word: str) -> frozenset[str]:
        """The words of the passages that `word`, or a word of its stem, begins, ends or is."""
        found = {word} if word in self._vocabulary else set()
        if not is_number(word) and len(word) >= _SHORTEST:
            ends = {end for end in (word, stem(word)) if len(end) >= _SHORTEST}
            found |= {*self._starting(stem(word)), *(other for end in ends for other in self._ending(end))}
        return frozenset(found)

    def stands(self, word: str) -> bool:
        """Whether any document has `word` in some form, or both parts of a compound that it is."""
        return self.names(word) or bool(self.of(word)) or bool(self._compounds.parts(word))

    def names(self, word: str) -> bool:
        """Whether any document, or what is known of it, has `word` as a name or number; compounds do not count."""
        if word in self._vocabulary or word in self._of_heads or len(self._index.collection.store.having(word)):
            return True
        root = stem(word)
        return (
            len(word) >= _SHORTEST
            and not is_number(word)
            and any(len(form) <= len(root) + _ENDING for form in self._starting(root))
        )

    def any_of(self, beginnings: Sequence[str]) -> bool:
        """Whether any document has one of these words, or a word that one with a star behind it begins."""
        return any(
            next(self._starting(form[:-1]), "") if form.endswith("*") else form in self._vocabulary
            for form in beginnings
        )

    def states(self, value: str) -> bool:
        """Whether any passage states a number or amount of this value, in the form of identifiers, however written."""
        return any(len(self._index.named(f"{kind} {value}")) for kind in ("number", "amount"))

    def own(self, word: str, language: Collection[str]) -> bool:
        """Whether `word` is one of the documents' own: a name or a term that `language` knows in no form.

        False for all where `language` has no word: then it cannot be told.
        """
        if not language or len(word) < _SHORTEST_OWN or not word.isalpha() or word not in self._vocabulary:
            return False
        forms = {form for ending in _ENDINGS for form in (stem(word) + ending, word.removesuffix(ending))}
        return not any(form in language for form in forms) and not Compounds(language).parts(word)

    def together(self, said: Sequence[str], eligible: NDArray[np.bool_]) -> bool:
        """Whether a unit has all these words, in any form, in its eligible passages; False for none."""
        units = [
            set(self._index.collection.columns.unit[rows[eligible[rows]]].tolist()) for rows in map(self._rows, said)
        ]
        return bool(units) and bool(set.intersection(*units))

    def _rows(self, word: str) -> NDArray[np.intp]:
        """The passages that have a word in any form, or a word of both parts of a compound."""
        forms = self.of(word)
        parts = () if forms else self._compounds.parts(word)
        if parts:
            both: NDArray[np.intp] = np.intersect1d(self._rows(parts[0]), self._rows(parts[-1]))
            return both
        return self._index.holding(forms)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(self._index.related.vocabulary)

    @cached_property
    def _lines(self) -> str:
        """The words, each between two line ends: one search through it takes a millisecond for 100,000 words."""
        return "\n" + "\n".join(self._index.related.vocabulary) + "\n"

    @cached_property
    def _compounds(self) -> Compounds:
        return Compounds(self._vocabulary)

    @cached_property
    def _of_heads(self) -> frozenset[str]:
        """The words and years that are known of the documents without reading them."""
        heads = self._index.collection.heads
        stated = {value for head in heads for value in (head.title, *(value for _, value in head.metadata))}
        asked_by = {name for head in heads for unit in head.units for name in unit.asked_by}
        years = {str(head.date.year) for head in heads if head.date}
        return frozenset({word for value in stated | asked_by for word in words(value)} | years)

    def _starting(self, beginning: str) -> Iterator[str]:
        """The words that begin so: in the alphabet they stand together."""
        vocabulary = self._index.related.vocabulary
        behind = (vocabulary[place] for place in range(bisect_left(vocabulary, beginning), len(vocabulary)))
        return takewhile(lambda word: word.startswith(beginning), behind)

    def _ending(self, end: str) -> Iterator[str]:
        place = self._lines.find(f"{end}\n")
        while place != -1:
            stop = place + len(end)
            yield self._lines[self._lines.rfind("\n", 0, place) + 1 : stop]
            place = self._lines.find(f"{end}\n", stop)
