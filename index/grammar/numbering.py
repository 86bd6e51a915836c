"""Which of the numbered lines of a document are its questions, and not items of a list in an answer."""

import re
from collections.abc import Sequence

from index.language.parliament.groups import group_section
from index.language.regex import regex
from index.model.doubts import Doubt, first_words

NUMBERED = regex(r"(\d{1,3})\.\s+(?=\S)")
# "3 Bent u bekend …", "3) Bent u …": only where no number has a full stop, or too few.
LOOSELY_NUMBERED = regex(r"(\d{1,3})[.)]?\s+(?=[A-ZÀ-Þ\"“‘«(])")
# A list in an answer is numbered too: a question asks, or the members or the minister stand in it.
_ASKS = regex(r"\?|\b(?:leden|lid|minister|staatssecretaris|kabinet|regering)\b", re.IGNORECASE)
# A later number than the next is taken as a question up to this far, and the gap reported.
_MAX_GAP = 20


def numbered_questions(lines: Sequence[tuple[int, str]], doubts: list[Doubt]) -> dict[int, int]:
    """The lines, by place, that are numbered questions, with their numbers.

    `lines` are each the offset and the text of a line; what is doubtful is added to `doubts`.

    A number is taken where it is the next one, or leaves a gap. A line that
    does not ask is passed over where a later line of the same number does: it
    is an item of a list in an answer. Where most of them ask nothing, they are
    headings of chapters, and none is a question.
    """
    numbered = [
        (place, int(match[1]))
        for place, (_, line) in enumerate(lines)
        if not group_section(line) and (match := NUMBERED.match(line))
    ]
    asking = {(place, number) for place, number in numbered if _ASKS.search(lines[place][1])}
    found: dict[int, int] = {}
    doubtful: list[Doubt] = []
    expected = 1
    for place, number in numbered:
        at, text = lines[place]
        if number < expected or number > expected + _MAX_GAP:
            if number < expected and text.rstrip().endswith("?"):
                doubtful.append(Doubt("number again", at, (number,), words=first_words(text)))
            continue
        if (place, number) not in asking:
            if any(later > place and other == number for later, other in asking):
                continue
            doubtful.append(Doubt("asks nothing", at, (number,), words=first_words(text)))
        found[place] = number
        expected = number + 1
    if sum((place, number) in asking for place, number in found.items()) * 2 < len(found):
        return {}
    doubts += doubtful
    return found


def awaited_questions(lines: Sequence[tuple[int, str]], awaited: set[int]) -> dict[int, int]:
    """The lines, by place, that ask and carry a number that the heading of an answer names, with that number.

    They may stand in any order. Empty where one of the `awaited` numbers is
    asked nowhere, or nothing is awaited.
    """
    found: dict[int, int] = {}
    for place, (_, line) in enumerate(lines):
        match = NUMBERED.match(line)
        if match and "?" in line and int(match[1]) not in found.values():
            found[place] = int(match[1])
    return found if awaited and awaited <= set(found.values()) else {}


def loosely_numbered_questions(lines: Sequence[tuple[int, str]]) -> dict[int, int]:
    """The lines, by place, that ask and carry the next number, with or without a full stop behind it."""
    found: dict[int, int] = {}
    for place, (_, line) in enumerate(lines):
        match = LOOSELY_NUMBERED.match(line)
        if match and "?" in line and int(match[1]) == len(found) + 1:
            found[place] = len(found) + 1
    return found if len(found) > 1 else {}
