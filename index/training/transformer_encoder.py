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
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.encoders.encoder import Encoder
from index.encoders.load import load_encoder
from index.errors import TrainingDataError
from index.files import whole_file
from index.training.clustering import by_subject
from index.training.output import check_replaceable
from index.training.pairs import READERS, Pair, read_pairs
from index.training.pretrained import PROMPTS, Pretrained, read_pretrained
from index.training.teachers import SURVEYED, Teachers
from index.training.typing_errors import carelessly
from index.training.vocabulary import PAD, Vocabulary, choose_vocabulary

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

_PARALLEL = "parallel.nl-en"
# Read for their words only: neighbouring paragraphs of a law or a programme teach little about questions.
_PROSE = ("laws.nl", "programmes.nl")
# Pairs of graded similarity stand in the parallel file with their English; synonyms are no sentences.
_LEFT_OUT = frozenset({_PARALLEL, *_PROSE, "synonyms.nl", "stsb.nl", "sick.nl"})
_CHECKPOINT = "checkpoint.pt"
_SAMPLE_STEPS = 6
# How often the English pieces count: there is less English text, and all of it is needed.
_ENGLISH = 6
# Passages from which the rarity of pieces is drawn, and the first token projection.
_COUNTED = 20_000
_PROJECTED = 384
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
    question written carelessly.
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
    slips: float = 0.15
    bare: float = 0.3
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
) -> "tuple[Student, _Trainer]":
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
    return student, _Trainer(student, sentences, clusters, ranking, settings, work, sample, hours)


def _export(student: "Student", out: Path, settings: TransformerSettings, steps: int) -> None:
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


