"""Written questions as small libraries: what their documents answer, and what they only seem to answer.

The passages of a few documents make a collection, each one unit. Those of the
split `train` are fitted on, those of `dev` are for measuring.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.span import Span
from index.model.collection import Collection
from index.model.store import MemoryStore, Record
from index.model.types import Document, Passage, Unit
from index.training.asked import KINDS, NEAR, AskedPassage

# So many documents are asked together: somebody's own library is small.
DOCUMENTS = 8
# Questions from other documents that are asked for each passage.
_STRANGERS = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its kind, as AskedPassage has it, or "far" where it is of other documents.

    `unit` is the id of the unit that answers it, None where none does.
    """

    text: str
    kind: str
    unit: str | None = None


@dataclass(frozen=True)
class Lot:
    """A small library and what it is asked."""

    collection: Collection
    questions: tuple[Question, ...]


def lots(
    passages: Sequence[AskedPassage], split: str, most: int, generator: random.Random, size: int = DOCUMENTS
) -> Iterator[Lot]:
    """At most so many libraries of `size` documents of a split, drawn by lot; each document is in one."""
    of_documents: dict[str, list[AskedPassage]] = {}
    for passage in passages:
        if passage.split == split:
            of_documents.setdefault(passage.document, []).append(passage)
    documents = list(of_documents.values())
    generator.shuffle(documents)
    for start in range(0, min(len(documents), most * size), size):
        lot = documents[start : start + size]
        others = [passage for document in (*documents[:start], *documents[start + size :]) for passage in document]
        yield _lot(lot, others, generator)


def _lot(documents: Sequence[Sequence[AskedPassage]], others: Sequence[AskedPassage], generator: random.Random) -> Lot:
    records, cut, questions = [], [], []
    for number, document in enumerate(documents):
        record, passages = _document(number, document)
        records.append(record)
        cut += passages
        for passage, unit in zip(document, record.units, strict=True):
            asked = [(kind, passage.questions[kind]) for kind in (*KINDS, NEAR) if passage.questions[kind]]
            questions += [
                Question(generator.choice(texts), kind, None if kind == NEAR else unit.id) for kind, texts in asked
            ]
    strangers = generator.sample(others, min(len(others), round(_STRANGERS * len(cut))))
    questions += [Question(generator.choice(p.asked())[0], "far") for p in strangers if p.asked()]
    return Lot(Collection(MemoryStore(records, cut)), tuple(questions))


def _document(number: int, passages: Sequence[AskedPassage]) -> tuple[Record, list[Passage]]:
    """The passages of a document one below the other, each a unit that stands for itself."""
    text = "\n".join(passage.text for passage in passages)
    digest = hashlib.sha256(f"{number}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    name = digest[:16]
    units, position = [], 0
    for place, passage in enumerate(passages):
        span = Span(position, position + len(passage.text))
        unit = f"{name}:{place}"
        units.append(Unit(unit, name, "annex", (), unit, (), None, (span,), None, annex=unit))
        position = span.end + 1
    document = Document(id=name, title=name, kind="corpus", text=text, file=name, sha256=digest)
    return Record(document, tuple(units)), [Passage(name, u.id, "members", "context", u.questions[0]) for u in units]
