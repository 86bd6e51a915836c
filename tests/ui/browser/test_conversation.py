"""A day's work in the conversation: all of a list, what leans, keys, Back, small windows, tabs and the history."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.ui.browser.conftest import opened, settled, violations
from tests.ui.browser.steps import PHONE, ask, clipboard, copied

AT_400 = {"viewport": {"width": 320, "height": 225}}
FIRST, SECOND = "Welke boete krijgt een hoster die niet meewerkt?", "Mag de politie meekijken in privéberichten?"


def labels(turn: Locator) -> list[str]:
    return [text.split(" · ")[0] for text in turn.locator(".card h4").all_text_contents()]


def questions(page: Page) -> list[str]:
    return page.locator(".asked h2").all_text_contents()


# What is asked at once.

# What the browser keeps is opened when `go` is called.
LATE_DATABASE = """
const there = new Promise((go) => { window.go = go; });
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...asked) {
  const request = open.apply(this, asked);
  const told = (call) => request.addEventListener("success", () => there.then(() => call.call(request)));
  Object.defineProperty(request, "onsuccess", { set: told });
  return request;
};
"""


@pytest.mark.parametrize("way", ["Enter", "click"])
@pytest.mark.parametrize("late", ["conversation.js", "database"])
def test_what_is_asked_before_the_page_is_ready_is_answered(page: Page, url: str, way: str, late: str) -> None:
    """While its scripts are on their way, or the earlier turns that the browser keeps."""
    held: list[Route] = []
    if late == "database":
        page.add_init_script(LATE_DATABASE)
    else:
        page.route(f"**/{late}", lambda route: held.append(route))  # noqa: PLW0108 - a built-in cannot be wrapped
    page.goto(url, wait_until="commit")
    box = page.locator("#question")
    box.fill(FIRST)
    if late == "database":
        expect(page.locator("#filters:not([disabled])")).to_be_attached()
    if way == "click":
        page.get_by_role("button", name="Vraag", exact=True).click()
    else:
        box.press("Enter")
    if late == "database":
        page.evaluate("window.go()")
    page.route(f"**/{late}", lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(page.locator(".turn h2")).to_have_text(FIRST)
    expect(page.locator(".turn .card").first).to_be_visible()


# All of it can be reached.


def test_a_range_is_paged_to_its_end(page: Page, url: str) -> None:
    turn = ask(opened(page, url), "vragen 1 t/m 66")
    expect(turn.locator(".way-on")).to_contain_text("10 van 66")
    expect(turn.locator(".card")).to_have_count(10)
    turn.get_by_role("button", name="Toon er 10 meer").click()
    expect(turn.locator(".card")).to_have_count(20)
    expect(turn.locator(".card h4 a").nth(10)).to_be_focused()
    turn.get_by_role("button", name="Toon alle 66").click()
    expect(turn.locator(".card")).to_have_count(66)
    assert labels(turn)[-1] == "Vraag 66"
    expect(turn.get_by_role("button", name=re.compile("^Toon"))).to_have_count(0)


def test_a_ranking_goes_on_and_is_put_in_order(page: Page, url: str) -> None:
    turn = ask(opened(page, url), "livestream")
    turn.get_by_role("button", name="Toon er 10 meer").click()
    expect(turn.locator(".card")).to_have_count(20)
    turn.get_by_label("Volgorde").select_option("number")
    expect(turn.get_by_label("Volgorde")).to_be_focused()
    numbers = [int(label.removeprefix("Vraag ")) for label in labels(turn) if label.startswith("Vraag ")]
    assert numbers == sorted(numbers)
    assert len(labels(turn)) == 20


def test_all_questions_are_one_click_from_the_start(page: Page, url: str) -> None:
    opened(page, url).get_by_text("Alle vragen, per fractie").click()
    group = page.locator("#all-questions details").filter(has_text="CDA (")
    group.locator("summary").click()
    group.get_by_role("link", name=re.compile("^Vraag 30")).click()
    expect(page.locator('#letter [data-unit="vraag-30"].unit h3')).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#side")).to_be_hidden()
    group.get_by_role("button", name=re.compile("antwoorden aan CDA")).click()
    expect(page.locator(".card h4").first).to_contain_text("CDA")


def test_vraag_1_is_its_whole_answer_and_cited_so(page: Page, url: str) -> None:
    turn = ask(opened(page, url), "vraag 1")
    card = turn.locator(".card")
    words = card.locator("> blockquote").inner_text()
    turn = ask(page, "vraag 1 livestream")
    passage = turn.locator(".card").first
    passage.get_by_text("Volledig antwoord").click()
    assert passage.locator("details.whole blockquote").inner_text() == words
    passage.get_by_role("button", name=re.compile("^Kopieer heel antwoord")).click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    whole = clipboard(page)
    passage.get_by_role("button", name=re.compile("^Kopieer citaat")).click()
    copied(page, rf".{{1,{len(whole) - 1}}}$")
    passage.get_by_role("button", name=re.compile("^Heel antwoord naar memo")).click()
    expect(page.locator("#memo-open")).to_contain_text("Memo (")


def test_en_13_is_question_13(page: Page, url: str) -> None:
    """Each answer is what is looked at, however long those before it are."""
    ask(opened(page, url), "vraag 1")
    for number in (13, 14):
        turn = ask(page, f"en {number}?")
        assert labels(turn) == [f"Vraag {number}"]
        expect(turn.locator(".card h4")).to_be_in_viewport()
        top = turn.locator("h2").evaluate("h2 => h2.getBoundingClientRect().top - scroller.getBoundingClientRect().top")
        assert 0 <= top < 60


# Follow-ups.


def test_what_leans_says_so_and_is_undone_with_one_click(page: Page, url: str) -> None:
    ask(opened(page, url), FIRST)
    turn = ask(page, "en wie legt haar op?")
    expect(turn.locator(".searched")).to_contain_text("Gezocht samen met “Welke boete")
    turn.get_by_role("button", name="Zoek zonder vorige vraag").click()
    expect(turn.locator(".searched")).to_have_count(0)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(turn.locator(".searched")).to_be_visible()


# Conversations and tabs.


def test_a_reload_shows_the_answers_that_were_given_with_their_date(page: Page, url: str) -> None:
    """Nothing is asked again: what was read is what is shown, and whoever wants today's asks."""
    ask(opened(page, url), FIRST)
    turn = ask(page, SECOND)
    given = turn.locator(".reply").inner_html()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "woordelijk/answer" in request.url else None)
    page.reload()
    settled(page)
    turn = page.locator(".turn").last
    expect(turn.locator(".card").first).to_be_attached()
    expect(page.locator(".reply[aria-busy]")).to_have_count(0)
    assert questions(page) == [FIRST, SECOND]
    assert turn.locator(".reply").inner_html() == given
    assert asked == []
    expect(turn.locator(".given time")).to_contain_text("2")
    turn.get_by_role("button", name="Vraag opnieuw").click()
    expect(page.locator(".reply[aria-busy]")).to_have_count(0)
    assert len(asked) == 1


