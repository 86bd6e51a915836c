"""Teach the question's side of an encoder how people ask, while the passages' side stays as it is.

The written questions (`index/training/asked.py`) and real questions with their
answers are learnt against the vectors that the encoder gives their passages,
all of them at once: by one vector a text, by one a token (ColBERT; Khattab and
Zaharia, arXiv:2004.12832), and by both together, as they are used. Batches are
of whole documents, so that the passages beside the right one are wrong answers
too, with those that the student itself takes for right (Xiong et al.,
arXiv:2007.00808). A question is often written carelessly, while the ranking
that it should keep is that of the encoder for the question as it was written. A
question that a passage only seems to answer should be less like it than one
that it answers.
"""

import hashlib
import json
import logging
import os
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.encoders.encoder import Encoded as Vectors
from index.encoders.encoder import Encoder
from index.encoders.load import load_encoder
from index.encoders.model_files import QUERY_MODEL
from index.encoders.token_vectors import Matrix, TokenVectors
from index.errors import TrainingDataError
from index.files import write_whole
from index.language.asked_for import asks_number
from index.search.bm25 import idf
from index.search.late_interaction import PieceFrequencies
from index.training.asked import KINDS, NEAR, AskedPassage, read_asked
from index.training.onnx_export import export_query_side
from index.training.onnx_import import read_exported
from index.training.output import check_replaceable
from index.training.pairs import overlaps, read_pairs, shingles
from index.training.pretrained import PROMPTS
from index.training.ranking import divergence, late_scores, standardised
from index.training.rewording import Synonyms, read_synonyms, reworded
from index.training.student import Encoded, Student
from index.training.trainer import Trainer
from index.training.typing_errors import carelessly

if TYPE_CHECKING:
    import torch

logger = logging.getLogger(__name__)

# Real questions with their answers, so that what was known before is kept.
REAL = ("belgian-subquestions-2017.nl", "questions-2024.nl", "faq.nl-en")
SHORTEST_ANSWER = 60
# Near misses that ask for a number are drawn less often by so much: then they are as many as those that have an answer.
_NUMBERS = 7.7
# Passages that are encoded and kept at a time.
_PART = 256


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """What decides the outcome of a training run, besides the data and the encoder.

    A step is one batch of `batch` questions: of every hundred, `written` are
    of written questions, up to `repeated` of a passage, of the kinds as often
    as `everyday`, `specific`, `english` and `careless` say; the others are of
    `real` questions with answers. A question is compared with every passage by
    its one vector, and by its tokens, at most `passage_tokens` a passage, with
    those of the batch and the `mined` that are nearest by the student and by
    the encoder. The temperatures divide cosines, and `sharpness` multiplies
    standardised scores, where the encoder's own ranking is kept: with a weight
    of `keep` beside the right passage, and of `keep_real`. `slips` and `bare`
    are the chances of a question written carelessly, `replaced` and `shortened`
    of one in other words; `dropout` is that of a number in the layers that are trained.
    """

    steps: int = 1500
    batch: int = 40
    written: int = 85
    repeated: int = 2
    everyday: float = 0.5
    specific: float = 0.12
    english: float = 0.23
    careless: float = 0.15
    real: int = 700
    query_tokens: int = 40
    passage_tokens: int = 96
    mined: int = 2
    candidates: int = 110
    temperature: float = 0.02
    late_temperature: float = 0.03
    sharpness: float = 1.3
    keep: float = 0.3
    keep_real: float = 0.8
    layer_rate: float = 6e-5
    projection_rate: float = 2e-4
    frozen_layers: int = 4
    averaged: float = 0.35
    slips: float = 0.4
    bare: float = 0.35
    replaced: float = 0.0
    shortened: float = 0.0
    dropout: float = 0.0
    near: int = 0
    apart: float = 0.2
    go_on: bool = False
    checkpoint_seconds: int = 600
    seed: int = 1


class Mix(Protocol):
    """How often questions of each kind are asked."""

    @property
    def everyday(self) -> float: ...
    @property
    def specific(self) -> float: ...
    @property
    def english(self) -> float: ...
    @property
    def careless(self) -> float: ...


