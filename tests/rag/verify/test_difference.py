"""Two texts beside each other, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from index.language.alignment import side_by_side


@given(st.text(max_size=200), st.text(max_size=200))
def test_side_by_side_leaves_no_character_out(document: str, quotation: str) -> None:
    """Joined, the stretches are both texts; where they are said to be the same, their words are."""
    stretches = side_by_side(document, quotation)
    assert "".join(stretch.document for stretch in stretches) == document
    assert "".join(stretch.quotation for stretch in stretches) == quotation


def test_side_by_side_parts_what_differs() -> None:
    stretches = side_by_side("Er zijn 186 fte beschikbaar.", "Er zijn 168 fte beschikbaar.")
    assert [(s.document, s.quotation) for s in stretches if not s.same] == [("186 ", "168 ")]
