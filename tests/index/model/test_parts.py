"""The parts of a document: each of one voice, none across another, and together the whole text."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.model.parts import Part, parts
from index.model.types import Parsed
from tests.conftest import SMALL_LETTER, parsed_letter


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    return parsed_letter(tmp_path_factory.mktemp("parts"), SMALL_LETTER)


def _told(parsed: Parsed) -> list[tuple[str, str, str, str]]:
    text = parsed.document.text
    return [
        (part.unit.label if part.unit else "-", part.field, part.speaker, part.span.of(text))
        for part in parts(parsed.document, parsed.units)
    ]


def test_every_voice_has_its_own_part(small: Parsed) -> None:
    told = _told(small)
    assert ("Vraag 1", "question", "members", "1. Hoeveel bruggen zijn er?") in told
    assert ("Vraag 2", "answer", "minister", "Een brug kost 150 miljoen euro in 2024.") in told
    assert ("Vraag 3", "context", "members", "De leden van de Groene-fractie vinden dat veel.") in told
    assert ("Vraag 1", "footnote", "minister", "Zie de lijst [bijlage].") in told
    assert ("Bijlage I", "answer", "third party", "“Wij openen bruggen.”") in told
    assert told[0] == ("-", "frame", "minister", told[0][3])
    assert told[0][3].startswith("Hierbij zend ik uw Kamer de antwoorden.")


def test_they_share_nothing_and_leave_no_word_out(small: Parsed) -> None:
    found = parts(small.document, small.units)
    position = 0
    for part in found:
        assert part.span.start >= position
        between = small.document.text[position : part.span.start]
        assert not any(character.isalnum() for character in between)
        position = part.span.end
    assert not any(character.isalnum() for character in small.document.text[position:])


def test_a_question_answered_twice_stands_in_the_first_of_its_units(small: Parsed) -> None:
    first, second, *rest = small.units
    shared = replace(second, questions=first.questions)
    found = parts(small.document, (first, shared, *rest))
    owners = [part.unit for part in found if part.field == "question" and part.span.contains(first.questions[0])]
    assert owners == [first]


def test_members_outside_the_units_are_the_members(tmp_path: Path) -> None:
    opening = "De leden van de VVD-fractie hebben kennisgenomen van de brief."
    parsed = parsed_letter(tmp_path, SMALL_LETTER)
    document = replace(parsed.document, text=opening + "\n" + parsed.document.text, footnotes=(), emphasis=())
    (frame,) = parts(document, ())
    assert (frame.field, frame.speaker, frame.unit) == ("frame", "members", None)


def test_a_part_that_cannot_be(small: Parsed) -> None:
    unit, span = small.units[0], small.units[0].questions[0]
    with pytest.raises(ValueError, match="footnote number"):
        Part(small.document.id, unit, "footnote", "minister", span)
    with pytest.raises(ValueError, match="frame belongs to no unit"):
        Part(small.document.id, None, "answer", "minister", span)
