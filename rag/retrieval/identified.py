"""Find what a question names by an identifier: a paper of parliament, a reference number, an article, a date.

The words of an identifier say which passages may hold it, and reading those
says which do: "21501-32-1740" is found where "21 501-32, nr. 1740" stands, and
no other number is ever taken for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import content_words
from index.language.identifiers import Identifier, IdentifierKind, identifiers
from index.search.search_index import SearchIndex
from rag.question.operators import LONGEST_WITH_OPERATORS

# These name one thing wherever they stand; a date does where the question says nothing else.
_UNIQUE: frozenset[IdentifierKind] = frozenset({"paper", "question paper", "reference"})
# Words around an identifier that say nothing about its content.
_AROUND = frozenset("kamerstuk kamerstukken dossier nr nummer brief artikel art wetboek wet kenmerk datum stuk".split())


@dataclass(frozen=True, slots=True)
class Identified:
    """The rows, ascending, of passages that hold an identifier of the question, and those that no passage holds.

    `only`: whether the question says nothing besides. `in_passing`: whether it
    is so long that it is about something else, and only mentions them; no rows
    are looked for then.
    """

    rows: NDArray[np.intp]
    missing: tuple[str, ...] = ()
    only: bool = False
    in_passing: bool = False


def identified(index: SearchIndex, question: str, eligible: NDArray[np.bool_]) -> Identified:
    """What the question names, among the `eligible` passages."""
    named = [identifier for identifier in identifiers(question) if identifier.kind != "amount"]
    only = bool(named) and not _besides(question, named)
    in_passing = len(question.split()) > LONGEST_WITH_OPERATORS
    wanted = [identifier for identifier in named if only or _says_which(identifier)]
    holding = {identifier: _holding(index, identifier, eligible) for identifier in wanted}
    missing = (i for i, rows in holding.items() if not len(rows) and (only or i.kind in _UNIQUE))
    rows = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *(() if in_passing else holding.values())]))
    return Identified(rows, tuple(identifier.span.of(question) for identifier in missing), only, in_passing)


def _says_which(identifier: Identifier) -> bool:
    """Whether an identifier names one thing whatever stands around it; an article does with its law."""
    return identifier.kind in _UNIQUE or (identifier.kind == "article" and " " in identifier.value)


def _besides(question: str, named: Sequence[Identifier]) -> set[str]:
    """The content words of a question that are none of its identifiers."""
    rest = question
    for identifier in sorted(named, key=lambda found: -found.span.start):
        rest = f"{rest[: identifier.span.start]} {rest[identifier.span.end :]}"
    return set(content_words(rest)) - _AROUND


def _holding(index: SearchIndex, identifier: Identifier, eligible: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The rows of the eligible passages that name the same."""
    may = index.holding(identifier.words)
    texts = ((int(row), index.collection.row_text(int(row))) for row in may[eligible[may]])
    return np.array(
        [row for row, text in texts if any(identifier.names(found) for found in identifiers(text))], dtype=np.intp
    )
