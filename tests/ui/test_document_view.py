"""The whole document is on the page, word for word, with its references as links that lead somewhere."""

import re

import pytest

from index.errors import DocumentError
from index.language.values.references import annex_numeral
from index.model.types import Document
from tests.ui.test_render import _pieces
from ui.desk.desk import Tools
from ui.render.document_view import DocumentView, DocumentViews


@pytest.fixture(scope="module")
def document(tools: Tools) -> Document:
    return tools.collection.documents[0]


@pytest.fixture(scope="module")
def view(tools: Tools, document: Document) -> DocumentView:
    return DocumentViews().view(tools, document.id, "nl")


def test_every_character_of_the_document_is_shown_once(view: DocumentView, document: Document) -> None:
    """The pieces are exact slices that do not overlap; only white space stands between them."""
    position = 0
    for start, piece in sorted(_pieces(view.letter)):
        assert document.text[start : start + len(piece)] == piece
        assert document.text[position:start].strip() == ""
        position = start + len(piece)
    assert document.text[position:].strip() == ""


def test_every_unit_stands_in_the_letter_and_in_the_contents(tools: Tools, view: DocumentView) -> None:
    names = [unit.id.partition(":")[2] for unit in tools.collection.units]
    assert re.findall(r'<section class="unit \w+" data-unit="([^"]+)"', view.letter) == names
    assert re.findall(r'data-unit="([^"]+)"', view.contents) == names


def test_references_lead_to_what_they_name(tools: Tools, view: DocumentView) -> None:
    """A link shows the number of the question that it leads to, and every reference to one question is a link."""
    links = re.findall(r'<a href="[^"]+" data-unit="(\w+)-(\w+)"><span[^>]*>(.*?)</span></a>', view.letter)
    assert links
    for kind, name, shown in links:
        named = shown.rpartition(" ")[2]
        assert (annex_numeral(named) if kind == "bijlage" else named) == name
    leading = {f"{kind}-{number}" for kind, number, _ in links}
    referred = {f"vraag-{key}" for u in tools.collection.units for key in u.references if isinstance(key, int)}
    # "de vorige vraag" and the numbers between the ends of a range are named by no number.
    assert len(referred - leading) <= len(referred) // 4


def test_members_are_never_shown_as_the_minister(tools: Tools, view: DocumentView) -> None:
    """Each part stands under the voice of its speaker."""
    for part in tools.citer.parts[tools.collection.documents[0].id]:
        if part.unit is None or part.field == "footnote":
            continue
        before = view.letter[: view.letter.index(f'data-start="{part.span.start}"')]
        assert re.findall(r'<div class="part \w+ (\w+)">', before)[-1] == part.speaker.split()[0]


def test_footnotes_stand_behind_their_marks(view: DocumentView, document: Document) -> None:
    assert len(re.findall(r'<span class="footnote"', view.letter)) == len(document.footnotes)


def test_a_document_is_rendered_once(tools: Tools, document: Document) -> None:
    views = DocumentViews()
    assert views.view(tools, document.id, "nl") is views.view(tools, document.file, "nl")
    with pytest.raises(DocumentError):
        views.view(tools, "niets", "nl")
