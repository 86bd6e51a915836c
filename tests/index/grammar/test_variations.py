"""Thousands of letters in forms that nobody wrote down beforehand: what is read exactly, and what is never misread."""

from itertools import pairwise

from index.grammar.parse import parse
from index.model.parts import parts
from index.model.passages import passages
from index.model.types import Parsed
from tests.index.grammar.variations import Expected, variation

SEEDS = range(400)


def _read(parsed: Parsed, number: int) -> list[Expected]:
    text = parsed.document.text
    return [
        Expected(
            unit.numbers, tuple(span.of(text) for span in unit.questions), unit.answer.of(text) if unit.answer else None
        )
        for unit in parsed.units
        if number in unit.numbers
    ]


def test_questions_and_answers_are_exact_and_none_has_another_number() -> None:
    """At least 99 % of the numbers have exactly their question and answer; no answer begins as another's."""
    numbers, faults, misattributed = 0, [], []
    for seed in SEEDS:
        made = variation(seed)
        parsed = parse(made.document)
        for expected in made.expected:
            for number in expected.numbers:
                numbers += 1
                read = _read(parsed, number)
                if read != [expected]:
                    faults.append(f"{made.form}: {number}: {read}, expected {expected}")
                misattributed += [
                    f"{made.form}: {number}"
                    for found in read
                    if found.answer and not found.answer.startswith((expected.answer or "\0")[:20])
                ]
    assert misattributed == []
    assert len(faults) <= numbers // 100, "\n".join(faults[:5])


def test_every_word_has_one_speaker() -> None:
    """Parts never overlap, passages are slices of them, and the members' words are never the minister's."""
    for seed in SEEDS[:60]:
        made = variation(seed)
        parsed = parse(made.document)
        found = parts(parsed.document, parsed.units)
        assert all(one.span.end <= other.span.start for one, other in pairwise(found))
        for passage in passages(parsed):
            assert any(part.span.contains(passage.span) and part.speaker == passage.speaker for part in found), (
                made.form
            )
        asked = {question for expected in made.expected for question in expected.questions}
        for part in found:
            if part.field == "question":
                assert part.speaker == "members"
            elif part.unit:
                assert not any(question in part.span.of(parsed.document.text) for question in asked), made.form
