"""What a page of a real file does with its words: labels in margins, heads that occur once, tables without rules."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from index.readers.canonical import Reading
from tests.index.readers.pdf.samples import (
    BOLD,
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
)

SENTENCES = [
    "De Autoriteit houdt toezicht op de naleving van de wet en rapporteert daarover ieder jaar aan de Kamer.",
    "Daarbij is aangesloten bij het percentage dat in het kader van de tijdelijke maatregelen wordt gehanteerd.",
    "Over de verdeling is overleg gevoerd met de gemeenten, met de politie en met het Openbaar Ministerie.",
]
BODY = " ".join(SENTENCES)


def left_out(reading: Reading, kind: str) -> list[str]:
    assert reading.ledger
    return [excerpt.text for excerpt in reading.ledger.left_out if excerpt.kind == kind]


def table_rows(reading: Reading) -> list[list[str]]:
    return [
        [" ".join(cell.of(reading.text).split()) if cell else "" for cell in row]
        for table in reading.tables
        for row in table.rows
    ]


# Labels beside the text.


@pytest.mark.parametrize("size", [7, 8, 9])
@pytest.mark.parametrize("names", [("Agendapunt:", "Besluit:"), ("Onderwerp", "Reactie"), ("Datum:", "Voorstel:")])
@pytest.mark.parametrize("step", [12, 14, 18])
def test_labels_in_small_type_beside_the_text_are_text(size: int, names: tuple[str, str], step: int) -> None:
    pages = []
    for page in range(3):
        items: list[Type | Stroke] = []
        y = 100.0
        for number in range(5):
            texts = lines(f"Brief van de minister over onderwerp {page}{number}. {SENTENCES[0]}", 300)
            items += [Type(72, y, names[0], PLAIN, size), *set_lines(texts, 160, y, leading=step)]
            y += step * len(texts)
            items += [Type(72, y, names[1], PLAIN, size), Type(160, y, "Voor kennisgeving aangenomen.")]
            y += step + 12
        pages.append(items)
    text = read(pdf(pages)).text
    assert [text.count(name) for name in names] == [15, 15]
    assert text.index(names[0]) < text.index("Brief van de minister over onderwerp 00") < text.index(names[1])


def test_a_note_beside_the_middle_of_a_paragraph_does_not_part_it() -> None:
    texts = lines(BODY, 300)
    note = [Type(72, 112, "Toezicht en", PLAIN, 7), Type(72, 121, "verantwoording", PLAIN, 7)]
    found = paragraphs(read(pdf([[*set_lines(texts, 160, 100), *note, *set_lines(lines(BODY, 300), 160, 220)]])))
    assert found.count(BODY) == 2
    assert "Toezicht en" in " ".join(found)


@pytest.mark.parametrize("rest", ["2020.", "Na overleg daarover is het verzoek afgewezen."])
def test_a_line_that_stands_farther_in_behind_a_blacked_out_name_does_not_part_a_paragraph(rest: str) -> None:
    full = "met het bedrijf aan de Dorpsstraat over de periode van"
    width = stringWidth(full, PLAIN, 10) + 24
    first = lines(BODY, width)[0]
    page = [Type(LEFT, 120, first), Type(LEFT + 24, 132, full), Type(LEFT, 144, rest)]
    page += set_lines(lines(BODY, width), LEFT, 190)
    assert paragraphs(read(pdf([page]))) == [f"{first} {full} {rest}", BODY]


@pytest.mark.parametrize("mark", [". Daarbij is", ", die daarbij"])
def test_a_paragraph_goes_on_with_what_closes_a_sentence(mark: str) -> None:
    page = [
        Type(LEFT, 120, SENTENCES[0][:60]),
        Type(LEFT + 30, 132, mark, BOLD),
        Type(LEFT + 95, 132, "besproken.", BOLD),
    ]
    page += set_lines(lines(BODY, 300), LEFT, 190)
    assert paragraphs(read(pdf([page]))) == [f"{SENTENCES[0][:60]} {mark} besproken.", BODY]


def test_labels_right_of_the_text_are_text() -> None:
    texts = lines(BODY, 300)
    labels = [Type(LEFT + 320, 100 + 80 * place, f"randnummer {place}", PLAIN, 7) for place in range(3)]
    page = [item for place in range(3) for item in set_lines(texts, LEFT, 100 + 80 * place)]
    found = paragraphs(read(pdf([[*page, *labels]])))
    assert found.count(BODY) == 3
    assert [place for place in range(3) if f"randnummer {place}" in found] == [0, 1, 2]


COLOPHON = [
    "Directie Juridische Zaken",
    "Korte Voorhout 7",
    "2511 CW Den Haag",
    "www.rijksoverheid.nl",
    "Ons kenmerk",
    "2021-71",
]


@pytest.mark.parametrize("leading", [8.0, 9.0, 12.0])
def test_a_colophon_is_furniture_whatever_its_leading(leading: float) -> None:
    margin = [Type(480, 131 + leading * place, text, PLAIN, 6.5) for place, text in enumerate(COLOPHON)]
    reading = read(pdf([[*set_paragraphs([BODY, BODY])[0], *margin]]))
    assert paragraphs(reading) == [BODY, BODY]
    assert left_out(reading, "margin") == COLOPHON


# Heads and feet that occur once.


def over_two_pages(aside: Sequence[Type], on: int) -> Reading:
    """A paragraph that goes on over the page, with something else above or below it there."""
    texts = lines(" ".join([BODY] * 12), RIGHT - LEFT)
    half = 30
    pages = [set_lines(texts[:half], y=140, leading=13), set_lines(texts[half:], y=140, leading=13)]
    pages[on] = [*pages[on], *aside]
    return read(pdf(pages))


@pytest.mark.parametrize("size", [7, 9, 10])
@pytest.mark.parametrize("x", [LEFT, 380.0])
@pytest.mark.parametrize(
    "head",
    [["Directie Wetgeving", "Ons kenmerk 1234567"], ["Ministerie van Financiën"], ["Datum 3 maart 2025", "Pagina 2"]],
)
def test_a_head_of_the_second_page_stands_in_no_sentence(size: int, x: float, head: list[str]) -> None:
    reading = over_two_pages([Type(x, 60 + 12 * place, text, PLAIN, size) for place, text in enumerate(head)], 1)
    assert " ".join([BODY] * 12) in paragraphs(reading)


def test_a_caption_above_the_second_half_of_a_sentence_stays_text() -> None:
    reading = over_two_pages([Type(LEFT, 100, "Figuur 3: meldingen in de jaren 2019 tot en met 2024", PLAIN, 8)], 1)
    assert " ".join([BODY] * 12) in paragraphs(reading)
    assert "Figuur 3: meldingen in de jaren 2019 tot en met 2024" in paragraphs(reading)


@pytest.mark.parametrize(
    ("foot", "kept"),
    [
        (["Postbus 20201, 2500 EE Den Haag", "www.rijksoverheid.nl, KvK 27283716"], False),
        (["Bron: cijfers van de politie over de jaren 2019 tot en met 2024"], True),
    ],
)
def test_small_print_at_the_foot_of_one_page_stands_in_no_sentence(foot: list[str], kept: bool) -> None:
    reading = over_two_pages([Type(LEFT, 780 + 8 * place, text, PLAIN, 6) for place, text in enumerate(foot)], 0)
    assert " ".join([BODY] * 12) in paragraphs(reading)
    assert (foot[0] in reading.text) == kept


def test_the_first_line_of_a_page_is_no_head_because_another_page_begins_alike() -> None:
    pages = [
        [
            Type(LEFT, 90, f"Brief van de minister over onderwerp {n} van het toezicht op"),
            *set_lines(lines(f"de handhaving daarvan. {BODY}", 380), y=102),
        ]
        for n in range(4)
    ]
    text = read(pdf(pages)).text
    assert all(f"over onderwerp {n} van het toezicht op de handhaving" in text for n in range(4))


# Tables without rules between their rows.

FIGURES = [
    ["Organisatie", "2022", "2023", "2024"],
    ["Politie", "10,5", "11,0", "12,5"],
    ["Openbaar Ministerie", "3,2", "3,4", "4,1"],
    ["Autoriteit online", "0,0", "2,1", "5,0"],
    ["Meldpunt", "1,1", "-", "1,3"],
    ["Totaal", "€ 15,4", "€ 18,2", "€ 23,9"],
]
WORDS = [
    ["Gemeente", "Wethouder", "Partij"],
    ["Utrecht", "De Vries", "Lokaal"],
    ["Den Bosch", "Jansen", "Landelijk"],
    ["Assen", "Van den Berg", "Lokaal"],
    ["Hengelo", "Bakker", "Lokaal"],
]


def set_table(
    rows: list[list[str]], edges: Sequence[float], top: float, leading: float, right: bool = False
) -> list[Type]:
    return [
        Type(edge - (stringWidth(text, PLAIN, 9) if right and place else 0), top + leading * row, text, PLAIN, 9)
        for row, cells in enumerate(rows)
        for place, (edge, text) in enumerate(zip(edges, cells, strict=True))
        if text
    ]


@pytest.mark.parametrize("leading", [10.5, 12.0, 15.0])
@pytest.mark.parametrize("right", [False, True])
def test_a_row_of_figures_is_a_row(leading: float, right: bool) -> None:
    items = set_table(FIGURES, [LEFT, LEFT + 150, LEFT + 210, LEFT + 270], 200, leading, right)
    assert table_rows(read(pdf([[*set_lines(lines(BODY, 380)), *items]]))) == FIGURES


@pytest.mark.parametrize("leading", [10.5, 12.0, 15.0])
def test_a_row_of_words_is_a_row(leading: float) -> None:
    items = set_table(WORDS, [LEFT, LEFT + 100, LEFT + 220], 200, leading)
    assert table_rows(read(pdf([[*set_lines(lines(BODY, 380)), *items]]))) == WORDS


def test_cells_of_several_lines_stay_whole_beside_figures() -> None:
    rows = [
        ["Taak", "Grondslag", "Bedrag"],
        ["Toezicht op de naleving", "Artikel 5", "1.200"],
        ["Voorlichting", "Artikel 6", "900"],
    ]
    items = set_table([["Taak", "Grondslag", "Bedrag"]], [LEFT, LEFT + 120, LEFT + 220], 200, 12)
    items += set_table(
        [["Toezicht op", "Artikel 5", "1.200"], ["de naleving", "", ""]], [LEFT, LEFT + 120, LEFT + 220], 214, 11
    )
    items += set_table([["Voorlichting", "Artikel 6", "900"]], [LEFT, LEFT + 120, LEFT + 220], 240, 12)
    assert table_rows(read(pdf([[*set_lines(lines(BODY, 380)), *items]]))) == rows


def test_rows_between_upright_rules_alone_are_rows() -> None:
    edges = [LEFT, LEFT + 150, LEFT + 210, LEFT + 270, LEFT + 330]
    items: list[Type | Stroke] = [*set_table(FIGURES, [edge + 4 for edge in edges[:-1]], 212, 12)]
    items += [Stroke(edge, 200, edge, 280) for edge in edges]
    items += [Stroke(edges[0], y, edges[-1], y) for y in (200, 280)]
    assert table_rows(read(pdf([[*set_lines(lines(BODY, 380)), *items]]))) == FIGURES


def test_cells_that_touch_at_a_rule_are_two() -> None:
    wide = stringWidth("Openbaar Ministerie", PLAIN, 9)
    edges = [LEFT, LEFT + wide + 1.0, LEFT + wide + 40]
    items: list[Type | Stroke] = [Stroke(edge, 200, edge, 248) for edge in edges]
    for row, (name, figure) in enumerate([("Openbaar Ministerie", "3,2"), ("Politie", "10,5"), ("Totaal", "13,7")]):
        y = 200 + 16 * row
        items += [
            Stroke(edges[0], y, edges[-1], y),
            Type(LEFT + 0.5, y + 12, name, PLAIN, 9),
            Type(edges[1] + 0.5, y + 12, figure, PLAIN, 9),
        ]
    items.append(Stroke(edges[0], 248, edges[-1], 248))
    found = table_rows(read(pdf([[*set_lines(lines(BODY, 380)), *items]])))
    assert found == [["Openbaar Ministerie", "3,2"], ["Politie", "10,5"], ["Totaal", "13,7"]]


# Lists of contents.

CHAPTERS = ["Inleiding", "Doelstellingen", "Randvoorwaarden", "Functionele eisen"]


def contents(dots: str, heading: str) -> list[Type]:
    items = [Type(LEFT, 100, heading, BOLD, 12)] if heading else []
    for number, chapter in enumerate(CHAPTERS, start=1):
        text = f"{number}. {chapter} "
        while dots and stringWidth(text, PLAIN, 10) < 360:
            text += dots
        items.append(Type(LEFT, 110 + 14 * number, f"{text}{number + 1}" if dots else text))
        if not dots:
            items.append(Type(450, 110 + 14 * number, str(number + 1)))
    return items


@pytest.mark.parametrize(
    ("dots", "heading"), [(".", "Inhoudsopgave"), (". ", "Inhoud"), (".", ""), ("", "Inhoudsopgave"), ("…", "INHOUD")]
)
def test_a_list_of_contents_is_left_out_by_name(dots: str, heading: str) -> None:
    text = [item for number, chapter in enumerate(CHAPTERS, start=1) for item in (f"{number} {chapter}", BODY)]
    reading = read(pdf([contents(dots, heading), *set_paragraphs(text)]))
    assert paragraphs(reading) == text
    assert left_out(reading, "list of contents")


def test_amounts_behind_dots_are_text_line_by_line() -> None:
    items = [
        Type(LEFT, 120 + 12 * n, f"{name} {'.' * 60} {amount}")
        for n, (name, amount) in enumerate([("Personeel", 12), ("Materieel", 45), ("Overig", 7)])
    ]
    found = paragraphs(read(pdf([items])))
    assert [part.split()[0] for part in found] == ["Personeel", "Materieel", "Overig"]


# Columns.


@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other_with_whole_paragraphs(head: bool, count: int) -> None:
    width = 220 if count == 2 else 140
    page: list[Type | Stroke] = []
    expected = []
    if head:
        page.append(Type(60, 70, "Aanhangsel van de Handelingen over de hele breedte van de bladzijde gezet", BOLD))
        expected.append("Aanhangsel van de Handelingen over de hele breedte van de bladzijde gezet")
    for column in range(count):
        texts = [f"Kolom {column} alinea {n}. {BODY}" for n in range(2)]
        page += set_paragraphs(texts, width=width, x=60 + (width + 25) * column)[0]
        expected += texts
    assert paragraphs(read(pdf([page]))) == expected


def _lower(by: float, lines: list[Type]) -> list[Type]:
    return [replace(line, y=line.y + by) for line in lines]


@pytest.mark.parametrize("gap", [14, 30])
def test_two_columns_between_lines_of_the_whole_width_are_read_one_after_the_other(gap: int) -> None:
    width = (400 - gap) / 2
    whole, *sides = (f"Deel {n}. {BODY} {BODY} {BODY}" for n in range(4))
    above = set_paragraphs([whole], width=400, x=60)[0]
    left, right = (
        _lower(180, set_paragraphs([text], width=width, x=60 + (width + gap) * at)[0])
        for at, text in enumerate(sides[:2])
    )
    below = _lower(490, set_paragraphs([sides[2]], width=400, x=60)[0])
    assert paragraphs(read(pdf([[*above, *left, *right, *below]]))) == [whole, *sides]


@pytest.mark.parametrize("names", ["Meldpunt kinderporno van de stad", "Openbaar Ministerie te Utrecht en Breda"])
def test_rows_of_a_table_are_no_columns(names: str) -> None:
    rows = [(f"{names} nummer {n}", f"Wordt in het jaar 20{n} beoordeeld door de raad") for n in range(12, 24)]
    items = [Type(60 + 260 * at, 120 + 12 * n, text) for n, row in enumerate(rows) for at, text in enumerate(row)]
    found = read(pdf([items])).text
    assert all(found.index(name) < found.index(said) for name, said in rows)
    assert all(found.index(said) < found.index(name) for (_, said), (name, _) in pairwise(rows))


# Letters and spaces.


@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        (b"-0.25 Tc", "strak"),
        (b"0.6 Tc", "ruim"),
        (b"2.5 Tc", "gespatieerd"),
        (b"-0.6 Tw", "nauwe spaties"),
        (b"6 Tw", "uitgevuld"),
        (b"80 Tz", "smal"),
        (b"130 Tz", "breed"),
    ],
)
def test_spaces_are_spaces_however_type_is_set(setting: bytes, shown: str) -> None:
    content = b"BT /F1 10 Tf %s 80 700 Td (De fiets af, tot 16 juli \\(%s\\) 4.2.1 Eerste fase) Tj ET" % (
        setting,
        shown.encode(),
    )
    assert read(one_page(content)).text == f"De fiets af, tot 16 juli ({shown}) 4.2.1 Eerste fase"


@pytest.mark.parametrize("space", [2.0, 2.4, 2.78, 4.0])
def test_words_that_are_only_put_beside_each_other_are_apart(space: float) -> None:
    words = "De boete bedraagt ten hoogste 870.000 euro of tien procent".split()
    items, x = [], LEFT
    for word in words:
        items.append(Type(x, 120, word))
        x += stringWidth(word, PLAIN, 10) + space
    assert read(pdf([items])).text == " ".join(words)


@pytest.mark.parametrize("gap", [1.2, 1.5, 2.0])
@pytest.mark.parametrize("cells", [("Onderzoek", "12,5", "13,4"), ("Politie", "870", "1.500"), ("Meldpunt", "0", "7")])
def test_cells_that_stand_close_never_grow_into_another_figure(gap: float, cells: tuple[str, ...]) -> None:
    items, x = [Type(LEFT, 100, "Organisatie en bedragen van het jaar 2024 bijeen")], LEFT
    for cell in cells:
        items.append(Type(x, 120, cell))
        x += stringWidth(cell, PLAIN, 10) + gap
    assert " ".join(cells) in read(pdf([items])).text.replace("\t", " ")


def test_small_capitals_that_the_file_names_by_their_small_letters_are_one_word() -> None:
    x, word = 80.0, b"BT /F1 10 Tf 80 700 Td (Artikel) Tj ET "
    x += stringWidth("Artikel ", PLAIN, 10)
    for letter in "fietstaxi":
        word += b"/Span <</ActualText (%s)>> BDC BT /F1 7.5 Tf %.3f 700 Td (%s) Tj ET EMC " % (
            letter.encode(),
            x,
            letter.upper().encode(),
        )
        x += stringWidth(letter.upper(), PLAIN, 7.5)
    assert read(one_page(word)).text == "Artikel fietstaxi"


def test_a_short_stretch_without_written_spaces_is_not_set_apart() -> None:
    line, x = list[Type](), LEFT
    for word in ("10", ",", "de", "keer"):
        line.append(Type(x, 140, word))
        x += stringWidth(word, PLAIN, 10) + (0 if word == "10" else 2.78)
    assert "10, de keer" in read(pdf([line])).text


def test_small_capitals_and_kerning_make_no_spaces() -> None:
    caps = b"BT /F1 10 Tf 80 700 Td (D) Tj /F1 8 Tf (E ) Tj /F1 10 Tf (M) Tj /F1 8 Tf (INISTER) Tj ET "
    kerned = b"BT /F1 10 Tf 80 680 Td [(V) 80 (erkeer) -60 (sveilig) 30 (heid)] TJ ET"
    assert read(one_page(caps + kerned)).text.split("\n\n") == ["DE MINISTER", "Verkeersveiligheid"]


RAISED = [
    ("ruim 10", "6", " meldingen", "ruim 10⁶ meldingen"),
    ("een perceel van 100 m", "2", " groot", "een perceel van 100 m² groot"),
    ("een volume van 5 m", "3", " lucht", "een volume van 5 m³ lucht"),
    ("de waarde 10", "-3", " per jaar", "de waarde 10⁻³ per jaar"),
]


@pytest.mark.parametrize(("before", "figure", "after", "text"), RAISED)
@pytest.mark.parametrize("note", [False, True])
def test_a_raised_figure_never_reads_as_part_of_the_number_before_it(
    before: str, figure: str, after: str, text: str, note: bool
) -> None:
    """Not even where there is a note of that number on the page."""
    x = LEFT + stringWidth(before, PLAIN, 10)
    page: list[Type | Stroke] = [*set_lines(lines(BODY, 380)), Type(LEFT, 300, before), Type(x, 296, figure, PLAIN, 6)]
    page.append(Type(x + stringWidth(figure, PLAIN, 6), 300, after.strip() and f" {after.strip()}"))
    if note:
        page += [
            Stroke(LEFT, 690, LEFT + 60, 690),
            Type(LEFT + 8, 704, "Zie de brief van 3 maart.", PLAIN, 7.5),
            Type(LEFT, 701, "1", PLAIN, 5),
        ]
    assert text in read(pdf([page])).text


def test_a_lowered_figure_stays_lowered() -> None:
    x = LEFT + stringWidth("de uitstoot van CO", PLAIN, 10)
    page = [
        *set_lines(lines(BODY, 380)),
        Type(LEFT, 300, "de uitstoot van CO"),
        Type(x, 302, "2", PLAIN, 6),
        Type(x + 4, 300, " daalt"),
    ]
    assert "uitstoot van CO₂ daalt" in read(pdf([page])).text


@pytest.mark.parametrize("rise", [0, 2, 3])
def test_the_number_of_a_small_label_is_no_raised_figure(rise: int) -> None:
    gap = LEFT + stringWidth("Label 10", PLAIN, 7) + 5
    page = [
        item
        for place in range(6)
        for item in (
            Type(LEFT, 100 + 40 * place - rise, f"Label 1{place}", PLAIN, 7),
            Type(gap, 100 + 40 * place, f"Tekst {SENTENCES[0][:60]}"),
        )
    ]
    reading = read(pdf([page]))
    assert [f"Label 1{place}" in reading.text for place in range(6)] == [True] * 6
