"""Training from tiny files: pairs as promised, nothing held out is learnt, a folder that loads."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encode import load_encoder
from index.errors import TrainingDataError
from index.training.pairs import read_pairs
from index.training.static_encoder import TrainingSettings, train_encoder

SUBJECTS = ["bruggen", "treinen", "scholen", "wegen", "bomen", "huizen", "boten", "banken"]


def _write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "training"
    _write(
        folder,
        "questions-2024.nl",
        [
            {"question": f"Hoeveel {s} zijn er in het land?", "answer": f"Er zijn veel {s} in het land."}
            for s in SUBJECTS
        ]
        + [{"question": "Zonder antwoord?", "answer": ""}],
    )
    _write(folder, "parallel.nl-en", [{"nl": s, "en": s.upper() + " in English"} for s in SUBJECTS])
    _write(folder, "synonyms.nl", [{"words": ["brug", "viaduct", "overspanning"]}])
    return folder


def test_pairs_of_every_file(data: Path) -> None:
    pairs = read_pairs(data, (), seed=1)
    assert len(pairs) == 8 + 8 + 2
    assert pairs == read_pairs(data, (), seed=1)
    assert pairs != read_pairs(data, (), seed=2)


def test_text_that_is_held_out_is_not_trained_on(data: Path, tmp_path: Path) -> None:
    """A pair that shares twelve words in a row with a held-out file is left out."""
    words = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"
    _write(data, "faq.nl-en", [{"question": "Tel eens?", "answer": f"Goed: {words} dertien."}])
    held_out = tmp_path / "brief.txt"
    held_out.write_text(f"Nul {words.upper()} en meer", encoding="utf-8")
    assert len(read_pairs(data, [held_out], seed=1)) == len(read_pairs(data, (), seed=1)) - 1


def test_training_writes_a_folder_that_loads(data: Path, tmp_path: Path) -> None:
    settings = TrainingSettings(vocabulary=200, dimensions=8, epochs=1, batch=8)
    assert train_encoder(data, tmp_path / "encoder", settings=settings) == 18
    encoder = load_encoder(str(tmp_path / "encoder"))
    assert encoder.encode_queries(["bruggen"]).shape == (1, 8)
    assert "seed = 7" in (tmp_path / "encoder" / "training.toml").read_text("utf-8")


def _tiny_teacher(folder: Path) -> Path:
    """An English model of the shape of all-MiniLM-L6-v2, untrained and very small."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    words = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "the", "in", "english"]
    vocabulary = {word: number for number, word in enumerate([*words, *SUBJECTS, *"abcdefghijklmnopqrstuvwxyz"])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 101), ("[SEP]", 102)]
    )
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=512,
    )
    BertModel(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.mark.filterwarnings("ignore")
def test_a_transformer_trains_stops_and_goes_on(data: Path, tmp_path: Path) -> None:
    """A few steps on a tiny teacher give a folder that loads; a second run goes on where the first stopped."""
    from index.training.transformer_encoder import TransformerSettings, train_transformer

    _write(data, "laws.nl", [{"title": "Wet op de bruggen", "text": "##Artikel 1\n" + "Een brug is een brug. " * 9}])
    teacher = _tiny_teacher(tmp_path / "teacher")
    settings = TransformerSettings(rows=200, english_rows=60, batch=4, related_batch=4, targets=8)
    folders = (tmp_path / "encoder", tmp_path / "work")
    steps = train_transformer(data, teacher, *folders, settings=settings, sample=50)
    encoder = load_encoder(str(tmp_path / "encoder"))
    rows = encoder.encode_queries(["Hoeveel bruggen?", "", "How many bridges?"])
    assert rows.shape == (3, 16)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)
    assert train_transformer(data, teacher, *folders, settings=settings, sample=50) == steps
    other = TransformerSettings(rows=200, english_rows=60, batch=4, related_batch=4, targets=8, seed=8)
    with pytest.raises(TrainingDataError, match="other settings"):
        train_transformer(data, teacher, *folders, settings=other, sample=50)


def test_what_is_no_encoder_is_not_replaced(data: Path, tmp_path: Path) -> None:
    (tmp_path / "werk").mkdir()
    (tmp_path / "werk" / "memo.txt").write_text("van mij", encoding="utf-8")
    with pytest.raises(TrainingDataError, match="is no encoder"):
        train_encoder(data, tmp_path / "werk")
    assert (tmp_path / "werk" / "memo.txt").is_file()


def test_bad_training_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="none of the training files"):
        read_pairs(tmp_path, (), seed=1)
    with gzip.open(tmp_path / "faq.nl-en.jsonl.gz", "wt") as file:
        file.write('{"question": "a"\n')
    with pytest.raises(TrainingDataError, match="line 1: not JSON"):
        read_pairs(tmp_path, (), seed=1)
