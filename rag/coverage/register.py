"""The sub-questions of a library and what answers them, document by document.

They were found when their document was added, so that no document is read for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.library.open import published_coverage
from index.model.collection import find_head
from index.model.publications import shown_documents
from index.model.store import DocumentHead
from index.search.coverage import Covered
from index.settings import Location

# Above it a reader is asked whether there is an answer: so often there was none, or half of one, where we saw none.
SURE = 0.75


@dataclass(frozen=True, slots=True)
class CoveredIn:
    """A sub-question with what answers it, and the document that it stands in."""

    document: DocumentHead
    covered: Covered

    @property
    def asks(self) -> bool:
        """Whether to ask the reader if it has no direct answer: we see none, and are sure enough."""
        return self.covered.status in ("partly", "not found") and self.covered.confidence > SURE


def find_coverage(index: Location, document: str = "") -> tuple[CoveredIn, ...]:
    """The sub-questions of a library, or of one `document` (id or file name), in the order of the text.

    Raises UnknownDocumentError, and what `read_library` does.
    """
    return choose_coverage(published_coverage(index), document)


def choose_coverage(
    everything: Sequence[tuple[DocumentHead, tuple[Covered, ...]]], document: str = ""
) -> tuple[CoveredIn, ...]:
    """The same as `find_coverage`, of what was read before."""
    heads = [head for head, _ in everything]
    chosen = {find_head(heads, document).id} if document else shown_documents(heads)
    return tuple(CoveredIn(head, one) for head, ones in everything if head.id in chosen for one in ones)


def asked_of_reader(found: Iterable[CoveredIn]) -> tuple[CoveredIn, ...]:
    """Those of which the reader is asked whether they have an answer, the surest first, else in their order."""
    return tuple(sorted((one for one in found if one.asks), key=lambda one: -one.covered.confidence))
