"""A hyphen at the end of a line is undone where it only breaks the word, and nowhere else."""

import pytest

from index.readers.hyphens import Ending, ending

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "broken",
    (
        "rentepercen- tages|disproportio- neel|Koninkrijks- relaties,|(regeldruk)ge- volgen|ex- perts|ex- terne|"
        "oud- ste|Eu- ropees|individu- en|REGELDRUK- KOSTEN|Noord-Hol- landse|"
        "schadevergoeding/nadeelcom- pensatie|Meststoffenbe- sluit|Rotter- dam|Neder- land|Rijks- waterstaat|"
        "Staats- secretaris|Kansspel- autoriteit|Onderwijs- inspectie|Volks- gezondheid|Klimaat- akkoord|"
        "Zorg- verzekeringswet|Belasting- dienst|Hoofddirec- tie"
    ).split("|"),
)
def test_a_break_at_a_syllable_is_undone(broken: str) -> None:
    assert ending(*broken.split(), NOTHING) == "soft"


@pytest.mark.parametrize(
    "broken",
    (
        "ex- partner|Noord- Holland|niet- naleving|EU- regelgeving|zzp- ers|mkb- toets|e- mail|2018- 2022|"
        "8- urige|zee- eend|een- op-een|een-op- een|oud- minister|Wob- artikelen|Woo- verzoek|Awb- procedure|"
        "AT- EZK/7992541,|BSK- 2021/32819|DGA- SKI|Shell- papers|Huawei- apparatuur|Pfizer- vaccin|GGD- en,|"
        "notificatie-app- software"
    ).split("|"),
)
def test_the_authors_own_hyphen_stays(broken: str) -> None:
    assert ending(*broken.split(), NOTHING) == "kept"


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


@pytest.mark.parametrize(
    ("before", "after", "words", "expected"),
    [
        ("Urgenda-", "uitspraak", {"urgenda-vonnis"}, "kept"),
        ("Ebola-", "virussen", {"ebola-virus"}, "kept"),
        ("wob-", "verzoeken", {"wob-verzoek"}, "kept"),
        ("Rijks-", "ombudsman", {"rijks-avg", "rijksoverheid"}, "soft"),
        ("derde-", "belanghebbenden,", {"derde-belanghebbende"}, "kept"),
        ("Wob-", "verzoek", {"wobverzoek"}, "soft"),
        ("GGD-", "en", {"ggd-en"}, "kept"),
        ("GGD-", "en", set(), "kept before a space"),
    ],
)
def test_other_words_of_the_document_decide_where_it_does_not_have_the_word(
    before: str, after: str, words: set[str], expected: Ending
) -> None:
    assert ending(before, after, frozenset(words)) == expected
