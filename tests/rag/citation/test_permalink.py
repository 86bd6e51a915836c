"""A link says what became of the words that it was made of: unchanged, moved, changed or missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.model.collection import Collection
from rag.citation.citation import Citation, Citer
from rag.citation.permalink import Permalink, PermalinkError, open_permalink, permalink, read_permalink
from tests.conftest import SMALL_LETTER, parsed_letter

WORDS = "Een brug kost 150 miljoen euro in 2024."
Letters = Callable[[str], Citer]


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    return lambda text: Citer(Collection.of([parsed_letter(tmp_path, text)]))


def _link(citer: Citer, words: str = WORDS) -> Permalink:
    document = citer.collection.documents[0]
    start = document.text.index(words)
    return permalink(citer.cite(document.id, start, start + len(words)))


def test_written_and_read(letters: Letters) -> None:
    link = _link(letters(SMALL_LETTER))
    assert (link.unit, link.prefix, link.suffix) == ("vraag-2", WORDS[:32], WORDS[-32:])
    assert read_permalink(f"  {link}\n") == link


@pytest.mark.parametrize(
    ("old", "new", "state", "reasons"),
    [
        ("", "", "unchanged", ()),
        ("Hierbij zend ik", "Bij dezen zend ik nu", "moved", ("document",)),
        ("150 miljoen", "175 miljoen", "changed", ("document", "begin", "end")),
        (WORDS, "Dat weten wij niet.", "missing", ("document",)),
    ],
)
def test_what_became_of_it(letters: Letters, old: str, new: str, state: str, reasons: tuple[str, ...]) -> None:
    link = _link(letters(SMALL_LETTER))
    opened = open_permalink(link, letters(SMALL_LETTER.replace(old, new) if old else SMALL_LETTER))
    assert (opened.state, opened.reasons) == (state, reasons)
    quoted = opened.citation.quotation if opened.citation else None
    assert quoted == {"changed": WORDS.replace("150", "175"), "missing": None}.get(state, WORDS)


def test_a_changed_middle_is_told(letters: Letters) -> None:
    """The words begin and end as they did; what stands between is another figure."""
    words = "Voor het antwoord op deze vraag verwijs ik u naar het antwoord op vraag 2."
    longer = f"{words[:-1]}, waar 150 miljoen euro staat, en naar wat daar verder over bruggen wordt gezegd."
    old = letters(SMALL_LETTER.replace(words, longer))
    link = _link(old, longer)
    opened = open_permalink(link, letters(SMALL_LETTER.replace(words, longer.replace("150", "15"))))
    assert (opened.state, opened.reasons[-1]) == ("changed", "middle")
    assert opened.citation is not None
    assert "15 miljoen" in opened.citation.quotation


def test_a_wrong_hash_of_the_words_is_not_unchanged(letters: Letters) -> None:
    citer = letters(SMALL_LETTER)
    forged = read_permalink(str(_link(citer)).replace("woorden=", "woorden=0"))
    assert open_permalink(forged, citer).state == "changed"
    elsewhere = read_permalink(str(_link(citer)).replace("vraag-2", "vraag-9"))
    opened = open_permalink(elsewhere, citer)
    assert (opened.state, opened.reasons) == ("moved", ("unit",))


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link.replace("woordelijk:", "http://"),
        lambda link: link.replace("&eind=", "&einde="),
        lambda link: link[:60],
        lambda link: link + "x" * 2_000,
        lambda link: link.replace("vraag-2/", "vraag-2/9-9?/"),
    ],
)
def test_what_is_no_link(letters: Letters, change: Callable[[str], str]) -> None:
    with pytest.raises(PermalinkError, match="not a link of Woordelijk; expected woordelijk:HASH/UNIT"):
        read_permalink(change(str(_link(letters(SMALL_LETTER)))))


def test_a_citation_says_its_unit(letters: Letters) -> None:
    citer = letters(SMALL_LETTER)
    document = citer.collection.documents[0]
    start = document.text.index("Hierbij zend ik")
    citation: Citation = citer.cite(document.id, start, start + 15)
    assert permalink(citation).unit == "-"
    assert open_permalink(permalink(citation), citer).state == "unchanged"
