"""Citations, their styles, links, memos and figures."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.span import Span
from index.model.collection import Collection
from index.model.types import Parsed
from rag.citation.citation import Citation, CitationError, Citer
from rag.citation.figures import figures
from rag.citation.permalink import PermalinkError, read_permalink
from rag.citation.reference import reference
from rag.citation.styles import markdown_escaped
from rag.memo.selection import Selection, SelectionError, read_selection
from rag.memo.write_memo import memo_bytes
from rag.verify.read_memo import memo_of, read_memo
from rag.verify.verdicts import Verifier


@pytest.fixture(scope="module")
def citer(letter: Parsed) -> Citer:
    return Citer(Collection.of([letter]))


def _cited(citer: Citer, words: str) -> Citation:
    document = citer.collection.documents[0]
    start = document.text.index(words)
    return citer.cite(document.id, start, start + len(words))


def _reference_of(citer: Citer, field: str, label: str) -> str:
    (part, *_) = [
        p
        for p in citer.parts[citer.collection.documents[0].id]
        if p.field == field and p.unit and p.unit.label == label
    ]
    return reference(citer.within(part, part.span))


@pytest.mark.parametrize(
    ("field", "label", "ends"),
    [
        ("answer", "Vraag 28", "antwoord op vraag 28"),
        ("context", "Vraag 26", "vraag 26, inleiding door de leden van de GroenLinks-PvdA-fractie"),
        ("question", "Vraag 66", "gesteld door de leden van de ChristenUnie-, VVD-, SGP- en 50Plus-fracties"),
        ("answer", "Bijlage I", "bijlage I (Offlimits)"),
        ("footnote", "Vraag 7", "voetnoot 9 bij het antwoord op vraag 7"),
        ("table", "Vraag 44", "tabel in het antwoord op vraag 44"),
    ],
)
def test_a_reference_says_who_speaks(citer: Citer, field: str, label: str, ends: str) -> None:
    found = _reference_of(citer, field, label)
    assert found.startswith("Brief van de minister van Justitie en Veiligheid, ")
    assert found.endswith(ends)


def test_a_removed_footnote_mark_is_recoverable(citer: Citer) -> None:
    citation = _cited(citer, "is preventie onmisbaar. Naar aanleiding hiervan")
    assert [(m.number, citation.quotation[: m.offset][-10:]) for m in citation.marks] == [(9, "onmisbaar.")]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10**9), (4386, 4489), (4385, 4387)])
def test_offsets_that_cut_or_miss_are_refused(citer: Citer, start: int, end: int) -> None:
    with pytest.raises(CitationError):
        citer.cite("d26cef8d", start, end)


def test_a_citation_never_crosses_a_speaker(citer: Citer) -> None:
    with pytest.raises(CitationError, match="one speaker"):
        citer.cite("d26cef8d", 4385, 8088)


def test_a_citation_is_the_slice_or_is_not_made(citer: Citer) -> None:
    citation = _cited(citer, "186 fte")
    with pytest.raises(ValueError, match="slice"):
        Citation(citation.document, citation.part, citation.span, "187 fte")
    with pytest.raises(ValueError, match="part"):
        Citation(citation.document, citation.part, Span(0, 5), citation.document.text[:5])


@given(st.text(max_size=80))
def test_any_text_is_a_link_or_refused(text: str) -> None:
    for candidate in (text, f"woordelijk:{text}"):
        with pytest.raises(PermalinkError):
            read_permalink(candidate)


def _selection(tmp_path: Path, *items: dict[str, Any], title: str = "Memo over fte") -> Path:
    path = tmp_path / "keuze.json"
    path.write_text(json.dumps({"title": title, "items": list(items)}), encoding="utf-8")
    return path


QUOTED = {"document": "d26cef8d", "start": 4385, "end": 4489}
ANNEX = {"document": "d26cef8d", "start": 119815, "end": 121568}


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_a_memo_of_ours_verifies(citer: Citer, tmp_path: Path, suffix: str) -> None:
    """Every part of the letter, put in a memo, is found and exact; equal selections give equal files."""
    document = citer.collection.documents[0]
    items: list[dict[str, Any]] = [
        {"heading": "Capaciteit & meer"},
        {"note": "Mijn <eigen> woorden.\n\nTwee alinea's."},
    ]
    for part in citer.parts[document.id][::6]:
        items += [{"note": "Verder."}, {"document": document.id, "start": part.span.start, "end": part.span.end}]
    selection = read_selection(_selection(tmp_path, *items), citer)
    content = memo_bytes(selection, suffix, "nl")
    assert content == memo_bytes(selection, suffix, "nl")
    path = tmp_path / f"memo{suffix}"
    path.write_bytes(content)
    report = Verifier(citer).verify(read_memo(str(path)))
    assert {j.verdict for j in report.judged} <= {"exact", "too_short"}
    assert report.manifest is not None
    assert len(report.manifest["citations"]) == len(selection.citations)


def test_the_word_memo_has_headings_quotations_and_footnotes(citer: Citer, tmp_path: Path) -> None:
    selection = read_selection(_selection(tmp_path, {"heading": "Een"}, QUOTED, ANNEX), citer)
    path = tmp_path / "memo.docx"
    path.write_bytes(memo_bytes(selection, ".docx", "nl"))
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert notes.count("<w:footnoteRef/>") == body.count("<w:footnoteReference ") == 2
    assert 'w:val="Quote"' in body
    assert 'w:val="Heading1"' in body


def test_a_json_memo_is_a_selection_again(citer: Citer, tmp_path: Path) -> None:
    selection = read_selection(_selection(tmp_path, {"note": "n"}, QUOTED), citer)
    path = tmp_path / "memo.json"
    record = json.loads(memo_bytes(selection, ".json", "nl"))
    record.pop("manifest")
    path.write_text(json.dumps(record), encoding="utf-8")
    again = read_selection(path, citer)
    assert isinstance(again, Selection)
    assert again == selection


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ({"start": 1, "end": 2}, "item 2: expected one of"),
        ({**QUOTED, "start": "4385"}, "item 2: expected 'start'"),
        ({**QUOTED, "start": 4386}, "item 2: .*falls inside 'Als'"),
        ({**QUOTED, "document": "zzzz"}, "item 2: zzzz"),
        ({**QUOTED, "quotation": "Iets anders"}, 'item 2: "quotation" is not'),
        ({"note": 5}, "item 2: expected 'note'"),
        ({"note": "a\x00b"}, r"item 2: holds the control character U\+0000"),
        ({"nota": "x"}, "item 2: unknown key 'nota'"),
        ({"link": "woordelijk:x"}, "item 2: .*not a link"),
        ("tekst", "item 2: expected an object"),
    ],
)
def test_a_broken_item_is_named(citer: Citer, tmp_path: Path, item: Any, says: str) -> None:
    with pytest.raises(SelectionError, match=says):
        read_selection(_selection(tmp_path, QUOTED, item), citer)


@given(st.text(alphabet="ab *_`[]()<>#|~\\-+1.&\"'“”", max_size=30))
def test_markdown_shows_the_characters(text: str) -> None:
    paragraphs = memo_of(f"> {markdown_escaped(f'x {text} x')}".encode(), "memo.md").paragraphs
    assert " ".join(paragraphs[0].text.split()) == " ".join(f"x {text} x".split())


def test_figures(citer: Citer) -> None:
    found = figures(citer, "fte")
    assert {f.citation.quotation for f in found} >= {"26", "186"}
    kinds = {(f.kind, f.citation.quotation) for f in figures(citer)}
    assert {("percentage", "20%"), ("date", "1 juli 2024"), ("article", "artikel 253 Sr")} <= kinds
    assert all(f.sentence.span.contains(f.citation.span) for f in figures(citer))
    assert figures(citer, "appeltaart") == ()
