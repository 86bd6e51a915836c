"""An exact slice of a document with its citation: one card, the same on every page that the server writes.

Of a card the words between the quotation's edges are the document's, and all
else is ours; what its buttons copy is made from the offsets that it has.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from markupsafe import Markup

from rag.citation.citation import Citation
from rag.citation.reference import reference, short_reference
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language
from ui.desk.desk import Tools
from ui.links import citation_link, root_of
from ui.render.templating import block
from ui.render.text_flow import Flow, Mark
from ui.texts.english import in_english, label
from ui.texts.page import TEXTS

# What the buttons of a card copy or move.
FORMS = ("copy", "copy-markdown", "copy-link", "to-memo")


def slice_card(
    tools: Tools,
    place: tuple[str, int, int],
    language: Language,
    said: Iterable[object] = (),
    below: Markup | None = None,
    marks: tuple[Mark, ...] = (),
) -> Markup:
    """The words of `place` (document, start, end) and where they stand; `said` are words of ours in a line above.

    CitationError where they lie in no one part, UnknownDocumentError where there is no such document.
    """
    citation = tools.citer.cite(*place)
    flow = Flow(citation.document, citation.document.footnotes, language, lambda _: None, marks)
    return block(
        "slices",
        "card",
        {
            "document": citation.document.id,
            "start": citation.span.start,
            "end": citation.span.end,
            "link": citation_link(citation, language),
            "name": name_of(citation, language),
            "speaker": RAG_TEXTS[language][citation.part.speaker],
            "voice": citation.part.speaker.split()[0],
            "said": list(said),
            "words": _words(citation, flow),
            "reference": reference(citation),
            "short": short_reference(citation),
            "english": in_english(reference(citation)) if language == "en" else "",
            "below": below or "",
        },
        FORMS,
        TEXTS[language],
    )


def _words(citation: Citation, flow: Flow) -> Markup:
    """The quotation as paragraphs, or as the table that it is."""
    tables = citation.unit.tables if citation.unit else ()
    table = next((table for table in tables if table.span == citation.span), None)
    return flow.table(table) if table else flow.paragraphs(citation.span)


def name_of(citation: Citation, language: Language) -> str:
    """What the place of a citation is called within its document."""
    return label(citation.unit.label, language) if citation.unit else short_reference(citation)


def unit_link(document: str, unit: str, language: Language) -> str:
    """The address that opens a document at the unit of that name ("vraag-28")."""
    return f"{root_of(language)}?{urlencode({'document': document, 'unit': unit})}"
