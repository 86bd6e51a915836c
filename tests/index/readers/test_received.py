"""A file is looked at once, and its fingerprint is of all that its reading depends on."""

from datetime import date
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.readers import package, source
from index.readers.read import read_document, read_received
from index.readers.received import receive
from index.readers.source import sources
from tests.index.readers.samples import docx, p, write


def test_a_word_file_is_read_and_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "brief.docx", docx(p("Een brief over bruggen.")))
    (found,) = sources(path)
    read: list[Path] = []
    opened: list[object] = []
    whole, init = source._read_bytes, package.Package.__init__
    monkeypatch.setattr(source, "_read_bytes", lambda path, most: read.append(path) or whole(path, most))
    monkeypatch.setattr(package.Package, "__init__", lambda self, file: opened.append(file) or init(self, file))
    received = receive(found)
    document = read_received(received)
    assert received.fingerprint and document.id == received.document
    assert read == [path]
    assert len(opened) == 1


def test_the_fingerprint_follows_what_stands_beside_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "brief.txt", b"Een brief over bruggen.")
    (found,) = sources(path)
    prints = [receive(found).fingerprint]
    for name, content in (("documents.toml", b'["brief.txt"]\ndate = 2024-03-12\n'), ("metadata.xml", b"<metadata/>")):
        write(tmp_path, name, content)
        prints.append(receive(found).fingerprint)
    path.rename(tmp_path / "ander.txt")
    prints.append(receive(sources(tmp_path / "ander.txt")[0]).fingerprint)
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize("written", ["2024-03-12", "2024-03-12T10:00:00", '"12 maart 2024"', '"12-03-2024"'])
def test_a_date_beside_the_file_is_a_date(tmp_path: Path, written: str) -> None:
    path = write(tmp_path, "brief.txt", b"Een brief over bruggen.")
    write(tmp_path, "documents.toml", f'["brief.txt"]\ndate = {written}\n'.encode())
    assert read_document(path).date == date(2024, 3, 12)


@pytest.mark.parametrize("written", ['"voorjaar 2024"', "2024", '"31 februari 2024"', "10:00:00"])
def test_what_is_no_date_is_refused_by_name(tmp_path: Path, written: str) -> None:
    path = write(tmp_path, "brief.txt", b"Een brief over bruggen.")
    write(tmp_path, "documents.toml", f'["brief.txt"]\ndate = {written}\n'.encode())
    with pytest.raises(DocumentError, match=r'documents\.toml: \["brief\.txt"\]: found date = .*expected a day'):
        read_document(path)
