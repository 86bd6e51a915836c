"""Train the static Dutch-English encoder that is shipped with the product.

A subword vocabulary of its own and one vector a subword; a text is the mean of
its vectors. Trained with an in-batch contrastive loss (van den Oord et al.,
arXiv:1807.03748) on pairs that mean the same or answer each other. Everything
heavy is imported inside the functions: nothing but this command needs it.
"""

import gzip
import logging
import os
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.language.analyser import words
from index.language.known_words import KNOWN_WORDS
from index.training.output import check_replaceable, encoder_folder
from index.training.pairs import Pair, read_pairs

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """What decides the outcome of a training run, besides the data.

    `batch` is the number of pairs that serve as each other's negatives;
    `temperature` divides the cosines (1/scale). A word that the texts have
    `frequent` times is kept as one that is spelt right.
    """

    vocabulary: int = 32_000
    dimensions: int = 256
    batch: int = 1024
    epochs: int = 3
    learning_rate: float = 0.1
    temperature: float = 0.05
    frequent: int = 10
    seed: int = 7


def train_encoder(
    data: Path,
    out: Path,
    held_out: Sequence[Path] = (),
    settings: TrainingSettings | None = None,
    sample: int | None = None,
) -> int:
    """Train on the pairs in `data` and write a sentence-transformers folder to `out`.

    Returns the number of pairs trained on. Whatever stood in `out` is replaced
    once training has succeeded. Two runs with the same data and settings on
    the same machine give the same weights.
    """
    settings = settings or TrainingSettings()
    check_replaceable(out)
    # The trainer's workers fork: the tokenizer must not have threads by then.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    pairs = read_pairs(data, held_out, settings.seed, sample)
    logger.info("%d pairs", len(pairs))
    tokenizer = _train_tokenizer(pairs, settings)
    with tempfile.TemporaryDirectory(prefix="woordelijk-training-") as scratch:
        model = _fit(pairs, tokenizer, settings, Path(scratch))
    _save(model, out, settings, pairs)
    return len(pairs)


def frequent_words(pairs: Sequence[Pair], least: int) -> list[str]:
    """The folded words that the texts have so many times or more, in alphabetical order: so often is no slip."""
    counts = Counter(word for pair in pairs for text in pair for word in words(text) if word.isalpha())
    return sorted(word for word, count in counts.items() if count >= least)


def _train_tokenizer(pairs: Sequence[Pair], settings: TrainingSettings) -> "Tokenizer":
    """A lower-case, accent-free Unigram vocabulary (Kudo, arXiv:1804.10959) over both languages."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=False), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=settings.vocabulary, special_tokens=["[PAD]", "[UNK]"], unk_token="[UNK]", show_progress=True
    )
    tokenizer.train_from_iterator((text for pair in pairs for text in pair), trainer=trainer)
    return tokenizer


def _fit(
    pairs: Sequence[Pair], tokenizer: "Tokenizer", settings: TrainingSettings, scratch: Path
) -> "SentenceTransformer":
    import torch
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(True)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=settings.dimensions)], device="cpu")
    dataset = Dataset.from_dict(
        {"anchor": [pair.query for pair in pairs], "positive": [pair.passage for pair in pairs]}
    )
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(scratch),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=min(settings.batch, len(pairs)),
        learning_rate=settings.learning_rate,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        seed=settings.seed,
        data_seed=settings.seed,
        save_strategy="no",
        logging_steps=50,
        report_to="none",
        use_cpu=True,
    )
    loss = MultipleNegativesRankingLoss(model, scale=1 / settings.temperature)
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=dataset, loss=loss).train()
    return model


def _halve(weights: Path) -> None:
    """Store the vectors as 16-bit floats: half the size."""
    import numpy as np
    from safetensors.numpy import load_file, save_file

    save_file({name: rows.astype(np.float16) for name, rows in load_file(weights).items()}, weights)


def _save(model: "SentenceTransformer", out: Path, settings: TrainingSettings, pairs: Sequence[Pair]) -> None:
    known = frequent_words(pairs, settings.frequent)
    listed = "\n".join([*known, ""]).encode("utf-8")
    lines = [f"{name} = {value!r}" for name, value in asdict(settings).items()]
    with encoder_folder(out) as folder:
        model.save(str(folder), create_model_card=False)
        _halve(folder / "model.safetensors")
        # Without a date, so that equal lists are equal files.
        (folder / KNOWN_WORDS).write_bytes(gzip.compress(listed, mtime=0))
        (folder / "training.toml").write_text("\n".join([*lines, f"pairs = {len(pairs)}", ""]), encoding="utf-8")
