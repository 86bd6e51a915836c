"""Where a question ends and its answer begins, when no heading stands between them.

The question is set in bold and the answer is not; or the question ends with
its question mark and a plain paragraph follows.
"""

import re
from collections.abc import Sequence

from index.grammar.lines import Line
from index.language.parliament.introductions import goes_on_asking, minister_speaks
from index.language.regex import regex

_ITEM = regex(r"(?:[-–—•o*]|\(?[a-z0-9ivx]{1,4}[.)])\s", re.IGNORECASE)
# A question may open with what happened before it asks.
_LONGEST_PREAMBLE = 3
# What may stand behind a question mark: quotation marks, brackets, and the marks of sources.
_CLOSING = " )]0123456789\"”'’»¹²³"


def question_length(paragraphs: Sequence[Line]) -> int:
    """How many of `paragraphs`, which stand under a question's number, are the question; at least one."""
    bold = _bold_run(paragraphs)
    if bold:
        return bold
    length = _until_asked(paragraphs)
    while length < len(paragraphs) and goes_on_asking(paragraphs[length].text):
        length += 1
    return max(1, length)


def _bold_run(paragraphs: Sequence[Line]) -> int:
    """How many open in bold; 0 where none or all are."""
    length = next((place for place, paragraph in enumerate(paragraphs) if not paragraph.bold), len(paragraphs))
    return length if length < len(paragraphs) else 0


def _until_asked(paragraphs: Sequence[Line]) -> int:
    for place, paragraph in enumerate(paragraphs[:_LONGEST_PREAMBLE]):
        if minister_speaks(paragraph.text) and "?" not in paragraph.text:
            return max(1, place)
        if paragraph.text.rstrip(_CLOSING).endswith("?"):
            return place + 1
    return 1


def is_closed(paragraphs: Sequence[Line]) -> bool:
    """Whether the paragraphs are one question and no more, so that no answer can hide at their end."""
    if not paragraphs or all(paragraph.bold for paragraph in paragraphs):
        return True
    return paragraphs[-1].text.rstrip(_CLOSING).endswith("?") or len(paragraphs) == 1


def plainly_answered(paragraphs: Sequence[Line], length: int) -> bool:
    """Whether what stands behind the first `length` paragraphs is plainly an answer.

    Asked where the document gives its answers headings and this question has
    none: what may be more of the question is left to it.
    """
    question, rest = paragraphs[:length], paragraphs[length:]
    if not rest:
        return False
    if question[0].bold and not any(paragraph.bold for paragraph in rest):
        return True
    if any(paragraph.bold for paragraph in rest) or _ITEM.match(rest[0].text):
        return False
    complete = question[-1].text.rstrip(_CLOSING).endswith(("?", "."))
    return complete and not rest[-1].text.rstrip().endswith(("?", ":", ";")) and not goes_on_asking(rest[0].text)
