"""The verdicts one by one, in a small letter and in the minister's."""

from pathlib import Path
from typing import Any

import pytest

from index.language.parliament.parties import PARTY_NAMES
from rag.verify.memo_text import MemoError
from rag.verify.read_memo import memo_of, read_memo
from rag.verify.verdicts import Verifier
from tests.index.readers.samples import W, zipped
from tests.rag.verify.conftest import verifier_of, verify

TBKK = "Als gevolg hiervan zijn de TBKK’s met 26 fte uitgebreid naar een totale formatie van 186 fte medio 2026."
LETTER = """Hierbij zend ik uw Kamer de antwoorden.

De Minister van Bruggen,

A.B. De Wit

1. Vragen en opmerkingen vanuit de Groene-fractie
De leden van de Groene-fractie hebben veel vragen over oude bruggen.
1. Hoeveel bruggen zijn er in het land?

Er zijn 15 bruggen in het land. De politie kan dit niet zonder hulp van de provincies doen.[footnoteRef:1]
Alle bruggen worden gekeurd.
[1:  Zie de lijst van bruggen in de bijlage.]
2. Wat kosten bruggen?

Een brug kost 150 miljoen euro in 2024. Dat weet ik niet. Geen brug is veilig. Alle bruggen worden gekeurd.
Bijlage I. Inbreng Offlimits over bruggen.

“Wij openen bruggen met veel plezier.”
"""


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    return verifier_of(tmp_path_factory.mktemp("bruggen"), LETTER)


@pytest.mark.parametrize(
    ("memo", "verdict"),
    [
        ("De minister: “Er zijn 15 bruggen in het land.”", "exact"),
        ("De minister: “Er zijn 15 bruggen in het land”.", "exact"),
        ("De minister: “Er zijn 150 bruggen in het land.”", "altered"),
        ("De minister: “Een brug kost 15 miljoen euro in 2024.”", "altered"),
        ("De minister: “er zijn 15 bruggen in het land.”", "altered"),
        ("De minister: “Er zijn 15 bruggen, in het land.”", "altered"),
        ("De minister: “De politie kan dit niet … doen.”", "shortened"),
        ("“Er zijn 15 bruggen” (antwoord op vraag 1)", "exact"),
        ("“Er zijn 15 bruggen” (antwoord op vraag 2)", "misattributed"),
        ("“Alle bruggen worden gekeurd” (antwoord op vraag 2)", "exact"),
        ("De leden van de Groene-fractie schrijven: “Er zijn 15 bruggen in het land”", "misattributed"),
        ("De minister schrijft: “Wij openen bruggen met veel plezier”", "misattributed"),
        ("De minister schrijft: “De leden van de Groene-fractie hebben veel vragen”", "misattributed"),
        ("Offlimits schrijft: “Wij openen bruggen met veel plezier”", "exact"),
        ("In bijlage I: “Wij openen bruggen met veel plezier”", "exact"),
        ("Hij zegt “Dat weet ik.”", "altered"),
        ("Hij zegt “brug is veilig.”", "altered"),
        ("Hij zegt “Er zijn [de] 15 bruggen in het land.”", "altered"),
        ("Hij zegt “bruggen”", "too_short"),
        ("Hij zegt “15 bruggen”", "exact"),
        ("Hij zegt “16 bruggen”", "altered"),
        ("Hij zegt “De maan is van groene kaas gemaakt”", "not_found"),
        ("Hij zegt “Wat kosten bruggen? Een brug kost 150 miljoen euro in 2024.”", "altered"),
        ("> Er zijn 15 bruggen in het\n> land.", "exact"),
        ("“Er […] zijn […] bruggen […] land.”", "too_short"),
        ("| vraag 2 | “Er zijn 15 bruggen in het land” |", "misattributed"),
        ("| vraag 1 | “Er zijn 15 bruggen in het land” |", "exact"),
        ("Zo:\n\n> Er zijn ~~15~~ bruggen in het land.", "altered"),
    ],
)
def test_verdicts(verifier: Verifier, memo: str, verdict: str) -> None:
    assert [j.verdict for j in verify(verifier, memo).judged][:1] == [verdict]


