"""Who signed the documents and who asks in them, as they say it themselves: the answer to "wie is de minister?"."""

from index.language.analyser import words
from index.language.parliament.signatory import signature, signed_at
from index.model.collection import Collection
from index.model.filter_masks import asking_members
from index.model.store import DocumentHead
from rag.citation.citation import Citer
from rag.citation.reference import reference, source
from rag.question.remark import Remark

# So many who signed are told, and so many who ask.
_TOLD, _ASKERS_TOLD = 5, 40


def office_words(collection: Collection) -> frozenset[str]:
    """The folded words of the offices that sign."""
    return frozenset(word for head in collection.heads for word in words(dict(head.metadata).get("office", "")))


def askers(collection: Collection) -> tuple[Remark, ...]:
    """A remark on the groups that ask and the members who do, in the order in which the documents first name them."""
    groups = dict.fromkeys(group for head in collection.heads for unit in head.units for group in unit.asked_by)
    members = dict.fromkeys(name for head in collection.heads for name in asking_members(head))
    names = tuple(dict.fromkeys((*groups, *members)))
    more = ("…",) if len(names) > _ASKERS_TOLD else ()
    return (Remark("asked by", "", (*names[:_ASKERS_TOLD], *more)),)


def signatories(collection: Collection, asked: tuple[str, ...] = ()) -> tuple[Remark, ...]:
    """A remark on each who signs, at most five, of the first document that each signed; or that nobody does.

    Before these, one on each office of `asked` that signs none.
    """
    first: dict[tuple[str, str], DocumentHead] = {}
    for head in collection.heads:
        known = dict(head.metadata)
        if known.get("office") or known.get("name"):
            first.setdefault((known.get("office", ""), known.get("name", "")), head)
    found = tuple(_signed(collection, who, head) for who, head in list(first.items())[:_TOLD])
    offices = office_words(collection)
    others = tuple(Remark("signed by no", office) for office in asked if found and office not in offices)
    return (*others, *found) or (Remark("nobody signed", ""),)


def _signed(collection: Collection, who: tuple[str, str], head: DocumentHead) -> Remark:
    """What a document says of who signs it, word for word where it stands in its text."""
    document = collection.document(head.id)
    stated = signature(document.text)
    span = signed_at(document.text) if (stated.get("office", ""), stated.get("name", "")) == who else None
    if span is None:
        return Remark("signed", ", ".join(filter(None, who)), (source(document),))
    citation = Citer(collection).cite(head.id, span.start, span.end)
    return Remark("signed", " ".join(citation.quotation.split()), (reference(citation),))