class Typing(Protocol):
    """The chances of a question written carelessly, and of one in other words; see `QuerySettings`."""

    @property
    def slips(self) -> float: ...
    @property
    def bare(self) -> float: ...
    @property
    def replaced(self) -> float: ...
    @property
    def shortened(self) -> float: ...


def train_query_side(
    data: Path,
    encoder: Path,
    out: Path,
    work: Path,
    held_out: Sequence[Path] = (),
    settings: QuerySettings | None = None,
    sample: int | None = None,
    hours: float | None = None,
) -> int:
    """Train a question's side for `encoder` on `data` and write both sides to `out`; returns the steps taken.

    `work` keeps a checkpoint and the passages' vectors; a run that was cut off
    goes on from there. `sample` reads so many rows of each file and takes a
    few steps; `hours` ends the training early, the passages' encoding not counted.
    """
    settings = settings or QuerySettings()
    check_replaceable(out)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    start = _passage_side(encoder, work)
    student = read_exported(encoder, QUERY_MODEL) if settings.go_on else read_exported(start)
    shipped = load_encoder(str(start))
    asked = usable(read_asked(data, sample), held_out)
    written = [written_answer(passage, settings) for passage in asked if passage.split == "train"]
    real = _real(data, held_out, [passage.text for passage in asked], settings, sample)
    logger.info("%d passages with written questions, %d with real ones", len(written), len(real))
    pool = Pool.of([*written, *real], shipped, work)
    kept = Pool.of([written_answer(passage, settings) for passage in asked if passage.split == "dev"], shipped, work)
    student.rarity = pool.rarity(len(student.rarity))
    synonyms = read_synonyms(data) if settings.replaced else {}
    losses = _Batches(student, shipped, pool, len(written), settings, synonyms).losses
    trainer = Trainer([student], losses, settings, asdict(settings), work, sample, hours)
    logger.info("before, %s", _report(student, kept, asked, settings))
    steps = trainer.run()
    logger.info("after %d steps, %s", steps, _report(student, kept, asked, settings))
    common = _common_layers(student, read_exported(start))
    export_query_side(student, start, out, {**asdict(settings), "steps_taken": steps}, common)
    return steps


def _common_layers(student: Student, passages: Student) -> int:
    """How many of the student's first layers are as they are on the passages' side."""
    pairs = zip(student.network.encoder.layer, passages.network.encoder.layer, strict=True)
    same = [
        all(bool((own == other).all()) for own, other in zip(a.parameters(), b.parameters(), strict=True))
        for a, b in pairs
    ]
    return [*same, False].index(False)


def _passage_side(encoder: Path, work: Path) -> Path:
    """A copy of the encoder without the question's side that it may have."""
    copy = work / "passage-side"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(encoder, copy, ignore=shutil.ignore_patterns(QUERY_MODEL.name))
    return copy


