"""Open a zip file of anybody's making: a Word file, an OpenDocument file, an archive of documents.

What it would unpack to is checked before anything is unpacked, and again
while it is, since a zip file may lie about its sizes.
"""

import io
import zipfile
import zlib
from pathlib import Path

from index.readers.canonical import UnreadableError

MOST_MEMBERS = 5_000
LARGEST_MEMBER = 50_000_000
LARGEST_WHOLE = 300_000_000
# Text packs 5 to 20 times, the XML of a long Word file at most some 60 times.
HIGHEST_RATIO = 200
# Below this size a ratio says nothing.
_SMALL = 1_000_000
_ENCRYPTED = 0x1


class Package:
    """The members of a zip file by name; each is unpacked only when it is asked for.

    Of a file by its path only the list of members is read.
    """

    def __init__(self, file: bytes | Path) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
            self._members = {member.filename: member for member in self._archive.infolist() if not member.is_dir()}
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, UnicodeDecodeError) as error:
            raise UnreadableError(f"a zip file that is damaged or cut short ({error}). Fetch it again.") from error
        self._check(len(file) if isinstance(file, bytes) else file.stat().st_size)

    @classmethod
    def of(cls, content: "bytes | Package") -> "Package":
        """The package of a file's bytes; one that is open already is itself."""
        return content if isinstance(content, Package) else cls(content)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, as the file orders them."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, largest: int = LARGEST_MEMBER) -> bytes:
        """The unpacked content of a member.

        Raises UnreadableError where it is missing, encrypted, damaged or
        larger than `largest` bytes.
        """
        member = self._members.get(name)
        if member is None:
            raise UnreadableError(f"{name} is missing in it; the file is damaged. Save or fetch it again.")
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableError(f"{name} in it is protected by a password. Save it without one.")
        try:
            with self._archive.open(member) as file:
                content = file.read(largest + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise UnreadableError(f"{name} in it is damaged ({error}). Fetch the file again.") from error
        if len(content) > largest:
            raise UnreadableError(f"{name} in it unpacks to more than {largest:,} bytes; no more are read.")
        return content

    def _check(self, size: int) -> None:
        if len(self._members) > MOST_MEMBERS:
            raise UnreadableError(f"a zip file of {len(self._members):,} members; at most {MOST_MEMBERS:,} are read.")
        whole = sum(member.file_size for member in self._members.values())
        if whole > LARGEST_WHOLE or (whole > _SMALL and whole > HIGHEST_RATIO * size):
            raise UnreadableError(
                f"a zip file of {size:,} bytes that unpacks to {whole:,}; at most {LARGEST_WHOLE:,} and "
                f"{HIGHEST_RATIO} times its size are unpacked. This may be a zip bomb; nothing was read."
            )
