"""A made library of two small letters, and an encoder of which every nearness is known."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoders
from index.model.collection import Collection
from index.search.promises import Undertaken, promises
from index.search.search_index import SearchIndex, index_collection
from rag.retrieval.filtering import PassageFilter
from tests.conftest import FakeEncoder, parsed_letter

SLUICES = """Hierbij zend ik uw Kamer de antwoorden.

1. Vragen en opmerkingen vanuit de Groene-fractie

De leden van de Groene-fractie lezen dat sluizen verouderd zijn.
1. Hoeveel sluizen zijn er?

Er zijn 15 sluizen.[footnoteRef:1] [1:  Kamerstuk 31305, nr. 12, over alle sluizen.]

2. Wat kosten sluizen?

Een sluis kost 150 miljoen euro.[footnoteRef:2] [2:  Kamerstuk 31305, nr. 12, over alle sluizen.]

3. Waarom zijn sluizen zo duur?

Voor het antwoord op deze vraag verwijs ik u naar de antwoorden op de vragen 1, 2, 4 en 5.

2. Vragen en opmerkingen vanuit de Blauwe-fractie

4. Wie bedient de bruggen?

Rijkswaterstaat bedient bruggen. De havenmeester houdt toezicht. In 2024 kwam daar een brugwachter bij.

5. Wie betaalt dat?

De provincie betaalt het onderhoud van de dijken en van alle gemalen in het gebied.
"""
DIKES = """Hierbij zend ik uw Kamer de antwoorden.

1. Vragen en opmerkingen vanuit de Rode-fractie

1. Wie onderhoudt de dijken?

De provincie betaalt het onderhoud van de dijken en van alle gemalen in dit gebied.
"""
# Words that mean the same, and one that means nothing to the encoder.
_MEANS = {"agenten": "politie", "waterkering": "dijken"}
_SILENT = {"zq7x"}


class MadeEncoder(FakeEncoder):
    """Words are as near as chance has it, but for those that mean the same."""

    dimensions = 32

    def _vector(self, word: str) -> NDArray[np.float32]:
        word = word.strip(".,?!")
        if word in _SILENT:
            return np.zeros(self.dimensions, dtype=np.float32)
        return super()._vector(_MEANS.get(word, word))


def made_collection(folder: Path, *letters: str) -> Collection:
    """The collection of some letters, each in a file of its own."""
    return Collection.of(parsed_letter(folder, text, f"brief-{number}.txt") for number, text in enumerate(letters))


def filter_of(collection: Collection) -> PassageFilter:
    """The filter of a collection whose promises are found when they are asked for."""
    records = [collection.store.record(number) for number in range(len(collection.store))]
    return PassageFilter(collection, lambda: Undertaken(collection.columns, map(promises, records)))


def made_index(folder: Path, *letters: str) -> tuple[SearchIndex, Encoders]:
    """Their index by the made encoder."""
    encoders = Encoders(MadeEncoder(), MadeEncoder())
    return index_collection(made_collection(folder, *letters), encoders), encoders
