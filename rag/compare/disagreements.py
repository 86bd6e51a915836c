"""The same quantity with different values, and the same promise with another date, in one document or in several."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from index.language.span import Span
from index.library.open import published_figures, published_promises
from index.model.publications import shown_documents
from index.model.store import DocumentHead
from index.search.figures import content
from index.settings import Location
from rag.compare.sentences import shared

Rows = TypeVar("Rows")
# The share of the words of two sentences, numbers aside, that they have in common where they say the same of a figure.
_ALIKE = 0.6
# So many that count the same in a year are laid beside one another.
_COMPARED = 60


@dataclass(frozen=True)
class Stated:
    """A figure in its `sentence`, which begins at `start`, or a promise, which is one; equal ones have one `value`.

    `content` is what the sentence says, without its numbers.
    """

    document: DocumentHead
    label: str
    sentence: str
    start: int
    span: Span
    value: str
    content: str

    @property
    def text(self) -> str:
        """The figure, or the promise, in the document's words."""
        return self.sentence[self.span.start - self.start : self.span.end - self.start]

    @cached_property
    def words(self) -> Counter[str]:
        """The words of the `content`."""
        return Counter(self.content.split())


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is stated with different values: of a quantity its year, where it is known; by document and place."""

    kind: Literal["figure", "promise"]
    year: int | None
    stated: tuple[Stated, ...]


def disagreements(index: Location) -> tuple[Disagreement, ...]:
    """The quantities and then the promises of a library that are stated with different values; as `read_library`."""
    return (*_figures(index), *_promises(index))


def _figures(index: Location) -> Iterator[Disagreement]:
    groups: dict[tuple[str, str, int, int | None], list[Stated]] = defaultdict(list)
    for head, ones in _once(published_figures(index)):
        for one in ones:
            span = Span(one.start, one.end)
            stated = Stated(head, one.label, one.sentence, one.sentence_start, span, one.value, one.words)
            groups[one.kind, one.noun, one.place, one.year].append(stated)
    for (*_, year), found in groups.items():
        yield from (Disagreement("figure", year, alike) for alike in _differing(found))


def _promises(index: Location) -> Iterator[Disagreement]:
    dated = [
        Stated(head, one.label, one.text, one.start, Span(one.start, one.end), one.by.isoformat(), content(one.text))
        for head, ones in _once(published_promises(index))
        for one in ones
        if one.by
    ]
    for found in _by(dated, lambda stated: tuple(sorted(stated.words, key=lambda word: (-len(word), word))[:1])):
        yield from (Disagreement("promise", None, alike) for alike in _differing(found))


def _once(found: Sequence[tuple[DocumentHead, Rows]]) -> Iterator[tuple[DocumentHead, Rows]]:
    """Of each publication the file that stands for it: two formats of one do not differ."""
    shown = shown_documents(head for head, _ in found)
    return ((head, rows) for head, rows in found if head.id in shown)


def _by(found: Iterable[Stated], key: Callable[[Stated], Hashable]) -> Iterable[list[Stated]]:
    groups: dict[Hashable, list[Stated]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups.values()


def _differing(found: Sequence[Stated]) -> Iterator[tuple[Stated, ...]]:
    """Those that say the same with different values, together; each in one group at most."""
    if len({one.value for one in found}) < 2:
        return
    left = list(found[:_COMPARED])
    while left:
        first, *others = left
        alike = [first, *(one for one in others if shared(first.words, one.words) >= _ALIKE)]
        taken = {id(one) for one in alike}
        left = [one for one in left if id(one) not in taken]
        if len({one.value for one in alike}) > 1:
            yield tuple(alike)
