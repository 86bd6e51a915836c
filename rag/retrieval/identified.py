"""Find what a question names by an identifier: a paper, a reference number, an article, a date, an amount.

A paper, a reference number or an article with its law is one thing wherever it
stands: what holds it is found first and surely, and one that stands nowhere is
named. A date, an amount or a percentage says which of the passages on a
subject is meant: those that state it rank higher, in whatever form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import content_words
from index.language.values.identifiers import Identifier, IdentifierKind, identifiers
from index.model.arrays import distinct
from index.search.search_index import SearchIndex
from rag.question.operators import LONGEST_WITH_OPERATORS

Rows = NDArray[np.intp]

# These name one thing wherever they stand.
_UNIQUE: frozenset[IdentifierKind] = frozenset({"paper", "question paper", "publication", "reference", "act", "case"})
# Words around an identifier that say nothing about its content.
_AROUND = frozenset(
    "kamerstuk kamerstukken dossier nr nummer brief artikel art wetboek wet kenmerk datum stuk zaak richtlijn "
    "verordening ecli euro procent gebeurde gebeurt gebeuren gebeurd happened happen happens".split()
)
# A number of so many digits may be a reference.
_REFERENCE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Identified:
    """The rows, ascending, of passages that hold an identifier of the question, and those that no passage holds.

    `only`: whether the question says nothing besides. `in_passing`: whether it
    is so long that it is about something else, and only mentions them; no rows
    are looked for then. `stating` are, for each date and quantity of a question
    that says more, the rows that state it.
    """

    rows: Rows
    missing: tuple[str, ...] = ()
    only: bool = False
    in_passing: bool = False
    stating: tuple[Rows, ...] = ()


def identified(index: SearchIndex, question: str, eligible: NDArray[np.bool_]) -> Identified:
    """What the question names, among the `eligible` passages."""
    named = identifiers(question)
    only = bool(named) and not _besides(question, named)
    in_passing = len(question.split()) > LONGEST_WITH_OPERATORS
    holding = {identifier: _holding(index, identifier, eligible) for identifier in named}
    missing = (i for i, rows in holding.items() if not len(rows) and (only or _says_which(i) or _is_value(i)))
    sure = [rows for i, rows in holding.items() if only or _says_which(i)]
    rows = distinct(np.concatenate([np.zeros(0, dtype=np.intp), *(() if in_passing else sure)]))
    values = [rows for i, rows in holding.items() if not (only or _says_which(i)) and len(rows)]
    stating = () if in_passing else tuple(values)
    return Identified(rows, tuple(identifier.span.of(question) for identifier in missing), only, in_passing, stating)


def _says_which(identifier: Identifier) -> bool:
    """Whether an identifier names one thing whatever stands around it; an article does with its law."""
    kind, value = identifier.kind, identifier.value
    return kind in _UNIQUE or (kind == "article" and " " in value and not value.partition(" ")[2].startswith("lid "))


def _is_value(identifier: Identifier) -> bool:
    """Whether somebody who asks for it expects it to be stated: a day, a month, an amount, a percentage."""
    return identifier.kind in ("amount", "percentage", "date")


def _besides(question: str, named: Sequence[Identifier]) -> set[str]:
    """The content words of a question that are none of its identifiers."""
    rest = question
    for identifier in sorted(named, key=lambda found: -found.span.start):
        rest = f"{rest[: identifier.span.start]} {rest[identifier.span.end :]}"
    return set(content_words(rest)) - _AROUND


def _holding(index: SearchIndex, identifier: Identifier, eligible: NDArray[np.bool_]) -> Rows:
    """The rows of the eligible passages that name the same, and of the documents that do.

    Of a date or an article, documents count where no passage has it.
    """
    for term in _looked_up(identifier):
        rows = index.named(term)
        if identifier.kind in _UNIQUE or not len(rows):
            documents = np.isin(index.collection.columns.document, index.titled(term))
            rows = distinct(np.concatenate([rows, np.flatnonzero(documents)]))
        if len(rows := rows[eligible[rows]]):
            return rows
    return np.zeros(0, dtype=np.intp)


def _looked_up(identifier: Identifier) -> Iterator[str]:
    """The terms by which it is looked up, until one is found: the exact one, then what may stand for it."""
    yield identifier.term
    kind, value = identifier.kind, identifier.value
    if kind == "amount":
        yield f"number {value}"
    if kind == "number" and len(value) >= _REFERENCE_DIGITS:
        yield f"reference {value}"
    if kind == "article" and " lid " in value:
        yield f"article {value.partition(' lid ')[0]}"
