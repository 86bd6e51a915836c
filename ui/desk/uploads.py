"""Take files that a person uploads into the library, and keep them where the next build finds them.

A file is kept beside the index under its own name before it is read, so that
its document knows where it came from; one that is refused, or whose document
was there already, is not kept. What is being taken stands in a list beside it
until the library is written, so that what a killed server left is known.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import DocumentError, WoordelijkError
from index.files import write_whole
from index.library.build import add_documents, remove_documents
from index.library.collect import Progress
from index.library.draft import Changes, Refusal
from index.library.manifest import read_manifest
from index.readers.source import MAX_ARCHIVE_BYTES
from index.regular_file import read_regular
from index.settings import Settings

_LOCK = ".uploaded.lock"


def kept_uploads(settings: Settings) -> Path:
    """The folder in which uploaded documents are kept."""
    return settings.beside / "uploaded"


def add_uploads(settings: Settings, files: Sequence[Path], progress: Progress) -> Changes:
    """Add uploaded files, as `add_documents` does; refusals name the files as the person does, without folders.

    Of what was in the folder before nothing goes, whatever fails.
    """
    folder = kept_uploads(settings)
    folder.mkdir(parents=True, exist_ok=True)
    # Several servers of one library keep their uploads in one folder.
    with FileLock(settings.beside / _LOCK):
        _forget_unfinished(settings)
        try:
            changes = add_documents(settings, _kept(settings, files), progress)
        finally:
            _forget_unfinished(settings)
    changes.refused = [_without_folder(refusal, folder) for refusal in changes.refused]
    return changes


def forget_unfinished(settings: Settings) -> None:
    """Remove the uploads that were being taken when a server was killed, unless the library has them.

    Nothing is removed where the library cannot be read, or another server is taking uploads.
    """
    folder = kept_uploads(settings)
    if folder.is_dir():
        with suppress(OSError, Timeout), FileLock(settings.beside / _LOCK, timeout=0):
            _forget_unfinished(settings)


def _forget_unfinished(settings: Settings) -> None:
    with suppress(OSError, ValueError, WoordelijkError):
        names = json.loads(_list(settings).read_text("utf-8"))
        used = {Path(entry.source).resolve() for entry in read_manifest(settings.index).documents}
        for name in names:
            path = kept_uploads(settings) / Path(name).name
            if path.resolve() not in used:
                path.unlink(missing_ok=True)
        _list(settings).unlink()


def remove_document(settings: Settings, document: str) -> Changes:
    """Remove a document from the library, and the upload that it was read from where no other needs it."""
    changes = remove_documents(settings, [document])
    folder = kept_uploads(settings).resolve()
    for entry in changes.removed:
        path = Path(entry.source)
        if not entry.in_folder and not entry.member and path.parent == folder:
            path.unlink(missing_ok=True)
    return changes


def _list(settings: Settings) -> Path:
    """Where the names stand of what is being taken."""
    return kept_uploads(settings) / ".unfinished.json"


def _kept(settings: Settings, files: Sequence[Path]) -> list[Path]:
    """Where each of the files is kept now; those that were not there before are listed as unfinished."""
    folder = kept_uploads(settings)
    kept: list[Path] = []
    new: list[str] = []
    for file in files:
        try:
            content = read_regular(file, MAX_ARCHIVE_BYTES, follow_links=False)
        except OSError as error:
            raise DocumentError(f"{file.name}: cannot be read ({error.strerror}). Upload it again.") from error
        path = folder / file.name
        number = 2
        while path.exists() and not _has(path, content):
            path = folder / f"{file.stem}-{number}{file.suffix}"
            number += 1
        if not path.exists():
            new.append(path.name)
            write_whole(_list(settings), json.dumps(new, ensure_ascii=False))
            write_whole(path, content)
        kept.append(path)
    return kept


def _has(path: Path, content: bytes) -> bool:
    try:
        return read_regular(path, len(content), follow_links=False) == content
    except OSError:
        return False


def _without_folder(refusal: Refusal, folder: Path) -> Refusal:
    place = f"{folder}/"
    return Refusal(refusal.name.replace(place, ""), refusal.reason.replace(place, ""))
