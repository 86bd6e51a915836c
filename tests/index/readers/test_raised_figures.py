"""A raised or lowered figure never reads as part of the number before it, in any format; note marks stay marks."""

from collections.abc import Callable

import pytest

from index.language.analyser import words
from index.readers import markdown, official_xml
from index.readers.canonical import Reading
from index.readers.docx import reader as docx_reader
from index.readers.html import reader as html_reader
from index.readers.odt import reader as odt_reader
from index.readers.raised_figures import shifted
from tests.index.readers.samples import docx, footnote, note_mark, odt, p, r

TEXT = "Er zijn 10⁶ tot 10⁻³ delen op 100 m² bij een CO₂-norm, voor de 2e maal."


def _word(text: str, position: str) -> str:
    return r(text, f'<w:vertAlign w:val="{position}"/>') if position else r(text)


PIECES = [
    ("Er zijn 10", ""), ("6", "sup"), (" tot 10", ""), ("-3", "sup"), (" delen op 100 m", ""), ("2", "sup"),
    (" bij een CO", ""), ("2", "sub"), ("-norm, voor de 2", ""), ("e", "sup"), (" maal.", ""),
]  # fmt: skip
_NAMES = {"sup": "superscript", "sub": "subscript", "": ""}


def _runs(make: Callable[[str, str], str]) -> str:
    return "".join(make(text, position) for text, position in PIECES)


def _tagged(text: str, position: str) -> str:
    return f"<{position}>{text}</{position}>" if position else text


def _styled(text: str, position: str) -> str:
    return f'<span style="vertical-align: {position.replace("p", "per")}">{text}</span>' if position else text


def _odt(text: str, position: str) -> str:
    return f'<text:span text:style-name="{position}">{text}</text:span>' if position else text


ODT_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties style:text-position="{value}"/>'
    "</style:style>"
    for name, value in (("sup", "33% 58%"), ("sub", "-33% 58%"))
)
FILES: dict[str, tuple[Callable[[bytes], Reading], bytes]] = {
    "docx": (docx_reader.read, docx(p(_runs(lambda t, s: _word(t, _NAMES[s]))))),
    "docx moved": (
        docx_reader.read,
        docx(p(_runs(lambda t, s: r(t, f'<w:position w:val="{"6" if s == "sup" else "-6"}"/>' if s else "")))),
    ),
    "docx style": (
        docx_reader.read,
        docx(
            p(_runs(lambda t, s: r(t, f'<w:rStyle w:val="{s}"/>' if s else ""))),
            styles="".join(
                f'<w:style w:type="character" w:styleId="{s}"><w:rPr><w:vertAlign w:val="{name}"/></w:rPr></w:style>'
                for s, name in _NAMES.items()
                if s
            ),
        ),
    ),
    "html": (html_reader.read, f"<!DOCTYPE html><html><body><p>{_runs(_tagged)}</p></body></html>".encode()),
    "html style": (
        html_reader.read,
        f"<html><body><p>{_runs(_styled)}</p></body></html>".encode(),
    ),
    "markdown": (markdown.read, _runs(_tagged).encode()),
    "pandoc": (
        markdown.read,
        b"Er zijn 10^6^ tot 10^-3^ delen op 100 m^2^ bij een CO~2~-norm, voor de 2e maal.",
    ),
    "odt": (odt_reader.read, odt(f"<text:p>{_runs(_odt)}</text:p>", ODT_STYLES)),
    "xml": (
        official_xml.read,
        f"<kamerstuk><al>{_runs(_tagged).replace('sub>', 'inf>')}</al></kamerstuk>".encode(),
    ),
}


def _page(content: str) -> str:
    return html_reader.read(f"<html>{content}</html>".encode()).text


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("vertical-align: 30%", "10⁶"),
        ("VERTICAL-ALIGN:.4em !important", "10⁶"),
        ("vertical-align: -4px", "10₆"),
        ("vertical-align: text-top; font-size: 60%", "10⁶"),
        ("font-variant-position: sub", "10₆"),
        ("position: relative; top: -3.0pt; mso-text-raise: 3.0pt", "10⁶"),
        ("position: relative; top: -0.5em", "10⁶"),
        ("position:relative;bottom:.4em;font-size:70%", "10⁶"),
        ("position: relative; top: 4px", "10₆"),
        ("font-size:smaller; vertical-align: +3px", "10⁶"),
        ("vertical-align: top", "10⁶"),
        ("vertical-align: bottom; font-size: 8px", "10₆"),
        ("vertical-align: calc(.4em)", "10⁶"),
        ("transform: translateY(-0.5em)", "10⁶"),
        ("translate: 0 -5px", "10⁶"),
        ("baseline-shift: super", "10⁶"),
        ("background-position: top; top: -5px", "106"),
        ("vertical-align: 1px", "106"),
        ("vertical-align: middle", "106"),
    ],
)
def test_a_style_sheet_raises_a_figure_as_a_style_does(style: str, shown: str) -> None:
    assert _page(f'<body><p>10<span style="{style}">6</span></p></body>') == shown
    sheet = f"<style>@media print {{ .n {{ vertical-align: super }} }} p.x, p .n2 {{ color: red; {style} }}</style>"
    assert _page(f'<head>{sheet}</head><body><p class="x">10<span class="n n2">6</span></p></body>') == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("super", "10⁶"), ("+33.5% 58%", "10⁶"), (" sub 58%", "10₆"), ("-8%", "10₆"), ("0% 100%", "106")],
)
def test_an_inherited_position_of_odt_raises_a_figure(value: str, shown: str) -> None:
    styles = (
        f'<style:style style:name="a" style:family="text"><style:text-properties style:text-position="{value}"/>'
        '</style:style><style:style style:name="b" style:family="text" style:parent-style-name="a"/>'
    )
    assert odt_reader.read(odt('<text:p>10<text:span text:style-name="b">6</text:span></text:p>', styles)).text == shown


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ('<w:position w:val="3pt"/>', "10⁶"),
        ('<w:vertAlign w:val="baseline"/><w:position w:val="-6"/>', "10₆"),
        ('<w:vertAlign w:val="superscript"/><w:position w:val="-2"/>', "10⁶"),
        ('<w:position w:val="2"/>', "106"),
    ],
)
def test_a_run_of_word_that_is_moved_is_raised(properties: str, shown: str) -> None:
    assert docx_reader.read(docx(p(r("10") + r("6", properties)))).text == shown


