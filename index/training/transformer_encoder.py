"""Train the Dutch-English transformer encoder that is shipped with the product.

An English sentence encoder (the teacher) gets a Dutch-English vocabulary, and
learns to give Dutch texts the vectors that the teacher gives their
translations (Reimers and Gurevych, arXiv:2004.09813), as a choice among many
English vectors; then, in turns with it, to find the answer that belongs to a
question (van den Oord et al., arXiv:1807.03748). Everything heavy is imported
inside the functions: nothing but this command needs it.
"""

import hashlib
import json
import logging
import os
import random
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encode import Matrix, StaticEncoder
from index.errors import TrainingDataError
from index.training.bilingual_lexicon import Translations, extend_lexicon, learn_lexicon
from index.training.bilingual_vocabulary import (
    EnglishVocabulary,
    Vocabulary,
    choose_vocabulary,
    count_words,
    initial_vectors,
)
from index.training.output import check_replaceable
from index.training.pairs import READERS, Pair, read_pairs

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

_PARALLEL = "parallel.nl-en"
_SYNONYMS = "synonyms.nl"
# Read for its words only: neighbouring sections of a law teach little about questions.
_PROSE = "laws.nl"
# Pairs of graded similarity stand in the parallel file with their English.
_LEFT_OUT = frozenset({_PARALLEL, _SYNONYMS, _PROSE, "stsb.nl", "sick.nl"})
_TEACHER_TOKENS = 64
_CHECKPOINT = "checkpoint.pt"
_SAMPLE_STEPS = 6


@dataclass(frozen=True, slots=True)
class TransformerSettings:
    """What decides the outcome of a training run, besides the data and the teacher.

    `rows` word vectors, `english_rows` of them the teacher's. A step is one
    batch: of every ten, `related_tenths` are of related pairs, `english_tenths`
    of English texts, the others of Dutch texts with English translations.
    """

    rows: int = 38_000
    english_rows: int = 15_000
    steps: int = 1400
    batch: int = 128
    related_batch: int = 40
    related_tenths: int = 2
    english_tenths: int = 1
    query_tokens: int = 24
    passage_tokens: int = 48
    targets: int = 8192
    temperature: float = 0.05
    vector_rate: float = 5e-4
    layer_rate: float = 8e-5
    frozen_layers: int = 0
    checkpoint_seconds: int = 180
    seed: int = 7


def train_transformer(
    data: Path,
    teacher: Path,
    out: Path,
    work: Path,
    held_out: Sequence[Path] = (),
    settings: TransformerSettings | None = None,
    neighbours: Path | None = None,
    sample: int | None = None,
    hours: float | None = None,
) -> int:
    """Train on `data` and write the encoder to `out`; returns the number of steps taken.

    `work` keeps the teacher's vectors and checkpoints; a run that was cut off
    goes on from there. `neighbours` is a static Dutch-English encoder, for
    words without translations. `sample` reads so many rows of each file and
    takes a few steps; `hours` ends the training early.
    """
    settings = settings or TransformerSettings()
    check_replaceable(out)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    work.mkdir(parents=True, exist_ok=True)
    related = read_pairs(data, held_out, settings.seed, sample, [name for name in READERS if name not in _LEFT_OUT])
    parallel = read_pairs(data, held_out, settings.seed, sample, [_PARALLEL])
    prose = read_pairs(data, held_out, settings.seed, sample, [_PROSE])
    synonyms = read_pairs(data, held_out, settings.seed, sample, [_SYNONYMS])
    logger.info("%d translated, %d related, %d synonymous pairs", len(parallel), len(related), len(synonyms))
    network = _network(teacher)
    vocabulary, vectors = _start(parallel, [*related, *prose], synonyms, teacher, network, settings, neighbours)
    targets = teacher_vectors(sorted({pair.query for pair in parallel}), teacher, work)
    student = Student.of(network, vocabulary, vectors)
    trainer = _Trainer(student, parallel, related, targets, settings, work, sample, hours)
    steps = trainer.run()
    from index.training.onnx_export import export_encoder

    export_encoder(student, out, {**asdict(settings), "steps_taken": steps})
    return steps