@pytest.mark.parametrize(
    ("memo", "passes"),
    [
        ("De minister: “Wat kosten bruggen?”", False),
        ("Minister Van Bruggen: “Hoeveel bruggen zijn er in het land?”", False),
        ("- **Antwoord van de minister:** “Hoeveel bruggen zijn er in het land?”", False),
        ("Het kabinet: “Hoeveel bruggen zijn er in het land?”", False),
        ("De leden van de Groene-fractie: “Er zijn 15 bruggen in het land”", False),
        ("“Er zijn 15 bruggen in het land”, zei de Groene-fractie.", False),
        ("De Groene-fractie vraagt: “Er zijn 15 bruggen in het land”", False),
        ("Minister Van Bruggen: “Er zijn 15 bruggen in het land”", True),
        ("De leden van de Groene-fractie: “Hoeveel bruggen zijn er in het land?”", True),
        ("De leden vragen de minister: “Hoeveel bruggen zijn er in het land?”", True),
        ("De Groene-fractie vraagt de minister: “Hoeveel bruggen zijn er in het land?”", True),
        ("Vraag aan de minister: “Hoeveel bruggen zijn er in het land?”", True),
        ("De minister kreeg deze vraag: “Hoeveel bruggen zijn er in het land?”", True),
        ("De minister zegt de Groene-fractie toe: “Er zijn 15 bruggen in het land”", True),
        ("Groene: “Er zijn 15 bruggen in het land”", False),
        ("Groene vraagt: “Hoeveel bruggen zijn er in het land?”", True),
        ("VVD vraagt: “Hoeveel bruggen zijn er in het land?”", False),
        ("Kamerlid Y zei: “Er zijn 15 bruggen in het land”", False),
        ("Antwoord aan D66: “Er zijn 15 bruggen in het land”", True),
        ("In antwoord op vragen van Kamerlid Y (CDA): “Er zijn 15 bruggen in het land”", True),
        ("Op een vraag van de VVD antwoordt de minister: “Er zijn 15 bruggen in het land”", True),
        ("D66 kreeg te horen: “Er zijn 15 bruggen in het land”", True),
        ("Over de motie van D66 zegt de minister: “Er zijn 15 bruggen in het land”", True),
        ("Minister De Wit (VVD): “Er zijn 15 bruggen in het land”", True),
        ("VVD-minister De Wit: “Hoeveel bruggen zijn er in het land?”", False),
        ("De Wit: “Hoeveel bruggen zijn er in het land?”", False),
        ("De minister kreeg: “Er zijn 15 bruggen in het land”", False),
        ("De minister werd gevraagd: “Er zijn 15 bruggen in het land”", False),
        ("Aan de minister is gevraagd: “Er zijn 15 bruggen in het land”", False),
        ("Aan de minister is gevraagd: “Hoeveel bruggen zijn er in het land?”", True),
        ("De minister kreeg van Offlimits te horen: “Wij openen bruggen met veel plezier”", True),
        ("De minister kreeg van Offlimits te horen: “Er zijn 15 bruggen in het land”", False),
        ("De minister kreeg kritiek en schrijft: “Er zijn 15 bruggen in het land”", True),
        ("“Er zijn 15 bruggen in het land” (Offlimits)", False),
        ("“Er zijn 15 bruggen in het land” – Offlimits", False),
        ("“Er zijn 15 bruggen in het land”, aldus Offlimits.", False),
        ("Bron: Offlimits: “Er zijn 15 bruggen in het land”", False),
        ("“Wij openen bruggen met veel plezier” (Offlimits)", True),
        ("“Wij openen bruggen met veel plezier” (minister)", False),
        ("Over Offlimits schrijft de minister: “Er zijn 15 bruggen in het land”", True),
        ("“Er zijn 15 bruggen in het land” (overleg met Offlimits)", True),
        ("Vraag: “Er zijn 15 bruggen in het land”", False),
        ("Antwoord: “Hoeveel bruggen zijn er in het land?”", False),
    ],
)
def test_who_is_named_before_a_colon_or_asks_another_is_read_as_who_speaks(
    verifier: Verifier, memo: str, passes: bool
) -> None:
    assert verify(verifier, memo).passes is passes


