"""The fitted numbers of ranking and confidence, read from files that say how they came about.

Each shipped encoder has its own: what a cosine is worth differs from one to the
other. `python -m eval fit` writes these files; nothing else does.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from index.errors import WoordelijkError
from index.settings import SHIPPED_ENCODER

FOLDER = Path(__file__).with_name("fitted")


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


def weights_path(encoder: str) -> Path:
    """The file of the weights for the encoder in a folder of this name."""
    return FOLDER / f"{Path(encoder).name}.json"


@cache
def shipped_weights(encoder: str = "") -> Weights:
    """The weights that were fitted with the encoder of this fingerprint; those of the shipped encoder for any other."""
    shipped = read_weights(weights_path(SHIPPED_ENCODER))
    others = (read_weights(path) for path in sorted(FOLDER.glob("*.json")))
    return next((found for found in others if found.provenance["encoder"] == encoder), shipped)
