"""Letters made of real parliamentary questions with their answers, for measuring a library; CC0, not committed.

A question whose numbered parts are known gives a unit a part, any other one unit.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

_WHOLE, _PARTS, _UNANSWERED = (
    "belgian-questions-2017.nl.jsonl.gz",
    "belgian-subquestions-2017.nl.jsonl.gz",
    "belgian-questions-2020.nl.jsonl.gz",
)
# Questions of members in a letter: about thirty passages, as a letter of ten numbered questions has.
_IN_A_LETTER = 5

Row = dict[str, str]


def write_real_letters(folder: Path, texts: Path) -> list[Path]:
    """Letters in `folder` from the rows in folder `texts`; those whose questions have no answer come last."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, list[Row]] = {}
    for row in _rows(texts / _PARTS):
        parts.setdefault(row["doc_id"], []).append(row)
    answered = [parts.get(row["doc_id"], [row]) for row in _rows(texts / _WHOLE) if row["question"] and row["answer"]]
    unanswered = [[{"question": row["text"]}] for row in _rows(texts / _UNANSWERED)]
    paths = []
    for number, chosen in enumerate(_few(answered) + _few(unanswered)):
        path = folder / f"brief-{number:04}.txt"
        path.write_text(_letter([row for rows in chosen for row in rows]), encoding="utf-8")
        paths.append(path)
    return paths


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _few(questions: list[list[Row]]) -> list[list[list[Row]]]:
    return [questions[start : start + _IN_A_LETTER] for start in range(0, len(questions), _IN_A_LETTER)]


def _letter(rows: list[Row]) -> str:
    lines = ["Antwoorden op schriftelijke vragen", ""]
    for number, row in enumerate(rows, start=1):
        lines += [f"Vraag {number}", "", row["question"].strip(), ""]
        if row.get("answer"):
            lines += [f"Antwoord {number}", "", row["answer"].strip(), ""]
    return "\n".join(lines)
