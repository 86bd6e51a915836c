"""The same quantity with different values, and the same promise with another date, in one document or in several."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from index.language.span import Span
from index.library.open import published_figures, published_promises
from index.model.publications import shown_documents
from index.model.store import DocumentHead
from index.search.figures import SaidFigure, content
from index.search.promises import Promise
from index.settings import Location
from rag.compare.sentences import bag, shared

Rows = TypeVar("Rows")
Row = TypeVar("Row", bound=SaidFigure | Promise)
# The share of the words of two sentences, numbers aside, that they have in common where they say the same of a figure.
_ALIKE = 0.6
# So many that count the same in a year are laid beside one another.
_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in its `sentence`, which begins at `start`, or a promise, which is one; equal ones have one `value`."""

    document: DocumentHead
    label: str
    sentence: str
    start: int
    span: Span
    value: str

    @property
    def text(self) -> str:
        """The figure, or the promise, in the document's words."""
        return self.sentence[self.span.start - self.start : self.span.end - self.start]


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
    said = ((head, one) for head, ones in _once(published_figures(index)) for one in ones)
    for found in _by(said, lambda one: (one.kind, one.noun, one.place, one.year)):
        for alike in _differing(found, lambda one: one.value, lambda one: one.words):
            stated = (
                Stated(head, one.label, one.sentence, one.sentence_start, Span(one.start, one.end), one.value)
                for head, one in alike
            )
            yield Disagreement("figure", found[0][1].year, tuple(stated))


def _promises(index: Location) -> Iterator[Disagreement]:
    dated = ((head, one) for head, ones in _once(published_promises(index)) for one in ones if one.by)
    for found in _by(
        dated, lambda one: min(content(one.text).split(), key=lambda word: (-len(word), word), default="")
    ):
        for alike in _differing(found, lambda one: str(one.by), lambda one: content(one.text)):
            stated = (
                Stated(head, one.label, one.text, one.start, Span(one.start, one.end), str(one.by))
                for head, one in alike
            )
            yield Disagreement("promise", None, tuple(stated))


def _once(found: Sequence[tuple[DocumentHead, Rows]]) -> Iterator[tuple[DocumentHead, Rows]]:
    """Of each publication the file that stands for it: two formats of one do not differ."""
    shown = shown_documents(head for head, _ in found)
    return ((head, rows) for head, rows in found if head.id in shown)


def _by(
    found: Iterable[tuple[DocumentHead, Row]], key: Callable[[Row], Hashable]
) -> Iterable[list[tuple[DocumentHead, Row]]]:
    groups: dict[Hashable, list[tuple[DocumentHead, Row]]] = defaultdict(list)
    for head, one in found:
        groups[key(one)].append((head, one))
    return groups.values()


def _differing(
    found: Sequence[tuple[DocumentHead, Row]], value: Callable[[Row], str], words: Callable[[Row], str]
) -> Iterator[list[tuple[DocumentHead, Row]]]:
    """Those that say the same with different values, together; each in one group at most."""
    if len({value(one) for _, one in found}) < 2:
        return
    left = [(bag(words(one).split()), head, one) for head, one in found[:_COMPARED]]
    while left:
        (first, *_), *others = left
        alike, left = left[:1], []
        for other in others:
            (alike if shared(first, other[0]) >= _ALIKE else left).append(other)
        if len({value(one) for _, _, one in alike}) > 1:
            yield [(head, one) for _, head, one in alike]
