"""Measure how long it takes to check a memo of twenty pages against the bundled letter.

Run it with `python -m tests.rag.measure_verify`; it prints the times of five
runs, each with the documents read anew.
"""

import random
import sys
import time

from index.library.collect import read_collection
from index.settings import Settings
from rag.citation.citation import Citer
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier
from tests.rag.verify.memo_samples import ALTERATIONS, in_other_typography, sentences

# A page of a memo is some 450 words; five quotations on each, one of them altered.
PAGES = 20
QUOTATIONS = 100
OWN_WORDS = "Dit is een zin in mijn eigen woorden over wat de minister daar schrijft en wat dat betekent. " * 12


def memo(citer: Citer, seed: int) -> str:
    """A memo of twenty pages with a hundred quotations, every fifth one altered."""
    from index.model.types import Parsed

    rng = random.Random(seed)
    collection = citer.collection
    pool = sentences(Parsed(collection.documents[0], collection.units), citer)
    paragraphs = []
    for number in range(QUOTATIONS):
        _, sentence = rng.choice(pool)
        altered = ALTERATIONS[rng.choice(sorted(ALTERATIONS))](sentence, rng) if number % 5 == 0 else sentence
        paragraphs.append(f"{OWN_WORDS if number % 2 else ''}“{in_other_typography(altered, rng)}” is wat er staat.")
    return "\n\n".join(paragraphs)


def main() -> None:
    for seed in range(5):
        text = memo(Citer(read_collection(Settings().documents)), seed)
        start = time.perf_counter()
        citer = Citer(read_collection(Settings().documents))
        read = time.perf_counter()
        report = Verifier(citer).verify(memo_of(text.encode(), "memo.md"))
        end = time.perf_counter()
        failed = sum(not judged.passes for judged in report.judged)
        sys.stdout.write(
            f"{len(text.split()):,} words, {len(report.judged)} quotations, {failed} not in order: "
            f"documents {read - start:.2f} s, check {end - read:.2f} s\n"
        )


if __name__ == "__main__":
    main()
