"""The moments that letters state, as the last day of them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.values.moments import moments

STATED = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("stated", "by"),
    [
        ("voor de zomer", "2026-06-20"),
        ("vóór 1 mei 2026", "2026-04-30"),
        ("derde kwartaal 2026", "2026-09-30"),
        ("in het eerste kwartaal van volgend jaar", "2027-03-31"),
        ("in Q3 2026", "2026-09-30"),
        ("in de tweede helft van 2026", "2026-12-31"),
        ("per 1 juli", "2026-07-01"),
        ("per 1 februari", "2027-02-01"),
        ("met ingang van 2027", "2027-01-01"),
        ("uiterlijk in mei", "2026-05-31"),
        ("eind dit jaar", "2026-12-31"),
        ("voor het einde van het jaar", "2026-12-31"),
        ("begin volgend jaar", "2027-03-31"),
        ("begin mei", "2026-05-10"),
        ("medio 2026", "2026-06-30"),
        ("voor het kerstreces", "2026-12-17"),
        ("voor de kerst", "2026-12-24"),
        ("met Prinsjesdag", "2026-09-15"),
        ("rond Prinsjesdag 2027", "2027-09-21"),
        ("binnen twee weken", "2026-03-24"),
        ("binnen 3 maanden", "2026-06-10"),
        ("volgende week", "2026-03-22"),
        ("deze maand", "2026-03-31"),
        ("dit\nvoorjaar", "2026-06-20"),
        ("in de loop van 2027", "2027-12-31"),
        ("later dit jaar", "2026-12-31"),
        ("na de zomer", None),
        ("op korte termijn", None),
        ("in de komende periode", None),
        ("op 30 februari", None),
    ],
)
def test_a_moment_and_its_last_day(stated: str, by: str | None) -> None:
    text = f"Ik zal {stated} komen."
    (moment,) = moments(text, STATED)
    assert (moment.span.of(text), moment.by) == (stated, by and date.fromisoformat(by))


@pytest.mark.parametrize(
    "text", ["Er zijn 2026 fte.", "Dat was op 11 juni jl. zo.", "De zomertijd blijft.", "Voor de Kamer."]
)
def test_what_is_no_moment(text: str) -> None:
    assert moments(text, STATED) == ()


def test_without_the_day_of_the_document_only_a_year_says_when() -> None:
    assert [m.by for m in moments("voor de zomer, eind 2026 en binnen twee weken", None)] == [
        None,
        date(2026, 12, 31),
        None,
    ]


@given(st.text("voor de zomer 1 juli 2026 eind kwartaal\n", max_size=60), st.dates() | st.none())
@settings(max_examples=60)
def test_moments_are_in_order_and_apart(text: str, stated: date | None) -> None:
    found = moments(text, stated)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(moment.span.of(text).strip() for moment in found)