def test_back_after_a_new_conversation_shows_the_answer_that_was_given(page: Page, url: str) -> None:
    """From what this browser kept: nothing is asked anew, and Forward is the new one again."""
    ask(opened(page, url), FIRST)
    given = page.locator(".turn .given").text_content()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/answer") else None)
    page.locator("#new-conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.go_back()
    expect(page.locator(".turn .card").first).to_be_visible()
    assert (questions(page), page.locator(".turn .given").text_content()) == ([FIRST], given)
    page.go_forward()
    expect(page.locator("#welcome")).to_be_visible()
    ask(page, SECOND)
    assert questions(page) == [SECOND]
    assert len(asked) == 1


def test_what_is_unfolded_and_judged_stays_so_in_another_order_and_with_more(page: Page, url: str) -> None:
    """And after a reload what was judged."""
    turn = ask(opened(page, url), "vragen 1 t/m 30")
    thumb = turn.locator(".card").first.get_by_role("button", name="Beantwoordt de vraag:")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    unfolded = page.locator("details.question[open]")
    turn.locator(".card details.question > summary").first.click()
    label = turn.locator(".card", has=unfolded).get_attribute("aria-label")
    turn.get_by_label("Volgorde").select_option("document")
    expect(page.locator(".reply[aria-busy]")).to_have_count(0)
    expect(turn.locator(".card", has=unfolded)).to_have_attribute("aria-label", str(label))
    turn.get_by_role("button", name="Toon er 10 meer").click()
    expect(turn.locator(".card")).to_have_count(20)
    expect(turn.locator(".card", has=unfolded)).to_have_attribute("aria-label", str(label))
    expect(thumb).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    expect(turn.locator(".thumb[aria-pressed=true]")).to_have_count(1)
    thumb.click()
    expect(turn.locator(".thumb[aria-pressed=true]")).to_have_count(0)


def test_an_answer_from_other_documents_says_that_they_have_changed(page: Page, url: str) -> None:
    """After a reload, and at once where a later answer comes from other documents."""
    ask(opened(page, url), FIRST)
    changed = page.locator(".turn-tools", has_text="Sindsdien zijn de documenten veranderd.")
    page.reload()
    settled(page)
    expect(page.locator(".turn .card").first).to_be_visible()
    expect(changed).to_have_count(0)

    def others(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, json={**found.json(), "library": "0" * 16})

    page.route("**/woordelijk/answer", others)
    ask(page, SECOND)
    expect(changed).to_have_count(1)
    page.unroute("**/woordelijk/answer")
    page.reload()
    settled(page)
    expect(page.locator(".turn .card").first).to_be_visible()
    expect(page.locator(".turn").last.locator(".changed")).to_be_visible()
    expect(changed).to_have_count(1)


def test_two_tabs_do_not_overwrite_each_other(page: Page, url: str) -> None:
    ask(opened(page, url), FIRST)
    other = page.context.new_page()
    ask(opened(other, url), SECOND)
    assert questions(other) == [SECOND]
    for tab, question in ((page, FIRST), (other, SECOND)):
        tab.reload()
        settled(tab)
        expect(tab.locator(".asked h2")).to_have_text([question])
        expect(tab).to_have_title(f"{question} · Woordelijk")


def test_the_history_is_searched_named_opened_and_removed(page: Page, url: str) -> None:
    ask(opened(page, url), FIRST)
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, SECOND)
    page.get_by_role("button", name="Gesprekken", exact=True).click()
    items = page.locator("#history-items > li")
    expect(items).to_have_count(2)
    assert violations(page) == []
    page.get_by_role("searchbox", name="Zoek in gesprekken").fill("HÓSTER boete")
    expect(items).to_have_count(1)
    items.get_by_role("button", name=re.compile("^Hernoem")).click()
    page.get_by_label("Naam van het gesprek").fill("Over boetes")
    page.keyboard.press("Enter")
    items.get_by_role("button", name="Over boetes", exact=True).click()
    expect(page.locator(".asked h2")).to_have_text([FIRST])
    expect(page.locator("#side")).to_be_hidden()
    page.get_by_role("button", name="Gesprekken", exact=True).click()
    page.get_by_role("button", name="Verwijder: Over boetes").click()
    expect(items).to_have_count(0)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(items).to_have_count(1)


