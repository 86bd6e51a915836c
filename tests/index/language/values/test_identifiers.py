"""An identifier is the same however it is written, and what only looks like one is none."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.values.identifiers import identifiers

SAME = [
    ("paper", ["Kamerstuk 21 501-32, nr. 1740", "21501-32-1740", "21 501‑32, nr 1740"]),
    ("paper", ["Kamerstukken II 2023/24, 21 501-32, nr. 1740", "21 501-32 nr. 1740", "kst-21501-32-1740"]),
    ("paper", ["Kamerstuk 29 628, nr. 119", "29628-119", "29 628 nr. 119", "Kamerstukken II 2022/23, 29628, nr. 119"]),
    ("paper", ["31700-B-14", "Kamerstuk 31 700-B, nr. 14"]),
    ("paper", ["36 410 VI, nr. 5", "Kamerstuk 36410-VI-5", "36 410 VI, nummer 5"]),
    ("paper", ["wetsvoorstel 36 450", "dossier 36450", "Kamerstuk 36 450"]),
    ("question paper", ["2024Z11859", "2024z11859"]),
    ("publication", ["ah-tk-20202021-3235", "AH-TK-20202021-3235"]),
    ("reference", ["IENW/BSK-2021/32819", "kenmerk IENW/BSK-2021/32819", "ienw/bsk-2021/32819"]),
    ("reference", ["2021-0000108071", "Ons kenmerk: 2021-0000108071"]),
    ("reference", ["kenmerk 5401166", "nr. 5401166", "kenmerk: 5401166"]),
    ("act", ["Richtlijn (EU) 2016/680", "richtlijn 2016/680", "2016/680/EU", "directive 2016/680"]),
    ("act", ["richtlijn 91/676/EEG", "Richtlijn nr. 91/676/EEG"]),
    ("act", ["Verordening (EU) nr. 1215/2012", "verordening nr. 1215/2012"]),
    ("case", ["ECLI:NL:HR:2021:1234", "ecli:nl:hr:2021:1234."]),
    ("date", ["2026-01-01", "1 januari 2026", "1-1-2026", "01-01-2026", "1/1/2026", "1 jan. 2026", "1.1.2026"]),
    ("date", ["12/5/'25", "12 mei 2025", "12-5-25", "May 12, 2025", "12 May 2025", "２０２５-０５-１２"]),
    ("date", ["tweede kwartaal 2025", "2e kwartaal van 2025", "Q2 2025", "2025Q2", "second quarter of 2025"]),
    ("amount", ["twee miljoen vijfhonderdduizend euro", "2,5 M€", "2.500.000 euro"]),
    ("date", ["12 mei", "12 mei jl."]),
    ("date", ["mei 2025", "May 2025", "mei '25"]),
    ("article", ["240b Sr", "artikel 240b Sr", "art. 240b Sr", "artikel 240b van het Wetboek van Strafrecht"]),
    ("article", ["artikel 5.1, tweede lid, van de Woo", "art. 5.1 lid 2 Woo", "5.1 lid 2 Woo"]),
    ("article", ["artikelen 245 tot en met 250 Sr", "art. 245-250 Sr"]),
    ("article", ["artikel 7 van de Meststoffenwet", "art. 7 Meststoffenwet"]),
    ("amount", ["€ 3.250.000", "3,25 miljoen euro", "3.250.000 euro", "€3,25 mln.", "€\u202f3\xa0250\xa0000"]),
    ("amount", ["1500 euro", "€ 1.500,-", "€ 1.500,00", "vijftienhonderd euro", "1,5 duizend euro"]),
    ("amount", ["twee en een half miljoen euro", "€ 2,5 mln", "€2.5M", "tweeënhalf miljoen euro"]),
    ("percentage", ["9,4%", "9.4 %", "negen komma vier procent", "９，４％", "9,4 pct"]),
    ("percentage", ["-3,2 procent", "min 3,2%", "−3,2 %"]),
    ("number", ["70.250", "70 250", "70\u2009250", "zeventigduizend tweehonderdvijftig", "70,250"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "forms"), SAME)
def test_every_form_names_the_same(kind: str, forms: list[str]) -> None:
    found = [identifiers(form) for form in forms]
    assert [len(one) for one in found] == [1] * len(forms)
    assert {one[0].kind for one in found} == {kind}
    assert len({one[0].value for one in found}) == 1
    for asked, stated in permutations(forms, 2):
        assert _names(asked, f"Zie {stated}.")


def _names(asked: str, stated: str) -> bool:
    """Whether what is asked for is found where the other stands."""
    return identifiers(asked)[0].term in identifiers(stated)[0].terms


@pytest.mark.parametrize(
    ("asked", "stated", "names"),
    [
        ("Kamerstuk 21 501-32", "21 501-32, nr. 1740", True),
        ("wetsvoorstel 36 600", "36 600 XII, nr. 12", True),
        ("36 600 XII, nr. 12", "36 600 XII, nr. 13", False),
        ("mei 2025", "12-05-2025", True),
        ("12 mei", "12-05-2025", True),
        ("artikel 247 Sr", "artikelen 245 tot en met 250 Sr", True),
        ("artikel 8 AVG", "artikel 8, tweede lid, van de AVG", True),
        ("artikel 8 lid 3 AVG", "artikel 8, tweede lid, van de AVG", False),
        ("2,5 miljoen", "€ 2.500.000", True),
        ("3,2 procent", "-3,2 procent", False),
        ("9,4%", "94%", False),
        ("21501-32-1740", "21 501-32, nr. 1703", False),
        ("21501-32-174", "21 501-32, nr. 1740", False),
        ("artikel 240b", "artikel 240b Sr", True),
        ("240b Sr", "240b Sv", False),
        ("artikel 24", "artikel 240b Sr", False),
        ("1 januari 2026", "11 januari 2026", False),
        ("€ 1.500", "€ 15.000", False),
    ],
)
def test_another_number_is_another_thing(asked: str, stated: str, names: bool) -> None:
    assert _names(asked, stated) == names


@pytest.mark.parametrize(
    "text",
    [
        "in 2023-2024", "vragen 11-14", "covid-19", "sinds 31 februari", "24 uur per dag", "12-jarigen", "24-7",
        "1 op de 5", "punt 3",
        "14.30 uur", "5G", "paragraaf 10.2.e", "deel IV", "het jaar 2024", "-5 graden", "honderdste",
        "begroting-2024", "vergaderjaar 2020/21", "een half woord", "9" * 30, "lid 2", "070",
    ],
)  # fmt: skip
def test_what_is_no_identifier(text: str) -> None:
    assert identifiers(text) == ()


@pytest.mark.parametrize("text", ["bel 0900-8844", "bel 020-5551234", "06-12345678"])
def test_a_telephone_number_is_no_reference(text: str) -> None:
    assert "reference" not in {found.kind for found in identifiers(text)}


def test_the_spans_are_exact_and_in_order() -> None:
    text = "Op 1 januari 2026 (Kamerstuk 29 628, nr. 12) kost artikel 240b Sr € 5.000."
    assert [found.span.of(text).strip() for found in identifiers(text)] == [
        "1 januari 2026", "Kamerstuk 29 628, nr. 12", "artikel 240b Sr", "€ 5.000",
    ]  # fmt: skip


@given(st.text(alphabet=st.sampled_from("0123456789 .,-/'€%()artikel lid mei nr Z\u202f１‑"), max_size=60))
def test_any_text_has_identifiers_in_order_that_do_not_overlap(text: str) -> None:
    spans = [identifier.span for identifier in identifiers(text)]
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.integers(min_value=100, max_value=10**12), st.sampled_from([".", " ", "\xa0", "\u202f", "\u2009"]))
def test_a_number_is_the_same_however_its_thousands_are_parted(number: int, sign: str) -> None:
    (one,) = identifiers(f"{number:,} euro".replace(",", sign))
    assert one.term == f"amount {number}"
