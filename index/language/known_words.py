"""The words that the training texts have often: those that are spelt right."""

import gzip
import zlib
from pathlib import Path

from index.errors import EncoderError

# Beside a static encoder: the words that it has met often, folded, one a line.
KNOWN_WORDS = "known_words.txt.gz"


def met_words(file: Path) -> frozenset[str]:
    """The words of a compressed list; none where there is no list. EncoderError where it cannot be read."""
    if not file.is_file():
        return frozenset()
    try:
        return frozenset(gzip.decompress(file.read_bytes()).decode("utf-8").split())
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise EncoderError(f"{file}: the list of words cannot be read ({error}). Restore it, or remove it.") from error
