"""Read the written questions: passages, each with questions that it answers and one that it only seems to.

A row is a passage with lists of questions by kind: `everyday` in a person's
own words, `specific` in the document's, `english`, and `careless` with slips.
`near` are questions that its document seems to answer and does not. The split
`dev` keeps whole documents apart: what is trained is chosen on it.

Half of the near ones ask for a number, and one in nine of the others: whoever
learns from both must not learn that a question for a number has no answer. And
they are told from the others by the question alone (area .97 on dev, no passage
read): what tells them apart better need not have read more.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import TrainingDataError
from index.training.pairs import Row, read_rows

ASKED = "asked.nl-en"
KINDS = ("everyday", "specific", "english", "careless")
NEAR = "near"
_SPLITS = ("train", "dev")
_ASKS_NUMBER = re.compile(
    r"\b(?:hoeveel|aantal|how (?:many|much)|hoe (?:vaak|hoog|groot|lang|duur)|"
    r"welk (?:bedrag|aandeel|percentage)|what (?:percentage|share|amount))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedPassage:
    """A passage of a document, and its questions by kind: those of KINDS, which it answers, and NEAR."""

    document: str
    text: str
    split: str
    questions: Mapping[str, tuple[str, ...]]

    def asked(self) -> list[tuple[str, str]]:
        """Each question that the passage answers, with its kind."""
        return [(question, kind) for kind in KINDS for question in self.questions[kind]]


def asks_number(question: str) -> bool:
    """Whether a question, Dutch or English, asks how many or how much."""
    return _ASKS_NUMBER.search(question) is not None


def read_asked(folder: Path, sample: int | None = None) -> list[AskedPassage]:
    """The passages of the file in `folder`, in its order; only the first `sample` where that is given.

    Raises TrainingDataError where there is no such file or a row is not of its form.
    """
    path = folder / f"{ASKED}.jsonl.gz"
    if not path.is_file():
        raise TrainingDataError(f"{path}: no file of written questions found.")
    return [_passage(row, f"{path}, line {number}") for number, row in enumerate(read_rows(path, sample), start=1)]


def _passage(row: Row, place: str) -> AskedPassage:
    try:
        text, split = row["passage"], row["split"]
        questions = {kind: _texts(row[kind]) for kind in (*KINDS, NEAR)}
        document = str(row["document"])
    except (KeyError, TypeError) as error:
        raise TrainingDataError(
            f"{place}: expected a passage with its document, its split and lists of questions "
            f"({', '.join((*KINDS, NEAR))}); found {error}."
        ) from error
    if not isinstance(text, str) or not text.strip():
        raise TrainingDataError(f"{place}: the passage has no text.")
    if split not in _SPLITS:
        raise TrainingDataError(f"{place}: split {split!r}, expected {' or '.join(_SPLITS)}.")
    return AskedPassage(document, text, split, questions)


def _texts(questions: Sequence[object]) -> tuple[str, ...]:
    if not isinstance(questions, list) or not all(isinstance(question, str) for question in questions):
        raise TypeError(f"{questions!r} where a list of questions was expected")
    return tuple(str(question) for question in questions)
