"""Train the Dutch-English transformer encoder that is shipped with the product.

It starts from multilingual-e5-small (Wang et al., arXiv:2402.05672) with only
the Dutch and English pieces of its vocabulary. It learns to rank texts on one
subject as several encoders do together, itself at the start among them
(`index/training/teachers.py`), and to find the answer that belongs to a
question and the translation that belongs to a sentence (van den Oord et al.,
arXiv:1807.03748): by one vector a text, and by one small vector a token
(ColBERT; Khattab and Zaharia, arXiv:2004.12832). Everything heavy is imported
inside the functions: nothing but this command needs it.
"""

import logging
import math
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoders.encoder import Encoder
from index.encoders.load import load_encoder
from index.errors import TrainingDataError
from index.training.clustering import by_subject
from index.training.output import check_replaceable
from index.training.pairs import READERS, Pair, read_pairs
from index.training.pretrained import PROMPTS, read_pretrained
from index.training.ranking import divergence, late_scores
from index.training.student import Student
from index.training.teachers import SURVEYED, Teachers
from index.training.trainer import Trainer
from index.training.typing_errors import carelessly
from index.training.vocabulary import choose_vocabulary

if TYPE_CHECKING:
    import torch

logger = logging.getLogger(__name__)

_PARALLEL = "parallel.nl-en"
# Read for their words only: neighbouring paragraphs of a law or a programme teach little about questions.
_PROSE = ("laws.nl", "programmes.nl")
# Pairs of graded similarity stand in the parallel file with their English; synonyms are no sentences.
_LEFT_OUT = frozenset({_PARALLEL, *_PROSE, "synonyms.nl", "stsb.nl", "sick.nl"})
# How often the English pieces count: there is less English text, and all of it is needed.
_ENGLISH = 6
# Passages from which the rarity of pieces is drawn.
_COUNTED = 20_000
_START = "start"
# Characters of a text that are read: about as many tokens as the settings allow.
_LETTERS_A_TOKEN = 4.5


@dataclass(frozen=True, slots=True)
class TransformerSettings:
    """What decides the outcome of a training run, besides the data, the base and the teachers.

    `rows` pieces are kept of the vocabulary. A step is one batch: of every
    ten, `parallel_tenths` are of translations, the others of related pairs.
    The temperatures divide cosines, and `sharpness` multiplies standardised
    scores, where the ranking of the teachers is learnt; finding the own answer
    weighs `own_weight` beside that. `slips` and `bare` are the chances of a
    question written carelessly, `dropout` that of a number in a trained layer.
    """

    rows: int = 21_000
    token_dimensions: int = 128
    steps: int = 1600
    batch: int = 32
    parallel_batch: int = 40
    parallel_tenths: int = 3
    query_tokens: int = 32
    passage_tokens: int = 80
    temperature: float = 0.02
    late_temperature: float = 0.03
    sharpness: float = 1.3
    own_weight: float = 0.25
    layer_rate: float = 3e-5
    projection_rate: float = 3e-4
    frozen_layers: int = 4
    averaged: float = 0.0
    slips: float = 0.15
    bare: float = 0.3
    dropout: float = 0.0
    checkpoint_seconds: int = 180
    seed: int = 7


def train_transformer(
    data: Path,
    base: Path,
    teachers: Sequence[Encoder],
    out: Path,
    work: Path,
    held_out: Sequence[Path] = (),
    settings: TransformerSettings | None = None,
    subjects: Encoder | None = None,
    sample: int | None = None,
    hours: float | None = None,
) -> int:
    """Train on `data` and write the encoder to `out`; returns the number of steps taken.

    `work` keeps a checkpoint; a run that was cut off goes on from there.
    `teachers` are encoders of Dutch and English, beside the base itself.
    `subjects` is an encoder that groups texts by subject. `sample` reads so
    many rows of each file and takes a few steps; `hours` ends the training early.
    """
    settings = settings or TransformerSettings()
    check_replaceable(out)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    work.mkdir(parents=True, exist_ok=True)
    import torch

    # On the device that there is: whatever is made in here is made on it.
    with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
        student, trainer = _prepared(data, base, teachers, work, held_out, settings, subjects, sample, hours)
        steps = trainer.run()
        _export(student, out, settings, steps)
    return steps


def _prepared(
    data: Path,
    base: Path,
    teachers: Sequence[Encoder],
    work: Path,
    held_out: Sequence[Path],
    settings: TransformerSettings,
    subjects: Encoder | None,
    sample: int | None,
    hours: float | None,
) -> tuple[Student, Trainer]:
    """The student before its first step, and what will train it."""
    related = _related_pairs(data, held_out, settings.seed, sample)
    parallel = read_pairs(data, held_out, settings.seed, sample, [_PARALLEL])
    prose = read_pairs(data, held_out, settings.seed, sample, _PROSE)
    logger.info("%d translated, %d related pairs", len(parallel), sum(map(len, related)))
    pretrained = read_pretrained(base)
    vocabulary = choose_vocabulary(pretrained.pieces, _weighed(parallel, related, prose), settings.rows)
    student = Student.of(pretrained, vocabulary, settings.token_dimensions)
    passages = [pair.passage for pairs in related for pair in pairs]
    random.Random(settings.seed).shuffle(passages)
    student.survey(passages[:_COUNTED], settings.passage_tokens)
    _export(student, work / _START, settings, 0)
    longest = int(settings.passage_tokens * _LETTERS_A_TOKEN)
    ranking = Teachers([load_encoder(str(work / _START)), *teachers], [text[:longest] for text in passages[:SURVEYED]])
    clusters = [by_subject(pairs, subjects, settings.seed) for pairs in related]
    sentences = by_subject(parallel, subjects, settings.seed)
    batches = _Batches(student, sentences, clusters, ranking, settings)
    return student, Trainer([student], batches.losses, settings, asdict(settings), work, sample, hours)