def usable(asked: Iterable[AskedPassage], held_out: Sequence[Path]) -> list[AskedPassage]:
    """The passages that have nothing of what is held out; TrainingDataError where there are none to train on."""
    refuse = shingles(path.read_text(encoding="utf-8") for path in held_out)
    found = [p for p in asked if p.asked() and not overlaps((p.text, *(q for q, _ in p.asked())), refuse)]
    if not any(passage.split == "train" for passage in found):
        raise TrainingDataError("No passage with written questions of the split 'train' found, expected some.")
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage of a document, the questions that it answers, each with how often it should be asked, and near ones."""

    document: str
    text: str
    questions: tuple[tuple[str, float], ...]
    near: tuple[str, ...] = ()


def written_answer(passage: AskedPassage, settings: Mix) -> Answer:
    """A kind counts as often as the settings say, however many questions of it there are."""
    weights = {kind: getattr(settings, kind) / max(1, len(passage.questions[kind])) for kind in KINDS}
    questions = tuple((question, weights[kind]) for question, kind in passage.asked())
    return Answer(passage.document, passage.text, questions, passage.questions[NEAR])


def _real(
    data: Path, held_out: Sequence[Path], asked: Iterable[str], settings: QuerySettings, sample: int | None
) -> list[Answer]:
    """Answers to real questions; none of which a passage with written questions is a part."""
    if not any((data / f"{name}.jsonl.gz").is_file() for name in REAL):
        return []
    refuse, found = shingles(asked), list[Answer]()
    for pair in read_pairs(data, held_out, settings.seed, sample, REAL):
        if len(found) < settings.real and len(pair.passage) >= SHORTEST_ANSWER and not overlaps(pair, refuse):
            found.append(Answer("", pair.passage, ((pair.query, 1.0),)))
    return found


@dataclass(frozen=True)
class Pool:
    """Passages with their vectors: `rows` of shape (passages, dimensions), and those of their tokens."""

    answers: Sequence[Answer]
    rows: "torch.Tensor"
    tokens: TokenVectors

    @classmethod
    def of(cls, answers: Sequence[Answer], encoder: Encoder, work: Path) -> "Pool":
        """Encoded part by part, and kept, so that another run need not do it again."""
        import torch

        texts = [answer.text for answer in answers]
        starts = range(0, max(1, len(texts)), _PART)
        parts = [_encoded(texts[start : start + _PART], encoder, work / "vectors") for start in starts]
        rows = np.concatenate([rows for rows, _ in parts])
        return cls(answers, torch.tensor(rows), TokenVectors.joined([tokens for _, tokens in parts]))

    def rarity(self, pieces: int) -> "torch.Tensor":
        """The inverse document frequency of every piece, shape (pieces,)."""
        import torch

        known = PieceFrequencies.of(self.tokens)
        counts = np.zeros(pieces, dtype=np.int64)
        counts[known.pieces] = known.counts
        return torch.tensor(idf(counts, known.passages).astype(np.float32))

    def chosen(self, places: Sequence[int], longest: int) -> Encoded:
        """Some passages, with at most `longest` tokens each."""
        import torch

        spans = [_span(self.tokens, place) for place in places]
        return _square(self.rows[torch.tensor(places)], self.tokens, spans, longest)


def _encoded(texts: Sequence[str], encoder: Encoder, folder: Path) -> tuple[Matrix, TokenVectors]:
    """The vectors of some passages and of their tokens, from `folder` where they were kept."""
    from safetensors.numpy import load_file, save

    name = hashlib.sha256(json.dumps([encoder.fingerprint, *texts]).encode()).hexdigest()
    path = folder / f"{name}.safetensors"
    if not path.is_file():
        found = encoder.encode_passages_by_token(texts)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, save({"vectors": found.rows, **asdict(found.tokens)}))
    kept = load_file(path)
    return kept.pop("vectors"), TokenVectors(**kept)


def _span(tokens: TokenVectors, text: int) -> slice:
    return slice(int(tokens.starts[text]), int(tokens.starts[text + 1]))


def _square(rows: "torch.Tensor", tokens: TokenVectors, spans: Sequence[slice], longest: int) -> Encoded:
    """Texts of unequal length side by side; a piece of -1 where a text has no token."""
    import torch

    width = min(longest, max(span.stop - span.start for span in spans))
    vectors = torch.zeros(len(spans), max(1, width), tokens.rows.shape[1])
    pieces = torch.full(vectors.shape[:2], -1, dtype=torch.long)
    for row, span in enumerate(spans):
        cut = slice(span.start, min(span.stop, span.start + width))
        vectors[row, : cut.stop - cut.start] = torch.tensor(tokens.wide(cut))
        pieces[row, : cut.stop - cut.start] = torch.tensor(tokens.pieces[cut].astype(np.int64))
    return Encoded(rows, vectors, pieces)


def as_shipped(found: Vectors, longest: int) -> Encoded:
    """Texts as an encoder reads them before training."""
    import torch

    spans = [_span(found.tokens, place) for place in range(len(found.rows))]
    return _square(torch.tensor(found.rows), found.tokens, spans, longest)


def read_texts(student: Student, texts: Sequence[str], prompt: str, longest: int) -> Encoded:
    """Texts as the student reads them, those of about one length together; in their order."""
    import torch
    from torch.nn.functional import pad

    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    halves = [half for half in (order[: len(order) // 2], order[len(order) // 2 :]) if half]
    found = [student.encode([texts[i] for i in half], prompt, longest) for half in halves]
    width = max(half.pieces.shape[1] for half in found)
    missing = [width - half.pieces.shape[1] for half in found]
    read = Encoded(
        torch.cat([half.rows for half in found]),
        torch.cat([pad(half.tokens, (0, 0, 0, more)) for half, more in zip(found, missing, strict=True)]),
        torch.cat([pad(half.pieces, (0, more), value=-1) for half, more in zip(found, missing, strict=True)]),
    )
    back = torch.tensor(sorted(range(len(order)), key=order.__getitem__))
    return Encoded(*(part[back] for part in read))


def typed(question: str, synonyms: Synonyms, generator: random.Random, settings: Typing) -> str:
    """A question as somebody else would have typed it."""
    other = reworded(question, synonyms, generator, settings.replaced, settings.shortened)
    return carelessly(other, generator, settings.slips, settings.bare)


def near_questions(answers: Sequence[Answer], most: int, generator: random.Random) -> dict[int, str]:
    """Questions that some of these passages only seem to answer, `most` of them, each by its passage's place."""
    able = [(place, generator.choice(answer.near)) for place, answer in enumerate(answers) if answer.near]
    able.sort(key=lambda one: generator.random() ** (_NUMBERS if asks_number(one[1]) else 1))
    return dict(able[len(able) - min(most, len(able)) :])


