"""Small files of every format, made of a few strings."""

import io
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
O = (  # noqa: E741
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body (the inside of `w:body`) and parts (the inside of `w:styles`, `w:numbering`, …)."""
    related = "".join(
        f'<Relationship Id="r{name}" Type="{RELATIONS}/{name.rstrip("12")}" Target="{name}.xml"/>' for name in parts
    )
    opening = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    main = f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    roots = {"header1": "hdr", "header2": "hdr"}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f"{opening}{main}</Relationships>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"{opening}{related}</Relationships>",
            **{
                f"word/{name}.xml": f"<w:{roots.get(name, name)} {W}>{content}</w:{roots.get(name, name)}>"
                for name, content in parts.items()
            },
        }
    )


def p(*runs: str, properties: str = "") -> str:
    """A Word paragraph of runs; a run that is no markup is plain text."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A Word run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def footnote(number: int, text: str, kind: str = "footnote") -> str:
    """The body of a Word note."""
    return f'<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>", " " + text)}</w:{kind}>'


def note_mark(number: int, kind: str = "footnote") -> str:
    """The mark of a Word note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def odt(body: str, styles: str = "", meta: str = "", page_styles: str = "") -> bytes:
    """An OpenDocument text with this body (the inside of `office:text`) and automatic styles."""
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f"<office:document-content {O}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
    }
    if meta:
        members["meta.xml"] = f"<office:document-meta {O}><office:meta>{meta}</office:meta></office:document-meta>"
    if page_styles:
        members["styles.xml"] = f"<office:document-styles {O}>{page_styles}</office:document-styles>"
    return zipped(members)


def write(folder: Path, name: str, content: bytes | str) -> Path:
    """A file of this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


# One publication: opening, then questions with their answers; "^" is where its note hangs.
OPENING = (
    "Vragen van de leden De Groot (Groen) en Van Dam (Blauw) aan de Minister van Waterstaat over bruggen "
    "(ingezonden 3 juni 2021).",
    "Antwoord van Minister Steen (Waterstaat) (ontvangen 21 juni 2021).",
)
QUESTIONS = (
    ("Hoeveel bruggen zijn er in ’s-Hertogenbosch?", ("Er zijn 15 bruggen.^",)),
    ("Wat kosten bruggen?", ("Een brug kost € 150 miljoen in 2024 – «gemiddeld» 8%.", "Dat is veel.")),
    ("Waarom?", ("Zie het antwoord op vraag 2.",)),
)
NOTE = "Kamerstukken II 2020/21, 12 345, nr. 6."


def publication_xml() -> bytes:
    note = f'<noot id="n1" type="voet"><noot.nr>1</noot.nr><noot.al>{NOTE}</noot.al></noot>'
    questions = "".join(
        f'<vraag><nr status="officieel">Vraag {n}</nr>\n  <al>{question}</al></vraag>\n'
        f'<antwoord><nr status="officieel">Antwoord {n}</nr>'
        + "".join(f"<al>{line.replace('^', note)}</al>" for line in answer)
        + "</antwoord>"
        for n, (question, answer) in enumerate(QUESTIONS, start=1)
    )
    opening = "".join(f"<kamervraagomschrijving>{line}</kamervraagomschrijving>\n" for line in OPENING)
    body = f"<officiele-publicatie><kamervragen>{opening}{questions}</kamervragen></officiele-publicatie>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def publication_html() -> bytes:
    mark = '<sup><a class="nootnum" href="#ID-1">1</a></sup>'
    questions = "".join(
        f'<div class="vraag"><h2><a id="d{n}"></a>Vraag {n}\n   </h2>'
        f"<p>{question.replace(' ', chr(10) + '  ', 2)}</p></div>"
        f'<div class="antwoord"><h2>Antwoord {n}</h2>'
        + "".join(f"<p>{line.replace('^', mark)}\n </p>" for line in answer)
        + "</div>"
        for n, (question, answer) in enumerate(QUESTIONS, start=1)
    )
    note = (
        '<div id="noten"><hr/><div class="voet noot" id="supernote-note-ID-1"><h5 class="note-close">'
        '<a class="note-close" href="#close-ID-1">X</a> Noot</h5><sup><span class="nootnum">'
        f'<a id="ID-1" name="ID-1"></a>1</span></sup><p>{NOTE}</p></div></div>'
    )
    opening = "".join(f"<h1>{line}</h1>\n" for line in OPENING)
    return (
        '<!DOCTYPE html>\n<html xml:lang="nl"><head><meta charset="utf-8"/><title>Titel</title></head><body>'
        f'<div id="kopregel">Kop</div><div id="broodtekst">{opening}{questions}</div>{note}</body></html>'
    ).encode()


def publication_odt() -> bytes:
    note = (
        '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{NOTE}</text:p></text:note-body></text:note>"
    )
    lines = [f"<text:p>{line}</text:p>" for line in OPENING]
    for n, (question, answer) in enumerate(QUESTIONS, start=1):
        lines += [f"<text:p>Vraag {n}</text:p>", f"<text:p>{question}</text:p>", f"<text:p>Antwoord {n}</text:p>"]
        lines += [f"<text:p>{line.replace('^', note)}</text:p>" for line in answer]
    return odt("".join(lines))


def publication_docx() -> bytes:
    lines = [p(line) for line in OPENING]
    for n, (question, answer) in enumerate(QUESTIONS, start=1):
        lines += [p(r(f"Vraag {n}", "<w:b/>")), p(question), p(r(f"Antwoord {n}", "<w:b/>"))]
        lines += [p(line.replace("^", ""), *([note_mark(2)] if "^" in line else [])) for line in answer]
    return docx("".join(lines), footnotes=footnote(2, NOTE))


def publication_markdown() -> bytes:
    lines = [f"# {line}" for line in OPENING]
    for n, (question, answer) in enumerate(QUESTIONS, start=1):
        lines += [f"**Vraag {n}**", question.replace(" ", "\n", 1), f"**Antwoord {n}**"]
        lines += [line.replace("^", "[^1]") for line in answer]
    return "\n\n".join([*lines, f"[^1]: {NOTE}"]).encode()


PUBLICATION = {
    "docx": publication_docx,
    "html": publication_html,
    "md": publication_markdown,
    "odt": publication_odt,
    "xml": publication_xml,
}
