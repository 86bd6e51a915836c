"""Measuring in the browser: with progress, a report, a way to stop, and judgements of one's own."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from index.model.types import Parsed
from tests.ui.browser.conftest import opened, violations


def topics(folder: Path, letter: Parsed) -> list[Path]:
    """Three questions about the letter with their answers, as a person writes them down."""
    questions = [(unit, f"vraag over {unit.question_text(letter.document.text)[:60]}") for unit in letter.units[:3]]
    lines = [f'{{"id": "q{n}", "question": "vraag {unit.numbers[0]}"}}\n' for n, (unit, _) in enumerate(questions)]
    rows = [
        f"q{n}\t{letter.document.id}\t{unit.label}\t{unit.answer.start}\t{unit.answer.end}\t3\n"
        for n, (unit, _) in enumerate(questions)
        if unit.answer
    ]
    files = [folder / "topics.jsonl", folder / "qrels.tsv"]
    files[0].write_text("".join(lines), encoding="utf-8")
    files[1].write_text("topic\tdocument\tunit\tstart\tend\trelevance\n" + "".join(rows), encoding="utf-8")
    return files


def choose(page: Page, files: list[Path]) -> None:
    page.get_by_label("Mijn eigen vragen en oordelen, uit een bestand").check()
    page.locator("#own-topics input[type=file]").set_input_files(files)
    expect(page.locator("#own-topics")).to_contain_text(files[-1].stem)


def start(page: Page) -> None:
    page.get_by_role("button", name="Meet", exact=True).click()


def test_ones_own_questions_are_measured(page: Page, url: str, letter: Parsed, tmp_path: Path) -> None:
    """In plain words with a link for each question; tables, plots and a file of everything below."""
    opened(page, f"{url}evaluatie")
    choose(page, topics(tmp_path, letter))
    start(page)
    expect(page.get_by_role("progressbar")).to_be_visible()
    outcome = page.locator(".evaluation-outcome")
    expect(outcome).to_contain_text("Bij 3 van uw 3 vragen stond het goede antwoord bovenaan.", timeout=150_000)
    expect(outcome).to_contain_text("Ter vergelijking, alleen woorden: ")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    report = page.locator(".evaluation")
    expect(report).to_be_hidden()
    page.get_by_text("Cijfers en grafieken").click()
    expect(report).to_contain_text("3 vragen met een antwoord, 0 zonder")
    expect(report.get_by_role("heading", name="woordelijk tegen words, vraag voor vraag")).to_be_visible()
    assert report.locator("svg").count() >= 2
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download de resultaten").click()
    with zipfile.ZipFile(waited.value.path()) as archive:
        assert {"scores.json", "report.html", "runs/woordelijk.run"} <= set(archive.namelist())
    outcome.get_by_role("link", name=f"vraag {letter.units[0].numbers[0]}", exact=True).click()
    expect(page.locator(".card").first).to_be_visible()


def test_faults_in_topics_are_named(page: Page, url: str, letter: Parsed, tmp_path: Path) -> None:
    """In Dutch, with file and line and no folder."""
    files = topics(tmp_path, letter)
    files[1].write_text(files[1].read_text("utf-8").replace("\t3\n", "\t9\n"), encoding="utf-8")
    opened(page, f"{url}evaluatie")
    choose(page, files)
    start(page)
    refused = page.get_by_role("alert").filter(has_text="Er is niets gemeten")
    expect(refused).to_be_visible(timeout=30_000)
    expect(refused).to_contain_text("qrels.tsv, regel 2: relevance is 9; verwacht: 0 tot 3.")
    assert "/tmp" not in refused.inner_text()
    expect(page.get_by_role("button", name="Meet", exact=True)).to_be_enabled()


def test_measuring_goes_on_when_the_page_is_left_and_can_be_stopped(page: Page, url: str) -> None:
    """The progress moves, and is there again in the other language too."""
    opened(page, f"{url}evaluatie")
    start(page)
    state = page.locator("#evaluation-state")
    expect(state).to_contain_text(re.compile(r"vraag [1-9]\d* van \d+"), timeout=150_000)
    before = state.inner_text()
    page.goto(url)
    expect(page.locator("#welcome")).to_be_visible()
    page.goto(f"{url}en/evaluatie?taal=en")
    expect(state).to_contain_text(re.compile(r"question \d+ of \d+"))
    page.goto(f"{url}evaluatie?taal=nl")
    expect(state).to_contain_text(re.compile(r"vraag [1-9]\d* van \d+"))
    assert state.inner_text() != before
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status").filter(has_text="Gestopt")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Meet", exact=True)).to_be_enabled()
    expect(page.locator(".evaluation-outcome")).to_have_count(0)


def test_thumbs_become_questions_in_one_click(page: Page, url: str, letter: Parsed) -> None:
    """What was judged is ticked; one click measures it, and a file of it can be had."""
    page.goto(f"{url}?vraag=Hoeveel+fte+werkt+bij+de+TBKK")
    thumb = page.locator(".card").first.get_by_role("button", name="Beantwoordt de vraag:")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    opened(page, f"{url}evaluatie")
    listed = page.get_by_role("checkbox", name="Beantwoordt: Hoeveel fte werkt bij de TBKK — Vraag")
    expect(listed).to_be_checked()
    page.get_by_role("button", name="Meet met deze oordelen").click()
    expect(page.locator(".evaluation-outcome")).to_contain_text(
        "Bij de vraag stond het goede antwoord bovenaan.", timeout=150_000
    )
    page.get_by_role("button", name="Maak er een bestand van").click()
    expect(page.get_by_role("status").filter(has_text="Vragen die klaarstaan, met oordelen: 1.")).to_be_visible()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download topics.jsonl en qrels.tsv").click()
    with zipfile.ZipFile(waited.value.path()) as archive:
        assert archive.read("qrels.tsv").decode().splitlines()[1].startswith(f"q001\t{letter.document.id}\tVraag ")
    listed.uncheck()
    page.get_by_role("button", name="Meet met deze oordelen").click()
    expect(page.get_by_role("alert")).to_contain_text("Vink eerst de oordelen aan")
