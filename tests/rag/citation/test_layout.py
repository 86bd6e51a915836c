"""Tables stay tables in every form, words within a sentence stay within one; what is left out is marked."""

import csv
import datetime
import io
from typing import Any

import pytest
from docx import Document as WordFile

from index.language.span import Span
from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.abridged import Abridged, abridged, without
from rag.citation.citation import Citation, CitationError, Citer
from rag.citation.layout import Grid, blocks, is_inline
from rag.citation.styles import styled
from rag.memo.selection import LeftOut, SelectionError, selection_of
from rag.memo.write_memo import FORMATS, memo_bytes
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier

HEAD = ("Eindvonnis", "2021", "2022", "2023", "2024", "2025")
ROW = ("Schuldig met/zonder strafoplegging", "230", "190", "250", "260", "300")


@pytest.fixture(scope="module")
def citer(letter: Parsed) -> Citer:
    return Citer(Collection.of([letter]))


def cited(citer: Citer, first: str, last: str = "", unit: str = "vraag-45") -> Citation:
    """The citation from `first` up to and with `last` in the answer of a unit."""
    document = citer.collection.documents[0]
    answer = next(found.answer for found in citer.collection.units if found.id.endswith(f":{unit}"))
    assert answer
    start = document.text.index(first, answer.start)
    end = document.text.index(last or first, start) + len(last or first)
    return citer.cite(document.id, start, end)


def table(citer: Citer) -> Citation:
    unit = next(unit for unit in citer.collection.units if unit.tables)
    span = unit.tables[0].span
    return citer.cite(unit.document, span.start, span.end)


def test_a_table_is_a_grid_of_exact_cells(citer: Citer) -> None:
    (grid,) = blocks(table(citer))
    assert isinstance(grid, Grid)
    assert grid.caption.startswith("Aantal zaken waarin")
    assert (grid.rows, grid.headed) == ((HEAD, ROW), True)


def test_a_row_that_is_selected_has_its_cells_in_their_columns(citer: Citer) -> None:
    row = cited(citer, "190", "260", "vraag-44")
    (grid,) = blocks(row)
    assert grid == Grid("", (("", "", "190", "250", "260", ""),), False)
    assert "| --- |" in styled(row, "markdown")


def test_a_cell_by_itself_is_words(citer: Citer) -> None:
    cell = cited(citer, "250", unit="vraag-44")
    assert blocks(cell) == ("250",)
    assert styled(cell, "plain").startswith("“250” (")


def test_a_table_is_pasted_as_a_table(citer: Citer) -> None:
    """By tabs into a sheet, as a table into a text, each with its reference."""
    citation = table(citer)
    rows = list(csv.reader(io.StringIO(styled(citation, "plain")), delimiter="\t"))
    assert rows[1:3] == [list(HEAD), list(ROW)]
    assert "tabel in het antwoord op vraag 44" in rows[3][0]
    html = styled(citation, "html")
    assert "<th>2023</th>" in html
    assert "<td>250</td>" in html
    assert "tabel in het antwoord op vraag 44</figcaption>" in html
    assert "> | Eindvonnis | 2021 |" in styled(citation, "markdown")


@pytest.mark.parametrize(
    ("first", "last", "inline"),
    [
        ("tot een totale formatie van", "186 fte", True),
        ("Voor een verdere toelichting", "vraag 4.", True),
        ("Binnen de politie", "en TSK.", True),
        ("Binnen de politie", "medio 2026.", False),
        ("Binnen de politie", "totale formatie", True),
        ("Binnen de politie", "vraag 4.", False),
    ],
)
def test_half_a_sentence_goes_within_one_and_a_passage_is_a_block(
    citer: Citer, first: str, last: str, inline: bool
) -> None:
    citation = cited(citer, first, last)
    assert is_inline(citation) == inline
    html = styled(citation, "html")
    assert html.startswith('<span lang="nl">“' if inline else "<figure>")
    assert citation.quotation in html
    assert "antwoord op vraag 45" in html


def test_styles_of_a_footnote_and_of_the_leidraad(citer: Citer) -> None:
    citation = cited(citer, "een totale formatie van", "186 fte")
    note = styled(citation, "footnote")
    assert note.startswith("“een totale formatie van 186 fte”¹\n\n¹ Brief van de minister")
    assert note.endswith("antwoord op vraag 45.\n")
    assert styled(citation, "leidraad").startswith("‘een totale formatie van 186 fte’¹\n")
    own_marks = cited(citer, "Binnen de politie zijn de TBKK’s belast")
    assert styled(own_marks, "leidraad").startswith("“Binnen de politie zijn de TBKK’s belast”¹")


def test_a_quotation_is_shortened_to_exact_pieces(citer: Citer) -> None:
    """What is left out goes by whole words, the rest are slices, and the place is that of the whole."""
    citation = cited(citer, "Binnen de politie", "vraag 4.")
    dropped = cited(citer, "De afgelopen jaren is de formatie", "medio 2026.")
    span = Span(dropped.span.start + 1, dropped.span.end)
    shorter = without(citer, citation.document.id, [citation.span], span)
    assert isinstance(shorter, Abridged)
    assert shorter.quotation.startswith(
        "Binnen de politie zijn de TBKK’s belast met de opsporing van kinderpornografie"
    )
    assert "TSK. […] Hoewel de politie" in shorter.quotation
    for piece in shorter.pieces:
        assert piece.quotation == citation.document.text[piece.span.start : piece.span.end]
    again = abridged(citer, citation.document.id, [piece.span for piece in shorter.pieces])
    assert again == shorter