@pytest.mark.parametrize("name", FILES)
def test_a_raised_figure_stays_apart(name: str) -> None:
    read, content = FILES[name]
    assert read(content).text == TEXT


def test_note_marks_stay_marks_beside_raised_figures() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    mark = note_mark(1).replace("<w:r>", f"<w:r><w:rPr>{raised}</w:rPr>")
    reading = docx_reader.read(docx(p(r("In 2024"), mark, r(" 10"), r("6", raised)), footnotes=footnote(1, "Noot.")))
    assert reading.text.startswith("In 2024 10⁶")
    assert [(note.number, note.mark) for note in reading.footnotes] == [(1, 7)]
    page = '<p>In 150<sup><a href="#n1">1</a></sup> en 10<sup>6</sup></p><p id="n1"><sup>1</sup> Noot.</p>'
    found = html_reader.read(f"<html><body>{page}</body></html>".encode())
    assert found.text.startswith("In 150 en 10⁶")
    assert [note.number for note in found.footnotes] == [1]


def test_a_formula_of_word_keeps_its_exponent_and_its_fraction() -> None:
    m = "<m:r><m:t>{}</m:t></m:r>".format
    power = f"<m:sSup><m:e>{m('10')}</m:e><m:sup>{m('6')}</m:sup></m:sSup>"
    fraction = f"<m:f><m:num>{m('1')}</m:num><m:den>{m('2')}</m:den></m:f>"
    assert docx_reader.read(docx(f"<w:p><m:oMath>{power}{m(' en ')}{fraction}</m:oMath></w:p>")).text == "10⁶ en 1/2"


def test_small_print_that_is_set_high_stays_as_it_is() -> None:
    assert shifted("1 Inclusief 12 fte van anderen", "raised") == "1 Inclusief 12 fte van anderen"
    assert shifted("e", "raised") == "e"
    assert shifted("12", "") == "12"
    assert shifted("2n", "raised") == "²n"


def test_a_number_is_not_found_by_its_figures_put_together() -> None:
    assert "106" not in words("Er zijn 10⁶ bestanden")
    assert {"10", "6"} <= set(words("Er zijn 10⁶ bestanden"))
    assert {"m2", "co2"} <= set(words("100 m² en CO₂"))


def test_a_row_may_begin_in_the_second_column() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    wide = cell("waarvan 30", '<w:gridSpan w:val="2"/>')
    rows = (
        f"<w:tr>{cell('Politie')}{cell('150')}{cell('175')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{wide}</w:tr>'
    )
    reading = docx_reader.read(docx(f"<w:tbl>{rows}</w:tbl>"))
    assert reading.text == "Politie\t150\t175\n\twaarvan 30\t"
    assert [cell is not None for cell in reading.tables[0].rows[1]] == [False, True, False]


def test_what_is_aligned_with_the_top_of_its_line_and_stands_apart_is_not_raised() -> None:
    assert _page('<body><p>in <span style="vertical-align: top">2024</span></p></body>') == "in 2024"
    assert _page('<body><table><tr><td style="vertical-align: top">6<td>7</table></body>') == "6\t7"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10⁶"),
        ("<msup> <mi>m</mi> <mrow><mo>-</mo><mn>2</mn></mrow> </msup>", "m⁻²"),
        ("<semantics><msub><mi>CO</mi><mn>2</mn></msub><annotation>CO_2</annotation></semantics>", "CO₂"),
        ("<mfrac> <mn>1</mn> <mn>2</mn> </mfrac>", "1/2"),
        ("<mn>5</mn><mo>=</mo><msqrt><mn>25</mn></msqrt>", "5 = √25"),
    ],
)
def test_a_formula_of_a_page_keeps_its_exponents_and_its_words(formula: str, shown: str) -> None:
    reading = html_reader.read(f"<html><body><p>Het zijn <math>{formula}</math> stuks.</p></body></html>".encode())
    assert reading.text == f"Het zijn {shown} stuks."
    assert reading.ledger
    assert (reading.ledger.lost, reading.ledger.glued, reading.ledger.left_out) == ((), (), ())
