"""No request names a file but one that was uploaded, however it is written."""

import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ui.desk.upload_folder import UploadFolder
from ui.server.file_objects import DEEPEST, FileObjects
from ui.server.refusal import RefusedError
from ui.server.upload_parts import UploadParts

HOST = "127.0.0.1:7860"
HASH = "a" * 64
META = {"_type": "gradio.FileData"}


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    (tmp_path / HASH).mkdir()
    path = tmp_path / HASH / "memo één.md"
    path.write_text("x")
    return path


def _objects(folder: Path) -> FileObjects:
    return FileObjects(UploadFolder(folder), HOST)


def _body(said: object) -> bytes:
    return said if isinstance(said, bytes) else json.dumps(said).encode()


def _deep(depth: int) -> object:
    value: object = {"path": "/etc/passwd"}
    for _ in range(depth):
        value = [value]
    return value


FILE = {"path": "/etc/passwd", "meta": META}
BAD = {
    "object": FILE,
    "without meta": {"path": "/etc/passwd"},
    "capitals": {"PATH": "/etc/passwd"},
    "no path": {"url": "file:///etc/passwd", "meta": META},
    "path is a list": {"path": ["/etc/passwd"], "meta": META},
    "path is null": {"path": None, "url": "http://127.0.0.1/", "meta": META},
    "of an earlier version": {"name": "/etc/passwd", "is_file": True},
    "deep": {"data": [[{"a": [{"b": FILE}]}]]},
    "string": {"data": [json.dumps(FILE)]},
    "string in string": [json.dumps(json.dumps([json.dumps(FILE)]))],
    "string with space": ["\n \ufeff" + json.dumps(FILE)],
    "string with line ends": ['{"path": "/etc/passwd", "x": "a\nb"}'],
    "string with a key twice": ['{"path": 1, "path": "/etc/passwd", "path": 2}'],
    "percent": [quote(json.dumps(FILE))],
    "percent twice": [quote(quote(json.dumps(FILE)))],
    "key": {json.dumps(FILE): 1},
    "escapes": b'{"\\u0070ath": "\\u002fetc/passwd"}',
    "a key twice": b'{"data": [], "data": []}',
    "not UTF-8": json.dumps(FILE).encode("utf-16"),
    "UTF-32": json.dumps(["x"]).encode("utf-32"),
    "latin": b'{"data": ["\xe9"]}',
    "BOM": b"\xef\xbb\xbf{}",
    "two values": b"{} {}",
    "form": b"data=%7B%22path%22%3A%22x%22%7D",
    "as deep as it goes": b"[" * 100_000,
    "deep and whole": b"[" * 100_000 + b"]" * 100_000,
    "just too deep": _deep(DEEPEST + 1),
    "a long number": b"1" * 10_000,
    "NUL": {"path": "/etc/passwd\0.md", "meta": META},
    "surrogate": b'{"path": "\\ud800"}',
    "long": {"path": "/" + "x" * 100_000},
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD.keys())
def test_a_body_that_names_another_file_or_can_be_read_two_ways_is_refused(said: object, tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        _objects(tmp_path).check_body(_body(said))
    assert refused.value.status == 400
    assert "passwd" not in str(refused.value)


@pytest.mark.parametrize(
    "said",
    [
        {"data": ["Wat is het pad naar /etc/passwd?", None, 3, 1.5, True, []]},
        ["“Een citaat”", '"Een citaat" en meer', "[1] een noot", "{", '{"a": 1}', "50% %41"],
        {"items": [{"document": "d26c", "start": 1, "end": 2, "link": "woordelijk:x"}, {"heading": "path"}]},
        "null",
        None,
    ],
)
def test_any_other_body_is_taken(said: object, tmp_path: Path) -> None:
    _objects(tmp_path).check_body(_body(said))


def test_an_upload_is_taken_with_the_address_that_the_page_gives_it(upload: Path, tmp_path: Path) -> None:
    served = f"/gradio_api/file={upload}"
    for url in (None, served, f"/en{served}", f"http://{HOST}{served}", f"https://{HOST}/en{quote(served, safe='/=')}"):
        _objects(tmp_path).check_body(_body({"data": [{"path": str(upload), "url": url, "meta": META}]}))
    other = f"/gradio_api/file={upload}x"
    for url in ("", "file:///etc/passwd", f"http://127.0.0.1:22{served}", other, f"http://[{served}", 3):
        with pytest.raises(RefusedError):
            _objects(tmp_path).check_body(_body({"data": [{"path": str(upload), "url": url, "meta": META}]}))


def test_nothing_but_the_upload_itself_is_one(upload: Path, tmp_path: Path) -> None:
    uploads = UploadFolder(tmp_path)
    (link := upload.with_name("link")).symlink_to("/etc/passwd")
    (own := upload.with_name("own")).symlink_to(upload)
    os.mkfifo(fifo := upload.with_name("fifo"))
    (folder := tmp_path / ("b" * 64)).symlink_to(upload.parent)
    (loose := tmp_path / "loose.md").write_text("x")
    assert uploads.holds(str(upload))
    roundabout = [f"{upload.parent}/../{HASH}/{upload.name}", f"{upload.parent}//{upload.name}", f"{upload}/"]
    absent = [upload.with_name("none"), upload.parent, tmp_path, ""]
    for path in (link, own, fifo, folder / upload.name, loose, *roundabout, *absent, f" {upload}", f"{upload}\0"):
        assert not uploads.holds(str(path)), path


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(value=json_values, steps=st.lists(st.sampled_from(["list", "dict", "json", "percent"]), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_wherever_a_file_stands_it_is_found(tmp_path: Path, value: object, steps: list[str]) -> None:
    said: object = {"path": "/etc/passwd", "meta": META, "x": value}
    for step in steps:
        if step == "list":
            said = [value, said]
        elif step == "dict":
            said = {"x": said, "y": value}
        elif step == "percent":
            said = quote(json.dumps(said))
        else:
            said = json.dumps(said)
    with pytest.raises(RefusedError):
        _objects(tmp_path).check_body(_body(said))


def _form(*parts: str) -> bytes:
    return "".join(f"--x\r\n{part}\r\n\r\ninhoud\r\n" for part in parts).encode() + b"--x--\r\n"


FILES = 'Content-Disposition: form-data; name="files"; filename="a.md"'


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_an_upload_is_files_and_nothing_else(size: int) -> None:
    """Whatever the chunks that it comes in; the first part that is no file is where it ends."""

    def read(body: bytes) -> None:
        parts = UploadParts("multipart/form-data; boundary=x")
        for start in range(0, len(body), size):
            parts.read(body[start : start + size])

    read(_form(FILES, FILES))
    for wrong in (
        'Content-Disposition: form-data; name="files"',
        'Content-Disposition: form-data; name="data"; filename="a.md"',
        'Content-Disposition: form-data; name="files"; filename=""',
        "Content-Type: text/plain",
    ):
        with pytest.raises(RefusedError):
            read(_form(FILES, wrong))
    with pytest.raises(RefusedError):
        read(b"geen formulier")


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "multipart/mixed; boundary=x"])
def test_an_upload_says_that_it_is_a_form(kind: str) -> None:
    with pytest.raises(RefusedError):
        UploadParts(kind)
