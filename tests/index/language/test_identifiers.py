"""An identifier is the same however it is written, and what only looks like one is none."""

from itertools import combinations

import pytest

from index.language.analyser import words
from index.language.identifiers import identifiers

SAME = [
    ("paper", ["Kamerstuk 21 501-32, nr. 1740", "21501-32-1740", "21 501-32, nr. 1740"]),
    ("paper", ["Kamerstukken II 2023/24, 21 501-32, nr. 1740", "21 501-32 nr. 1740"]),
    ("paper", ["Kamerstuk 29 628, nr. 119", "29628-119", "29 628 nr. 119", "Kamerstukken II 2022/23, 29628, nr. 119"]),
    ("paper", ["31700-B-14", "Kamerstuk 31 700-B, nr. 14"]),
    ("paper", ["36 410 VI, nr. 5", "Kamerstuk 36410-VI-5"]),
    ("question paper", ["2024Z11859", "2024z11859"]),
    ("reference", ["IENW/BSK-2021/32819", "kenmerk IENW/BSK-2021/32819"]),
    ("reference", ["2021-0000108071", "Ons kenmerk: 2021-0000108071"]),
    ("date", ["2026-01-01", "1 januari 2026", "1-1-2026", "01-01-2026", "1/1/2026", "1 jan. 2026", "1.1.2026"]),
    ("article", ["240b Sr", "artikel 240b Sr", "art. 240b Sr", "artikel 240b van het Wetboek van Strafrecht"]),
    ("article", ["artikel 5.1, tweede lid, van de Woo", "art. 5.1 Woo", "5.1 Woo"]),
    ("amount", ["€ 3.250.000", "3,25 miljoen euro", "3.250.000 euro", "EUR 3 250 000"]),
    ("amount", ["1500 euro", "€ 1.500,-", "€ 1.500,00"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "forms"), SAME)
def test_every_form_names_the_same(kind: str, forms: list[str]) -> None:
    found = [identifiers(form) for form in forms]
    assert [len(one) for one in found] == [1] * len(forms)
    assert {one[0].kind for one in found} == {kind}
    assert len({one[0].value for one in found}) == 1
    for one, other in combinations(forms, 2):
        for asked, stated in ((one, other), (other, one)):
            (identifier,) = identifiers(asked)
            assert identifier.names(identifiers(f"Zie {stated}.")[0])
            assert kind == "amount" or set(identifier.words) & set(words(stated)), (asked, stated)


@pytest.mark.parametrize(
    ("asked", "stated", "names"),
    [
        ("Kamerstuk 21 501-32", "21 501-32, nr. 1740", True),
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
    assert identifiers(asked)[0].names(identifiers(stated)[0]) == names


@pytest.mark.parametrize(
    "text",
    [
        "12 345 boetes",
        "hoeveel 10 000 mensen",
        "in 2023-2024",
        "vragen 11-14",
        "covid-19",
        "postbus 20401, 2500 EK",
        "1.500 meldingen",
        "31 februari 2024",
        "070-8888500",
        "24 uur per dag",
    ],
)
def test_what_is_no_identifier(text: str) -> None:
    assert identifiers(text) == ()


def test_the_spans_are_exact_and_in_order() -> None:
    text = "Op 1 januari 2026 (Kamerstuk 29 628, nr. 12) kost artikel 240b Sr € 5.000."
    assert [found.span.of(text).strip() for found in identifiers(text)] == [
        "1 januari 2026", "Kamerstuk 29 628, nr. 12", "artikel 240b Sr", "€ 5.000",
    ]  # fmt: skip
