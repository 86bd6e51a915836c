"""One publication in several formats is one document; two letters of one day are two."""

from dataclasses import replace

from index.library.manifest import Entry
from index.model.publications import find_publication, publications

HTML = Entry(
    "a" * 16, "ah-1.html", "ah-1.html", "", True, "f", "Antwoord over bruggen", "Aanhangsel", "2026-01-02", 4, 9
)


def _files(*entries: Entry) -> list[list[str]]:
    return [[entry.file for entry in found.files] for found in publications(entries)]


def test_two_formats_are_one_document_and_the_official_one_is_shown() -> None:
    pdf = replace(HTML, id="b" * 16, file="stuk.pdf", title="Antwoord over Bruggen.", passages=12)
    word = replace(pdf, id="e" * 16, file="antwoord.docx", passages=20)
    assert _files(word, pdf, HTML) == [["ah-1.html", "stuk.pdf", "antwoord.docx"]]
    found = find_publication([word, HTML, pdf], pdf.id)
    assert found
    assert found.shown == HTML
    assert find_publication([HTML, pdf], "c" * 16) is None


def test_what_differs_in_date_questions_or_has_the_same_format_is_another_document() -> None:
    others = [
        replace(HTML, id="b" * 16, file="x.pdf", date="2026-01-03"),
        replace(HTML, id="c" * 16, file="y.pdf", questions=5),
        replace(HTML, id="d" * 16, file="z.html"),
    ]
    assert len(_files(HTML, *others)) == 4


def test_without_a_date_the_name_decides() -> None:
    undated = replace(HTML, date="")
    assert len(_files(undated, replace(undated, id="b" * 16, file="ah-1.pdf"))) == 1
    assert len(_files(undated, replace(undated, id="b" * 16, file="ah-2.pdf"))) == 2
