"""Measuring in the browser: with progress, a report, a way to stop, and judgements of one's own."""

import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from index.model.types import Parsed
from tests.ui.browser.conftest import settled


def open_evaluation(page: Page, url: str) -> Page:
    page.goto(f"{url}evaluatie")
    return settled(page)


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
    page.get_by_label("Mijn eigen vragen en oordelen").check()
    page.locator("#own-topics input[type=file]").set_input_files(files)
    expect(page.locator("#own-topics")).to_contain_text(files[-1].stem)


def test_ones_own_questions_are_measured(page: Page, url: str, letter: Parsed, tmp_path: Path) -> None:
    """With progress meanwhile; then tables and plots per kind, and what was won and lost."""
    open_evaluation(page, url)
    choose(page, topics(tmp_path, letter))
    page.get_by_role("button", name="Meet", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    report = page.locator(".evaluation")
    expect(report).to_be_visible(timeout=60_000)
    expect(report).to_contain_text("n = 3 answerable")
    expect(report.get_by_role("heading", name="woordelijk against words, topic by topic")).to_be_visible()
    assert report.locator("svg").count() >= 2
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download de resultaten").click()
    with zipfile.ZipFile(waited.value.path()) as archive:
        assert {"scores.json", "report.html", "runs/woordelijk.run"} <= set(archive.namelist())


def test_faults_in_topics_are_named(page: Page, url: str, letter: Parsed, tmp_path: Path) -> None:
    files = topics(tmp_path, letter)
    files[1].write_text(files[1].read_text("utf-8").replace("\t3\n", "\t9\n"), encoding="utf-8")
    open_evaluation(page, url)
    choose(page, files)
    page.get_by_role("button", name="Meet", exact=True).click()
    refused = page.get_by_role("alert").filter(has_text="Er is niets gemeten")
    expect(refused).to_be_visible(timeout=30_000)
    expect(refused).to_contain_text("qrels.tsv, regel 2: relevance is 9")
    assert "/tmp" not in refused.inner_text()
    expect(page.get_by_role("button", name="Meet", exact=True)).to_be_enabled()


def test_measuring_can_be_stopped(page: Page, url: str) -> None:
    open_evaluation(page, url)
    page.get_by_role("button", name="Meet", exact=True).click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_enabled()
    expect(page.get_by_role("progressbar")).to_be_visible()
    stop.click()
    expect(page.get_by_role("status").filter(has_text="Gestopt")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Meet", exact=True)).to_be_enabled()
    expect(page.locator(".evaluation")).to_have_count(0)


def test_thumbs_become_judgements_to_look_through(page: Page, url: str, letter: Parsed, tmp_path: Path) -> None:
    page.goto(f"{url}?vraag=Hoeveel+fte+werkt+bij+de+TBKK")
    card = page.locator(".card").first
    thumb = card.get_by_role("button", name="Beantwoordt de vraag:")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    open_evaluation(page, url)
    listed = page.get_by_role("checkbox", name="Beantwoordt: Hoeveel fte werkt bij de TBKK — Vraag")
    expect(listed).to_be_visible()
    page.get_by_role("button", name="Maak er vragen en oordelen van").click()
    expect(page.get_by_role("status").filter(has_text="Vink eerst de oordelen aan")).to_be_visible()
    listed.check()
    page.get_by_role("button", name="Maak er vragen en oordelen van").click()
    expect(page.get_by_role("status").filter(has_text="Vragen die klaarstaan, met oordelen: 1.")).to_be_visible()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download topics.jsonl en qrels.tsv").click()
    with zipfile.ZipFile(waited.value.path()) as archive:
        assert archive.read("qrels.tsv").decode().splitlines()[1].startswith(f"q001\t{letter.document.id}\tVraag ")
