"""A small transformer in 8-bit ONNX, run without torch."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.encoder import Contextual, Encoded
from index.encoders.model_files import MODEL, PASSAGE_MODEL, QUERY_MODEL, SETTINGS, TOKENIZER, digests, fingerprint
from index.encoders.token_vectors import Matrix, TokenVectors
from index.errors import EncoderError
from index.limits import usable_cores

# Texts whose tokens' vectors wait to be made small.
_AT_ONCE = 128


class OnnxEncoder(Contextual):
    """A small transformer in 8-bit ONNX, run without torch.

    The graph takes token ids and gives a row of length 1 a text and one a
    token (`token_embeddings`, or else the last layer's); the tokenizer's file
    says where texts are cut, sentence-transformers' settings what is put
    before them ("prompts"): it is read with the text, but is no token of it.

    Each text is run by itself. The graph makes whole numbers of its inputs by
    their largest, so what is run with a text would change its vectors; nothing
    is padded; and the cores, each with a text of its own, never wait for each other.

    The folder may hold a second graph for questions. Each is then opened when
    the first text of its side is read, and the fingerprint is that of the
    passages' side alone: an index stays as it is when questions are read better.
    """

    def __init__(self, folder: Path, name: str) -> None:
        from tokenizers import Tokenizer

        self._folder = folder
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        # The library raises plain exceptions of its own for a broken file.
        except Exception as error:
            raise self._unreadable(error) from error
        self._tokenizer.no_padding()
        prompts = _prompts(folder / SETTINGS)
        self._query_prompt, self._passage_prompt = prompts.get("query", ""), prompts.get("document", "")
        self.name = name
        # What stands before a text changes its vector as much as the weights do.
        settings = [folder / SETTINGS] if prompts else []
        found = digests(folder / TOKENIZER, folder / MODEL, *settings)
        self.fingerprint = fingerprint(found)
        self._digest = found[1].hex()

    @cached_property
    def _passages(self) -> Any:
        return self._session(MODEL)

    @cached_property
    def _queries(self) -> Any:
        if not (self._folder / QUERY_MODEL).is_file():
            return self._passages
        session = self._session(QUERY_MODEL)
        if session.get_modelmeta().custom_metadata_map.get(PASSAGE_MODEL) not in (None, self._digest):
            raise EncoderError(
                f"{self._folder}: {QUERY_MODEL.as_posix()} was made for another {MODEL.as_posix()} than the one beside "
                "it. Restore both, or remove the first."
            )
        return session

    @cached_property
    def dimensions(self) -> int:
        return int(_sizes(self._passages)["sentence_embedding"])

    def _session(self, model: Path) -> Any:
        import onnxruntime

        onnxruntime.set_default_logger_severity(3)
        try:
            return onnxruntime.InferenceSession(
                str(self._folder / model), _session_options(), providers=["CPUExecutionProvider"]
            )
        # The library raises plain exceptions of its own for a broken file.
        except Exception as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> EncoderError:
        return EncoderError(
            f"{self._folder}: the encoder cannot be read ({error}). Restore {TOKENIZER} and {MODEL.as_posix()}, "
            "or train it again with 'python -m index train-transformer'."
        )

    @property
    def known_words(self) -> frozenset[str]:
        # A multilingual vocabulary knows words of other languages, which are slips in Dutch.
        return frozenset()

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._query_prompt, self._queries)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._passage_prompt, self._passages)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts, self._query_prompt, self._queries)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        return self._encode_by_token(texts, self._passage_prompt, self._passages)

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        before = len(self._passage_prompt)
        # Each time that they are asked for, the tokenizer writes all offsets anew.
        offsets = (encoding.offsets for encoding in self._tokenized(texts, self._passage_prompt))
        return [[(max(0, start - before), end - before) for start, end in found if end > before] for found in offsets]

    def _encode(self, texts: Sequence[str], prompt: str, session: Any) -> Matrix:
        rows = np.zeros((len(texts), _sizes(session)["sentence_embedding"]), dtype=np.float32)
        for place, (row,) in self._run(self._tokenized(texts, prompt), ["sentence_embedding"], session):
            rows[place] = row[0]
        return rows

    def _encode_by_token(self, texts: Sequence[str], prompt: str, session: Any) -> Encoded:
        sizes = _sizes(session)
        of_tokens = "token_embeddings" if "token_embeddings" in sizes else "last_hidden_state"
        rows = np.zeros((len(texts), sizes["sentence_embedding"]), dtype=np.float32)
        # The tokens of many texts are large until they are made small.
        parts = [TokenVectors.of([], [], sizes[of_tokens])]
        for start in range(0, len(texts), _AT_ONCE):
            encodings = self._tokenized(texts[start : start + _AT_ONCE], prompt)
            inner = [_inner_tokens(encoding, len(prompt)) for encoding in encodings]
            tokens: list[Matrix] = [rows[:0]] * len(encodings)
            for place, (row, states) in self._run(encodings, ["sentence_embedding", of_tokens], session):
                rows[start + place], tokens[place] = row[0], states[0][inner[place]]
            pieces = [[encoding.ids[i] for i in found] for encoding, found in zip(encodings, inner, strict=True)]
            parts.append(TokenVectors.of(tokens, pieces, sizes[of_tokens]))
        return Encoded(rows, TokenVectors.joined(parts))

    def _tokenized(self, texts: Sequence[str], prompt: str) -> Sequence[Any]:
        found: Sequence[Any] = self._tokenizer.encode_batch([prompt + text for text in texts])
        return found

    def _run(self, encodings: Sequence[Any], outputs: list[str], session: Any) -> Iterator[tuple[int, Any]]:
        """The place of each text and what the graph gives for it, the longest first."""

        def run(place: int) -> tuple[int, Any]:
            ids = np.array([encodings[place].ids], dtype=np.int64)
            return place, session.run(outputs, {"input_ids": ids, "attention_mask": np.ones_like(ids)})

        order = sorted(range(len(encodings)), key=lambda place: -len(encodings[place].ids))
        if len(order) == 1:
            yield run(order[0])
            return
        with ThreadPoolExecutor(usable_cores()) as pool:
            yield from pool.map(run, order)


def _prompts(settings: Path) -> dict[str, str]:
    """The prompts of sentence-transformers' settings; none where there is no such file."""
    if not settings.is_file():
        return {}
    try:
        prompts = json.loads(settings.read_bytes()).get("prompts") or {}
        return {str(name): str(prompt) for name, prompt in prompts.items()}
    except (json.JSONDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise EncoderError(f"{settings}: the prompts cannot be read ({error}). Restore it, or remove it.") from error


def _sizes(session: Any) -> dict[str, Any]:
    """How many numbers a row of each output of a graph has, where it says so."""
    return {output.name: output.shape[-1] for output in session.get_outputs()}


def _inner_tokens(encoding: Any, prompt: int) -> list[int]:
    """The places of a text's own tokens: without the marks around it and the `prompt` characters before it."""
    return [place for place, (_, end) in enumerate(encoding.offsets) if end > prompt]


def _session_options() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return options
