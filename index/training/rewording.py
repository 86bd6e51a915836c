"""Ask a question in other words: some replaced by synonyms, some left out.

The questions that were written are few, and a network soon knows them by
heart: one that is never asked twice in the same words has to learn what they
have in common (Wei and Zou, EMNLP 2019, "EDA: Easy Data Augmentation").
"""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.training.pairs import read_rows

SYNONYMS = "synonyms.nl"
# A word of fewer letters stands for too much to be replaced, and so does one with more synonyms.
_SHORTEST, _MOST = 4, 12
# Of a question that is shortened, the share of words left out; one of fewer words is not.
_LEFT_OUT, _FEWEST = 0.15, 5
_MARKS = "?.,!"

Synonyms = Mapping[str, Sequence[str]]


def read_synonyms(folder: Path) -> Synonyms:
    """Those of the file in `folder`, by word; none where there is no such file."""
    path, found = folder / f"{SYNONYMS}.jsonl.gz", dict[str, set[str]]()
    for row in read_rows(path, None) if path.is_file() else ():
        words = [str(word) for word in row["words"]]
        for word in words:
            if len(word) >= _SHORTEST and " " not in word:
                found.setdefault(word, set()).update(other for other in words if other != word)
    return {word: sorted(others) for word, others in found.items() if 0 < len(others) <= _MOST}


def reworded(text: str, synonyms: Synonyms, generator: random.Random, replaced: float, shortened: float) -> str:
    """`text` with one or two words replaced, at a chance of `replaced`, and some left out, of `shortened`."""
    words = text.split()
    if generator.random() < replaced:
        known = [place for place, word in enumerate(words) if word.strip(_MARKS).lower() in synonyms]
        for place in generator.sample(known, min(len(known), generator.choice((1, 1, 2)))):
            word = words[place].strip(_MARKS)
            words[place] = words[place].replace(word, generator.choice(synonyms[word.lower()]))
    if generator.random() < shortened and len(words) >= _FEWEST:
        words = [word for word in words if generator.random() >= _LEFT_OUT] or words
    return " ".join(words)