@pytest.mark.parametrize("party", PARTY_NAMES)
def test_no_party_says_what_the_minister_says(verifier: Verifier, party: str) -> None:
    for form in (
        "{}: “Q”", "**{}:** “Q”", "De {}-fractie: “Q”", "“Q” ({})", "“Q” (Jansen, {})", "“Q”, zegt {}.", "{} – “Q”",
        "{}-Kamerlid Jansen: “Q”", "Kamerlid Jansen ({}) zei: “Q”", "Volgens de {} is dat zo: “Q”", "| {} | “Q” |",
        "Inbreng {}: “Q”", "{} vraagt de minister: “Q”", "“Q” (vraag van {})", "According to {}, “Q”", "{}:\n\n> Q",
    ):  # fmt: skip
        memo = form.format(party).replace("Q", "Er zijn 15 bruggen in het land")
        assert not verify(verifier, memo).passes, memo


def test_an_ellipsis_that_skips_a_negation_does_not_pass(verifier: Verifier) -> None:
    report = verify(verifier, "“De politie kan dit […] doen.”")
    assert (report.judged[0].verdict, report.judged[0].cautions) == ("shortened", ("skipped negation",))
    assert not report.passes


def test_a_negation_right_beside_the_words_does_not_pass_unless_the_memo_negates(verifier: Verifier) -> None:
    assert not verify(verifier, "Hij zegt “zonder hulp van de provincies doen”.").passes
    assert verify(verifier, "Hij zegt dat dit niet “zonder hulp van de provincies doen” is.").passes


def test_the_difference_names_the_words(verifier: Verifier) -> None:
    (judged,) = verify(verifier, "“Een brug kost 15 miljoen euro in 2023.”").judged
    assert [(d.kind, d.document, d.quotation) for d in judged.differences] == [
        ("changed", "150", "15"),
        ("changed", "2024", "2023"),
    ]
    assert judged.citation is not None
    assert judged.citation.unit_name == "vraag-2"


def test_nested_and_hard_wrapped_quotations(letter_verifier: Verifier) -> None:
    memo = "De wethouder zei: “In de brief staat dat ‘de TBKK's met 26 fte\nuitgebreid’ zijn.”"
    assert [j.verdict for j in verify(letter_verifier, memo).judged] == ["altered", "exact"]
    wrapped = "“Als gevolg hier-\nvan zijn de TBKK's met 26 fte”"
    assert verify(letter_verifier, wrapped).judged[0].verdict in ("exact", "altered")


def test_a_note_names_the_source(letter_verifier: Verifier) -> None:
    memo = f"Zo staat het er: “{TBKK}”[^1]\n\n[^1]: Antwoord op vraag {{}}."
    assert [verify(letter_verifier, memo.format(n)).judged[0].verdict for n in (1, 28)] == ["exact", "misattributed"]


def test_a_pasted_note_mark_is_no_figure(verifier: Verifier) -> None:
    """The document's own mark may stand where it stands there, also behind a figure, and nowhere else."""
    words = "De politie kan dit niet zonder hulp van de provincies doen.{} Alle{} bruggen worden gekeurd"
    for first, second, verdict in (("¹", "", "exact"), ("", "¹", "altered"), ("²", "", "altered")):
        memo = f"“{words.format(first, second)}”"
        assert [judged.verdict for judged in verify(verifier, memo).judged] == [verdict], memo
    assert [judged.verdict for judged in verify(verifier, "“Er zijn 15¹ bruggen in het land”").judged] == ["altered"]


