"""The fitted numbers of ranking and confidence, read from weights.json, which says how they came about.

`python -m eval fit` writes that file; nothing else does.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from index.errors import WoordelijkError

PATH = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """What the lists count for, by the language of the question, and the logistic curves of the confidence.

    `subject` and `form` have the intercept first, then one for each of
    `rag.retrieval.confidence.signs` in order; a question is refused where
    either is below 0. `answer` is of `signs_of_answer` there. `question` has the intercept first, then one for
    each number of `rag.retrieval.confidence.own_vectors`. From `possible` on a question possibly
    has an answer, from `sure` on it is answered. `provenance` says in words what
    they were fitted on, with which encoders and command.
    """

    dutch: dict[str, float]
    english: dict[str, float]
    subject: tuple[float, ...]
    form: tuple[float, ...]
    answer: tuple[float, ...]
    question: tuple[float, ...]
    possible: float
    sure: float
    provenance: dict[str, str]


def read_weights(path: Path) -> Weights:
    """The weights in a file; WoordelijkError where it holds none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Weights)
    except (OSError, msgspec.DecodeError) as error:
        raise WoordelijkError(
            f"{path}: not the fitted weights ({error}). Write it with 'python -m eval fit'."
        ) from error


@cache
def shipped_weights() -> Weights:
    """The weights that come with the product."""
    return read_weights(PATH)
