"""Compare encoders of passages on the split tune: alone, and with the other lists of the product.

What is tried for an encoder (another base, fewer bits, other training) is
measured here, and stays on record with what did not help.
"""

import random
from collections.abc import Mapping, Sequence

import numpy as np

from eval.dataset import Dataset
from eval.fit import Searched, fit_table, search
from eval.fit_fusion import TOTAL, Fit, Judged, fit
from eval.tables import Table
from index.library.open import load_encoders

_MOST_TOPICS = 300
# The lists that an encoder of passages makes, and what they are called in a table.
_ALONE = {"dense": "one vector a passage", "late": "one vector a token"}


def compare_encoders(
    dataset: Dataset, other: Dataset | None, encoders: Mapping[str, str], seed: int
) -> tuple[Table, ...]:
    """Tables of nDCG@10 for encoders by label and location, compared with the first.

    EncoderError where one cannot be loaded.
    """
    found: dict[str, list[Searched]] = {}
    for label, location in encoders.items():
        loaded = load_encoders(location)
        found[label] = [search(dataset, "tune", loaded, random.Random(seed), _MOST_TOPICS)]
        if other is not None:
            found[label].append(search(other, "all", loaded, random.Random(seed), _MOST_TOPICS))
    tables = []
    for language, english in (("Dutch", False), ("English", True)):
        asked = {label: [(s.benchmark.name, s.judged(english)) for s in searched] for label, searched in found.items()}
        names = [name for name, one in next(iter(asked.values())) if one is not None]
        judged = {label: [one.prepared() for _, one in ones if one is not None] for label, ones in asked.items()}
        if not names:
            continue
        for name, title in _ALONE.items():
            alone = {label: _alone(ones, name) for label, ones in judged.items()}
            tables.append(fit_table(f"{language} questions: {title}", "encoder", alone, names))
        together = {label: fit(ones, seed) for label, ones in judged.items()}
        tables.append(fit_table(f"{language} questions: with all lists", "encoder", together, names))
    return tuple(tables)


def _alone(judged: Sequence[Judged], name: str) -> Fit:
    """One list without the others; nothing is fitted."""
    point = TOTAL * (np.array(judged[0].names) == name)
    return Fit({name: TOTAL}, tuple(one.ndcg(point) for one in judged))
