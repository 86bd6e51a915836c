"""Measure how many pages a second each reader reads.

Run it with `python -m tests.index.readers.measure_readers [FILE]…`; without
files it makes a document of 100 questions (some 40 pages of 400 words) in
every format but PDF. The best of five readings counts.
"""

import sys
import tempfile
import time
from pathlib import Path

from index.readers.read import read_document
from tests.index.readers import samples

WORDS_A_PAGE = 400
READINGS = 5


def made(folder: Path) -> list[Path]:
    """The document of 100 questions in every format."""
    sentence = "De minister van Waterstaat heeft in 2024 met de provincies gesproken over het onderhoud van bruggen. "
    samples.QUESTIONS = tuple(
        (f"Hoeveel bruggen zijn er in provincie {n}?", (f"Er zijn {n}.", sentence * 9)) for n in range(100)
    )
    found = [samples.write(folder, f"stuk.{kind}", write()) for kind, write in samples.PUBLICATION.items()]
    text = read_document(found[0]).text
    return [*found, samples.write(folder, "stuk.txt", text)]


def seconds(path: Path) -> float:
    """The shortest of five readings."""
    times = []
    for _ in range(READINGS):
        start = time.perf_counter()
        read_document(path)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in [Path(name) for name in sys.argv[1:]] or made(Path(folder)):
            pages = len(read_document(path).text.split()) / WORDS_A_PAGE
            taken = seconds(path)
            sys.stdout.write(
                f"{path.name}: {pages:.1f} pages in {taken * 1000:.1f} ms, {pages / taken:,.0f} a second\n"
            )


if __name__ == "__main__":
    main()
