"""No reader loses or glues a word of any file that a test makes for it."""

from collections.abc import Iterator
from typing import Any

import pytest

from index.model.types import WordLedger
from index.readers import word_ledger


@pytest.fixture(autouse=True)
def ledgers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[WordLedger]]:
    """The ledgers of all files that a test reads, looked at when it ends."""
    found: list[WordLedger] = []
    balance = word_ledger.balance

    def watched(*args: Any, **kwargs: Any) -> WordLedger:
        found.append(balance(*args, **kwargs))
        return found[-1]

    monkeypatch.setattr(word_ledger, "balance", watched)
    yield found
    assert [(ledger.lost, ledger.glued) for ledger in found if ledger.lost or ledger.glued] == []
