"""Written questions as small libraries: what their documents answer, and what they only seem to answer.

The passages of a few documents make a collection, each one unit. Those of the
split `train` are fitted on, those of `dev` are for measuring.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.beir import corpus_of
from index.model.collection import Collection
from index.model.store import MemoryStore
from index.training.asked import KINDS, NEAR, AskedPassage

# So many documents are asked together: somebody's own library is small.
DOCUMENTS = 8
# A kind of questions that no encoder learns from: of two to five words, as people type them.
SHORT = "short"
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
        texts = {f"{number}:{place}": passage.text for place, passage in enumerate(document)}
        record, passages = corpus_of(texts, str(number), f"{number}.txt")
        records.append(record)
        cut += passages
        for passage, unit in zip(document, record.units, strict=True):
            asked = [(kind, passage.questions[kind]) for kind in (*KINDS, SHORT, NEAR) if passage.questions.get(kind)]
            questions += [
                Question(generator.choice(texts), kind, None if kind == NEAR else unit.id) for kind, texts in asked
            ]
    strangers = generator.sample(others, min(len(others), round(_STRANGERS * len(cut))))
    questions += [Question(generator.choice(p.asked())[0], "far") for p in strangers if p.asked()]
    return Lot(Collection(MemoryStore(records, cut)), tuple(questions))
