"""Looking only where the words stand finds every place that looking everywhere finds."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.grammar.parse import parse
from index.language.analyser import content_words
from index.library.build import read_collection
from index.model.collection import Collection
from index.model.types import Document, Parsed
from rag.citation.citation import Citer
from rag.verify.document_search import Sources
from rag.verify.documents import IndexedDocuments, searched_words
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier
from tests.rag.verify.memo_samples import in_other_typography, sentences

WORDS = (
    "de brug Brug bruggen niet geen 15 150 2.024 Wob-artikelen ’s foto’s CO₂ 10⁶ m² ﬁets één e\u0301én x\u200by "
    "(re)actie 86% 240b"
).split()


class Everywhere(IndexedDocuments):
    """Every document is looked at, whatever it holds."""

    def documents_with(self, words: object) -> list[str]:
        return list(super().documents_with(()))


def collection(texts: list[str]) -> Collection:
    documents = [
        Document(
            id=f"{number:016}",
            title="“T” 1",
            kind="",
            text=text,
            file=f"{number}.txt",
            sha256=f"{number:016}" + 48 * "0",
        )
        for number, text in enumerate(texts)
    ]
    return Collection.of([parse(document) for document in documents])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_place_is_missed(data: st.DataObject) -> None:
    """Any run of words of a document, in any typography, has the places that a search of all documents gives."""
    joined = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
    separators = st.sampled_from([" ", "  ", "\n", " – ", "-\n", ", ", ". ", "\u00ad", "\u00a0", "…"])
    texts = [
        "".join(word + data.draw(separators) for word in data.draw(joined)) + "Einde."
        for _ in range(data.draw(st.integers(1, 4)))
    ]
    made = collection(texts)
    citer = Citer(made)
    narrow, wide = Sources(citer), Sources(citer, Everywhere(made))
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = text[start : data.draw(st.integers(start + 1, len(text)))]
    wanted = in_other_typography(wanted, random.Random(data.draw(st.integers(0, 9))))
    assert narrow.places(wanted) == wide.places(wanted)


def test_no_place_is_missed_in_the_letter(letter: Parsed) -> None:
    made = Collection.of([letter])
    citer = Citer(made)
    narrow, wide = Sources(citer), Sources(citer, Everywhere(made))
    rng = random.Random(3)
    for _, sentence in rng.sample(sentences(letter, citer), 60):
        written = in_other_typography(sentence, rng)
        assert narrow.places(written) == wide.places(written) != []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De brug, 15 bruggen; (foto’s) Wob-artikelen 86%", {"brug", "15", "bruggen"}),
        ("één ﬁets", set()),
        ("de het een", set()),
    ],
)
def test_only_words_that_are_the_same_in_any_typography_are_searched(text: str, words: set[str]) -> None:
    assert searched_words(text.replace("’", "'")) == words


def test_a_large_library_is_not_read(letter: Parsed) -> None:
    """Of forty documents only those that hold the quotation's words are looked at, exact or altered."""
    names = [f"dorp{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40)]
    texts = [f"De brug van {name} ligt over een rivier en heet naar {name}." for name in names]
    citer = Citer(collection(texts))
    verifier = Verifier(citer)
    report = verifier.verify(
        memo_of("“De brug van dorpah ligt over een rivier” en “heet naar dorpbc en rivier”.".encode(), "m.md")
    )
    assert report.judged[0].verdict == "exact"
    assert report.judged[1].citation or report.judged[1].nearest
    assert "0000000000000007" in citer.parts
    assert len(citer.parts) <= 14


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_words_that_a_line_end_breaks_in_a_text_are_found_whole(tmp_path: Path, line_end: str) -> None:
    """Its hyphen is the word's own where the document or Dutch spelling says so; the text stays as it came."""
    broken = (
        "De voortgang van de maat-\nregelen. De Wob-artikelen gel-\nden ook voor "
        "de Awb-\nprocedure en de Wob-\nartikelen."
    )
    lines = f"Geachte voorzitter,\n\n{broken}\n\nHet kostte veel in-\n en uitvoer.\n"
    (tmp_path / "brief.txt").write_bytes(lines.replace("\n", line_end).encode())
    collection = read_collection(tmp_path)
    assert collection.documents[0].text == lines
    sources = Sources(Citer(collection))
    for words in (
        "voortgang van de maatregelen",
        "gelden ook voor de Awb-procedure en de Wob-artikelen",
        "voortgang van de maat-\nregelen",
        "veel in- en uitvoer",
    ):
        assert len(sources.places(words)) == 1, words
    for words in ("voor de Awbprocedure", "de Wobartikelen", "voortgang van de maat regelen", "veel inen uitvoer"):
        assert sources.places(words) == [], words
    assert "maatregelen" in content_words("de maat-\nregelen")
