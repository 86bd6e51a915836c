"""Who signed the documents, as they say it themselves: the answer to "wie is de minister?"."""

from index.language.analyser import words
from index.language.signatory import signature, signed_at
from index.model.collection import Collection
from index.model.store import DocumentHead
from rag.citation.citation import Citer
from rag.citation.reference import reference, source
from rag.question.remark import Remark

# So many who signed are told.
_TOLD = 5


def office_words(collection: Collection) -> frozenset[str]:
    """The folded words of the offices that sign."""
    return frozenset(word for head in collection.heads for word in words(dict(head.metadata).get("office", "")))


def signatories(collection: Collection) -> tuple[Remark, ...]:
    """A remark on each who signs, at most five, of the first document that each signed; or that nobody does."""
    first: dict[tuple[str, str], DocumentHead] = {}
    for head in collection.heads:
        known = dict(head.metadata)
        if known.get("office") or known.get("name"):
            first.setdefault((known.get("office", ""), known.get("name", "")), head)
    found = tuple(_signed(collection, who, head) for who, head in list(first.items())[:_TOLD])
    return found or (Remark("nobody signed", ""),)


def _signed(collection: Collection, who: tuple[str, str], head: DocumentHead) -> Remark:
    """What a document says of who signs it, word for word where it stands in its text."""
    document = collection.document(head.id)
    stated = signature(document.text)
    span = signed_at(document.text) if (stated.get("office", ""), stated.get("name", "")) == who else None
    if span is None:
        return Remark("signed", ", ".join(filter(None, who)), (source(document),))
    citation = Citer(collection).cite(head.id, span.start, span.end)
    return Remark("signed", " ".join(citation.quotation.split()), (reference(citation),))