def _export(student: Student, out: Path, settings: TransformerSettings, steps: int) -> None:
    from index.training.onnx_export import export_encoder

    export_encoder(student, out, {**asdict(settings), "steps_taken": steps})


def _related_pairs(data: Path, held_out: Sequence[Path], seed: int, sample: int | None) -> list[list[Pair]]:
    """The related pairs of each file that is there, a list a file."""
    names = [name for name in READERS if name not in _LEFT_OUT and (data / f"{name}.jsonl.gz").is_file()]
    if not names:
        raise TrainingDataError(
            f"{data}: no file of questions and answers found; expected one of {', '.join(READERS)}."
        )
    return [read_pairs(data, held_out, seed, sample, [name]) for name in names]


def _weighed(
    parallel: Sequence[Pair], related: Sequence[Sequence[Pair]], prose: Sequence[Pair]
) -> Iterator[tuple[str, int]]:
    """Every training text, with what its pieces count for."""
    for pair in parallel:
        yield pair.query, _ENGLISH
        yield pair.passage, 1
    for pair in chain(chain.from_iterable(related), prose):
        yield from ((text, 1) for text in pair)


class _Batches:
    """Draws what a step is taken on: translations, or related pairs."""

    def __init__(
        self,
        student: Student,
        parallel: Sequence[Sequence[Pair]],
        related: Sequence[Sequence[Sequence[Pair]]],
        teachers: Teachers,
        settings: TransformerSettings,
    ) -> None:
        self._student, self._teachers, self._settings = student, teachers, settings
        self._parallel, self._related = parallel, related

    def losses(self, generator: random.Random) -> "tuple[str, dict[str, torch.Tensor]]":
        """The kind of a step, and its losses."""
        if generator.randrange(10) < self._settings.parallel_tenths:
            return "parallel", self._parallel_losses(generator)
        return "related", self._related_losses(generator)

    def _related_losses(self, generator: random.Random) -> "dict[str, torch.Tensor]":
        """Questions, some of them written carelessly, and answers on the same subject."""
        settings = self._settings
        # A file counts by the cube root of its size: the small ones are those of real questions and answers.
        weights = [math.cbrt(sum(map(len, clusters))) for clusters in self._related]
        clusters = generator.choices(self._related, weights)[0]
        batch = _drawn(clusters, settings.batch, generator)
        asked = [carelessly(pair.query, generator, settings.slips, settings.bare) for pair in batch]
        return self._losses(batch, asked, settings.passage_tokens)

    def _parallel_losses(self, generator: random.Random) -> "dict[str, torch.Tensor]":
        """English sentences and Dutch ones on the same subject."""
        batch = _drawn(self._parallel, self._settings.parallel_batch, generator)
        return self._losses(batch, [pair.query for pair in batch], self._settings.query_tokens)

    def _losses(self, batch: Sequence[Pair], asked: Sequence[str], tokens: int) -> "dict[str, torch.Tensor]":
        """How far the ranking is from the teachers', and how unlikely each own passage is; by text and by token."""
        import torch

        settings = self._settings
        queries = [text[: int(settings.query_tokens * _LETTERS_A_TOKEN)] for text in asked]
        passages = [pair.passage[: int(tokens * _LETTERS_A_TOKEN)] for pair in batch]
        wanted = torch.tensor(self._teachers.scores(queries, passages))
        found = self._student.encode(queries, PROMPTS["query"], settings.query_tokens)
        offered = self._student.encode(passages, PROMPTS["document"], tokens)
        by_text, by_token = found.rows @ offered.rows.T, late_scores(found, offered, self._student.rarity)
        # A text that stands in the batch twice has two right answers: neither is a wrong one for the other.
        same = torch.tensor([[a.query == b.query or a.passage == b.passage for b in batch] for a in batch])
        same.fill_diagonal_(fill_value=False)
        return {
            "ranking by text": divergence(wanted, by_text, settings.sharpness),
            "ranking by token": divergence(wanted, by_token, settings.sharpness),
            "own by text": settings.own_weight * _likelihood(by_text / settings.temperature, same),
            "own by token": settings.own_weight * _likelihood(by_token / settings.late_temperature, same),
        }


def _drawn(clusters: Sequence[Sequence[Pair]], size: int, generator: random.Random) -> list[Pair]:
    """Pairs of one cluster, no two of them the same."""
    cluster = generator.choices(clusters, [len(cluster) for cluster in clusters])[0]
    return generator.sample(cluster, min(size, len(cluster)))


def _likelihood(scores: "torch.Tensor", same: "torch.Tensor") -> "torch.Tensor":
    """How unlikely the diagonal of a square of scores is, by row and by column; the `same` are not in question."""
    import torch
    from torch.nn.functional import cross_entropy

    scores, own = scores.masked_fill(same, -math.inf), torch.arange(len(scores))
    return (cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2
