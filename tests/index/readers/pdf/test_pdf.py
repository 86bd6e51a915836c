"""A PDF becomes the words that were set, in reading order, and nothing of the page around them."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.language.span import Span
from index.readers.canonical import Reading
from index.readers.read import read_document
from tests.index.readers.pdf.samples import (
    BOLD,
    BOTTOM,
    LEFT,
    PLAIN,
    RIGHT,
    Stroke,
    Type,
    lines,
    one_page,
    paragraphs,
    pdf,
    read,
    set_lines,
    set_paragraphs,
    with_a_picture,
    with_frame,
)

QUESTION = "Kunt u toelichten waarom het percentage voor deze lening op twee procent is gesteld, en wat dat betekent?"
ANSWER = (
    "Bij de invoering van de regeling is toegelicht waarom de hoogte van de rente is bepaald. Daarbij is aangesloten "
    "bij het percentage dat in het kader van de tijdelijke maatregelen wordt gehanteerd. De rente is het eerste jaar "
    "lager en daarna niet meer, zoals de leden van de commissie eerder is geschreven."
)
FILLING = [f"Vraag {number}. {QUESTION} {ANSWER}" for number in range(1, 31)]


def bold(reading: Reading) -> list[str]:
    return [span.of(reading.text) for span in reading.emphasis]


def rows(reading: Reading, table: int = 0) -> list[list[str]]:
    def text(cell: Span | None) -> str:
        return cell.of(reading.text) if cell else ""

    return [[text(cell) for cell in row] for row in reading.tables[table].rows]


def test_lines_are_joined_and_paragraphs_kept() -> None:
    assert paragraphs(read(pdf(set_paragraphs([QUESTION, ANSWER, "Ja."])))) == [QUESTION, ANSWER, "Ja."]


def test_a_paragraph_goes_on_over_the_page_and_says_where_it_turns() -> None:
    reading = read(pdf(set_paragraphs(FILLING)))
    assert paragraphs(reading) == FILLING
    turn = next(place for place in reading.places if place.page == 2)
    first_page = " ".join(item.text for item in set_paragraphs(FILLING)[0])
    assert reading.text[: turn.start].split() == first_page.split()


def test_without_space_between_them_paragraphs_end_where_a_word_would_still_have_fitted() -> None:
    texts = [
        "Vraag 1",
        QUESTION,
        "Antwoord 1",
        "Ja. Ik verwijs naar het antwoord op vraag 2.",
        "Dat is alles wat telt.",
    ]
    assert paragraphs(read(pdf(set_paragraphs(texts, gap=0)))) == texts


def test_a_number_at_the_start_of_a_full_line_begins_no_paragraph() -> None:
    first = "Voor het antwoord op deze vraag verwijs ik naar het antwoord op de eerdere vraag"
    second = "14. In aanvulling daarop geldt dat in de besluitvorming het ministerie toetst of het gevolg is"
    page = set_lines([first, second, "gegeven aan de verplichting."])
    assert paragraphs(read(pdf([page]))) == [f"{first} {second} gegeven aan de verplichting."]


def test_running_heads_feet_and_page_numbers_are_left_out_and_a_questions_number_is_not() -> None:
    """Question 23 stands alone on the last line of its page, as a page number does."""
    pages: list[list[Type | Stroke]] = [list(page) for page in set_paragraphs(FILLING)]
    pages[1] = [item for item in pages[1] if not isinstance(item, Type) or item.y < BOTTOM - 60]
    pages[1].append(Type(LEFT, BOTTOM, "23"))
    reading = read(pdf(with_frame(pages, "Ministerie van Financiën, dossier 36 450", "Pagina")))
    assert "Ministerie" not in reading.text
    assert "Pagina" not in reading.text
    assert "23" in paragraphs(reading)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"{word} {ANSWER}" for word in ("Eerst.", "Tweede.", "Derde.")]
    right = [f"{word} {ANSWER}" for word in ("Vierde.", "Vijfde.", "Zesde.")]
    page = [
        Type(LEFT, 80, "Aanhangsel van de Handelingen over de hele breedte van de bladzijde gezet in groter", BOLD, 10),
        *set_paragraphs(left, width=200)[0],
        *set_paragraphs(right, width=200, x=310)[0],
    ]
    assert paragraphs(read(pdf([page])))[1:] == [*left, *right]


def test_hyphens_at_line_ends_are_undone_over_lines_and_pages() -> None:
    first = set_lines(["In hoeverre bent u van mening dat dit rentepercen-", "tage voor de ex-", "partner van Noord-"])
    first += [Type(LEFT, 156, "Holland in wet- en regelgeving geldt, zonder bevoegd-")]
    second = [Type(LEFT, 120, "heid van het college?")]
    text = read(pdf([first, second])).text
    assert "rentepercentage voor de ex-partner van Noord-Holland in wet- en regelgeving" in text
    assert "zonder bevoegdheid van" in text


NOTE = (
    "Kamerstuk 36 450, nr. 6, over een onderwerp dat op de volgende regel verder gaat, want deze noot is langer dan de "
    "breedte van de kolom waarin zij staat en dus ook langer dan een regel."
)


def foot(texts: list[str]) -> list[Type | Stroke]:
    """Lines of notes below a rule."""
    return [Stroke(LEFT, 690, LEFT + 60, 690), *set_lines(texts, LEFT + 8, 704, PLAIN, 7.5, 9)]


def test_notes_are_matched_to_raised_marks_and_taken_out() -> None:
    page: list[Type | Stroke] = [
        *set_lines(lines(ANSWER, RIGHT - LEFT)),
        Type(LEFT, 200, "Dit blijkt uit cijfers"),
        Type(LEFT + stringWidth("Dit blijkt uit cijfers", PLAIN, 10), 196, "9", PLAIN, 6),
        Type(186, 200, "van een perceel van 12 km"),
        Type(186 + stringWidth("van een perceel van 12 km", PLAIN, 10), 196, "2", PLAIN, 6),
        Type(313, 200, "groot."),
        *foot(lines(NOTE, RIGHT - LEFT - 8, size=7.5)),
        Type(LEFT, 701, "9", PLAIN, 5),
    ]
    reading = read(pdf([page]))
    (note,) = reading.footnotes
    assert note.number == 9
    assert reading.text[: note.mark].endswith("blijkt uit cijfers")
    assert note.body.of(reading.text) == NOTE
    assert "cijfers van een perceel van 12 km² groot." in reading.text


def test_a_note_that_goes_on_over_the_page_stays_whole() -> None:
    first, *rest = lines(NOTE, RIGHT - LEFT - 8, size=7.5)
    text: list[Type | Stroke] = [*set_lines(lines(ANSWER, RIGHT - LEFT))]
    mark = Type(LEFT + stringWidth("Dit blijkt", PLAIN, 10), 196, "1", PLAIN, 6)
    label = Type(LEFT, 701, "1", PLAIN, 5)
    reading = read(pdf([[*text, *foot([first]), Type(LEFT, 200, "Dit blijkt"), mark, label], [*text, *foot(rest)]]))
    assert [note.body.of(reading.text) for note in reading.footnotes] == [NOTE]


def test_a_mark_without_a_note_stays_a_raised_figure() -> None:
    """ "2024" with a lost note 1 must not become 20,241."""
    page = [
        *set_lines(lines(ANSWER, RIGHT - LEFT)),
        Type(LEFT, 200, "tot 1 december 2024"),
        Type(169, 196, "1", PLAIN, 6),
    ]
    assert "december 2024¹" in read(pdf([page])).text


def table(top: float, texts: list[list[str]], ruled: bool) -> list[Type | Stroke]:
    edges = [LEFT, LEFT + 130, LEFT + 260, LEFT + 380]
    items: list[Type | Stroke] = []
    for place, row in enumerate(texts):
        y = top + 24 * place
        items += [Type(edge + 4, y + 12, cell) for edge, cell in zip(edges, row, strict=False)]
        if ruled:
            items += [Stroke(edge, y, edge, y + 24) for edge in edges] + [Stroke(edges[0], y, edges[-1], y)]
    return [*items, Stroke(edges[0], top + 24 * len(texts), edges[-1], top + 24 * len(texts))] if ruled else items


HEAD = ["Taak", "Grondslag", "Bedrag"]
BODY = [[f"Taak nummer {number}", f"Artikel {number}", f"{number}.000"] for number in range(1, 7)]


def test_a_ruled_table_over_two_pages_is_one_and_has_its_head_once() -> None:
    text = set_lines(lines(ANSWER, RIGHT - LEFT))
    reading = read(pdf([[*text, *table(300, [HEAD, *BODY[:3]], True)], table(120, [HEAD, *BODY[3:]], True)]))
    assert len(reading.tables) == 1
    assert rows(reading) == [HEAD, *BODY]


def test_cells_without_rules_stand_in_columns_too() -> None:
    text = set_lines(lines(ANSWER, RIGHT - LEFT))
    assert rows(read(pdf([[*text, *table(300, [HEAD, *BODY], False)]]))) == [HEAD, *BODY]


def test_a_cell_over_two_columns_leaves_the_second_empty() -> None:
    items = table(300, [HEAD, *BODY], True)
    wide = [Type(LEFT + 4, 292, "Kerntaken"), Stroke(LEFT, 276, LEFT + 380, 276)]
    sides = [Stroke(LEFT, 276, LEFT, 300), Stroke(LEFT + 380, 276, LEFT + 380, 300)]
    text = set_lines(lines(ANSWER, RIGHT - LEFT))
    assert rows(read(pdf([[*text, *items, *wide, *sides]])))[:2] == [["Kerntaken", "", ""], HEAD]


def test_bold_runs_are_emphasis() -> None:
    page = [Type(LEFT, 120, "Vraag 1", BOLD), Type(LEFT, 132, QUESTION[:60], BOLD), Type(LEFT, 144, "Ja, dat klopt.")]
    reading = read(pdf([page]))
    assert bold(reading) == ["Vraag 1", QUESTION[:60].strip()]
    assert paragraphs(reading)[-1] == "Ja, dat klopt."


def test_numbers_and_bullets_of_a_list_stay_with_their_items() -> None:
    items = [Type(LEFT, 120, "De taken zijn de volgende, zoals de regering eerder heeft geschreven aan de Kamer:")]
    for place, (label, first, second) in enumerate(
        [
            ("1.", "het eerste dat de regering doet en dat verder gaat op", "de regel hieronder"),
            ("2.", "het tweede;", ""),
        ]
    ):
        y = 144 + 30 * place
        items += [Type(LEFT, y, label), Type(LEFT + 20, y, first), Type(LEFT + 20, y + 12, second)]
    assert paragraphs(read(pdf([items])))[1:] == [
        "1. het eerste dat de regering doet en dat verder gaat op de regel hieronder",
        "2. het tweede;",
    ]


def test_the_colophon_is_no_text_but_says_what_it_knows() -> None:
    margin = [Type(490, 120 + 9 * place, text, PLAIN, 6.5) for place, text in enumerate(["Ons kenmerk", "5401166"])]
    reading = read(pdf([[*set_lines(lines(ANSWER, RIGHT - LEFT)), *margin]]))
    assert paragraphs(reading) == [ANSWER]
    assert reading.metadata == {"reference": "5401166"}


def test_an_official_publication_is_known_by_its_identifier() -> None:
    foot = Type(LEFT, 800, "Tweede Kamer, vergaderjaar 2020–2021, Aanhangsel 1", PLAIN, 9)
    margin = [Type(20, 790, "ah-tk-20202021-3235", PLAIN, 6), Type(20, 797, "ISSN 0921 - 7398", PLAIN, 6)]
    reading = read(pdf([[*set_lines(lines(ANSWER, RIGHT - LEFT)), *margin, foot]]))
    assert paragraphs(reading) == [ANSWER]
    assert reading.metadata == {"year": "2020/21", "appendix": "3235"}


def test_what_the_reader_doubts_is_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(with_a_picture(["De vraag van de leden is gesteld.", "", "Het antwoord is gegeven."]))
    document = read_document(path)
    report = parse_report(parse(document))
    assert "page 2: a picture without text, so what it shows is missing here" in report.doubts
    # A page without text is where the text goes on behind it.
    (doubt,) = report.to_look_at
    assert document.place(doubt.at or 0) == document.places[-1]


def test_the_count_of_words_names_a_page_that_is_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(with_a_picture(["De vraag van de leden is gesteld.", "", "Het antwoord is gegeven."]))
    report = parse_report(parse(read_document(path)))
    assert "NOT READ page 2: a picture without text" in report.words_as_text()
    assert "NIET GELEZEN pagina 2: een afbeelding zonder tekst" in report.words_as_text("nl")


def test_a_page_kept_on_its_side_is_read_as_its_letters_run() -> None:
    sideways = b"q 0 1 -1 0 595 0 cm BT /F1 10 Tf 80 500 Td (De vraag van de leden) Tj ET Q"
    assert read(one_page(sideways)).text == "De vraag van de leden"


def test_letters_set_apart_for_emphasis_stay_one_word() -> None:
    assert read(one_page(b"BT /F1 10 Tf 3 Tc 80 700 Td (De vraag van) Tj ET")).text == "De vraag van"


def test_type_printed_twice_to_look_bold_is_read_once() -> None:
    twice = b"".join(b"BT /F1 10 Tf %s 700 Td (De vraag) Tj ET " % x for x in (b"80", b"80.3"))
    assert read(one_page(twice)).text == "De vraag"


def test_a_sentence_at_the_same_place_on_two_pages_is_no_running_line() -> None:
    page = [Type(LEFT, 60, "Ja, dat klopt."), *set_lines(lines(ANSWER, 380))]
    assert read(pdf([page, page])).text.count("Ja, dat klopt.") == 2


def test_a_bare_number_at_the_top_of_a_page_is_not_taken_for_that_pages_number() -> None:
    pages = [[Type(LEFT, 60, "1"), *set_lines(lines(ANSWER, 380))], set_lines(lines(ANSWER, 380))]
    assert paragraphs(read(pdf(pages)))[0] == "1"


WORD = st.sampled_from(
    "de regering onderschrijft het belang van ouders en kinderen in Nederland 2024 € 5,75% «vaak» één".split()
)
PARAGRAPH = st.lists(WORD, min_size=3, max_size=80).map(lambda words: f"Zo {' '.join(words)}.")


@settings(max_examples=15, deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=12))
def test_every_word_that_was_set_is_read_in_its_order(texts: list[str]) -> None:
    assert paragraphs(read(pdf(set_paragraphs(texts)))) == texts
