"""A hyphen at the end of a line is undone where it only breaks the word, and nowhere else."""

import pytest

from index.readers.pdf.hyphens import Ending, ending

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rentepercen-", "tages"),
        ("disproportio-", "neel"),
        ("Koninkrijks-", "relaties,"),
        ("(regeldruk)ge-", "volgen"),
        ("ex-", "perts"),
        ("ex-", "terne"),
        ("oud-", "ste"),
        ("Eu-", "ropees"),
        ("individu-", "en"),
        ("REGELDRUK-", "KOSTEN"),
        ("Noord-Hol-", "landse"),
        ("schadevergoeding/nadeelcom-", "pensatie"),
    ],
)
def test_a_break_at_a_syllable_is_undone(before: str, after: str) -> None:
    assert ending(before, after, NOTHING) == "soft"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ex-", "partner"),
        ("Noord-", "Holland"),
        ("niet-", "naleving"),
        ("EU-", "regelgeving"),
        ("zzp-", "ers"),
        ("mkb-", "toets"),
        ("e-", "mail"),
        ("2018-", "2022"),
        ("8-", "urige"),
        ("zee-", "eend"),
        ("een-", "op-een"),
        ("een-op-", "een"),
        ("oud-", "minister"),
    ],
)
def test_the_authors_own_hyphen_stays(before: str, after: str) -> None:
    assert ending(before, after, NOTHING) == "kept"


@pytest.mark.parametrize(("before", "after"), [("in-", "en"), ("wet-", "en"), ("bestuurs-", "of"), ("lang-", "dan")])
def test_a_part_left_out_keeps_its_hyphen_and_its_space(before: str, after: str) -> None:
    """Even where the two would make a word together: "weten"."""
    assert ending(before, after, frozenset({"weten"})) == "kept before a space"


@pytest.mark.parametrize(
    ("words", "expected"),
    [({"niet-westers"}, "kept"), ({"nietwesters"}, "soft"), (set(), "kept")],
)
def test_the_document_itself_decides_first(words: set[str], expected: Ending) -> None:
    assert ending("niet-", "westers", words) == expected