def _network(teacher: Path) -> Any:
    from transformers import AutoModel

    return AutoModel.from_pretrained(teacher, attn_implementation="sdpa")


def english_vocabulary(teacher: Path, network: Any) -> EnglishVocabulary:
    """The teacher's vocabulary with the word vectors of its `network`."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    rows: Matrix = network.embeddings.word_embeddings.weight.detach().numpy().copy()
    return EnglishVocabulary(tokenizer.get_vocab(), rows)


def _start(
    parallel: Sequence[Pair],
    prose: Sequence[Pair],
    synonyms: Sequence[Pair],
    teacher: Path,
    network: Any,
    settings: TransformerSettings,
    neighbours: Path | None,
) -> tuple[Vocabulary, Matrix]:
    """The vocabulary and its vectors before training."""
    english_words = english_vocabulary(teacher, network)
    english = count_words(pair.query for pair in parallel)
    dutch: Counter[str] = count_words((pair.passage for pair in parallel), weight=6)
    dutch.update(count_words(chain.from_iterable(prose)))
    vocabulary = choose_vocabulary(dutch, english, english_words, settings.rows, settings.english_rows)
    lexicon: Translations = learn_lexicon([(pair.passage, pair.query) for pair in parallel])
    groups = [tuple(count_words([text]) for text in pair) for pair in synonyms]
    same = [[next(iter(a)), next(iter(b))] for a, b in groups if len(a) == len(b) == 1]
    lexicon = extend_lexicon(lexicon, [name for name in vocabulary.rows if len(name) > 2], same)
    space = StaticEncoder(neighbours, neighbours.name).encode_passages(vocabulary.rows) if neighbours else None
    covered = sum(count for word, count in dutch.items() if word in lexicon)
    logger.info("%.3f of the Dutch words have translations", covered / dutch.total())
    vectors = initial_vectors(vocabulary, english_words, lexicon, dutch, english, space)
    return vocabulary, vectors


def teacher_vectors(texts: Sequence[str], teacher: Path, work: Path) -> dict[str, NDArray[np.float16]]:
    """The teacher's vector of each English text; those already in `work` are not computed again."""
    names, rows = work / "teacher_texts.json", work / "teacher.npy"
    known: list[str] = json.loads(names.read_text(encoding="utf-8")) if names.is_file() and rows.is_file() else []
    matrix = np.load(rows) if known else np.zeros((0, 0), dtype=np.float16)
    missing = sorted(set(texts) - set(known))
    if missing:
        logger.info("the teacher reads %d texts", len(missing))
        computed = _teach(missing, teacher)
        matrix = np.concatenate([matrix, computed]) if known else computed
        known = known + missing
        np.save(rows, matrix)
        names.write_text(json.dumps(known), encoding="utf-8")
    return dict(zip(known, matrix, strict=True))


def _teach(texts: Sequence[str], teacher: Path) -> NDArray[np.float16]:
    import torch
    from tokenizers import Tokenizer

    network = _network(teacher).eval()
    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_TEACHER_TOKENS)
    ids = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    found = np.zeros((len(ids), network.config.hidden_size), dtype=np.float16)
    with torch.inference_mode():
        for start in range(0, len(order), 128):
            places = order[start : start + 128]
            batch, mask = _padded([ids[place] for place in places])
            hidden = network(input_ids=batch, attention_mask=mask).last_hidden_state
            found[places] = _pooled(hidden, mask).numpy().astype(np.float16)
    return found