def test_a_conversation_is_exported_with_its_quotations(page: Page, url: str) -> None:
    ask(opened(page, url), FIRST)
    ask(page, "vraag 28")
    page.get_by_role("button", name="Gesprekken", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name=re.compile("^Exporteer Markdown")).click()
    written = coming.value.path().read_text("utf-8")
    assert FIRST in written
    assert "Antwoord van" in written
    assert "> " in written
    assert "antwoord op vraag 28" in written


def test_a_question_is_edited_and_removed(page: Page, url: str) -> None:
    ask(opened(page, url), "vraag 12")
    ask(page, SECOND)
    turn = page.locator(".turn").first
    turn.get_by_role("button", name="Wijzig vraag").click()
    turn.get_by_label("Gewijzigde vraag").fill("vraag 28")
    page.keyboard.press("Enter")
    expect(turn.locator(".card h4")).to_contain_text("Vraag 28")
    turn.get_by_role("button", name="Verwijder").click()
    expect(page.locator(".asked h2")).to_have_text([SECOND])
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator(".asked h2")).to_have_text(["vraag 28", SECOND])


# Telephone, zoom, keyboard, print.


def test_the_keys_that_are_listed_do_what_they_say(page: Page, url: str) -> None:
    """From the box to the first passage's actions in three keys: Enter, j, c."""
    opened(page, url)
    page.keyboard.type(FIRST)
    page.keyboard.press("Enter")
    expect(page.locator("#question")).not_to_be_focused()
    expect(page.locator(".reply[aria-busy]")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator(".card h4 a").first).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    page.keyboard.press("j")
    expect(page.locator(".card h4 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("m")
    expect(page.locator("#memo-open")).to_contain_text("Memo (1)")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_contain_text("passage naar de memo")
    assert violations(page) == []
    page.get_by_label("Toetsen met één letter gebruiken").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator(".card h4 a").first.focus()
    page.keyboard.press("j")
    expect(page.locator(".card h4 a").first).to_be_focused()


def test_arrow_up_brings_earlier_questions_back(page: Page, url: str) -> None:
    ask(opened(page, url), FIRST)
    ask(page, SECOND)
    page.keyboard.press("/")
    for key, value in (("ArrowUp", SECOND), ("ArrowUp", FIRST), ("ArrowDown", SECOND), ("ArrowDown", "")):
        page.keyboard.press(key)
        expect(page.locator("#question")).to_have_value(value)
    page.keyboard.press("Escape")
    expect(page.locator(".asked h2").last).to_be_focused()


@pytest.mark.parametrize("page", [{}, PHONE], indirect=True, ids=["computer", "phone"])
def test_back_closes_what_lies_on_top(page: Page, url: str) -> None:
    ask(opened(page, url), FIRST)
    address = page.url
    page.locator("#memo-open").click()
    expect(page.locator("#memo")).to_be_visible()
    page.go_back()
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#memo-open")).to_be_focused()
    page.get_by_role("button", name="Gesprekken", exact=True).click()
    expect(page.locator("#history")).to_be_visible()
    page.locator("#side-close").click()
    expect(page.locator("#side")).to_be_hidden()
    page.locator(".card h4 a").first.click()
    expect(page.locator("#letter .unit").first).to_be_visible()
    page.go_back()
    expect(page.locator("#side")).to_be_hidden()
    assert page.url == address
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_a_telephone_gives_the_room_to_the_answer(page: Page, url: str) -> None:
    opened(page, url)
    expect(page.locator("#question")).not_to_be_focused()
    turn = ask(page, "vraag 1")
    expect(page.locator("#question")).not_to_be_focused()
    for mark in turn.locator(".note-mark").all():
        box = mark.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(
    "page", [AT_400, {"viewport": {"width": 640, "height": 450}}], indirect=True, ids=["400", "200"]
)
def test_all_can_be_read_when_it_is_enlarged(page: Page, url: str) -> None:
    """The box covers less than half, nothing sticks out, and the whole first passage can be scrolled to."""
    turn = ask(opened(page, url), FIRST)
    width, height = page.viewport_size["width"], page.viewport_size["height"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button = turn.locator(".card").first.get_by_role("button", name=re.compile("^Naar memo"))
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport()
    box = page.locator("#composer").bounding_box()
    assert box
    assert max(0, min(height, box["y"] + box["height"]) - max(0, box["y"])) < height / 2
    button.click()
    expect(page.locator("#memo-open")).to_contain_text("Memo (1)")
    assert violations(page) == []
