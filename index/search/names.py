"""What names the passages and the documents of a collection: the identifiers in them, and the words of titles.

Each identifier is indexed by all the terms that a question may name it by, so
that a look-up costs as much as it finds, whatever the size of the library.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from index.language.analyser import stems
from index.language.values.identifiers import QUANTITIES, Identifier, identifiers
from index.model.collection import Collection
from index.model.store import DocumentHead


@dataclass(frozen=True, slots=True)
class Names:
    """The terms of each passage of one document, in order, and those of the document itself.

    A document is named by the stems of its title and subject, the identifiers
    that it states of itself, its date, and those in it that no passage holds:
    in its head.
    """

    passages: tuple[tuple[str, ...], ...]
    document: tuple[str, ...]


def names(collection: Collection) -> Iterator[Names]:
    """The names of each document of a collection, in order."""
    columns = collection.columns
    spans: list[list[tuple[int, int]]] = [[] for _ in collection.heads]
    for document, start, end in zip(columns.document, columns.start.tolist(), columns.end.tolist(), strict=True):
        spans[document].append((start, end))
    for head, document, own in zip(collection.heads, collection.documents, spans, strict=True):
        yield _names(head, identifiers(document.text), own)


def _names(head: DocumentHead, found: Sequence[Identifier], spans: Sequence[tuple[int, int]]) -> Names:
    starts = [identifier.span.start for identifier in found]
    inside: set[int] = set()
    passages = []
    for start, end in spans:
        within = [
            place
            for place in range(bisect_left(starts, start), bisect_left(starts, end))
            if found[place].span.end <= end
        ]
        inside.update(within)
        passages.append(_terms(found[place] for place in within))
    outside = (found[place] for place in range(len(found)) if place not in inside)
    own = [*_stated(head), *(identifier for identifier in outside if identifier.kind not in QUANTITIES)]
    # The file's own name of a paper stands in no text.
    reference = [f"reference {value.upper().replace(' ', '')}" for key, value in head.metadata if key == "reference"]
    return Names(tuple(passages), tuple(dict.fromkeys([*title_stems(head), *_terms(own), *reference])))


def _terms(found: Iterable[Identifier]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for identifier in found for term in identifier.terms))


def title_stems(head: DocumentHead) -> tuple[str, ...]:
    """The stems of a document's title and subject, each once."""
    subject = next((value for key, value in head.metadata if key == "subject"), "")
    return tuple(dict.fromkeys(stems(f"{head.title} {subject}")))


def _stated(head: DocumentHead) -> list[Identifier]:
    """The identifiers that a document states of itself, its date and those of its file's name included."""
    stated = dict(head.metadata)
    texts = [stated.get(key, "") for key in ("reference", "question_number", "identifier")]
    texts.append(PurePath(head.file).stem)
    if "dossier" in stated:
        number = f", nr. {stated['number']}" if "number" in stated else ""
        texts.append(f"Kamerstuk {stated['dossier']}{number}")
    if "appendix" in stated and "year" in stated:
        first, _, last = stated["year"].partition("/")
        chamber = "ek" if stated.get("chamber") == "I" else "tk"
        texts.append(f"ah-{chamber}-{first}{first[:2]}{last}-{stated['appendix']}")
    found = [identifier for text in texts for identifier in identifiers(text) if identifier.kind not in QUANTITIES]
    return found + list(identifiers(head.date.isoformat()) if head.date else ())
