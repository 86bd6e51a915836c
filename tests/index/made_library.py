"""A library as large as wanted, made of the documents of a small one: real in all but its words and its vectors.

Reading and encoding a million passages takes days. So each made document is a
document of the small library, in which some words are others of the same
length: every offset stays right, and each document is a slice of its own
text. Half of its rarer words are words of the language, drawn as words are
(Zipf), and a few stand nowhere else, so that the vocabulary grows as that of
real texts does (some 300,000 words of a million passages). A passage's vector
is a mixture of two of the small library with noise. Tokens, names, promises
and figures are those of the document that it was made of.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoder, Matrix, unit_rows
from index.language.analyser import STOPWORDS, is_number
from index.library.manifest import Entry, Manifest, read_manifest
from index.library.segment_files import Seen, open_segment, write_segment
from index.library.sizes import stored_lists
from index.library.store import chosen, publish, read_library, writing
from index.model.arrays import starts_of
from index.model.store import Columns, DocumentHead, Record
from index.search.dense import CODED, Summary
from index.search.kept_rows import KeptRows
from index.search.late_interaction import PieceFrequencies
from index.search.names import title_stems
from index.search.near_pairs import NO_PAIRS
from index.search.postings import TermCounts
from index.search.related_words import WordPostings
from index.search.segment import Segment, merged

# Of the words of a document: those that become another word of the language, and those that become one of their own.
_OTHER, _OWN = 0.5, 0.02
# Shorter words stand in every text, and stay.
_SHORTEST = 5
_SYLLABLES = (
    "ba be bij da de dij fa ga go ha hui ja ka kla lo lui ma mei na no pa po ra re sa ste ta toe va vou we zij".split()
)
# Documents of a segment: so many that ten of them are not merged when one is added.
_IN_A_SEGMENT = 4_000
_NOISE = 0.5


class Words:
    """Draws words of a length: of the language, those that are used much most, or new ones."""

    def __init__(self, known: Sequence[str], seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        by_length: dict[int, list[str]] = {}
        for word in sorted(known):
            if word.isascii() and word.isalpha() and word not in STOPWORDS:
                by_length.setdefault(len(word), []).append(word)
        self._of = {length: self._chance.permutation(words) for length, words in by_length.items()}

    def substitutes(self, words: Sequence[str]) -> dict[str, str]:
        """For some of these words another of the same length."""
        drawn = self._chance.random((2, len(words)))
        return {
            word: self._new(len(word)) if place < _OWN else self._ordinary(word, second)
            for word, place, second in zip(words, *drawn.tolist(), strict=True)
            if place < _OWN + _OTHER
        }

    def _ordinary(self, word: str, place: float) -> str:
        known = self._of.get(len(word), ())
        # The rank of a word that is drawn by Zipf's law is even on a scale of logarithms.
        return str(known[int(len(known) ** place) - 1]) if len(known) else word

    def _new(self, length: int) -> str:
        return "".join(self._chance.choice(_SYLLABLES, size=length // 2 + 1))[:length]


class _Template:
    """A text in pieces, and where in them each word stands that may become another, capitals aside."""

    def __init__(self, text: str) -> None:
        self._pieces = re.split(r"([^\W\d_]+)", text)
        self._places: dict[str, list[int]] = {}
        for place in range(1, len(self._pieces), 2):
            self._places.setdefault(self._pieces[place].lower(), []).append(place)

    def said(self, other: Mapping[str, str]) -> str:
        """The text with these substitutes."""
        pieces = self._pieces.copy()
        for old, new in other.items():
            for place in self._places.get(old, ()):
                pieces[place] = new.capitalize() if pieces[place][0].isupper() else new
        return "".join(pieces)


class MadeDocuments:
    """The documents of a segment, each with the number of the one it was made of and its own substitutes."""

    def __init__(self, pool: Segment, made_of: NDArray[np.intp], first: int, words: Words) -> None:
        self._pool = pool
        self.made_of = made_of
        self._first = first
        records = [pool.documents.record(number) for number in range(len(pool.documents))]
        own = _words_of(pool)
        self.substitutes = [words.substitutes(own[number]) for number in made_of]
        self._titles = [_Template(record.document.title) for record in records]
        found = [
            [msgspec.json.decode(part.encoded(number)) for part in (pool.promises, pool.coverage, pool.figures)]
            for number in range(len(records))
        ]
        texts = [_Template(record.document.text) for record in records]
        self._encoded: list[bytes] = []
        kept: list[list[bytes]] = [[], [], []]
        for number, old in enumerate(made_of):
            record = self._record(number, records[old], texts[old].said(self.substitutes[number]))
            self._encoded.append(msgspec.json.encode(record) + b"\n")
            for part, rows in zip(kept, found[old], strict=True):
                part.append(msgspec.json.encode(_in_its_words(rows, record.document.text)))
        self.promises, self.coverage, self.figures = map(KeptRows.of, kept)

    def __len__(self) -> int:
        return len(self.made_of)

    def _id(self, number: int) -> str:
        return hashlib.sha256(f"made document {self._first + number}".encode()).hexdigest()

    def _file(self, number: int) -> str:
        return f"brief-{self._first + number:06}.txt"

    def _title(self, number: int) -> str:
        return self._titles[self.made_of[number]].said(self.substitutes[number])

    def _record(self, number: int, old: Record, text: str) -> Record:
        sha256, title = self._id(number), self._title(number)
        document = replace(old.document, id=sha256[:16], sha256=sha256, file=self._file(number), title=title, text=text)
        units = tuple(
            replace(unit, id=unit.id.replace(old.document.id, document.id), document=document.id) for unit in old.units
        )
        return Record(document, units)

    def encoded(self, number: int) -> bytes:
        return self._encoded[number]

    @cached_property
    def heads(self) -> tuple[DocumentHead, ...]:
        found = []
        for number, old in enumerate(self.made_of):
            head, sha256 = self._pool.documents.heads[old], self._id(number)
            changed = msgspec.structs.replace
            units = tuple(changed(unit, id=unit.id.replace(head.id, sha256[:16])) for unit in head.units)
            named = {"file": self._file(number), "title": self._title(number)}
            found.append(changed(head, id=sha256[:16], sha256=sha256, units=units, **named))
        return tuple(found)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(head.id for head in self.heads)

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """The passage of the pool that each passage was made of."""
        return _runs(self._pool.documents.columns.document, self.made_of)

    @cached_property
    def columns(self) -> Columns:
        pool = self._pool.documents.columns
        counts = np.bincount(pool.document, minlength=len(self._pool.documents))[self.made_of]
        units = np.bincount(pool.unit_document, minlength=len(self._pool.documents))[self.made_of]
        first_unit = starts_of(np.bincount(pool.unit_document, minlength=len(self._pool.documents)))
        own, of_units = self.rows, _runs(pool.unit_document, self.made_of)
        arrays = {
            name: array[of_units if name in ("unit_document", "refers") else own] for name, array in pool.arrays.items()
        }
        document = np.repeat(np.arange(len(self)), counts)
        moved = starts_of(units)[:-1] - first_unit[self.made_of]
        salt = np.random.default_rng(self._first).integers(0, 2**63, size=len(self), dtype=np.uint64)
        arrays |= {
            "document": document.astype(np.int32),
            "unit": (arrays["unit"] + moved[document]).astype(np.int32),
            "unit_document": np.repeat(np.arange(len(self)), units).astype(np.int32),
            "digest": arrays["digest"] ^ salt[document],
        }
        return Columns(**arrays)


def _words_of(pool: Segment) -> list[list[str]]:
    """The words of each document of the pool that may become others."""
    owners, counts = pool.documents.columns.document, pool.words.counts
    terms = np.repeat(np.arange(len(counts.vocabulary)), np.diff(counts.starts))
    own: list[list[str]] = [[] for _ in range(len(pool.documents))]
    for cell in np.unique(owners[counts.rows].astype(np.int64) * len(counts.vocabulary) + terms).tolist():
        document, term = divmod(cell, len(counts.vocabulary))
        word = counts.vocabulary[term]
        if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
            own[document].append(word)
    return own


def _in_its_words(found: Any, text: str) -> Any:
    """What was found in a document, said as its `text` has it."""
    if isinstance(found, list):
        return [_in_its_words(one, text) for one in found]
    if not isinstance(found, dict):
        return found
    said = {key: _in_its_words(value, text) for key, value in found.items()}
    if "text" in said:
        said["text"] = text[said["start"] : said["end"]]
    if "sentence" in said:
        start = said["sentence_start"]
        said["sentence"] = text[start : start + len(said["sentence"])]
    return said


def _runs(owners: NDArray[np.int32], chosen: NDArray[np.intp]) -> NDArray[np.int64]:
    """The places of what belongs to each chosen owner, one owner after the other."""
    starts = starts_of(np.bincount(owners))
    return np.concatenate([np.arange(starts[one], starts[one + 1]) for one in chosen])


def _term_counts(pool: TermCounts, documents: MadeDocuments) -> TermCounts:
    """The words of the made passages: those of the pool, with the substitutes of each document."""
    own, owner = documents.rows, documents.columns.document
    terms = np.repeat(np.arange(len(pool.vocabulary)), np.diff(pool.starts))
    order = np.argsort(pool.rows, kind="stable")
    starts = starts_of(np.bincount(pool.rows, minlength=len(pool.lengths)))
    known = {word: number for number, word in enumerate(pool.vocabulary)}
    numbers = dict(known)
    lengths = np.diff(starts)[own]
    cells = order[np.repeat(starts[own] - starts_of(lengths)[:-1], lengths) + np.arange(int(lengths.sum()))]
    rows = np.repeat(np.arange(len(own)), lengths)
    found, counts = terms[cells], pool.counts[cells].astype(np.int64)
    first = starts_of(np.bincount(owner[rows], minlength=len(documents)))
    table = np.arange(len(pool.vocabulary))
    for document, substitutes in enumerate(documents.substitutes):
        old = [known[word] for word in substitutes]
        table[old] = [numbers.setdefault(word, len(numbers)) for word in substitutes.values()]
        mine = slice(first[document], first[document + 1])
        found[mine] = table[found[mine]]
        table[old] = old
    size = len(own)
    packed, inverse = np.unique(found * size + rows, return_inverse=True)
    summed = np.bincount(inverse, weights=counts).astype(np.int64)
    ordered = sorted(numbers)
    alphabetical = np.empty(len(numbers), dtype=np.int64)
    alphabetical[[numbers[word] for word in ordered]] = np.arange(len(ordered))
    term, row = alphabetical[packed // size], packed % size
    place = np.argsort(term * size + row)
    frequencies = np.bincount(term, minlength=len(ordered))
    used = np.flatnonzero(frequencies)
    return TermCounts(
        encoded=np.frombuffer(msgspec.json.encode([ordered[i] for i in used]), dtype=np.uint8),
        rows=row[place].astype(np.int32),
        counts=np.minimum(summed[place], 65_535).astype(np.uint16),
        starts=starts_of(frequencies[used]),
        lengths=pool.lengths[own],
    )


def _copied(pool: TermCounts, rows: NDArray[np.int64]) -> TermCounts:
    """The terms of these rows of the pool, whichever come more than once."""
    terms = np.repeat(np.arange(len(pool.vocabulary)), np.diff(pool.starts))
    order = np.argsort(pool.rows, kind="stable")
    starts = starts_of(np.bincount(pool.rows, minlength=len(pool.lengths)))
    names = [
        [pool.vocabulary[term] for term in terms[order[starts[r] : starts[r + 1]]]] for r in range(len(pool.lengths))
    ]
    return TermCounts.of(names[row] for row in rows)


def made_segment(pool: Segment, documents: int, first: int, words: Words, encoder: Encoder, seed: int) -> Segment:
    """A segment of so many documents made of those of the pool, numbered from `first`."""
    chance = np.random.default_rng((seed, first))
    made = MadeDocuments(pool, chance.integers(0, len(pool.documents), size=documents), first, words)
    rows = made.rows
    counts = _term_counts(pool.words.counts, made)
    worded = [word for word in counts.vocabulary if not is_number(word)]
    vectors = _mixed(pool.vectors, rows, chance)
    tokens = pool.tokens.halved.taken(rows) if len(rows) >= CODED else pool.tokens.taken(rows)
    return Segment(
        documents=made,
        words=WordPostings.with_vectors(counts, encoder.encode_passages(worded)),
        outside=_copied(pool.outside, np.asarray(made.made_of)),
        names=_copied(pool.names, rows),
        titles=TermCounts.of(title_stems(head) for head in made.heads),
        vectors=vectors,
        summary=Summary.of(vectors),
        tokens=tokens,
        pieces=PieceFrequencies.of(tokens),
        near=NO_PAIRS,
        promises=made.promises,
        coverage=made.coverage,
        figures=made.figures,
    )


def _mixed(vectors: Matrix, rows: NDArray[np.int64], chance: np.random.Generator) -> Matrix:
    mixed = np.empty((len(rows), vectors.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), CODED):
        own = rows[start : start + CODED]
        other = vectors[chance.integers(0, len(vectors), size=len(own))]
        noise = chance.standard_normal((len(own), vectors.shape[1]), dtype=np.float32)
        share = chance.random((len(own), 1), dtype=np.float32) / 2
        mixed[start : start + CODED] = unit_rows((1 - share) * vectors[own] + share * other + _NOISE * unit_rows(noise))
    return mixed


def write_made_library(index: Path, pool: Path, documents: int, encoder: Encoder, seed: int = 0) -> Manifest:
    """Publish at `index` a library of so many documents made of those at `pool`; `encoder` is that of words."""
    manifest, opened = read_library(pool)
    whole = merged([one.segment for one in opened], chosen(opened, [entry.id for entry in manifest.documents]))
    entries = {entry.id: entry for entry in manifest.documents}
    words = Words([*encoder.known_words], seed)
    names: list[str] = []
    found: list[Entry] = []
    segments = -(-documents // _IN_A_SEGMENT)
    with writing(index):
        for part in range(segments):
            first, last = part * documents // segments, (part + 1) * documents // segments
            made = made_segment(whole, last - first, first, words, encoder, seed)
            for head, old in zip(made.documents.heads, made.documents.made_of, strict=True):  # type: ignore[attr-defined]
                entry = entries[whole.documents.heads[old].id]
                found.append(
                    replace(
                        entry,
                        id=head.id,
                        file=head.file,
                        source=f"/made/{head.file}",
                        title=head.title,
                        in_folder=False,
                        fingerprint=head.sha256,
                    )
                )
            names.append(write_segment(index, made, "made up", [head.sha256 for head in made.documents.heads]))
        seen = Seen(index)
        opened = [open_segment(index, name, seen) for name in names]
        seen.remember([one.contents for one in opened])
        whole_manifest = replace(
            manifest,
            segments=tuple(names),
            documents=tuple(sorted(found, key=lambda entry: (entry.file, entry.id))),
            passages=sum(entry.passages for entry in found),
            lists=stored_lists(opened),
        )
        publish(index, whole_manifest)
    return read_manifest(index)
