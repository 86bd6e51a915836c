"""Measure how fast PDF files are read, and in how much memory: `python -m tests.index.measure_pdf [FILE…]`.

Without files it makes one of 500 full pages. Pages a second are by the wall
clock; memory is the most that this process and the one that opens files held.
Of several files the last line has the sums, with the pages by the processor.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

from index.readers.canonical import Reading, UnreadableError
from index.readers.pdf.reader import read
from tests.index.readers.pdf.samples import pdf, set_paragraphs, with_frame

SENTENCE = "De regering onderschrijft het belang van de vraag die de leden van de commissie hebben gesteld. "


def _made() -> bytes:
    pages = set_paragraphs([SENTENCE * 6] * 3_600)[:500]
    return pdf(with_frame(pages, "Ministerie van Financiën", "Pagina"))


def _words(reading: Reading) -> str:
    ledger = reading.ledger
    assert ledger, "every PDF has one"
    return (
        f"{ledger.shown} words, {ledger.words_left_out} left out, {ledger.lost_words} lost, {len(ledger.glued)} glued"
    )


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = {path.name: path.read_bytes() for path in parser.parse_args().files} or {"500 pages": _made()}
    total: list[Reading] = []
    seen = 0
    for name, content in files.items():
        start, used = time.perf_counter(), time.process_time()
        try:
            reading = read(content)
        except UnreadableError as error:
            sys.stdout.write(f"{name}: refused: {error}\n")
            continue
        taken, here = time.perf_counter() - start, time.process_time() - used
        pages = max(place.page or 0 for place in reading.places)
        own, other = (
            resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        sys.stdout.write(
            f"{name}: {pages} pages, {len(reading.text):,} characters in {taken:.2f} s ({pages / taken:.0f} pages/s; "
            f"{here:.2f} s of it in this process); {own} + {other} MB; {_words(reading)}\n"
        )
        total.append(reading)
        seen += pages
    if len(files) > 1:
        ledgers = [reading.ledger for reading in total if reading.ledger]
        left, lost = (sum(getattr(ledger, name) for ledger in ledgers) for name in ("words_left_out", "lost_words"))
        processor = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        sys.stdout.write(
            f"{len(total)} files: {seen} pages, {sum(ledger.shown for ledger in ledgers):,} words, {left:,} left out, "
            f"{lost} lost, {sum(len(ledger.glued) for ledger in ledgers)} glued; "
            f"{seen / processor:.1f} pages a second of the processor\n"
        )


if __name__ == "__main__":
    main()
