"""The page "Deelvragen": what the members ask, part by part, each with the sentences that answer it.

Where no direct answer was seen, and that is sure enough, the reader is asked
whether that is so; it is never said that a question was not answered.
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from index.model.store import DocumentHead
from index.search.coverage import Covered
from rag.coverage.register import CoveredIn, asked_of_reader, choose_coverage
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language, counted
from ui.links import document_link, root_of
from ui.pages.sheet import Asked, Paged, Sheet, listed, named_head, no_documents, paged
from ui.render.slices import slice_card, unit_link
from ui.render.templating import block
from ui.texts.coverage import COVERAGE_TEXTS
from ui.texts.sheet import SHEET_TEXTS

PLACE = "deelvragen"
SHOWN = 20
_LISTED = 50


def show(asked: Asked) -> Sheet:
    """The sub-questions of the document that is asked for, or of the only one; else the documents to choose from."""
    texts = {**SHEET_TEXTS[asked.language], **COVERAGE_TEXTS[asked.language]}
    covered = [(head, found) for head, found in asked.register.coverage if found]
    head = asked.head("document") or (covered[0][0] if len(covered) == 1 else None)
    form = {
        "action": f"{root_of(asked.language)}{PLACE}",
        "documents": listed([head for head, _ in covered]),
        "document": head.id if head else "",
    }
    if head is None:
        return Sheet(texts["title"], block("coverage", "overview", texts, form, *_overview(asked, covered, texts)))
    found = choose_coverage(asked.register.coverage, head.id)
    body = _document(asked, head, found, texts)
    title = f"{texts['title']}: {head.title}"
    return Sheet(title, block("coverage", "page", texts, form, named_head(head), *body))


def _overview(
    asked: Asked, covered: Sequence[tuple[DocumentHead, tuple[Covered, ...]]], texts: Mapping[str, str]
) -> tuple[list[tuple[str, str, str]], Paged, Markup]:
    shown, pages = paged(asked, covered, _LISTED)
    rows = [
        (
            asked.address(document=head.id),
            named_head(head),
            _counts([CoveredIn(head, one) for one in found], texts),
        )
        for head, found in shown
    ]
    return rows, pages, _empty(asked, texts, bool(covered))


def _empty(asked: Asked, texts: Mapping[str, str], is_there: bool) -> Markup:
    if is_there:
        return Markup("")
    return no_documents(asked, texts) or block("slices", "empty", texts["none"], "", "")


def _counts(found: Sequence[CoveredIn], texts: Mapping[str, str]) -> str:
    """How many there are, and how many of each kind."""
    seen = sum(one.covered.status == "answered" for one in found)
    elsewhere = sum(one.covered.status == "elsewhere" for one in found)
    asks = sum(one.asks for one in found)
    counts = {"seen": seen, "elsewhere": elsewhere, "asks": asks, "open": len(found) - seen - elsewhere - asks}
    parts = [counted(texts, f"count {name}", count) for name, count in counts.items() if count]
    return f"{counted(texts, 'count', len(found))}: {', '.join(parts)}."


def _document(
    asked: Asked, head: DocumentHead, found: tuple[CoveredIn, ...], texts: Mapping[str, str]
) -> tuple[object, ...]:
    """What the page of one document shows: the counts, what is asked of the reader, and all of it page by page."""
    if not found:
        link = document_link(head.id, asked.language)
        empty = block("slices", "empty", texts["none here"], link, texts["read"])
        return "", [], [], paged(asked, found, SHOWN)[1], empty
    shown, pages = paged(asked, found, SHOWN)
    first = pages.number == 1
    asks = [_asked_of(one, asked, texts) for one in asked_of_reader(found)] if first else []
    every = [_sub_question(one, asked, texts) for one in shown]
    return _counts(found, texts), asks, every, pages, Markup("")


def _name(one: Covered, language: Language) -> str:
    numbers = ", ".join(map(str, one.numbers)) or one.label
    return COVERAGE_TEXTS[language]["name"].format(numbers=numbers, sub=one.sub)


def _card(one: CoveredIn, said: Sequence[str], asked: Asked, texts: Mapping[str, str]) -> Markup:
    """The slice of a sub-question, with what is said of it."""
    place = one.document.id, one.covered.start, one.covered.end
    return slice_card(asked.tools, place, asked.language, said, _rule(one.covered, texts))


def _asked_of(one: CoveredIn, asked: Asked, texts: Mapping[str, str]) -> dict[str, object]:
    """A sub-question that the reader is asked about."""
    covered = one.covered
    question = RAG_TEXTS[asked.language]["coverage asks"]
    return {
        "name": _name(covered, asked.language),
        "card": _card(one, [Markup("<strong>{}</strong>").format(question)], asked, texts),
        "said": texts["nearest"] if covered.evidence else texts["nothing near"],
        "evidence": _evidence(one, asked),
        "places": [],
    }


def _sub_question(one: CoveredIn, asked: Asked, texts: Mapping[str, str]) -> dict[str, object]:
    """A sub-question among all of a document."""
    covered = one.covered
    said = "asked" if one.asks else covered.status
    return {
        "name": _name(covered, asked.language),
        "card": _card(one, [RAG_TEXTS[asked.language]["coverage asks"]] if one.asks else [], asked, texts),
        "said": texts[f"said {said}"] if covered.evidence or said == "elsewhere" else texts["nothing near"],
        "evidence": _evidence(one, asked),
        "places": [_place(one.document, where, asked.language) for where in covered.where],
    }


def _rule(covered: Covered, texts: Mapping[str, str]) -> Markup:
    return Markup('<details class="found"><summary>{}</summary><p>{}</p></details>').format(
        texts["how found"], texts["rule"].format(rule=covered.rule, percent=round(100 * covered.confidence))
    )


def _evidence(one: CoveredIn, asked: Asked) -> list[Markup]:
    return [
        slice_card(asked.tools, (one.document.id, found.start, found.end), asked.language)
        for found in one.covered.evidence
    ]


def _place(head: DocumentHead, where: int | str, language: Language) -> tuple[str, str]:
    """Where an answer points: the name of the question or annex, and its address; empty where it is not there."""
    is_number = isinstance(where, int)
    name = COVERAGE_TEXTS[language]["question" if is_number else "annex"].format(name=where)
    unit = next((unit for unit in head.units if (where in unit.numbers if is_number else unit.annex == where)), None)
    return name, unit_link(head.id, unit.id.partition(":")[2], language) if unit else ""
