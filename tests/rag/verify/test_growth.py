"""No text costs more than in proportion to its length: eight times as long, and less than thirty times the time."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from index.language.sentences import sentence_spans
from index.language.typography import normalised
from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.document_search import core
from rag.verify.memo_text import MemoError
from rag.verify.quotations import quotations
from rag.verify.read_memo import memo_of
from rag.verify.shortening import has_ellipsis, read_shortened
from rag.verify.verdicts import Verifier

PATTERNS = [
    " ", "\n", "\n\n", "!", "?", "…", ". ", '". ', "a. ", "nr. ", "a\n", "1. ", "(", "( ", "(. ", "[…] ", "..",
    ". . ", "-", "- ", "“", "”", "“ ", "“a” ", "‘", "’ ", "a’ ", "s’ ", "'", '"', '"a" ', "«", "»", "\u200b", "\u200f",
    "\u202b1", "¹", ".¹ ", "~~", "*a", "> ", "- a\n", "|", "[", "![", "[^1]", "[1] ", "`", "<b>", "<!--", "&",
    "a\n\n“", "é", "e\u0301", "‘23 ",
]  # fmt: skip
SMALL, TIMES, MOST = 2_000, 8, 30
# Seconds: what takes less says nothing.
_FLOOR = 0.02


def _shortened(text: str) -> object:
    return has_ellipsis(text)


PARTS: dict[str, Callable[[str], object]] = {
    "sentences": sentence_spans,
    "normalised": normalised,
    "core": core,
    "ellipsis": _shortened,
    "markdown": lambda text: memo_of(text.encode(), "memo.md"),
    "plain": lambda text: memo_of(text.encode(), "memo.txt"),
    "quotations": lambda text: quotations(memo_of(text.encode(), "memo.txt").paragraphs, lambda _: False),
}


def _seconds(part: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    with suppress(MemoError):  # too many quotations: said at once
        part(text)
    return time.process_time() - start


def _grows(part: Callable[[str], object], small: str, large: str) -> bool:
    taken = _seconds(part, large)
    return taken > _FLOOR and taken > MOST * max(_seconds(part, small), _FLOOR / TIMES)


@pytest.mark.parametrize("name", PARTS)
def test_time_grows_with_length(name: str) -> None:
    part = PARTS[name]
    size = SMALL // 2 if name in ("markdown", "plain", "quotations") else SMALL
    slow = []
    for pattern in PATTERNS:
        small, large = ((pattern * size)[: size * times] for times in (1, TIMES))
        large = (pattern * size * TIMES)[: size * TIMES]
        if _grows(part, small, large) and _grows(part, small, large):
            slow.append(pattern)
    assert slow == []


def test_a_memo_of_one_pattern_is_checked_in_time(letter: Parsed) -> None:
    verifier = Verifier(Citer(Collection.of([letter])))
    for pattern in ("“a” ", "‘a ", "[…] ", "“… ", "a” ", '". '):
        text = "“" + (pattern * 4_000)[:4_000] + "”"
        assert _seconds(lambda t: verifier.verify(memo_of(t.encode(), "memo.txt")), text) < 20
        assert read_shortened("… " * 500, verifier._sources) is None
