"""The made library of two letters, and what no filter takes from it."""

import pytest

from index.model.collection import Collection
from rag.question.filters import NO_FILTERS
from rag.retrieval.filtering import Filtered
from tests.rag.retrieval.made import DIKES, SLUICES, filter_of, made_collection


@pytest.fixture(scope="session")
def sluices(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return made_collection(tmp_path_factory.mktemp("made"), SLUICES, DIKES)


@pytest.fixture(scope="session")
def everything(sluices: Collection) -> Filtered:
    return filter_of(sluices).apply(NO_FILTERS)
