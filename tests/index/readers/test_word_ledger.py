"""What a file shows is in the canonical text or left out on purpose; what is lost or glued is named with its page."""

import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.language.span import Span
from index.model.doubts import doubt_text
from index.model.types import Excerpt, Footnote, Place
from index.readers import html, plain_text
from index.readers.read import read_document
from index.readers.word_ledger import SUPPOSED, balance

TEXT = "De boete bedraagt ten hoogste 870.000 euro of tien procent van de omzet."
WORDS = TEXT.split()


def test_a_text_with_all_its_words_is_in_balance() -> None:
    ledger = balance([Excerpt(TEXT.replace("euro ", "euro\r\n"), 1)], TEXT, (Place(0, 1),))
    assert (ledger.shown, ledger.lost, ledger.glued) == (len(WORDS), (), ())


@given(st.integers(0, len(WORDS) - 1), st.integers(1, 3))
def test_words_that_are_missing_are_lost_with_their_page(start: int, count: int) -> None:
    kept = WORDS[:start] + WORDS[start + count :]
    ledger = balance([Excerpt("Vraag 1", 6), Excerpt(TEXT, 7)], f"Vraag 1 {' '.join(kept)}", (Place(0, 6), Place(8, 7)))
    assert " ".join(excerpt.text for excerpt in ledger.lost).split() == WORDS[start : start + count]
    assert {excerpt.page for excerpt in ledger.lost} == {7}


@given(st.integers(1, len(WORDS) - 1))
def test_two_words_without_their_space_are_glued(place: int) -> None:
    text = " ".join(WORDS[:place]) + " ".join(WORDS[place:])
    ledger = balance([Excerpt(TEXT, 3)], text, (Place(0, 3),))
    assert ledger.glued == (Excerpt(f"{WORDS[place - 1]} {WORDS[place]}", 3),)
    assert not ledger.lost


def test_a_word_that_stands_elsewhere_too_does_not_hide_the_one_that_is_lost() -> None:
    ledger = balance([Excerpt("de boete en de omzet", 1)], "de boete en omzet", (Place(0, 1),))
    assert [excerpt.text for excerpt in ledger.lost] == ["de"]


def test_a_word_broken_at_a_line_end_may_be_put_together() -> None:
    shown = "het rentepercen\x02tage van de Wob-\r\nartikelen op www.rijks-\r\noverheid.nl/wob"
    text = "het rentepercentage van de Wob-artikelen op www.rijksoverheid.nl/wob"
    ledger = balance([Excerpt(shown, 1)], text, (Place(0, 1),))
    assert (ledger.lost, ledger.glued) == ((), ())


def test_a_hyphen_in_the_middle_of_a_line_may_not_go() -> None:
    ledger = balance([Excerpt("een Wob-verzoek kan", 1)], "een Wobverzoek kan", (Place(0, 1),))
    assert [excerpt.text for excerpt in ledger.lost] == ["Wob-verzoek"]


def test_a_line_end_without_a_hyphen_is_a_space() -> None:
    ledger = balance([Excerpt("de datum\r\nvan het besluit", 2)], "de datumvan het besluit", (Place(0, 2),))
    assert ledger.glued == (Excerpt("datum van", 2),)


def test_what_is_left_out_on_purpose_is_named_and_not_lost() -> None:
    left = Excerpt("Pagina 2 van 9", 2, "running foot")
    ledger = balance([Excerpt(f"{TEXT}\r\nPagina 2 van 9", 2)], TEXT, (Place(0, 2),), left_out=[left])
    assert (ledger.left_out, ledger.lost, ledger.words_left_out) == ((left,), (), 4)


def test_what_is_left_out_counts_once() -> None:
    left = Excerpt("de omzet", 1, "running head")
    ledger = balance([Excerpt("de omzet de omzet", 1)], "", left_out=[left])
    assert ledger.lost_words == 2


def test_a_badly_set_word_is_not_glued_but_two_words_are() -> None:
    shown = f"Rijns{SUPPOSED}traat 8 en heeft u{SUPPOSED}de brief die u van de heer kreeg"
    ledger = balance([Excerpt(shown, 1)], "Rijnstraat 8 en heeft ude brief die u van de heer kreeg", (Place(0, 1),))
    assert ledger.glued == (Excerpt("u de", 1),)


