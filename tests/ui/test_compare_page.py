"""The pages that compare: two documents side by side, a subject over time, figures that differ; and what is refused."""

import re

import pytest
from starlette.testclient import TestClient

from index.settings import Settings
from tests.ui.test_promises_page import client_of, shown
from tests.ui.test_templating import Elements
from tests.ui.two_letters import DRAFT, sent
from ui.desk.desk import Desk

BOTH = "vergelijk?a=concept.txt&b=brief.txt"


@pytest.fixture(scope="module")
def client(letters_desk: Desk) -> TestClient:
    return client_of(letters_desk)


def _listed(page: str) -> list[str]:
    return [Elements(item).words for item in re.findall(r"<li data-difference.*?</li>", page)]


def test_figures_that_differ_come_first_and_the_page_numbers_them_in_its_order(client: TestClient) -> None:
    page = client.get(f"/{BOTH}").text
    listed = _listed(page)
    assert "7 verschillen: 4 keer een getal, datum of ontkenning, 2 zinnen nieuw, 1 zin weggelaten." in page
    assert [item.startswith("getal gewijzigd") for item in listed] == [True] * 4 + [False] * 3
    assert "150 → 175" in listed[2]
    numbers = [int(number) for number in re.findall(r'<(?:mark|del|ins) class="\w+" data-difference="(\d+)"', page)]
    assert sorted(set(numbers)) == list(range(1, 8))
    beside = shown(page).partition('<section class="beside">')[2]
    rows = re.split(r'id="row-\d+"', beside)[1:]
    in_rows = [sorted({int(n) for n in re.findall(r'data-difference="(\d+)"', row)}) for row in rows]
    assert [number for row in in_rows for number in row] == list(range(1, 8))


def test_both_texts_stand_there_whole_and_exactly(client: TestClient) -> None:
    """Every stretch is the slice at its offset, and all of either document is there."""
    sides = re.findall(r'<article class="letter" data-document="(\w+)".*?>(.*?)</article>', client.get(f"/{BOTH}").text)
    for (document, _), text in zip(sides[:2], (DRAFT, sent()), strict=True):
        found = [(int(start), words) for name, side in sides if name == document for start, words in _stretches(side)]
        assert all(text[start : start + len(words)] == words for start, words in found)
        assert "".join("".join(words for _, words in sorted(found)).split()) == "".join(text.split())


def _stretches(side: str) -> list[tuple[str, str]]:
    return [
        (start, Elements(words).words) for start, words in re.findall(r'<span data-start="(\d+)">(.*?)</span>', side)
    ]


def test_what_is_the_same_is_folded_and_what_is_new_is_said(client: TestClient) -> None:
    page = client.get(f"/en/{BOTH}").text
    assert re.findall(r'<summary><span class="name">(.*?)</span> · the same', page) == [
        "Question 3 (Vraag 3)",
        "Question 5 (Vraag 5)",
    ]
    assert '<span class="became">added</span>' in page
    assert "Not in this document." in page


def test_each_difference_says_where_it_stands_on_either_side(letters_desk: Desk, client: TestClient) -> None:
    page = client.get(f"/{BOTH}").text
    for place in re.findall(r'data-[ab]="(\w+:\d+:\d+)"', page):
        document, start, end = place.split(":")
        assert letters_desk.tools.citer.cite(document, int(start), int(end)).quotation


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("vergelijk?a=brief.txt&b=brief.txt", 400, "Twee keer hetzelfde document"),
        ("vergelijk?a=brief.txt&b=weg.txt", 404, "Dit document is niet of niet meer toegevoegd"),
        ("vergelijk?a=%3Cscript%3Ealert(1)%3C/script%3E&b=x", 404, "Dit document is niet"),
        ("vergelijk?a=brief.txt", 200, "Kies een document"),
        ("vergelijk", 200, "kies er twee"),
        ("verloop", 200, "naar datum"),
        ("verloop?onderwerp=%21%21", 400, "noem een onderwerp"),
        ("verloop?onderwerp=kaasmarkt+Alkmaar", 200, "Geen passage gaat hier zeker genoeg over"),
        ("verloop?onderwerp=" + "brug+" * 900, 200, "Geen passage gaat hier zeker genoeg over"),
        ("cijfers?pagina=7", 404, "Pagina “7” is er niet"),
        ("deelvragen?document=weg", 404, "Dit document is niet of niet meer toegevoegd"),
        ("deelvragen?document=brief.txt&pagina=9", 404, "Pagina “9” is er niet"),
        ("deelvragen?document=<script>alert(1)</script>", 404, "Dit document is niet"),
    ],
)
def test_what_cannot_be_shown_gets_a_sentence(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(f"/{path}")
    assert (answer.status_code, said in shown(answer.text)) == (status, True)
    assert "<script>alert" not in answer.text


def test_a_subject_over_time_says_what_differs_from_before(client: TestClient) -> None:
    page = client.get("/verloop?onderwerp=kosten+brug").text
    assert page.index("4 maart 2024</h2>") < page.index("2 april 2025</h2>")
    later = page.split("2 april 2025</h2>")[1]
    assert "<ins><span data-start" in later
    assert "anders dan eerder in Antwoorden over bruggen" in later
    assert "<del>150</del> → <ins>175</ins>" in later
    assert "<del>De provincie betaalt de helft.</del>" in later


def test_figures_that_differ_stand_side_by_side(client: TestClient) -> None:
    page = client.get("/en/cijfers").text
    assert "Of 2024:" in page
    assert page.count("<mark><span data-start") == 2
    assert "The same promise, another day" in page
    assert "by 20 June 2024" in page


def test_one_document_cannot_be_compared(letter_settings: Settings) -> None:
    client = client_of(Desk(letter_settings))
    assert "twee documenten nodig" in client.get("/vergelijk").text
