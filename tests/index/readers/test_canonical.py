"""The contract of the one builder: exact slices, marks in the text, places in order, nothing lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import canonical
from index.readers.canonical import (
    Block,
    Cell,
    Inline,
    Note,
    NoteMark,
    PageTurn,
    Paragraph,
    Reading,
    TableBlock,
    UnreadableError,
    Words,
    compose,
)

KEYS = ("a", "b", "c")
texts = st.text(alphabet="Ab1 .?\t\n\u00a0é€", max_size=12)
inlines = st.one_of(
    st.builds(Words, texts, st.booleans()),
    st.builds(NoteMark, st.sampled_from(KEYS)),
    st.builds(PageTurn, st.integers(1, 9)),
)
paragraphs = st.builds(
    Paragraph, st.lists(inlines, max_size=4).map(tuple), st.sampled_from(["", "3.", "•", "Vraag 1"]), st.booleans()
)
tables = st.builds(
    TableBlock,
    st.lists(
        st.lists(st.builds(Cell, st.lists(paragraphs, max_size=2).map(tuple)), max_size=3).map(tuple), max_size=3
    ).map(tuple),
)
blocks = st.lists(st.one_of(paragraphs, tables, st.builds(PageTurn, st.integers(1, 9))), max_size=6)
notes = st.lists(
    st.builds(
        Note,
        st.sampled_from(KEYS),
        st.lists(paragraphs, max_size=2).map(tuple),
        st.one_of(st.none(), st.integers(1, 4)),
    ),
    max_size=3,
    unique_by=lambda note: note.key,
)


def _words(block: Block) -> list[str]:
    if isinstance(block, TableBlock):
        return [word for row in block.rows for cell in row for inner in cell.blocks for word in _words(inner)]
    if isinstance(block, Paragraph) and block.is_visible:
        return f"{block.label} {block.words}".split()
    return []


@given(blocks, notes)
def test_nothing_is_lost_and_nothing_added(given_blocks: list[Block], given_notes: list[Note]) -> None:
    """The words of the blocks stand in the text in their order; those of every note behind them, each once."""
    reading = compose(given_blocks, given_notes)
    found = reading.text.split()
    expected = [word for block in given_blocks for word in _words(block)]
    assert found[: len(expected)] == expected
    rest = [word for note in given_notes for paragraph in note.paragraphs for word in _words(paragraph)]
    assert sorted(found[len(expected) :]) == sorted(rest)


@given(blocks, notes)
def test_every_offset_points_at_text(given_blocks: list[Block], given_notes: list[Note]) -> None:
    """Marks lie in the running text, bodies behind it one after another; spans are trimmed; numbers differ."""
    reading = compose(given_blocks, given_notes)
    position = 0
    running_end = reading.footnotes[0].body.start if reading.footnotes else len(reading.text)
    for note in reading.footnotes:
        assert 0 <= note.mark <= running_end
        assert position <= note.body.start < note.body.end <= len(reading.text)
        position = note.body.end
    assert len({note.number for note in reading.footnotes}) == len(reading.footnotes)
    cells = [cell for table in reading.tables for row in table.rows for cell in row if cell]
    for span in (*cells, *reading.emphasis, *(note.body for note in reading.footnotes)):
        assert span.of(reading.text) == span.of(reading.text).strip() != ""
    for table in reading.tables:
        assert all(table.span.contains(cell) for row in table.rows for cell in row if cell)
        assert max(sum(cell is not None for cell in row) for row in table.rows) > 1


@given(blocks, notes)
def test_places_go_forward(given_blocks: list[Block], given_notes: list[Note]) -> None:
    """Places start at ever later offsets, and paragraphs count up by one in the running text."""
    reading = compose(given_blocks, given_notes)
    starts = [place.start for place in reading.places]
    assert starts == sorted(set(starts))
    # The place of a note begins with the white space before its body.
    end = len(reading.text[: reading.footnotes[0].body.start].rstrip()) if reading.footnotes else len(reading.text) + 1
    counted = [place.paragraph or 0 for place in reading.places if place.start < end]
    assert all(after - before in (0, 1) for before, after in pairwise(counted))


def _of(*found: Inline) -> Reading:
    return compose([Paragraph(found)])


def test_white_space_stays_and_soft_hyphens_go() -> None:
    assert _of(Words("\n Vraag  1 "), Words("ge\xadtal")).text == "\n Vraag  1 getal"


def test_bold_runs_that_touch_are_one() -> None:
    reading = _of(Words("Vraag", True), Words(" ", True), Words("1", True), Words(" en ", False), Words("2", True))
    assert [span.of(reading.text) for span in reading.emphasis] == ["Vraag 1", "2"]


def test_a_label_stands_before_its_paragraph() -> None:
    reading = compose([Paragraph.of("Waarom?", label="3."), Paragraph((), "Vraag 4"), Paragraph((), "•")])
    assert reading.text == "3. Waarom?\n\nVraag 4"


def test_a_page_may_turn_in_a_paragraph() -> None:
    reading = compose([PageTurn(1), Paragraph((Words("a "), PageTurn(2), Words("b"))), Paragraph.of("c")])
    assert [(place.start, place.page, place.paragraph) for place in reading.places] == [(0, 1, 1), (2, 2, 1), (5, 2, 2)]


def test_a_note_stands_where_its_mark_does() -> None:
    """A note's place is its mark's; the second mark of a note is passed over; one without a mark is kept as text."""
    reading = compose(
        [PageTurn(4), Paragraph((Words("a"), NoteMark("n"), Words("b"), NoteMark("n")))],
        [Note("n", (Paragraph.of("noot"),), 7), Note("los", (Paragraph.of("zonder merk"),))],
    )
    assert reading.text == "ab\n\nzonder merk\n\nnoot"
    assert (reading.footnotes[0].number, reading.footnotes[0].mark) == (7, 1)
    assert (reading.places[-1].page, reading.places[-1].paragraph) == (4, 1)


def test_too_long_a_text_is_refused_before_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "MOST_CHARACTERS", 100)
    read: list[int] = []

    def endless() -> object:
        for number in range(1_000_000):
            read.append(number)
            yield Paragraph.of("x" * 30)

    with pytest.raises(UnreadableError, match="more than 100 characters"):
        compose(endless())  # type: ignore[arg-type]
    assert len(read) < 5
