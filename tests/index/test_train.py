"""Training from tiny files: pairs as promised, nothing held out is learnt, a folder that loads."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from index.encode import load_encoder
from index.errors import TrainingDataError
from index.train import TrainingSettings, train_encoder
from index.training_data import read_pairs

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


def test_bad_training_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="none of the training files"):
        read_pairs(tmp_path, (), seed=1)
    with gzip.open(tmp_path / "faq.nl-en.jsonl.gz", "wt") as file:
        file.write('{"question": "a"\n')
    with pytest.raises(TrainingDataError, match="line 1: not JSON"):
        read_pairs(tmp_path, (), seed=1)