def test_what_lies_side_by_side_is_joined_without_a_mark(citer: Citer) -> None:
    first, second = cited(citer, "Binnen de politie", "en TSK."), cited(citer, "De afgelopen jaren", "medio 2026.")
    joined = abridged(citer, first.document.id, [second.span, first.span])
    assert isinstance(joined, Citation)
    assert joined.quotation.endswith("186 fte medio 2026.")


def test_nothing_is_joined_that_may_not_be(citer: Citer) -> None:
    """Not two answers, not a word by itself, not without the negation, and not nothing."""
    one, other = cited(citer, "Binnen de politie", "en TSK."), cited(citer, "De samenwerking", "belang", "vraag-46")
    document = one.document.id
    with pytest.raises(CitationError, match="do not stand in one part"):
        abridged(citer, document, [one.span, other.span])
    with pytest.raises(CitationError, match="3 words or more"):
        without(citer, document, [one.span], cited(citer, "de politie", "en").span)
    negated = cited(citer, "Het vermoeden is", "via livestreaming.", "vraag-44")
    with pytest.raises(CitationError, match="leave out “niet”"):
        without(citer, document, [negated.span], cited(citer, "waardoor het uitreizen niet", unit="vraag-44").span)
    with pytest.raises(CitationError, match="nothing would be left"):
        without(citer, document, [one.span], one.span)


def _selected(citer: Citer, *more: dict[str, Any]) -> dict[str, Any]:
    citation, grid = cited(citer, "Binnen de politie", "en TSK."), table(citer)
    document = citation.document.id
    tail = cited(citer, "is er sprake van een structurele", "ongeveer 20%.")
    items = [
        {"heading": "Cijfers"},
        {"note": "Eigen woorden."},
        {"document": document, "start": grid.span.start, "end": grid.span.end},
        {"document": document, "pieces": [[c.span.start, c.span.end] for c in (citation, tail)]},
        {"document": document, "start": citation.span.start, "end": citation.span.end},
        *more,
    ]
    return {"title": "Memo", "author": "A. de Boer", "date": "2026-11-28", "items": items}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_memo_with_tables_and_shortened_quotations_verifies(citer: Citer, suffix: str) -> None:
    selection = selection_of(_selected(citer), citer, "memo")
    content = memo_bytes(selection, suffix, "nl")
    assert content == memo_bytes(selection, suffix, "nl")
    if suffix == ".json":
        return
    report = Verifier(citer).verify(memo_of(content, f"memo{suffix}"))
    assert report.passes
    # Plain text has no tables.
    expected = ["shortened", "exact"] if suffix == ".txt" else ["exact", "shortened", "exact"]
    assert [judged.verdict for judged in report.judged] == expected


def test_a_figure_that_is_changed_in_the_table_of_a_memo_is_found(citer: Citer) -> None:
    content = memo_bytes(selection_of(_selected(citer), citer, "memo"), ".md", "nl")
    report = Verifier(citer).verify(memo_of(content.replace(b"| 250 |", b"| 520 |"), "memo.md"))
    assert not report.passes


def test_a_word_memo_has_real_tables_and_says_who_made_it_and_when(citer: Citer) -> None:
    content = memo_bytes(selection_of(_selected(citer), citer, "memo"), ".docx", "nl")
    file = WordFile(io.BytesIO(content))
    assert [tuple(cell.text for cell in row.cells) for row in file.tables[0].rows] == [HEAD, ROW]
    properties = file.core_properties
    assert (properties.author, properties.created.date()) == ("A. de Boer", datetime.date(2026, 11, 28))


def test_a_quotation_that_is_gone_costs_the_others_nothing(citer: Citer) -> None:
    found = _selected(citer, {"document": "0" * 16, "start": 3, "end": 9})
    with pytest.raises(SelectionError):
        selection_of(found, citer, "memo")
    left_out: list[LeftOut] = []
    selection = selection_of(found, citer, "memo", left_out)
    assert len(selection.quoted) == 3
    assert [one.number for one in left_out] == [6]
    assert "0000000000000000" in left_out[0].reason


def test_a_document_in_another_version_is_found_by_the_link(citer: Citer) -> None:
    from rag.citation.permalink import permalink

    citation = cited(citer, "Binnen de politie", "en TSK.")
    gone = {"document": "0" * 16, "start": 3, "end": 9, "link": str(permalink(citation))}
    selection = selection_of({"title": "Memo", "items": [gone]}, citer, "memo")
    assert selection.quoted == (citation,)


@pytest.mark.parametrize("pieces", [[], [[1]], [[5, 2]], "x", [[1, True]], [[1, 5], "x"]])
def test_pieces_that_are_none_are_refused(citer: Citer, pieces: object) -> None:
    item = {"document": citer.collection.documents[0].id, "pieces": pieces}
    with pytest.raises(SelectionError, match="pieces"):
        selection_of({"title": "Memo", "items": [item]}, citer, "memo")