def _padded(ids: Sequence[Sequence[int]]) -> "tuple[torch.Tensor, torch.Tensor]":
    import torch

    width = max(map(len, ids))
    batch = torch.zeros(len(ids), width, dtype=torch.long)
    mask = torch.zeros(len(ids), width, dtype=torch.long)
    for row, tokens in enumerate(ids):
        batch[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
    return batch, mask


def _pooled(hidden: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    from torch.nn.functional import normalize

    weight = mask[..., None].to(hidden.dtype)
    return normalize((hidden * weight).sum(1) / weight.sum(1), dim=1)


class Student:
    """The network with its new vocabulary: texts to rows of length 1."""

    def __init__(self, network: Any, tokenizer: "Tokenizer", row_of_piece: "torch.Tensor") -> None:
        self.network = network
        self.tokenizer = tokenizer
        self.row_of_piece = row_of_piece
        tokenizer.no_padding()

    @classmethod
    def of(cls, network: Any, vocabulary: Vocabulary, vectors: Matrix) -> "Student":
        import torch

        embedding = torch.nn.Embedding(*vectors.shape)
        embedding.weight.data = torch.from_numpy(vectors.copy())
        special = _special_rows(network)
        embedding.weight.data[: len(special)] = special
        network.embeddings.word_embeddings = embedding
        network.config.vocab_size = len(vectors)
        return cls(network, vocabulary.tokenizer(), torch.tensor(vocabulary.row_of_piece))

    def fingerprint(self) -> str:
        """Changes with the vocabulary: the word vectors of one mean nothing to another."""
        pieces = sorted(self.tokenizer.get_vocab().items())
        return hashlib.sha256(repr((pieces, self.row_of_piece.tolist())).encode()).hexdigest()

    def encode(self, texts: Sequence[str], tokens: int) -> "torch.Tensor":
        """The rows of `texts`, cut to so many tokens each, with gradients."""
        self.tokenizer.enable_truncation(tokens)
        ids, mask = _padded([encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))])
        hidden = self.network(input_ids=self.row_of_piece[ids], attention_mask=mask).last_hidden_state
        return _pooled(hidden, mask)

    def encode_all(self, texts: Sequence[str], tokens: int = 256) -> Matrix:
        """The rows of `texts` without gradients, the network as it answers, not as it learns."""
        import torch

        self.network.eval()
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found = np.zeros((len(texts), self.network.config.hidden_size), dtype=np.float32)
        with torch.inference_mode():
            for start in range(0, len(order), 32):
                places = order[start : start + 32]
                found[places] = self.encode([texts[place] for place in places], tokens).numpy()
        return found


def _special_rows(network: Any) -> "torch.Tensor":
    """The old rows of [PAD], [UNK], [CLS] and [SEP], which stand first in the new vocabulary."""
    rows: torch.Tensor = network.embeddings.word_embeddings.weight.data[[0, 100, 101, 102]].clone()
    return rows


