"""No text costs more than in proportion to its length: eight times as long, and less than thirty times the time."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index.errors import WoordelijkError
from index.grammar.parse import parse
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.language.typography import normalised
from index.model.collection import Collection
from index.model.store import Record
from index.model.types import Document, Parsed, Unit
from index.readers.read import read_document
from index.search.coverage import coverage
from rag.citation.citation import Citer
from rag.compare.sentences import Sentence, differences, with_moved
from rag.question.filter_record import read_filters
from rag.question.query import read_question
from rag.verify.document_search import core
from rag.verify.memo_text import Paragraph
from rag.verify.quotations import quotations
from rag.verify.read_memo import memo_of
from rag.verify.shortening import has_ellipsis, read_shortened
from rag.verify.verdicts import Verifier
from tests.index.readers.samples import docx, odt, write

PATTERNS = [
    " ", "\n", "\n\n", "!", "?", "…", ". ", '". ', "a. ", "nr. ", "a\n", "1. ", "(", "( ", "(. ", "[…] ", "..",
    ". . ", "-", "- ", "“", "”", "“ ", "“a” ", "‘", "’ ", "a’ ", "s’ ", "'", '"', '"a" ', "«", "»", "\u200b", "\u200f",
    "\u202b1", "¹", ".¹ ", "~~", "*a", "> ", "- a\n", "|", "[", "![", "[^1]", "[1] ", "`", "<b>", "<!--", "&",
    "a\n\n“", "é", "e\u0301", "‘23 ", "1. a?\n\nb.\n\n", "Bijlage I\n\n", "Zie vraag 1. ", "vraag 1 t/m 9 ",
    "De voorzitter:\n\n", "artikel 8 lid 2 AVG, ", "21 501-32, nr. 17; ", "€ 2,5 mln. ", "a-\n", "[footnoteRef:1: a] ",
]  # fmt: skip
SMALL, TIMES, MOST = 2_000, 8, 30
# Seconds: what takes less says nothing.
_FLOOR = 0.02


def _shortened(text: str) -> object:
    return has_ellipsis(text)


def _read_as(kind: str) -> Callable[[str], object]:
    """Read a text as a document of that kind, with each of its lines a paragraph, and what stands in it."""

    def read(text: str) -> object:
        content = _DOCUMENTS[kind](text)
        with TemporaryDirectory() as folder:
            document = read_document(write(Path(folder), f"brief.{kind}", content))
        return Collection.of([parse(document)]).passages

    return read


def _lines(text: str, frame: str) -> str:
    printable = ("".join(c for c in line if c.isprintable()) for line in text.split("\n"))
    return "".join(frame.format(escape(line)) for line in printable)


_DOCUMENTS: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "md": str.encode,
    "html": lambda text: f"<html><body>{_lines(text, '<p>{}</p>')}</body></html>".encode(),
    "docx": lambda text: docx(_lines(text, '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>')),
    "xml": lambda text: f"<officiele-publicatie>{_lines(text, '<al>{}</al>')}</officiele-publicatie>".encode(),
    "odt": lambda text: odt(_lines(text, "<text:p>{}</text:p>")),
}


def _covered(text: str) -> object:
    """A question of this text with this text as its answer, and many short ones, all with that answer before them."""
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    whole = f"{text}?{text} Zie vraag 1 t/m 999.{'Wie dan?' * (len(text) // 40)}"
    answer = Span(len(text) + 1, 2 * len(text) + 22)
    asked = [Span(0, len(text) + 1), *(Span(at, at + 8) for at in range(answer.end, len(whole), 8))]
    units = tuple(
        Unit(f"u{number}", sha256[:16], "question", (number,), f"Vraag {number}", (), None, (question,), answer)
        for number, question in enumerate(asked, start=1)
    )
    return tuple(coverage(Record(Document(sha256[:16], "", "", whole, "letter.txt", sha256), units)))


def _compared(text: str) -> object:
    """The sentences of a text beside those of the same text backwards."""
    sides = [
        [Sentence(span.of(side), span, "minister") for span in sentence_spans(side)] for side in (text, text[::-1])
    ]
    return list(with_moved(differences(*sides)))


PARTS: dict[str, Callable[[str], object]] = {
    "sentences": sentence_spans,
    "normalised": normalised,
    "core": core,
    "ellipsis": _shortened,
    "markdown": lambda text: memo_of(text.encode(), "memo.md"),
    "plain": lambda text: memo_of(text.encode(), "memo.txt"),
    "quotations": lambda text: quotations([Paragraph(p, 1) for p in text.split("\n\n")], lambda _: False),
    "question": read_question,
    "coverage": _covered,
    "compare": _compared,
    "filters": lambda text: read_filters({"groups": text.split(" ")}),
    **{kind: _read_as(kind) for kind in _DOCUMENTS},
}


def _seconds(part: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    with suppress(WoordelijkError):  # too much of something: said at once
        part(text)
    return time.process_time() - start


def _grows(part: Callable[[str], object], small: str, large: str) -> bool:
    taken = _seconds(part, large)
    return taken > _FLOOR and taken > MOST * max(_seconds(part, small), _FLOOR / TIMES)


@pytest.mark.parametrize("name", PARTS)
def test_time_grows_with_length(name: str) -> None:
    part = PARTS[name]
    size = SMALL // 2 if name in ("markdown", "plain", "quotations", *_DOCUMENTS) else SMALL
    slow = []
    # What formats read differently are the spaces, lines and marks; what stands in them is the same for all.
    for pattern in PATTERNS[:: 1 if name not in _DOCUMENTS or name == "txt" else 4]:
        small, large = ((pattern * size)[: size * times] for times in (1, TIMES))
        large = (pattern * size * TIMES)[: size * TIMES]
        if _grows(part, small, large) and _grows(part, small, large):
            slow.append(pattern)
    assert slow == []


# What a document with many questions repeats: each with its number, and what stands behind them all.
_QUESTIONS = {
    "sources": ("Vraag {n}\nKlopt het {n}) dat?\n\nAntwoord {n}\nJa.\n\n", "{n}) NOS, 6 maart 2024\n"),
    "own sources": ("Vraag {n}\nKlopt dat? [1]\n[1] NOS, 6 maart 2024\n\nAntwoord {n}\nJa.\n\n", ""),
    "bare": ("{n}\nKlopt het dat dit zo is?\n\nAntwoord\nJa zo.\n\n", ""),
    "misnamed": ("Vraag {n}\nKlopt het?\n\nAntwoord 1\nJa.\n\n", ""),
    "sections": ("{n}. Deze leden vragen of dit zo is?\n\nIk kan melden dat dit zo is.\n\n", ""),
}


def _with_questions(name: str, count: int) -> Document:
    repeated, behind = _QUESTIONS[name]
    head = "1. Vragen en opmerkingen vanuit de D66-fractie\n" if name == "sections" else "Geachte voorzitter,\n\n"
    text = head + "".join(part.format(n=n) for part in (repeated, behind) for n in range(1, count + 1))
    return _letter(0, text)


@pytest.mark.parametrize("name", _QUESTIONS)
def test_time_grows_with_the_number_of_questions(name: str) -> None:
    documents = {str(count): _with_questions(name, count) for count in (110, 880)}
    seconds = [min(_seconds(lambda of: parse(documents[of]), count) for _ in range(2)) for count in documents]
    assert len(parse(_with_questions(name, 110)).units) > 100
    assert seconds[1] < 20 * max(seconds[0], _FLOOR / TIMES)


@pytest.mark.parametrize("altered", [False, True])
def test_a_quotation_costs_as_much_where_many_letters_have_its_words(
    altered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that are normalised and documents that are read, not time: of 20 letters as many as of 200."""
    quoted = "De brug over de vaart wordt in het voorjaar door de gemeente vernieuwd en voor het verkeer geopend"
    counts = []
    for letters in (20, 200):
        texts = [f"Brief {n} gaat over zaak {n}.\n\n{quoted}.\n\nDat kost {n} euro meer." for n in range(letters)]
        citer = Citer(Collection.of([parse(_letter(n, text)) for n, text in enumerate(texts)]))
        asked = []
        monkeypatch.setattr(
            "rag.verify.document_search.normalised", lambda text, seen=asked: seen.append(text) or normalised(text)
        )
        memo = f"“{quoted.replace('voorjaar', 'najaar') if altered else quoted}”"
        (judged,) = Verifier(citer).verify(memo_of(memo.encode(), "memo.txt")).judged
        assert judged.verdict == ("altered" if altered else "exact")
        counts.append((len(asked), len(citer.parts)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def _letter(number: int, text: str) -> Document:
    sha256 = f"{number:016}".ljust(64, "0")
    return Document(sha256[:16], "", "", text, f"{number}.txt", sha256)


def test_a_memo_of_one_pattern_is_checked_in_time(letter: Parsed) -> None:
    verifier = Verifier(Citer(Collection.of([letter])))
    for pattern in ("“a” ", "‘a ", "[…] ", "“… ", "a” ", '". '):
        text = "“" + (pattern * 4_000)[:4_000] + "”"
        assert _seconds(lambda t: verifier.verify(memo_of(t.encode(), "memo.txt")), text) < 20
        assert read_shortened("… " * 500, verifier._sources) is None
