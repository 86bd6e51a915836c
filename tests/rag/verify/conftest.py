"""Who checks a memo: over the bundled letter, or over a small one."""

from pathlib import Path

import pytest

from index.library.collect import read_collection
from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Report, Verifier
from tests.conftest import write_letter


def verifier_of(folder: Path, letter: str) -> Verifier:
    write_letter(folder, letter)
    return Verifier(Citer(read_collection(folder)))


def verify(verifier: Verifier, memo: str, name: str = "memo.md") -> Report:
    return verifier.verify(memo_of(memo.encode(), name))


@pytest.fixture(scope="session")
def letter_verifier(letter: Parsed) -> Verifier:
    return Verifier(Citer(Collection.of([letter])))
