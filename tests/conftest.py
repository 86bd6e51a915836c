"""What many tests share: the parsed letter, an index of it, and small fakes."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings as hypothesis_settings
from numpy.typing import NDArray

from index.encoders.encoder import Contextual, Encoded, Matrix, unit_rows
from index.encoders.load import load_encoder
from index.encoders.token_vectors import TokenVectors
from index.grammar.parse import parse
from index.library.build import build_index
from index.model.types import Parsed
from index.readers.read import read_document
from index.settings import ROOT, SHIPPED_ENCODER, WORD_ENCODER, Settings, encoder_location
from rag.answer.assistant import Assistant

hypothesis_settings.register_profile("default", deadline=None, print_blob=True)
hypothesis_settings.load_profile("default")

LETTER = ROOT / "data" / "documents" / "000_c4e40b09978478b2.txt"


# What starts servers, browsers and commands takes longest; it goes first, so that all processes end at about one time.
_LONGEST = ("tests/ui/", "tests/test_docs.py", "tests/test_command_lines.py", "tests/index/library/", "tests/eval/")
# Each process builds an index of the letter and starts servers of its own; more of them than this win little.
_MOST_PROCESSES = 4


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process a core; none beside this one where a single file is asked for, or tests in it."""
    files = {Path(argument.partition("::")[0]) for argument in config.args}
    alone = len(files) == 1 and all(file.suffix == ".py" for file in files)
    return 0 if alone else min(os.cpu_count() or 1, _MOST_PROCESSES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {prefix: place for place, prefix in enumerate(_LONGEST)}

    def place(item: pytest.Item) -> int:
        return next((at for prefix, at in places.items() if item.nodeid.startswith(prefix)), len(places))

    items.sort(key=place)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=6, help="how many times a command that writes is killed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kill" in metafunc.fixturenames:
        metafunc.parametrize("kill", range(metafunc.config.getoption("--kills")))


class FakeEncoder(Contextual):
    """One deterministic vector a word, without weights on disk."""

    name = "fake"
    fingerprint = "f" * 64
    dimensions = 16
    known_words: frozenset[str] = frozenset()

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        return self.encode_passages_by_token(texts)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        words = [text.lower().split() for text in texts]
        pieces = [[hashlib.sha256(word.encode()).digest()[0] for word in text] for text in words]
        tokens = [np.array([self._vector(w) for w in text]).reshape(-1, self.dimensions) for text in words]
        return Encoded(self._encode(texts), TokenVectors.of(tokens, pieces, self.dimensions))

    def _encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                rows[row] += self._vector(word)
        return unit_rows(rows)

    def _vector(self, word: str) -> NDArray[np.float32]:
        digest = hashlib.sha256(word.encode()).digest()[: self.dimensions]
        return np.frombuffer(digest, dtype=np.uint8).astype(np.float32) - 128


@pytest.fixture(scope="session", autouse=True)
def shipped_encoders_are_loaded_once() -> Iterator[None]:
    """Each index that a test builds or opens needs them; loading takes longer than most of these tests."""
    shipped, kept = {encoder_location(SHIPPED_ENCODER), str(WORD_ENCODER)}, cache(load_encoder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.library.open.load_encoder", lambda name: (kept if name in shipped else load_encoder)(name))
        yield


@pytest.fixture(scope="session")
def letter() -> Parsed:
    return parse(read_document(LETTER))


@pytest.fixture(scope="session")
def letter_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an index of the letter, built for this run."""
    settings = Settings(index=tmp_path_factory.mktemp("letter") / "index")
    build_index(settings)
    return settings


@pytest.fixture(scope="session")
def assistant(letter_settings: Settings) -> Assistant:
    return Assistant.open(letter_settings)


@pytest.fixture(scope="session")
def environment(letter_settings: Settings) -> dict[str, str]:
    """The environment of a fresh process that uses the index built for this run."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("WOORDELIJK_")}
    return {**inherited, "WOORDELIJK_INDEX": str(letter_settings.index), "PYTHONPATH": str(ROOT)}


def write_letter(folder: Path, text: str, name: str = "brief.txt") -> Path:
    """A document of this text in a new file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def parsed_letter(folder: Path, text: str, name: str = "brief.txt") -> Parsed:
    """What a new file of this text is read as."""
    return parse(read_document(write_letter(folder, text, name)))


def library_of(folder: Path, letters: Mapping[str, str]) -> Settings:
    """A built library of new letters, by file name, in `folder`."""
    for name, text in letters.items():
        write_letter(folder / "documents", text, name)
    settings = Settings(folder / "documents", folder / "index")
    build_index(settings)
    return settings


SMALL_LETTER = """Hierbij zend ik uw Kamer de antwoorden.

1. Vragen en opmerkingen vanuit de Groene-fractie
De leden van de Groene-fractie hebben vragen over bruggen.
1. Hoeveel bruggen zijn er?

Er zijn 15 bruggen.[footnoteRef:1] Ik verwijs naar het antwoord op vraag 2. [1:  Zie de lijst [bijlage].]

2. Wat kosten bruggen?

Een brug kost 150 miljoen euro in 2024.

De leden van de Groene-fractie vinden dat veel.
3. Waarom kost een brug zoveel?

Voor het antwoord op deze vraag verwijs ik u naar het antwoord op vraag 2.

2. Vragen en opmerkingen vanuit de Blauwe- en Rode-fracties

De leden van de Blauwe- en Rode-fracties hebben nog een vraag.
4. Wie bouwt bruggen?

Rijkswaterstaat bouwt bruggen.
Bijlage I. Inbreng van de bruggenwachters

“Wij openen bruggen.”
"""