class _Trainer:
    """Takes steps until the steps or the hours are spent; the batch of a step depends on its number alone."""

    def __init__(
        self,
        student: Student,
        parallel: Sequence[Pair],
        related: Sequence[Pair],
        targets: dict[str, NDArray[np.float16]],
        settings: TransformerSettings,
        work: Path,
        sample: int | None,
        hours: float | None,
    ) -> None:
        import torch

        torch.manual_seed(settings.seed)
        self._student, self._settings = student, settings
        self._file = work / _CHECKPOINT
        self._steps = settings.steps if sample is None else _SAMPLE_STEPS
        self._hours = hours
        self._spent = 0.0
        self._step = 0
        self._targets = targets
        self._parallel = _by_length(parallel, settings.batch, lambda pair: pair.passage)
        self._english = _by_length(parallel, settings.batch, lambda pair: pair.query)
        self._related = _by_length(related, settings.related_batch, lambda pair: pair.passage[:400])
        self._bank = np.stack([targets[pair.query] for pair in parallel[: settings.targets]]).astype(np.float32)
        self._optimizer = self._optimiser()

    def _optimiser(self) -> "torch.optim.Optimizer":
        import torch

        network, settings = self._student.network, self._settings
        vectors = network.embeddings.word_embeddings.weight
        frozen = [network.embeddings.position_embeddings, network.embeddings.token_type_embeddings]
        frozen += list(network.encoder.layer[: settings.frozen_layers])
        for module in frozen:
            module.requires_grad_(False)
        layers = [p for p in network.parameters() if p.requires_grad and p is not vectors]
        groups = [
            {"params": [vectors], "lr": settings.vector_rate, "weight_decay": 0.0},
            {"params": layers, "lr": settings.layer_rate, "weight_decay": 0.01},
        ]
        for group in groups:
            group["peak"] = group["lr"]
        return torch.optim.AdamW(groups, betas=(0.9, 0.98))

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

    def _take_step(self) -> tuple[str, float]:
        import torch

        generator = random.Random(self._settings.seed * 1_000_003 + self._step)
        kind = self._kind(generator)
        loss = self._related_loss(generator) if kind == "related" else self._translated_loss(generator, kind)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._student.network.parameters(), 1.0)
        self._optimizer.step()
        return kind, float(loss.detach())

    def _kind(self, generator: random.Random) -> str:
        drawn = generator.randrange(10)
        if drawn < self._settings.related_tenths:
            return "related"
        return "english" if drawn < self._settings.related_tenths + self._settings.english_tenths else "dutch"

    def _translated_loss(self, generator: random.Random, kind: str) -> "torch.Tensor":
        """How unlikely the teacher's vector is among many, plus how far the student's lies from it."""
        import torch
        from torch.nn.functional import cross_entropy

        settings = self._settings
        batch = generator.choice(self._parallel if kind == "dutch" else self._english)
        texts = [pair.passage if kind == "dutch" else pair.query for pair in batch]
        wanted = torch.from_numpy(np.stack([self._targets[pair.query] for pair in batch]).astype(np.float32))
        found = self._student.encode(texts, settings.passage_tokens)
        others = found @ torch.from_numpy(self._bank).T
        own = (found * wanted).sum(1)
        # A translation that also stands among the others is no wrong choice.
        same = wanted @ torch.from_numpy(self._bank).T > 0.95
        scores = torch.cat([own[:, None], others.masked_fill(same, -1.0)], dim=1) / settings.temperature
        choice = cross_entropy(scores, torch.zeros(len(batch), dtype=torch.long))
        return choice + 2 * (1 - own).mean()

    def _related_loss(self, generator: random.Random) -> "torch.Tensor":
        """Each query must find its own passage among those of the batch, and the other way round."""
        import torch
        from torch.nn.functional import cross_entropy

        settings = self._settings
        batch = generator.choice(self._related)
        queries = self._student.encode([pair.query for pair in batch], settings.query_tokens)
        passages = self._student.encode([pair.passage for pair in batch], settings.passage_tokens)
        scores = queries @ passages.T / settings.temperature
        own = torch.arange(len(batch))
        return (cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2

    def _save(self, spent: float) -> None:
        import torch

        state = {
            "network": self._student.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "step": self._step,
            "spent": spent,
            "settings": asdict(self._settings),
            "vocabulary": self._student.fingerprint(),
        }
        unfinished = self._file.with_suffix(".unfinished")
        torch.save(state, unfinished)
        unfinished.replace(self._file)

    def _resume(self) -> None:
        import torch

        if not self._file.is_file():
            return
        state = torch.load(self._file, weights_only=True)
        if state["settings"] != asdict(self._settings):
            raise TrainingDataError(f"{self._file}: made with other settings. Remove it, or name another folder.")
        if state["vocabulary"] != self._student.fingerprint():
            raise TrainingDataError(
                f"{self._file}: made with another vocabulary, so from other texts. Remove it, or name another folder."
            )
        self._student.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._spent = state["step"], state["spent"]
        logger.info("going on from step %d", self._step)


class _Losses:
    """The mean loss of each kind of step since the last report."""

    def __init__(self) -> None:
        self._values: dict[str, list[float]] = {}

    def add(self, kind: str, loss: float) -> None:
        self._values.setdefault(kind, []).append(loss)

    def report(self) -> str:
        line = ", ".join(f"{kind} {np.mean(values):.3f}" for kind, values in sorted(self._values.items()))
        self._values.clear()
        return line


def _by_length(pairs: Sequence[Pair], size: int, text: Any) -> list[list[Pair]]:
    """Batches of texts of about one length, so that little is padding; a rest that fills none is left out.

    Equal lengths keep the order that the pairs came in, which is shuffled.
    """
    if len(pairs) <= size:
        return [list(pairs)]
    ordered = sorted(pairs, key=lambda pair: len(text(pair)) // 8)
    return [ordered[start : start + size] for start in range(0, len(ordered) - size + 1, size)]


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
