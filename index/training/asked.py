"""Read the written questions: passages, each with questions that it answers and one that it only seems to.

A row is a passage with lists of questions by kind: `everyday` in a person's
own words, `specific` in the document's, `english`, and `careless` with slips.
`near` are questions that its document seems to answer and does not. The split
`dev` keeps whole documents apart: what is trained is chosen on it.

More questions come with the product, on passages that do not: a row names its
passage by its place in a file of the folder, and says what its text hashes to.

Half of the near ones ask for a number, and one in nine of the others: whoever
learns from both must not learn that a question for a number has no answer. And
they are told from the others by the question alone (area .97 on dev, no passage
read): what tells them apart better need not have read more.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import TrainingDataError
from index.settings import ROOT
from index.training.pairs import Row, read_rows

ASKED = "asked.nl-en"
SHIPPED_QUESTIONS = ROOT / "data" / "questions" / "written.nl-en.jsonl.gz"
KINDS = ("everyday", "specific", "english", "careless")
NEAR = "near"
_SPLITS = ("train", "dev")


@dataclass(frozen=True, slots=True)
class AskedPassage:
    """A passage of a document, and its questions by kind: those of KINDS, which it answers, and NEAR; `id` names it."""

    document: str
    text: str
    split: str
    questions: Mapping[str, tuple[str, ...]]
    id: str = ""

    def asked(self) -> list[tuple[str, str]]:
        """Each question that the passage answers, with its kind."""
        return [(question, kind) for kind in KINDS for question in self.questions[kind]]


def read_asked(folder: Path, sample: int | None = None) -> list[AskedPassage]:
    """The passages of the file in `folder`, in its order, then those of the questions that come with the product.

    Only the first `sample` of each where that is given. Those whose own file is not in `folder` are left out.

    Raises TrainingDataError where there is no file of written questions, a row is not of its form or a passage is
    another than the questions were written for.
    """
    path = folder / f"{ASKED}.jsonl.gz"
    if not path.is_file():
        raise TrainingDataError(f"{path}: no file of written questions found.")
    rows = [(f"{path}, line {number}", row) for number, row in enumerate(read_rows(path, sample), start=1)]
    return [_passage(row, place) for place, row in (*rows, *_shipped(folder, sample))]


def _shipped(folder: Path, sample: int | None) -> Iterator[tuple[str, Row]]:
    """The place of each row of the questions that come with the product, and the row with its passage."""
    by_file: defaultdict[Path, list[Row]] = defaultdict(list)
    for row in read_rows(SHIPPED_QUESTIONS, sample):
        by_file[folder / f"{row['file']}.jsonl.gz"].append(row)
    for path, rows in by_file.items():
        if not path.is_file():
            continue
        wanted = {row["row"] for row in rows}
        texts = {number: row for number, row in enumerate(read_rows(path, None)) if number in wanted}
        for row in rows:
            place = f"{path}, line {row['row'] + 1}"
            text = str(texts.get(row["row"], {}).get(row["field"], ""))[row["start"] : row["end"]].strip()
            if not hashlib.sha256(text.encode()).hexdigest().startswith(row["sha256"]):
                raise TrainingDataError(
                    f"{place}: found another text than the questions of {row['id']} in {SHIPPED_QUESTIONS.name} were "
                    "written for. Take the file as it was published, or leave it out of the folder."
                )
            yield place, {**row, "passage": text, "split": "train"}


def _passage(row: Row, place: str) -> AskedPassage:
    try:
        text, split = row["passage"], row["split"]
        questions = {kind: _texts(row[kind]) for kind in (*KINDS, NEAR)}
        document, name = str(row["document"]), str(row.get("id", ""))
    except (KeyError, TypeError) as error:
        raise TrainingDataError(
            f"{place}: expected a passage with its document, its split and lists of questions "
            f"({', '.join((*KINDS, NEAR))}); found {error}."
        ) from error
    if not isinstance(text, str) or not text.strip():
        raise TrainingDataError(f"{place}: the passage has no text.")
    if split not in _SPLITS:
        raise TrainingDataError(f"{place}: split {split!r}, expected {' or '.join(_SPLITS)}.")
    return AskedPassage(document, text, split, questions, name)


def _texts(questions: Sequence[object]) -> tuple[str, ...]:
    if not isinstance(questions, list) or not all(isinstance(question, str) for question in questions):
        raise TypeError(f"{questions!r} where a list of questions was expected")
    return tuple(str(question) for question in questions)
