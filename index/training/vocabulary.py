"""Keep of a multilingual vocabulary the pieces that Dutch and English texts are made of.

Of the quarter of a million pieces of multilingual-e5-small some twenty
thousand make up 99.5 % of Dutch policy texts; a text with another piece is
spelt in smaller ones, as the Unigram model does by itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# <s>, <pad>, </s> and <unk> come first, in the multilingual vocabulary and in what is kept of it.
PAD = "<pad>"
_SPECIAL = ("<s>", PAD, "</s>", "<unk>")
_LATIN = range(0x20, 0x250)
_BATCH = 2000


@dataclass(frozen=True)
class Vocabulary:
    """`rows` are the places of the pieces that are kept, in the multilingual vocabulary."""

    rows: tuple[int, ...]
    tokenizer: "Tokenizer"


def choose_vocabulary(pieces: Sequence[tuple[str, float]], texts: Iterable[tuple[str, int]], size: int) -> Vocabulary:
    """The `size` pieces that `texts`, each with what its words count for, need most, and every Latin character."""
    whole = unigram_tokenizer(pieces)
    counts: Counter[int] = Counter()
    batch: list[tuple[str, int]] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            _count(whole, batch, counts)
            batch.clear()
    _count(whole, batch, counts)
    kept = [*range(len(_SPECIAL)), *(place for place, (piece, _) in enumerate(pieces) if _is_character(piece))]
    known = set(kept)
    kept += [place for place, _ in counts.most_common() if place not in known][: max(0, size - len(kept))]
    rows = tuple(sorted(kept))
    return Vocabulary(rows, unigram_tokenizer([pieces[row] for row in rows]))


def _count(tokenizer: "Tokenizer", batch: Sequence[tuple[str, int]], counts: Counter[int]) -> None:
    found = tokenizer.encode_batch([text for text, _ in batch], add_special_tokens=False)
    for encoding, (_, weight) in zip(found, batch, strict=True):
        for piece in encoding.ids:
            counts[piece] += weight


def _is_character(piece: str) -> bool:
    return len(piece) == 1 and (ord(piece) in _LATIN or piece in "▁€‘’“”–…")


def unigram_tokenizer(pieces: Sequence[tuple[str, float]]) -> "Tokenizer":
    """A SentencePiece-like tokenizer of these pieces; the first four are the special ones."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=_SPECIAL.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(list(_SPECIAL))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[(mark, _SPECIAL.index(mark)) for mark in ("<s>", "</s>")]
    )
    tokenizer.no_padding()
    return tokenizer