class _Batches:
    """Draws the questions of a step; of the pool, the first `written` answers have written ones, the others real."""

    def __init__(
        self,
        student: Student,
        shipped: Encoder,
        pool: Pool,
        written: int,
        settings: QuerySettings,
        synonyms: Synonyms,
    ) -> None:
        self._student, self._shipped, self._pool, self._settings = student, shipped, pool, settings
        self._synonyms = synonyms
        documents: defaultdict[str, list[int]] = defaultdict(list)
        for place in range(written):
            documents[pool.answers[place].document].append(place)
        self._documents = list(documents.values())
        self._real = range(written, len(pool.answers))

    def losses(self, generator: random.Random) -> "tuple[str, dict[str, torch.Tensor]]":
        """The kind of a step, and its losses."""
        settings = self._settings
        if not self._real or generator.randrange(100) < settings.written:
            return "written", self._losses(self._of_documents(generator), settings.keep, generator)
        places = generator.sample(self._real, min(settings.batch, len(self._real)))
        drawn = [(place, self._pool.answers[place].questions[0][0]) for place in places]
        return "real", self._losses(drawn, settings.keep_real, generator)

    def _of_documents(self, generator: random.Random) -> list[tuple[int, str]]:
        """Questions on the passages of whole documents, until there are enough, each with its passage's place."""
        drawn: list[tuple[int, str]] = []
        for document in generator.sample(self._documents, len(self._documents)):
            for place in document:
                questions, weights = zip(*self._pool.answers[place].questions, strict=True)
                asked = generator.choices(questions, weights, k=self._settings.repeated)
                drawn += [(place, question) for question in dict.fromkeys(asked)]
            if len(drawn) >= self._settings.batch:
                break
        return drawn[: self._settings.batch]

    def _losses(
        self, drawn: Sequence[tuple[int, str]], keep: float, generator: random.Random
    ) -> "dict[str, torch.Tensor]":
        """How unlikely the right passages are, and how far the ranking is from the encoder's before training."""
        import torch
        from torch.nn.functional import cross_entropy

        settings, own = self._settings, torch.tensor([place for place, _ in drawn])
        written = [question for _, question in drawn]
        near = near_questions([self._pool.answers[place] for place in own.tolist()], settings.near, generator)
        asked = [typed(question, self._synonyms, generator, settings) for question in (*written, *near.values())]
        read = read_texts(self._student, asked, PROMPTS["query"], settings.query_tokens)
        found, nearly = (Encoded(*(part[cut] for part in read)) for cut in (slice(len(own)), slice(len(own), None)))
        before = as_shipped(self._shipped.encode_queries_by_token(written), settings.query_tokens)
        everywhere, once = found.rows @ self._pool.rows.T, before.rows @ self._pool.rows.T
        places = self._candidates(own.tolist(), everywhere, once)
        passages = self._pool.chosen(places, settings.passage_tokens)
        by_text, by_token = everywhere[:, places], late_scores(found, passages, self._student.rarity)
        kept_text, kept_token = once[:, places], late_scores(before, passages, self._student.rarity)
        right = torch.tensor([places.index(place) for place in own.tolist()])
        scaled_text, scaled_token = by_text / settings.temperature, by_token / settings.late_temperature
        weight = 1 - keep / 2
        losses = {
            "own by text": weight * cross_entropy(everywhere / settings.temperature, own),
            "own by token": weight * cross_entropy(scaled_token, right),
            "own by both": weight * cross_entropy((scaled_text + scaled_token) / 2, right),
            "ranking by text": keep * divergence(standardised(kept_text), by_text, settings.sharpness),
            "ranking by token": keep * divergence(standardised(kept_token), by_token, settings.sharpness),
        }
        if near:
            both = (scaled_text + scaled_token)[list(near), right[list(near)]]
            losses["near"] = settings.apart * self._nearer(nearly, passages, right[list(near)], both)
        return losses

    def _nearer(
        self, nearly: Encoded, passages: Encoded, right: "torch.Tensor", than: "torch.Tensor"
    ) -> "torch.Tensor":
        """How likely near questions are to score more with their passages than the right ones, which score `than`."""
        import torch
        from torch.nn.functional import softplus

        by_token = late_scores(nearly, passages, self._student.rarity) / self._settings.late_temperature
        by_text = nearly.rows @ passages.rows.T / self._settings.temperature
        found = (by_text + by_token)[torch.arange(len(right)), right]
        return softplus((found - than) / 2).mean()

    def _candidates(self, own: Sequence[int], *scores: "torch.Tensor") -> list[int]:
        """The right passages of a batch, and the nearest of each question by these scores."""
        nearest = [
            place
            for found in scores
            for place in found.detach().topk(self._settings.mined, 1).indices.flatten().tolist()
        ]
        return list(dict.fromkeys([*own, *nearest]))[: self._settings.candidates]


