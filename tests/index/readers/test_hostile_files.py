"""Broken, mislabelled and hostile files: refused by name, with a sentence, quickly, and nothing is written."""

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.readers.read import read_document, read_source
from index.readers.source import document_paths, sources
from tests.index.readers.samples import PUBLICATION, docx, odt, p, publication_docx, write, zipped

LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LOL}]>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
PUBLISHED = "<officiele-publicatie><kamervragen><al>{}</al></kamervragen></officiele-publicatie>"


def _encrypted() -> bytes:
    """A zip file whose member says that it is encrypted."""
    content = bytearray(zipped({"word/document.xml": b"x" * 20}))
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flag] |= 1
    return bytes(content)


def _bomb() -> bytes:
    """A Word file of some kilobytes whose text unpacks to 100 MB."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * 100_000_000})


def _lying_bomb() -> bytes:
    """The same, but its directory says that it unpacks to a hundred bytes."""
    content = bytearray(zipped({"word/document.xml": b" " * 60_000_000}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def _pages(number: int) -> list[str]:
    """Pages of words that do not pack as well as one word over and over."""
    rng = random.Random(1)
    words = [f"woord{rng.random():.3f}" for _ in range(400)]
    return [" ".join(rng.choices(words, k=250)) for _ in range(number)]


def _deep(tag: str) -> str:
    return f"<{tag}>" * 3_000 + "x" + f"</{tag}>" * 3_000


HOSTILE = {
    "leeg.docx": (b"", "holds no text"),
    "nul.txt": (b"\0" * 100, "holds no text"),
    "lege-brief.docx": (docx(p()), "holds no text"),
    "bom.docx": (_bomb(), "zip bomb"),
    "liegt.docx": (_lying_bomb(), "damaged|unpacks to more"),
    "veel.zip": (zipped({f"{n}.txt": "x" for n in range(5_001)}), "at most 5,000"),
    "geheim.docx": (_encrypted(), "protected by a password"),
    "versleuteld.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "oud.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word 97-2003"),
    "ruis.docx": (bytes(range(128, 256)) * 20, "named .docx, but neither that nor a text"),
    "ruis.pdf": (bytes(range(128, 256)) * 20, "named .pdf, but neither that nor a text"),
    "brief.rtf": (rb"{\rtf1 tekst}", "Rich Text Format"),
    "brief.docx": (publication_docx()[:-400], "damaged or cut short"),
    "half.odt": (odt("<text:p>x</text:p>")[:300], "damaged or cut short"),
    "kapot.docx": (zipped({"word/document.xml": "<w:document"}), "word/document.xml is damaged XML"),
    "leeg.odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "content.xml is missing"),
    "tabel.ods": (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "not a text"),
    "tabel.docx": (zipped({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}), "an Excel workbook"),
    "lach.xml": (LAUGHS + PUBLISHED.format("&l9;"), "entities"),
    "lach.docx": (zipped({"word/document.xml": LAUGHS + "<w/>"}), "entities"),
    "buiten.xml": (EXTERNAL + PUBLISHED.format("&f;"), "entities"),
    "buiten.odt": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": EXTERNAL + "<x>&f;</x>"}),
        "entities",
    ),
    "diep.xml": (PUBLISHED.format(_deep("b")), "damaged XML"),
    "diep.docx": (docx(_deep("w:sdt")), "damaged XML"),
    "diep.html": ("<html><body>" + _deep("div"), "nested more than 250 deep"),
    "ander.xml": ("<?xml version='1.0'?><rss/>", "its root is <rss>"),
    "plaatje.docx": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a picture"),
    "half-zin.md": (b"Vraag \x81\xfe\xff", "not UTF-8"),
    "half16.txt": (b"\xff\xfea\0b\0\x00\xd8", "UTF-16"),
    "groot.txt": (b"Vraag 1 " * 3_000_000, "at most 20,000,000"),
    "tienduizend-paginas.docx": (docx("".join(map(p, _pages(2_500)))), "characters of text"),
    "tabel.html": ("<table>" + ("<tr>" + "<td colspan=30 rowspan=1000>x" * 200) * 300, "more than 100,000 cells"),
    "binair.zip": (zipped({"a.exe": b"MZ", "b.png": b"x"}), "without a document"),
    "genest.zip": (zipped({"a.zip": zipped({"b.txt": "x"})}), "another zip file"),
    "vermomd.zip": (zipped({"brief.docx": zipped({"b.txt": "x"})}), "zip file inside another"),
    "uit.zip": (zipped({"../../weg.txt": "x"}), "leads out of the archive"),
    "vast.zip": (zipped({"/etc/weg.txt": "x"}), "leads out of the archive"),
    "schijf.zip": (zipped({"C:\\weg.txt": "x"}), "leads out of the archive"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """One sentence that names the file and says what is wrong, within two seconds; the folder stays as it was."""
    content, says = HOSTILE[name]
    path = write(tmp_path, name, content)
    before = time.process_time()
    with pytest.raises(DocumentError, match=says) as refused:
        [read_source(source) for source in sources(path)]
    assert time.process_time() - before < 2
    assert name in str(refused.value)
    assert len(str(refused.value)) < 500
    assert "passwd" not in str(refused.value).replace("/etc/passwd", "")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", PUBLICATION)
@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_refused(tmp_path: Path, kind: str, cut: float) -> None:
    """Never anything but a document or a sentence, wherever a download broke off."""
    content = PUBLICATION[kind]()
    path = write(tmp_path, f"stuk.{kind}", content[: int(len(content) * cut)])
    try:
        assert read_document(path).text
    except DocumentError as error:
        assert path.name in str(error)


@pytest.mark.parametrize("kind", PUBLICATION)
def test_flipped_bytes_are_read_or_refused(tmp_path: Path, kind: str) -> None:
    content = PUBLICATION[kind]()
    for place in range(0, len(content), max(1, len(content) // 60)):
        damaged = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
        path = write(tmp_path, f"stuk.{kind}", damaged)
        try:
            assert read_document(path).text
        except DocumentError as error:
            assert path.name in str(error)


@pytest.mark.parametrize("kind", ["docx", "html", "odt", "xml"])
@pytest.mark.parametrize("name", ["brief.txt", "brief.pdf", "brief.docx", "brief", "brief.html"])
def test_a_mislabelled_file_is_read_as_what_it_is(tmp_path: Path, kind: str, name: str) -> None:
    """The content decides; Markdown alone is known by its name, since it is plain text to anybody."""
    named = read_document(write(tmp_path, f"goed.{kind}", PUBLICATION[kind]()))
    assert read_document(write(tmp_path, name, PUBLICATION[kind]())).text == named.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
def test_plain_text_in_its_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Vraag 1\r\nHoeveel patiënten – “één” – kosten € 5?\r\n"
    document = read_document(write(tmp_path, "brief.txt", text.encode(encoding)))
    assert document.text == text.replace("\r", "")


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_lines_that_end_as_on_old_macs(tmp_path: Path, suffix: str) -> None:
    text = "Vraag 1\n\nHoeveel?\n\nAntwoord 1\n\nEr is een ezel.\n"
    named = read_document(write(tmp_path, f"goed.{suffix}", text)).text
    assert read_document(write(tmp_path, f"mac.{suffix}", text.replace("\n", "\r"))).text == named


def test_plain_text_is_kept_as_it_came(tmp_path: Path) -> None:
    text = "  Vraag 1\n\n\n[1] Zie * dit * en <dat>.\n\tinspringing \n"
    assert read_document(write(tmp_path, "brief.txt", text)).text == text


def test_a_folder_and_a_zip_give_the_same_documents(tmp_path: Path) -> None:
    """In sorted order, folders within included; other files, hidden ones and metadata passed over."""
    folder = tmp_path / "stukken"
    for kind, made in PUBLICATION.items():
        write(folder / "b", f"stuk.{kind}", made())
    write(folder, "a.txt", "Vraag 1")
    for name in ("logo.png", ".verborgen.txt", "~$brief.docx", "metadata.xml", "__MACOSX/x.txt", "documents.toml"):
        write(folder, name, "title = 'x'" if name.endswith("toml") else "x")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder))
    packed = write(tmp_path, "stukken.zip", buffer.getvalue())
    of_folder, of_zip = ([read_source(source) for source in sources(path)] for path in (folder, packed))
    assert [d.id for d in of_folder] == [d.id for d in of_zip]
    assert [d.file for d in of_zip][:2] == ["stukken.zip/a.txt", "stukken.zip/b/stuk.docx"]
    assert [d.file for d in of_folder][:2] == ["a.txt", "stuk.docx"]
    with pytest.raises(DocumentError, match=r"stukken\.zip: holds 6 documents"):
        read_document(packed)
    assert document_paths(tmp_path)[-1] == packed


def test_documents_toml_in_a_zip(tmp_path: Path) -> None:
    packed = write(tmp_path, "a.zip", zipped({"m/b.txt": "Tekst", "m/documents.toml": '["b.txt"]\nkind = "brief"\n'}))
    assert read_document(packed).kind == "brief"


def test_links_that_lead_in_circles_or_out(tmp_path: Path) -> None:
    """A folder that links to itself is read once; a link to a file elsewhere is passed over."""
    folder = tmp_path / "stukken"
    write(folder, "a.txt", "Vraag 1")
    outside = write(tmp_path, "geheim.txt", "geheim")
    try:
        (folder / "kring").symlink_to(folder, target_is_directory=True)
        (folder / "zelf.txt").symlink_to(folder / "zelf.txt")
        (folder / "uit.txt").symlink_to(outside)
    except OSError:
        pytest.skip("no links here")
    assert [source.file for source in sources(folder)] == ["a.txt"]


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path / "weg.docx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pijp.txt")
        with pytest.raises(DocumentError, match="not an ordinary file"):
            read_document(tmp_path / "pijp.txt")
