"""The shipped encoder, others by name, and folders that cannot be read."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoders.encoder import unit_rows
from index.encoders.load import load_encoder
from index.errors import EncoderError
from index.settings import SHIPPED_ENCODER, WORD_ENCODER, encoder_location

SHIPPED = WORD_ENCODER


def test_the_shipped_encoder_gives_rows_of_length_one() -> None:
    encoder = load_encoder(str(SHIPPED))
    rows = encoder.encode_queries(["Hoeveel politie is er?", "How many police?", ""])
    assert rows.shape == (3, encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)


def test_it_knows_dutch_by_english() -> None:
    """A translation lies nearer than another subject does."""
    encoder = load_encoder(str(SHIPPED))
    dutch, english, other = encoder.encode_passages(
        ["kinderen beschermen tegen misbruik", "protecting children against abuse", "De trein heeft vertraging"]
    )
    assert dutch @ english > dutch @ other + 0.2


def test_a_text_has_the_same_vectors_whatever_is_encoded_beside_it() -> None:
    """To the last bit: so a text that was encoded before need not be again, and equal documents give equal files."""
    encoder = load_encoder(encoder_location(SHIPPED_ENCODER))
    texts = ["Ja.", "", "Hoeveel politie is er? " * 30, "De minister verwijst naar het antwoord op vraag 2.", "Ja."]
    for encode in (encoder.encode_passages_by_token, encoder.encode_queries_by_token):
        together = encode(texts)
        assert len(together.tokens) == len(texts)
        for place, text in enumerate(texts):
            alone, beside = encode([text]), together.tokens.taken(np.array([place]))
            assert np.array_equal(alone.rows[0], together.rows[place])
            assert np.array_equal(alone.tokens.rows, beside.rows)
            assert alone.tokens.pieces.tolist() == beside.pieces.tolist()
    assert np.array_equal(encoder.encode_passages(texts), encoder.encode_passages_by_token(texts).rows)
    assert len(encoder.encode_passages_by_token([]).tokens) == 0


def test_they_are_small_enough_to_ship() -> None:
    folders = (WORD_ENCODER, Path(encoder_location(SHIPPED_ENCODER)))
    assert sum(path.stat().st_size for folder in folders for path in folder.rglob("*")) <= 75_000_000


def test_sentence_transformers_reads_the_same_folder() -> None:
    """The shipped folder is a sentence-transformers model, and gives the same rows there."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    text = "Welke bevoegdheden heeft de politie?"
    ours = load_encoder(str(SHIPPED)).encode_queries([text])
    theirs = unit_rows(sentence_transformers.SentenceTransformer(str(SHIPPED), device="cpu").encode([text]))
    # The weights are halves: there they are added up as halves, here as floats.
    assert ours == pytest.approx(theirs, abs=1e-3)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("damage", ["remove", "truncate"])
def test_a_damaged_folder_is_refused(tmp_path: Path, file: str, damage: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(SHIPPED, folder)
    path = folder / file
    content = path.read_bytes()
    path.unlink()
    if damage == "truncate":
        path.write_bytes(content[: len(content) // 3])
    with pytest.raises(EncoderError, match="encoder"):
        load_encoder(str(folder))


def test_weights_of_another_tokenizer_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(SHIPPED, folder)
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer["model"]["vocab"].pop()
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(EncoderError, match="subwords"):
        load_encoder(str(folder))


def test_an_encoder_that_is_not_there() -> None:
    with pytest.raises(EncoderError, match="no encoder found"):
        load_encoder("/nergens/encoder")