def _report(student: Student, kept: Pool, asked: Sequence[AskedPassage], settings: QuerySettings) -> str:
    """The mean reciprocal rank of the right passage among those kept apart, by kind: one vector, tokens, the sum."""
    import torch

    dev = [passage for passage in asked if passage.split == "dev"]
    if not dev:
        return "nothing is kept apart as dev"
    passages = kept.chosen(range(len(dev)), settings.passage_tokens)
    lines = []
    for kind in KINDS:
        asking = [(place, passage.questions[kind][0]) for place, passage in enumerate(dev) if passage.questions[kind]]
        starts = range(0, len(asking), settings.batch)
        ranks = [_ranks(student, kept, passages, asking[i : i + settings.batch], settings) for i in starts]
        if ranks:
            means = (1 / torch.cat(ranks, dim=1)).mean(1).tolist()
            lines.append(f"{kind} " + " ".join(f"{mean:.3f}" for mean in means))
    return "on dev (one vector, tokens, sum): " + "; ".join(lines)


def _ranks(
    student: Student, kept: Pool, passages: Encoded, asking: Sequence[tuple[int, str]], settings: QuerySettings
) -> "torch.Tensor":
    """The rank of each question's passage by one vector, by tokens and by the sum, shape (3, questions)."""
    import torch

    own, texts = zip(*asking, strict=True)
    with torch.no_grad():
        found = student.encode(texts, PROMPTS["query"], settings.query_tokens)
        by_text, by_token = found.rows @ kept.rows.T, late_scores(found, passages, student.rarity)
    scores = torch.stack([by_text, by_token, standardised(by_text) + standardised(by_token)])
    right = scores[:, torch.arange(len(own)), torch.tensor(own)]
    return (scores > right[..., None]).sum(2) + 1
