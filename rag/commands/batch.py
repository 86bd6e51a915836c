"""Read a file of questions, one JSON object a line."""

import json
import sys
from pathlib import Path
from typing import NamedTuple

from index.errors import WoordelijkError
from index.regular_file import read_regular
from rag.question.filter_record import FilterError, read_filters
from rag.question.filters import NO_FILTERS, Filters

# Bytes: a million questions and more.
_LARGEST = 200_000_000


class BatchError(WoordelijkError):
    """A file of questions that cannot be used."""


class BatchQuestion(NamedTuple):
    """One question of a batch, with its id, the filters beside it and the questions before it."""

    id: str | int
    query: str
    filters: Filters = NO_FILTERS
    previous: tuple[str, ...] = ()


def read_batch(path: str) -> list[BatchQuestion]:
    """The questions in file `path` ("-": standard input), in order; blank lines are passed over.

    Raises BatchError, naming file and line, where the file cannot be read, a
    line is not `{"id": …, "query": …}`, perhaps with `"filters": {…}` and
    `"previous": […]`, or an id comes twice: no question is answered before all
    have been read.
    """
    questions: list[BatchQuestion] = []
    seen: dict[str | int, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        question = _question(line, f"{path}, line {number}")
        if question.id in seen:
            raise BatchError(f"{path}, line {number}: id {question.id!r} stands on line {seen[question.id]} too.")
        seen[question.id] = number
        questions.append(question)
    return questions


def _lines(path: str) -> list[str]:
    try:
        content = sys.stdin.buffer.read() if path == "-" else read_regular(Path(path), _LARGEST)
        # Not splitlines(): a JSON string may hold U+2028 and its like.
        return content.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise BatchError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BatchError(f"{path}: byte {error.start} is not UTF-8 text.") from error


def _question(line: str, place: str) -> BatchQuestion:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BatchError(f"{place}: not JSON ({error}).") from error
    if not isinstance(found, dict) or not isinstance(found.get("query"), str):
        raise BatchError(f'{place}: expected an object with "id" and a text "query".')
    identifier = found.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise BatchError(f'{place}: expected "id" to be a text or a whole number, found {identifier!r}.')
    try:
        filters = read_filters(found.get("filters"))
    except FilterError as error:
        raise BatchError(f"{place}: {error}") from error
    previous = found.get("previous") or []
    previous = [previous] if isinstance(previous, str) else previous
    if not isinstance(previous, list) or not all(isinstance(question, str) for question in previous):
        raise BatchError(f'{place}: expected "previous" to be the earlier questions, a list of texts.')
    return BatchQuestion(identifier, found["query"], filters, tuple(previous))
