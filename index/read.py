"""Turn a received file into a `Document` with one canonical text, once.

The text of a Word file carries marks that are not the author's words:
`[bookmark: …]`, `[footnoteRef:9]`, and footnote bodies `[9:  …]` inlined
after the sentence. They are taken out here and nowhere else. Every code point
of the file is either in a `Piece` of the canonical text or in a `Removal`, so
that any offset leads back to the file. Footnote bodies are put after the
running text, where they are slices like everything else.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import DocumentError
from index.signature import signature
from index.types import Document, Footnote, Piece, Removal, Span, trimmed

DESCRIPTIONS = "documents.toml"
MAX_BYTES = 20_000_000
_SEPARATOR = "\n\n"

# The comma between two marks in a row is part of the superscript "42,43".
_MARK = re.compile(
    r"(?P<bom>\A\ufeff)"
    r"|(?P<cr>\r(?=\n))"
    r"|(?P<bookmark>\[bookmark:[^\[\]\n]*\])"
    r"|\[footnoteRef:(?P<ref>\d+)\](?:, ?(?=\[footnoteRef:))?"
    r"|\[(?P<body>\d+): "
)


def document_paths(folder: Path) -> tuple[Path, ...]:
    """The documents in `folder`, by name; DocumentError where there are none."""
    paths = tuple(sorted(folder.glob("*.txt"))) if folder.is_dir() else ()
    if not paths:
        raise DocumentError(
            f"{folder}: no documents found; expected at least one .txt file. "
            "Put a document there or name another folder with --documents."
        )
    return paths


def read_document(path: Path) -> Document:
    """Read the text file of a letter, exactly.

    Raises DocumentError, naming the file, where it is missing, empty, not
    UTF-8 text, larger than 20 MB, or has a footnote that never closes.
    """
    content = _read_bytes(path)
    try:
        raw = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: byte {error.start} is not UTF-8 text. Save the document as UTF-8 and try again."
        ) from error
    if "\0" in raw:
        raise DocumentError(f"{path}: found a NUL character at position {raw.index(chr(0))}; expected plain text.")
    if not raw.strip():
        raise DocumentError(f"{path}: the file holds no text.")
    text, pieces, removals, footnotes = _canonical(raw, path)
    sha256 = hashlib.sha256(content).hexdigest()
    description = {**signature(text), **_description(path)}
    return Document(
        id=sha256[:16],
        title=description.pop("title", path.stem),
        kind=description.pop("kind", ""),
        text=text,
        file=path.name,
        sha256=sha256,
        metadata=tuple(sorted(description.items())),
        footnotes=footnotes,
        pieces=pieces,
        removals=removals,
    )


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(
                f"{path}: {path.stat().st_size:,} bytes; at most {MAX_BYTES:,} are read. Split the file."
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}).") from error


def _description(path: Path) -> dict[str, str]:
    """What `documents.toml` beside the file says of it: its entry, or nothing."""
    toml = path.with_name(DESCRIPTIONS)
    if not toml.is_file():
        return {}
    try:
        table: dict[str, Any] = tomllib.loads(toml.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(f"{toml}: not valid TOML ({error}).") from error
    entry = table.get(path.name, {})
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        raise DocumentError(f'{toml}: expected ["{path.name}"] to be a table of strings.')
    return dict(entry)


def _canonical(raw: str, path: Path) -> tuple[str, tuple[Piece, ...], tuple[Removal, ...], tuple[Footnote, ...]]:
    """The canonical text of `raw`, where its pieces stood, what was removed, and the footnotes."""
    pieces: list[Piece] = []
    parts: list[str] = []
    removals: list[Removal] = []
    marks: dict[int, int] = {}
    bodies: dict[int, Span] = {}
    length = position = 0

    def keep(start: int, end: int) -> None:
        nonlocal length
        if end > start:
            pieces.append(Piece(length, start, end - start))
            parts.append(raw[start:end])
            length += end - start

    for removal, body in _removals(raw, path):
        keep(position, removal.raw.start)
        position = removal.raw.end
        removals.append(removal)
        if removal.number is None:
            continue
        if body:
            bodies[removal.number] = body
        elif removal.number in marks:
            raise DocumentError(f"{path}: footnote mark {removal.number} stands in the text twice.")
        else:
            marks[removal.number] = length
    keep(position, len(raw))

    footnotes = []
    for number, body in bodies.items():
        parts.append(_SEPARATOR)
        length += len(_SEPARATOR)
        start = length
        for span in _without_carriage_returns(raw, body):
            keep(span.start, span.end)
        footnotes.append(Footnote(number, marks[number], Span(start, length)))
    return "".join(parts), tuple(pieces), tuple(removals), tuple(footnotes)


def _removals(raw: str, path: Path) -> Iterator[tuple[Removal, Span | None]]:
    """Everything to take out, in file order, with the trimmed text of a footnote body."""
    position = 0
    seen: set[int] = set()
    while match := _MARK.search(raw, position):
        position = match.end()
        span = Span(match.start(), match.end())
        if match["bom"]:
            yield Removal(span, "byte order mark"), None
        elif match["cr"]:
            yield Removal(span, "carriage return"), None
        elif match["bookmark"]:
            yield Removal(span, "bookmark"), None
        elif match["ref"]:
            seen.add(int(match["ref"]))
            yield Removal(span, "footnote mark", int(match["ref"])), None
        elif (number := int(match["body"])) in seen:
            # A second "[9: …]" is the author's own text: its mark has been used.
            seen.discard(number)
            end = _closing_bracket(raw, match.start())
            if end is None:
                raise DocumentError(f"{path}: footnote {number} opens with '[{number}:' but never closes.")
            position = end + 1
            body = trimmed(raw, match.end(), end)
            if body is None:
                raise DocumentError(f"{path}: footnote {number} has no text.")
            yield Removal(Span(match.start(), end + 1), "footnote body", number), body


def _closing_bracket(raw: str, opening: int) -> int | None:
    """The bracket that closes the one at `opening`, brackets within it counted."""
    depth = 0
    for match in re.compile(r"[\[\]]").finditer(raw, opening):
        depth += 1 if match[0] == "[" else -1
        if depth == 0:
            return match.start()
    return None


def _without_carriage_returns(raw: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in re.compile(r"\r(?=\n)").finditer(raw, span.start, span.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    yield Span(start, span.end)