def test_raised_figures_and_marks_of_notes_are_the_readers_to_part() -> None:
    text = "ruim 10⁶ m² volgens de brief.\n\nZie de bijlage."
    notes = (Footnote(3, 29, Span(31, len(text))),)
    marks = [Excerpt("3", 1, "note mark"), Excerpt("3", 1, "note number")]
    ledger = balance(
        [Excerpt("ruim 106 m2 volgens de brief.3\r\n3 Zie de bijlage.", 1)], text, (Place(0, 1),), notes, marks
    )
    assert (ledger.lost, ledger.glued) == ((), ())


def test_doubts_name_the_page_and_the_words() -> None:
    ledger = balance([Excerpt("de boete en de omzet", 4)], "boeteen de omzet", (Place(0, 4),))
    assert [doubt_text(doubt, "en") for doubt in ledger.doubts()] == [
        "page 4: words that are not in the text: “de”",
        "page 4: words without the space between them: “boete en”",
    ]


def test_a_doubt_of_a_file_without_pages_counts_what_it_does_not_name() -> None:
    (doubt,) = balance([Excerpt("een a twee b drie c vier d vijf e zes")], "a b c d e").doubts()
    assert doubt_text(doubt, "nl") == (
        "het bestand: woorden die niet in de tekst staan: “een”; “twee”; “drie”; “vier”; “vijf”; … (6)"
    )


PARTS = st.lists(st.text("ab1-.", min_size=1, max_size=4), max_size=12)


@settings(max_examples=200, deadline=None)
@given(PARTS, PARTS)
def test_no_words_are_lost_that_stand_in_the_text_and_none_appear(shown: list[str], more: list[str]) -> None:
    text = " ".join([*shown, *more])
    assert balance([Excerpt(" ".join(shown), 1)], text, (Place(0, 1),)).lost == ()
    assert balance([Excerpt(" ".join(shown), 1)], "").lost_words == balance([Excerpt(" ".join(shown), 1)], text).shown


def test_a_mark_that_stands_apart_makes_no_word_lost() -> None:
    assert balance([Excerpt("De voorzitter: ja")], "De voorzitter\n:\nja").lost == ()


HTML = b"""<body><nav>Naar de inhoud</nav><p>De boete is 870<b>.000</b> euro.<sup><a href="#n1">1</a></sup></p>
<script>var x = "geen woord"</script><p style="display:none">verborgen</p>
<ul><li>een</li><li>twee</li></ul><p id="n1" class="voetnoot">1 Zie de wet.</p></body>"""


def test_of_a_web_page_what_is_shown_counts() -> None:
    ledger = html.read(HTML).ledger
    assert ledger
    assert (ledger.lost, ledger.glued) == ((), ())
    assert [(left.kind, left.text) for left in ledger.left_out][:1] == [("menu", "Naar de inhoud")]
    assert not any("geen woord" in left.text or "verborgen" in left.text for left in ledger.left_out)


def test_of_plain_text_the_marks_are_left_out_by_name() -> None:
    reading = plain_text.read(b"De boete [bookmark: _a]is hoog.[footnoteRef:1] [1:  Zie de [oude] wet.] Dat is zo.")
    ledger = reading.ledger
    assert ledger
    assert (ledger.lost, ledger.glued) == ((), ())
    assert {left.kind for left in ledger.left_out} == {"bookmark", "footnote mark", "note number"}


def test_the_report_of_a_file_counts_its_words(tmp_path: Path) -> None:
    path = tmp_path / "pagina.html"
    path.write_bytes(HTML)
    report = parse_report(parse(read_document(path)))
    assert report.words == 14
    assert (report.lost, report.glued) == ((), ())
    assert [finding.label for finding in report.left_out][:1] == ["menu"]
    assert "left out menu: Naar de inhoud" in report.words_as_text()
    assert "weggelaten menu: Naar de inhoud" in report.words_as_text("nl")


def test_a_file_made_of_words_that_are_all_glued_is_counted_soon() -> None:
    shown = SUPPOSED.join(["a"] * 20_000) + " a a b"
    start = time.monotonic()
    ledger = balance([Excerpt(shown, 1)], " ".join(["aa"] * 10_000), (Place(0, 1),))
    assert ledger.lost
    assert time.monotonic() - start < 20


def test_a_figure_set_low_and_an_ordinal_set_high_are_each_counted_once() -> None:
    ledger = balance([Excerpt("CO2 en de 2 e Kamer", 1)], "CO₂ en de 2e Kamer", (Place(0, 1),))
    assert (ledger.lost, ledger.glued) == ((), ())