def _padded(ids: Sequence[Sequence[int]], filler: int) -> "tuple[torch.Tensor, torch.Tensor]":
    """Token ids as a square, and the mask of those that are there, both (texts, tokens)."""
    import torch

    width = max(map(len, ids))
    batch = torch.full((len(ids), width), filler, dtype=torch.long)
    mask = torch.zeros(len(ids), width, dtype=torch.long)
    for row, tokens in enumerate(ids):
        batch[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
    return batch, mask


def _pooled(hidden: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """The mean over a text's tokens, scaled to length 1, shape (texts, dimensions)."""
    from torch.nn.functional import normalize

    weight = mask[..., None].to(hidden.dtype)
    return normalize((hidden * weight).sum(1) / weight.sum(1), dim=1)


class Encoded(NamedTuple):
    """A batch of texts: a row of length 1 a text, one a token, and the token's pieces; those of no word are -1."""

    rows: "torch.Tensor"
    tokens: "torch.Tensor"
    pieces: "torch.Tensor"


class Student:
    """The network with the pieces that are kept, and the projection of its tokens.

    `rarity` is the inverse document frequency of every piece: tokens count by
    it, as they do where late interaction is used (`index/search/late_interaction.py`).
    """

    def __init__(self, network: Any, tokenizer: "Tokenizer", token_dimensions: int) -> None:
        import torch

        self.network = network
        self.tokenizer = tokenizer
        self.projection = torch.nn.Linear(network.config.hidden_size, token_dimensions)
        self.rarity = torch.ones(tokenizer.get_vocab_size())

    @classmethod
    def of(cls, pretrained: Pretrained, vocabulary: Vocabulary, token_dimensions: int) -> "Student":
        import torch

        network = pretrained.network.to(torch.get_default_device())
        chosen = network.embeddings.word_embeddings.weight.data[list(vocabulary.rows)].clone()
        embedding = torch.nn.Embedding(len(chosen), chosen.shape[1], padding_idx=vocabulary.tokenizer.token_to_id(PAD))
        embedding.weight.data = chosen
        network.embeddings.word_embeddings = embedding
        network.config.vocab_size = len(chosen)
        return cls(network, vocabulary.tokenizer, token_dimensions)

    def state(self) -> dict[str, Any]:
        return {"network": self.network.state_dict(), "projection": self.projection.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.projection.load_state_dict(state["projection"])

    def survey(self, passages: Sequence[str], tokens: int) -> None:
        """Learn how rare pieces are; start the projection at the principal components of some tokens, centred."""
        import torch

        self.tokenizer.enable_truncation(tokens)
        counts: Counter[int] = Counter()
        for encoding in self.tokenizer.encode_batch(list(passages)):
            counts.update(set(encoding.ids))
        frequency = torch.tensor([counts[piece] for piece in range(len(self.rarity))], dtype=torch.float32)
        self.rarity = torch.log(1 + (len(passages) - frequency + 0.5) / (frequency + 0.5))
        with torch.inference_mode():
            places = range(0, min(_PROJECTED, len(passages)), 32)
            hidden = [self._hidden(passages[i : i + 32], PROMPTS["document"], tokens) for i in places]
            states = torch.cat([states[pieces >= 0] for states, _, pieces in hidden]).double()
        mean = states.mean(0)
        _values, vectors = torch.linalg.eigh((states - mean).T @ (states - mean))
        components = vectors.flip(1)[:, : self.projection.out_features].T
        self.projection.weight.data = components.float().contiguous()
        self.projection.bias.data = -(components @ mean).float()

    def encode(self, texts: Sequence[str], prompt: str, tokens: int) -> Encoded:
        """`texts`, cut to so many tokens each, as rows and as tokens, with gradients."""
        from torch.nn.functional import normalize

        hidden, mask, pieces = self._hidden(texts, prompt, tokens)
        return Encoded(_pooled(hidden, mask), normalize(self.projection(hidden), dim=2), pieces)

    def _hidden(
        self, texts: Sequence[str], prompt: str, tokens: int
    ) -> "tuple[torch.Tensor, torch.Tensor, torch.Tensor]":
        """The last layer, the mask, and the pieces without those of the prompt and the marks."""
        import torch

        self.tokenizer.enable_truncation(tokens)
        found = self.tokenizer.encode_batch([prompt + text for text in texts])
        ids, mask = _padded([encoding.ids for encoding in found], self.network.embeddings.word_embeddings.padding_idx)
        ends, _ = _padded([[end for _, end in encoding.offsets] for encoding in found], 0)
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            hidden = self.network(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden.float(), mask, torch.where(ends > len(prompt), ids, -1)


def late_scores(queries: Encoded, passages: Encoded, rarity: "torch.Tensor") -> "torch.Tensor":
    """The weighted mean over a query's tokens of the cosine of each passage's nearest token, (queries, passages)."""
    import torch

    flat = passages.tokens.reshape(-1, passages.tokens.shape[2])
    cosines = (queries.tokens @ flat.T).reshape(*queries.tokens.shape[:2], *passages.tokens.shape[:2])
    nearest = cosines.masked_fill((passages.pieces < 0)[None, None], -1.0).amax(dim=3)
    weights = torch.where(queries.pieces >= 0, rarity[queries.pieces.clamp(min=0)], 0.0)
    scores: torch.Tensor = (nearest * weights[..., None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1e-6)
    return scores


class _Trainer:
    """Takes steps until the steps or the hours are spent; the batch of a step depends on its number alone."""

    def __init__(
        self,
        student: Student,
        parallel: Sequence[Sequence[Pair]],
        related: Sequence[Sequence[Sequence[Pair]]],
        teachers: Teachers,
        settings: TransformerSettings,
        work: Path,
        sample: int | None,
        hours: float | None,
    ) -> None:
        import torch

        torch.manual_seed(settings.seed)
        self._student, self._teachers, self._settings = student, teachers, settings
        self._file = work / _CHECKPOINT
        self._steps = settings.steps if sample is None else _SAMPLE_STEPS
        self._hours = hours
        self._spent = 0.0
        self._step = 0
        self._parallel, self._related = parallel, related
        self._optimizer = self._optimiser()

    def _optimiser(self) -> "torch.optim.Optimizer":
        import torch

        network, settings = self._student.network, self._settings
        for module in (network.embeddings, *network.encoder.layer[: settings.frozen_layers]):
            module.requires_grad_(False)
        groups = [
            {"params": [p for p in network.parameters() if p.requires_grad], "lr": settings.layer_rate},
            {"params": list(self._student.projection.parameters()), "lr": settings.projection_rate},
        ]
        for group in groups:
            group["peak"] = group["lr"]
        return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)

    def run(self) -> int:
        import torch

        self._resume()
        self._student.network.train()
        for module in self._student.network.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
        began, saved, losses = time.monotonic() - self._spent, time.monotonic(), _Losses()
        while (progress := self._progress(time.monotonic() - began)) < 1:
            for group in self._optimizer.param_groups:
                group["lr"] = group["peak"] * min(1.0, (self._step + 1) / 30, 1.02 - progress)
            losses.add(*self._take_step())
            self._step += 1
            if self._step % 20 == 0:
                logger.info("step %d, %.3f done: %s", self._step, progress, losses.report())
            if time.monotonic() - saved > self._settings.checkpoint_seconds:
                self._save(time.monotonic() - began)
                saved = time.monotonic()
        self._save(time.monotonic() - began)
        return self._step

    def _progress(self, spent: float) -> float:
        by_clock = spent / (self._hours * 3600) if self._hours else 0.0
        return max(self._step / self._steps, by_clock)

    def _take_step(self) -> tuple[str, dict[str, float]]:
        import torch

        generator = random.Random(self._settings.seed * 1_000_003 + self._step)
        parallel = generator.randrange(10) < self._settings.parallel_tenths
        losses = self._parallel_losses(generator) if parallel else self._related_losses(generator)
        self._optimizer.zero_grad()
        sum(losses.values()).backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(self._student.network.parameters(), 1.0)
        self._optimizer.step()
        kind = "parallel" if parallel else "related"
        return kind, {name: float(loss.detach()) for name, loss in losses.items()}

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
            "ranking by text": _divergence(wanted, by_text, settings.sharpness),
            "ranking by token": _divergence(wanted, by_token, settings.sharpness),
            "own by text": settings.own_weight * _likelihood(by_text / settings.temperature, same),
            "own by token": settings.own_weight * _likelihood(by_token / settings.late_temperature, same),
        }

    def _save(self, spent: float) -> None:
        import torch

        state = {
            "student": self._student.state(),
            "optimizer": self._optimizer.state_dict(),
            "step": self._step,
            "spent": spent,
            "settings": asdict(self._settings),
            "pieces": self._pieces(),
        }
        with whole_file(self._file) as file:
            torch.save(state, file)

    def _resume(self) -> None:
        import torch

        if not self._file.is_file():
            return
        state = torch.load(self._file, weights_only=True)
        if state["settings"] != asdict(self._settings):
            raise TrainingDataError(f"{self._file}: made with other settings. Remove it, or name another folder.")
        if state["pieces"] != self._pieces():
            raise TrainingDataError(
                f"{self._file}: made with another vocabulary, so from other texts. Remove it, or name another folder."
            )
        self._student.restore(state["student"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._spent = state["step"], state["spent"]
        logger.info("going on from step %d", self._step)

    def _pieces(self) -> list[str]:
        vocabulary = self._student.tokenizer.get_vocab()
        return sorted(vocabulary, key=vocabulary.__getitem__)


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


def _divergence(wanted: "torch.Tensor", scores: "torch.Tensor", sharpness: float) -> "torch.Tensor":
    """How far the ranking of each query by `scores` is from that by `wanted` (Kullback-Leibler), both standardised."""
    from torch.nn.functional import kl_div

    centred = scores - scores.mean(1, keepdim=True)
    standard = centred / centred.std(1, keepdim=True, correction=0).clamp(min=1e-6)
    found, target = (sharpness * standard).log_softmax(1), (sharpness * wanted).log_softmax(1)
    return kl_div(found, target, reduction="batchmean", log_target=True)


class _Losses:
    """The mean of each loss of each kind of step since the last report."""

    def __init__(self) -> None:
        self._values: dict[str, list[float]] = {}

    def add(self, kind: str, losses: dict[str, float]) -> None:
        for name, loss in losses.items():
            self._values.setdefault(f"{kind} {name}", []).append(loss)

    def report(self) -> str:
        line = ", ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(self._values.items()))
        self._values.clear()
        return line


def read_settings(path: Path | None) -> TransformerSettings:
    """The settings in a TOML file, those of the shipped encoder when left out.

    Raises TrainingDataError for a file that is no TOML or has an unknown setting.
    """
    if path is None:
        return TransformerSettings()
    try:
        return TransformerSettings(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise TrainingDataError(f"{path}: not a file of settings ({error}).") from error
