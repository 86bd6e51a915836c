"""BM25 as its formula says, and terms as the analyser promises."""

import math
from collections import Counter

import pytest

from index.language.analyser import fold, ngrams, stems, words
from index.search.bm25 import K1, B, scores_of_counts

DOCUMENTS = [["brug", "brug", "staal"], ["staal"], ["water", "brug", "hout", "hout"], []]


def _bm25(documents: list[list[str]], query: list[str]) -> list[float]:
    """Lucene's BM25, straight from the formula (Kamphuis et al., ECIR 2020, table 1)."""
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        counts = Counter(document)
        score = 0.0
        for term in query:
            frequency = sum(term in other for other in documents)
            weight = math.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
            count = counts[term]
            score += weight * count / (count + K1 * (1 - B + B * len(document) / average))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", [["brug"], ["brug", "hout"], ["staal", "staal"], ["onbekend"], []])
def test_scores_follow_the_formula(query: list[str]) -> None:
    known = [term for term in query if any(term in document for document in DOCUMENTS)]
    scores = scores_of_counts(query, [Counter(document) for document in DOCUMENTS])
    assert scores == pytest.approx(_bm25(DOCUMENTS, known), abs=1e-5)
    assert scores_of_counts(query, [Counter(), Counter()]).tolist() == [0, 0]


def test_a_number_matches_whole_or_not_at_all() -> None:
    """15 never matches 150, and 2,3 not 2,35."""
    for one, other in (("15", "150"), ("2,3", "2,35"), ("11.192", "11.1923"), ("240b", "240")):
        assert not set(ngrams(one)) & set(ngrams(other))
        assert not set(stems(one)) & set(stems(other))


def test_words_are_folded() -> None:
    assert words("Coördinatie Financiële TBKK's één LO’s") == ["coordinatie", "financiele", "tbkk", "een", "lo"]
    assert words("end-to-end 11.192.234.293 artikel 240b") == [
        *("end-to-end", "end", "to", "end"),
        *("11192234293", "artikel", "240b"),
    ]
    assert fold("ﬁnan\u00adcieel") == "financieel"


def test_stems_join_forms_of_a_word() -> None:
    assert stems("slachtoffers opsporingen") == stems("slachtoffer opsporing")
    assert stems("de het een") == []


def test_ngrams_join_misspellings_and_compounds() -> None:
    assert len(set(ngrams("politsie")) & set(ngrams("politie"))) >= 3
    assert set(ngrams("opsporing")) & set(ngrams("opsporingsbevoegdheid"))
    assert ngrams("om 5") == ["5"]
    assert ngrams("OM-zaken EU") == ngrams("om-zaken eu")