def test_a_memo_without_quotations_passes(verifier: Verifier) -> None:
    assert verify(verifier, "Niets aan te halen; politici' plannen, 's avonds.").passes


@pytest.mark.parametrize("memo", ["Hij zei: “Er zijn", "Er zijn” zei hij", 'Hij zei: "Er zijn', "Zei: «Er zijn"])
def test_marks_without_a_partner_are_named(verifier: Verifier, memo: str) -> None:
    """One doubt costs one line, never the rest of the memo, and the memo does not pass."""
    report = verify(verifier, f"# Kop\n{memo}\n\nDe minister: “Er zijn 150 bruggen in het land.”\n\nEn “15 bruggen”.")
    assert [doubt.line for doubt in report.doubts] == [2]
    assert [judged.verdict for judged in report.judged] == ["altered", "exact"]
    assert not report.passes
    assert not verify(verifier, memo).passes


def _docx(document: str, **parts: str) -> bytes:
    return zipped({"word/document.xml": document, **{f"word/{name}.xml": text for name, text in parts.items()}})


def _word(body: str, **parts: str) -> bytes:
    return _docx(f"<w:document {W}><w:body>{body}</w:body></w:document>", **parts)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("<w:p><w:r><w:t>Hij: “Er zijn </w:t></w:r><w:r><w:t>15 bruggen in het land”</w:t></w:r></w:p>", "exact"),
        (
            "<w:p><w:r><w:t>“Er zijn 15 </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>bruggen </w:t></w:r>"
            "<w:r><w:t>in het land”</w:t></w:r></w:p>",
            "altered",
        ),
        (
            "<w:p><w:r><w:t>“Er zijn </w:t></w:r><w:del><w:r><w:delText>veel</w:delText></w:r></w:del>"
            "<w:r><w:t>15 bruggen in het land”</w:t></w:r></w:p>",
            "exact",
        ),
        (
            "<w:p><w:r><w:t>“Er zijn </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>15</w:t></w:r>"
            "<w:r><w:t> bruggen in het land”</w:t></w:r></w:p>",
            "altered",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>„Er zijn 15 bruggen in het land“</w:t></w:r></w:p>"
            "</w:tc></w:tr></w:tbl>",
            "exact",
        ),
        (
            "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>“Er zijn 15 bruggen in het land”</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r></w:p>",
            "exact",
        ),
        (
            '<w:p><w:pPr><w:pStyle w:val="Citaat"/></w:pPr><w:r><w:t>Er zijn 16 bruggen in het land.</w:t></w:r></w:p>',
            "altered",
        ),
    ],
)
def test_word_files(verifier: Verifier, tmp_path: Path, body: str, verdict: str) -> None:
    styles = f'<w:styles {W}><w:style w:styleId="Citaat"><w:name w:val="Quote"/></w:style></w:styles>'
    path = tmp_path / "memo.docx"
    path.write_bytes(_word(body, styles=styles))
    assert [j.verdict for j in verifier.verify(read_memo(str(path))).judged] == [verdict]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + f"<w:document {W}>&b;</w:document>"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", b"geen zip", "damaged Word file"),
        ("a.docx", b"PK\x03\x04kapot", "damaged or cut short"),
        ("a.docx", _docx(ENTITIES), "entities"),
        ("a.docx", _docx("<w:document"), "damaged XML"),
        ("a.docx", _word("<w:p>" * 400 + "</w:p>" * 400), "depth"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "zip file"),
        ("a.md", b"x" * 5_000_001, "at most"),
        ("a.txt", b"x" * 50_000_000, "larger than"),
        ("a.txt", b"\xff\xfa\x00", "not UTF-8"),
        ("a.txt", b"a\0b", "NUL"),
        ("a.pdf", b"%PDF-1.7", "a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97-2003"),
    ],
)
def test_hostile_files_get_a_sentence(tmp_path: Path, name: str, content: Any, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MemoError, match=says):
        read_memo(str(path))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    path.write_bytes(_word("<w:p/>" * 5_000_000))
    assert path.stat().st_size < 200_000
    with pytest.raises(MemoError, match="unpacks to"):
        read_memo(str(path))


