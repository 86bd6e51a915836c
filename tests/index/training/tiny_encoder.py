"""A network, a vocabulary and files of training texts, all very small."""

import gzip
import json
from pathlib import Path
from typing import Any

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SUBJECTS = ["bruggen", "treinen", "scholen", "wegen", "bomen", "huizen", "boten", "banken"]
PIECES = [(mark, 0.0) for mark in ("<s>", "<pad>", "</s>", "<unk>")] + [
    (piece, -float(place))
    for place, piece in enumerate(["▁", "▁query", "▁passage", "▁er", *(f"▁{s}" for s in SUBJECTS), *":?.,", *LETTERS])
]


def tiny_network(words: int) -> Any:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=words,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
        pad_token_id=1,
    )
    return BertModel(config, add_pooling_layer=False)


def write_rows(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
