"""A file as it came in, looked at once: its bytes, their hash, and what stands beside it."""

import datetime
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.errors import DocumentError
from index.language.values.dates import read_date
from index.model.types import Metadata
from index.readers.source import DESCRIPTIONS, METADATA, Source


@dataclass(frozen=True, slots=True)
class Received:
    """One file to be read, and all that its reading depends on.

    `sha256` is of its bytes; `description` is its entry in `documents.toml`,
    `published` the metadata files of a publication beside it, by name.
    """

    source: Source
    content: bytes
    sha256: str
    description: Metadata
    published: Mapping[str, bytes]

    @property
    def document(self) -> str:
        """The id of the document that the file is."""
        return self.sha256[:16]

    @property
    def fingerprint(self) -> str:
        """A SHA-256 of all that the reading depends on: the bytes, the name, and what stands beside them."""
        stated = sorted((name, str(value)) for name, value in self.description.items())
        digest = hashlib.sha256(repr((self.sha256, self.source.file, stated)).encode())
        for content in self.published.values():
            digest.update(content)
        return digest.hexdigest()


def receive(source: Source) -> Received:
    """The file of `source`; DocumentError where it, or what stands beside it, cannot be had or is no TOML."""
    content = source.content()
    beside = ((name, source.beside(name)) for name in METADATA)
    published = {name: found for name, found in beside if found is not None}
    return Received(source, content, hashlib.sha256(content).hexdigest(), _description(source), published)


def _description(source: Source) -> Metadata:
    """What `documents.toml` beside the file says of it: its entry, or nothing."""
    content = source.beside(DESCRIPTIONS)
    if content is None:
        return {}
    toml = source.path.with_name(DESCRIPTIONS) if not source.member else f"{source.path}/{DESCRIPTIONS}"
    name = source.base_name
    try:
        table: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(f"{toml}: not valid TOML ({error}).") from error
    entry = table.get(name, {})
    if not isinstance(entry, dict) or not all(isinstance(value, str) for key, value in entry.items() if key != "date"):
        raise DocumentError(f'{toml}: expected ["{name}"] to be a table of strings.')
    return {key: _date(value, f'{toml}: ["{name}"]') if key == "date" else value for key, value in entry.items()}


def _date(value: object, where: str) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and (day := read_date(value)):
        return day
    raise DocumentError(f'{where}: found date = {value!r}; expected a day, such as "12 maart 2024" or 2024-03-12.')