@pytest.mark.parametrize(
    ("memo", "passes"),
    [
        ("Europol schrijft: “Er zijn 15 bruggen in het land”", False),
        ("“Er zijn 15 bruggen in het land”, aldus Europol.", False),
        ("Europol: “Er zijn 15 bruggen in het land”", False),
        ("De Europese Commissie meldt daarover: “Er zijn 15 bruggen in het land”", False),
        ("Volgens het Openbaar Ministerie: “Er zijn 15 bruggen in het land”", False),
        ("Verder stelt men: “Er zijn 15 bruggen in het land”", True),
        ("Citaat: “Er zijn 15 bruggen in het land”", True),
        ("Hij schrijft: “Er zijn 15 bruggen in het land”", True),
        ("Zoals Artikel 5 zegt: “Er zijn 15 bruggen in het land”", True),
        ("Kernpunt: “Er zijn 15 bruggen in het land”", True),
        ("NB: “Er zijn 15 bruggen in het land”", True),
        ("LET OP: “Er zijn 15 bruggen in het land”", True),
        ("Preventie: “Er zijn 15 bruggen in het land”", True),
        ("Maatregelen: “Er zijn 15 bruggen in het land”", True),
        ("Kabinetsreactie: “Er zijn 15 bruggen in het land”", True),
        ("Daarmee stelt hij: “Er zijn 15 bruggen in het land”", True),
        ("Zorgvuldig meldt de brief: “Er zijn 15 bruggen in het land”", True),
        ("Politie: “Er zijn 15 bruggen in het land”", False),
        ("Stichting Brug: “Er zijn 15 bruggen in het land”", False),
        ("Volgens Europol zegt hij: “Er zijn 15 bruggen in het land”", False),
    ],
)
def test_words_of_somebody_whom_the_documents_do_not_know_get_a_caution(
    verifier: Verifier, memo: str, passes: bool
) -> None:
    (judged,) = verify(verifier, memo).judged
    assert judged.verdict == "exact"
    assert judged.cautions == (() if passes else ("unknown speaker",))


@pytest.mark.parametrize(
    ("who", "passes"),
    [
        ("JenV", True),
        ("Ministerie van JenV", True),
        ("Het Ministerie van Justitie en Veiligheid", True),
        ("VWS", False),
        ("Ministerie van VWS", False),
    ],
)
def test_the_ministry_of_who_signed_is_no_stranger(letter_verifier: Verifier, who: str, passes: bool) -> None:
    said = "Transnationaal seksueel kindermisbruik (hierna: TSK) is een wijdverbreid en grensoverschrijdend probleem"
    (judged,) = verify(letter_verifier, f"{who}: “{said}”").judged
    assert judged.verdict == "exact"
    assert judged.cautions == (() if passes else ("unknown speaker",))


@pytest.mark.parametrize(
    "invented",
    [
        "De samenwerking met de Filipijnen wordt in 2026 beëindigd.",
        "Wij zullen de capaciteit van de zedenpolitie met 500 fte uitbreiden in de komende jaren.",
        "In het kader van de aanpak van online seksueel kindermisbruik worden platforms verplicht tot controle.",
    ],
)
def test_what_is_invented_is_not_found_and_the_nearest_is_named_apart(verifier: Verifier, invented: str) -> None:
    """Words of everyday that stand somewhere in that order are no sign that it was altered from there."""
    (judged,) = verifier.verify(memo_of(f"Er staat “{invented}” in de brief.".encode(), "memo.md")).judged
    assert judged.verdict == "not_found"
    assert judged.citation is None
    assert judged.nearest is not None
    assert judged.differences == ()
