"""Encoders: texts to rows of a matrix, near rows for near meanings.

The shipped static encoder is read with tokenizers, safetensors and numpy, in a
fraction of a second. Any other sentence-transformers model, by local path or
hub name, takes its place with one setting; only then is torch imported.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.known_words import KNOWN_WORDS, met_words
from index.token_vectors import Matrix, TokenVectors

IntMatrix = NDArray[np.int64]

_STATIC = "StaticEmbedding"
_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_ONNX = Path("onnx") / "model_quantized.onnx"
_SETTINGS = "config_sentence_transformers.json"
# How a vocabulary marks a piece that begins a word.
_WORD_BEGINS = "\u2581"
# Texts of about one length are run together, so many at a time.
_ONNX_BATCH = 32


@dataclass(frozen=True)
class Encoded:
    """Texts as an encoder gives them: a row of length 1 for each, shape (texts, dimensions), and their tokens."""

    rows: Matrix
    tokens: TokenVectors


class Encoder(Protocol):
    """Texts to float32 rows of length 1, shape (texts, dimensions); a text without words gives zeros.

    Queries and passages have methods each, because many models want a prefix
    before one of them; those "by token" give the tokens' vectors too, in the
    same run. `fingerprint` changes when the weights do. `known_words` are
    folded words that it knows to be right, empty where it cannot tell.
    """

    name: str
    fingerprint: str
    dimensions: int

    @property
    def known_words(self) -> frozenset[str]: ...

    def encode_queries(self, texts: Sequence[str]) -> Matrix: ...

    def encode_passages(self, texts: Sequence[str]) -> Matrix: ...

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded: ...

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded: ...


@dataclass(frozen=True, slots=True)
class Encoders:
    """The two encoders of an index: one for passages and questions, one for single words and sentences.

    Words and sentences are many and short; the static encoder reads them in
    no time. They may be one and the same.
    """

    passages: Encoder
    words: Encoder


def load_encoder(name: str) -> Encoder:
    """The encoder in folder `name`, or the model of that name on a hub.

    Raises EncoderError where the folder is incomplete or the model cannot be loaded.
    """
    folder = Path(name)
    if folder.is_dir():
        if _is_static(folder):
            return StaticEncoder(folder, name)
        if (folder / _ONNX).is_file():
            return OnnxEncoder(folder, name)
        return SentenceTransformerEncoder(name)
    if folder.is_absolute() or name.startswith("."):
        raise EncoderError(
            f"{name}: no encoder found; expected a sentence-transformers folder. "
            "Name another with --encoder, or train one with 'python -m index train-encoder'."
        )
    return SentenceTransformerEncoder(name)


def _is_static(folder: Path) -> bool:
    modules = folder / "modules.json"
    if not modules.is_file():
        raise EncoderError(f"{folder}: no modules.json found; expected a sentence-transformers folder.")
    try:
        listed = json.loads(modules.read_text(encoding="utf-8"))
        return len(listed) == 1 and str(listed[0]["type"]).endswith(_STATIC)
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, IndexError) as error:
        raise EncoderError(f"{modules}: not a list of modules ({error}).") from error


class StaticEncoder:
    """The mean of one vector a subword: no network to run, thousands of texts a second."""

    def __init__(self, folder: Path, name: str) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._vectors = load_file(folder / _WEIGHTS)["embedding.weight"].astype(np.float32)
        # The tokenizers library raises plain Exception for a broken file.
        except Exception as error:
            raise EncoderError(
                f"{folder}: the encoder cannot be read ({error}). Restore {_TOKENIZER} and {_WEIGHTS}, "
                "or train it again with 'python -m index train-encoder'."
            ) from error
        if self._tokenizer.get_vocab_size() != len(self._vectors):
            raise EncoderError(
                f"{folder}: {_TOKENIZER} has {self._tokenizer.get_vocab_size()} subwords and {_WEIGHTS} "
                f"{len(self._vectors)} vectors; they must be of one training."
            )
        self._tokenizer.no_padding()
        self._words = folder / KNOWN_WORDS
        self.name = name
        self.fingerprint = _fingerprint(folder / _TOKENIZER, folder / _WEIGHTS)
        self.dimensions = int(self._vectors.shape[1])

    @property
    def known_words(self) -> frozenset[str]:
        return met_words(self._words) | _known_words(self._tokenizer)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts)

    def _encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, ids in enumerate(self._pieces(texts)):
            if ids:
                rows[row] = self._vectors[ids].mean(axis=0)
        return unit_rows(rows)

    def _encode_by_token(self, texts: Sequence[str]) -> Encoded:
        pieces = self._pieces(texts)
        tokens = TokenVectors.of([self._vectors[ids] for ids in pieces], pieces, self.dimensions)
        return Encoded(self._encode(texts), tokens)

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]


class OnnxEncoder:
    """A small transformer in 8-bit ONNX, run without torch.

    The graph takes token ids and gives a row of length 1 a text and one a
    token (`token_embeddings`, or else the last layer's); the tokenizer's file
    says where texts are cut, sentence-transformers' settings what is put
    before them ("prompts"): it is read with the text, but is no token of it.
    """

    def __init__(self, folder: Path, name: str) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        onnxruntime.set_default_logger_severity(3)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / _ONNX), _session_options(), providers=["CPUExecutionProvider"]
            )
        # Both libraries raise plain exceptions of their own for a broken file.
        except Exception as error:
            raise EncoderError(
                f"{folder}: the encoder cannot be read ({error}). Restore {_TOKENIZER} and {_ONNX.as_posix()}, "
                "or train it again with 'python -m index train-transformer'."
            ) from error
        self._tokenizer.no_padding()
        prompts = _prompts(folder / _SETTINGS)
        self._query_prompt, self._passage_prompt = prompts.get("query", ""), prompts.get("document", "")
        self.name = name
        # What stands before a text changes its vector as much as the weights do.
        settings = [folder / _SETTINGS] if prompts else []
        self.fingerprint = _fingerprint(folder / _TOKENIZER, folder / _ONNX, *settings)
        outputs = {output.name: output.shape[-1] for output in self._session.get_outputs()}
        self.dimensions = int(outputs["sentence_embedding"])
        self._token_output = "token_embeddings" if "token_embeddings" in outputs else "last_hidden_state"
        self._token_dimensions = int(outputs[self._token_output])

    @property
    def known_words(self) -> frozenset[str]:
        # A multilingual vocabulary knows words of other languages, which are slips in Dutch.
        return frozenset()

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._passage_prompt)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts, self._query_prompt)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts, self._passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Matrix:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for places, ids, mask in self._batches(self._tokenized(texts, prompt)):
            rows[places] = self._run(["sentence_embedding"], ids, mask)[0]
        return rows

    def _encode_by_token(self, texts: Sequence[str], prompt: str) -> Encoded:
        encodings = self._tokenized(texts, prompt)
        inner = [_inner_tokens(encoding, len(prompt)) for encoding in encodings]
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        tokens = [np.zeros((0, self._token_dimensions), dtype=np.float32)] * len(texts)
        for places, ids, mask in self._batches(encodings):
            rows[places], states = self._run(["sentence_embedding", self._token_output], ids, mask)
            for place, state in zip(places, states, strict=True):
                tokens[place] = state[inner[place]]
        pieces = [[encoding.ids[i] for i in found] for encoding, found in zip(encodings, inner, strict=True)]
        return Encoded(rows, TokenVectors.of(tokens, pieces, self._token_dimensions))

    def _tokenized(self, texts: Sequence[str], prompt: str) -> Sequence[Any]:
        found: Sequence[Any] = self._tokenizer.encode_batch([prompt + text for text in texts])
        return found

    def _batches(self, encodings: Sequence[Any]) -> Iterator[tuple[list[int], IntMatrix, IntMatrix]]:
        """The places of texts of about one length, their token ids and the mask of those that are there."""
        order = sorted(range(len(encodings)), key=lambda place: len(encodings[place].ids))
        for start in range(0, len(order), _ONNX_BATCH):
            places = order[start : start + _ONNX_BATCH]
            ids = np.zeros((len(places), len(encodings[places[-1]].ids)), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, place in enumerate(places):
                tokens = encodings[place].ids
                ids[row, : len(tokens)] = tokens
                mask[row, : len(tokens)] = 1
            yield places, ids, mask

    def _run(self, outputs: list[str], ids: IntMatrix, mask: IntMatrix) -> Any:
        return self._session.run(outputs, {"input_ids": ids, "attention_mask": mask})


def _prompts(settings: Path) -> dict[str, str]:
    """The prompts of sentence-transformers' settings; none where there is no such file."""
    if not settings.is_file():
        return {}
    try:
        prompts = json.loads(settings.read_bytes()).get("prompts") or {}
        return {str(name): str(prompt) for name, prompt in prompts.items()}
    except (json.JSONDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise EncoderError(f"{settings}: the prompts cannot be read ({error}). Restore it, or remove it.") from error


def _inner_tokens(encoding: Any, prompt: int) -> list[int]:
    """The places of a text's own tokens: without the marks around it and the `prompt` characters before it."""
    return [place for place, (_, end) in enumerate(encoding.offsets) if end > prompt]


def _known_words(tokenizer: Any) -> frozenset[str]:
    """The words that a SentencePiece-like vocabulary holds whole: its pieces that begin a word."""
    return frozenset(piece[1:] for piece in tokenizer.get_vocab() if piece[0] == _WORD_BEGINS and piece[1:].isalpha())


def _session_options() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Threads that wait by spinning would slow down everything else on a laptop.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


class SentenceTransformerEncoder:
    """Any sentence-transformers model, with the prompts that it declares for queries and passages."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(
                f"{name}: the encoder cannot be loaded ({error}). Name a local sentence-transformers "
                "folder, or a model of that hub while there is a network."
            ) from error
        self.name = name
        probe = self._encode(["Vraag en antwoord"], self._model.encode_document)
        self.dimensions = int(probe.shape[1])
        self.fingerprint = hashlib.sha256(np.round(probe, 4).tobytes()).hexdigest()

    @property
    def known_words(self) -> frozenset[str]:
        # Vocabularies mark their words in many ways; the word encoder's suffices.
        return frozenset()

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._model.encode_query)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._model.encode_document)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts, self._model.encode_query)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts, self._model.encode_document)

    def _encode_by_token(self, texts: Sequence[str], encode: Any) -> Encoded:
        """A model that gives no tokens (a static one) has each text stand as one token."""
        found = encode(list(texts), show_progress_bar=len(texts) > 1000, output_value=None)
        rows = [text["sentence_embedding"].cpu().numpy() for text in found]
        tokens, pieces = [], []
        for row, text in zip(rows, found, strict=True):
            if "token_embeddings" in text:
                kept = text["attention_mask"].cpu().numpy().astype(bool)
                tokens.append(text["token_embeddings"].cpu().numpy()[kept])
                pieces.append(text["input_ids"].cpu().numpy()[kept].tolist())
            else:
                tokens.append(row[np.newaxis])
                pieces.append([0])
        dimensions = tokens[0].shape[1] if tokens else self.dimensions
        joined = np.asarray(rows, dtype=np.float32).reshape(len(texts), -1)
        return Encoded(unit_rows(joined), TokenVectors.of(tokens, pieces, dimensions))

    def _encode(self, texts: Sequence[str], encode: Any) -> Matrix:
        rows = encode(list(texts), show_progress_bar=len(texts) > 1000, convert_to_numpy=True)
        return unit_rows(np.asarray(rows, dtype=np.float32).reshape(len(texts), -1))


def unit_rows(rows: Matrix) -> Matrix:
    """Each row scaled to length 1; rows of zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
