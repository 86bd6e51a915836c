"""Any sentence-transformers model; only here is torch imported."""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from index.encoders.encoder import Contextual, Encoded, unit_rows
from index.encoders.token_vectors import Matrix, TokenVectors
from index.errors import EncoderError


class SentenceTransformerEncoder(Contextual):
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
