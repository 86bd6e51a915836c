"""Read the training texts into pairs of texts that mean the same or answer each other.

Each file of the training folder has its own reader; together they give pairs
(query, passage) for in-batch contrastive training. Text that overlaps with
held-out documents or questions is left out, so that no score measured on them
was learnt by heart.
"""

import gzip
import json
import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import TrainingDataError

Row = dict[str, Any]

# Consecutive words that two texts must share to count as the same text.
OVERLAP = 12


class Pair(NamedTuple):
    """Two texts that should lie close together."""

    query: str
    passage: str


def read_pairs(
    folder: Path,
    held_out: Iterable[Path],
    seed: int,
    sample: int | None = None,
    files: Collection[str] | None = None,
) -> list[Pair]:
    """Every training pair of `folder`, shuffled by `seed`, none overlapping with `held_out` files.

    `sample` keeps only the first so many rows of each file, for a quick try;
    `files` names the files to read (keys of READERS), all of them when left out.
    Raises TrainingDataError where the folder has none of the known files or a
    line is not a JSON object.
    """
    known = {name: folder / f"{name}.jsonl.gz" for name in READERS if files is None or name in files}
    present = {name: path for name, path in known.items() if path.is_file()}
    if not present:
        raise TrainingDataError(
            f"{folder}: none of the training files found; expected at least one of "
            f"{', '.join(path.name for path in known.values())}."
        )
    generator = random.Random(seed)
    refuse = shingles(path.read_text(encoding="utf-8") for path in held_out)
    pairs = [
        pair
        for name, path in present.items()
        for row in read_rows(path, sample)
        for pair in READERS[name](row, generator)
        if _usable(pair) and not overlaps(pair, refuse)
    ]
    generator.shuffle(pairs)
    return pairs


def read_rows(path: Path, sample: int | None) -> Iterator[Row]:
    """The JSON object of each line, of the first `sample` lines only where that is given."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if sample is not None and number > sample:
                return
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise TrainingDataError(f"{path}, line {number}: not JSON ({error.msg}).") from error
            if not isinstance(row, dict):
                raise TrainingDataError(f"{path}, line {number}: expected a JSON object.")
            yield row


def _usable(pair: Pair) -> bool:
    return len(pair.query) >= 2 and len(pair.passage) >= 2 and pair.query != pair.passage


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """Hashes of every OVERLAP words in a row, to tell whether two texts have words in common."""
    found: set[int] = set()
    for text in texts:
        words = _words(text)
        found.update(hash(tuple(words[i : i + OVERLAP])) for i in range(len(words) - OVERLAP + 1))
    return frozenset(found)


def overlaps(texts: Iterable[str], refuse: frozenset[int]) -> bool:
    """Whether any of `texts` has OVERLAP words in a row that are refused."""
    return bool(refuse) and any(not refuse.isdisjoint(shingles([text])) for text in texts)


def _paragraphs(text: str, shortest: int) -> list[str]:
    lines = (re.sub(r"^[#\s]+", "", line).strip() for line in text.split("\n"))
    return [line for line in lines if len(line) >= shortest]


def _neighbours(text: str, pairs: int, shortest: int, longest: int, generator: random.Random) -> Iterator[Pair]:
    """Up to `pairs` pairs of neighbouring paragraphs: what stands together is about the same."""
    paragraphs = _paragraphs(text, shortest)
    places = range(len(paragraphs) - 1)
    for place in sorted(generator.sample(places, min(pairs, len(places)))):
        yield Pair(paragraphs[place][:longest], paragraphs[place + 1][:longest])


def _parallel(row: Row, _: random.Random) -> Iterator[Pair]:
    yield Pair(row["en"], row["nl"])


def _question_answer(row: Row, _: random.Random) -> Iterator[Pair]:
    if row.get("answer"):
        yield Pair(row["question"][:700], row["answer"][:900])


def _subquestion(row: Row, _: random.Random) -> Iterator[Pair]:
    yield Pair(f"{row['title']} {row['question']}"[:700], row["answer"][:900])
    yield Pair(row["title"], row["question"][:700])


def _titled_question(row: Row, generator: random.Random) -> Iterator[Pair]:
    title, _blank, body = row["question"].partition("\n")
    yield from _question_answer(row, generator)
    yield Pair(title.strip(), body.strip()[:900])


def _halves(row: Row, _: random.Random) -> Iterator[Pair]:
    sentences = re.split(r"(?<=[.?!])\s*(?=[A-Z])", row["text"])
    middle = len(sentences) // 2
    if middle:
        yield Pair(" ".join(sentences[:middle])[:700], " ".join(sentences[middle:])[:900])


def _motion(row: Row, _: random.Random) -> Iterator[Pair]:
    body = row["tekst"].partition("De Kamer,")[2]
    if body:
        yield Pair(row["onderwerp"], body[:900])


def _law(row: Row, generator: random.Random) -> Iterator[Pair]:
    yield from _neighbours(row["text"], 16, 60, 600, generator)
    first = _paragraphs(row["text"], 80)[:1]
    if first:
        yield Pair(row["title"], first[0][:700])


def _programme(row: Row, generator: random.Random) -> Iterator[Pair]:
    text = re.sub(r"\s+", " ", row["text"])
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z])", text)
    chunks = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
    yield from _neighbours("\n".join(chunks), 200, 80, 600, generator)


def _synonyms(row: Row, _: random.Random) -> Iterator[Pair]:
    words = row["words"]
    yield from (Pair(a, b) for a, b in pairwise(words))


def _similar(row: Row, _: random.Random) -> Iterator[Pair]:
    if float(row["score"]) >= 4:
        yield Pair(row["a"], row["b"])


def _entailed(row: Row, _: random.Random) -> Iterator[Pair]:
    if row["entailment_label"] == "ENTAILMENT":
        yield Pair(row["sentence_A"], row["sentence_B"])


READERS: dict[str, Callable[[Row, random.Random], Iterator[Pair]]] = {
    "belgian-subquestions-2017.nl": _subquestion,
    "belgian-questions-2017.nl": _titled_question,
    "belgian-questions-2020.nl": _halves,
    "questions-2024.nl": _question_answer,
    "motions-2023.nl": _motion,
    "faq.nl-en": _question_answer,
    "laws.nl": _law,
    "programmes.nl": _programme,
    "parallel.nl-en": _parallel,
    "synonyms.nl": _synonyms,
    "stsb.nl": _similar,
    "sick.nl": _entailed,
}
