"""Take files that a person uploads into the library, and keep them where the next build finds them.

A file is kept beside the index under its own name before it is read, so that
its document knows where it came from; one that is refused, or whose document
was there already, is not kept.
"""

from collections.abc import Sequence
from pathlib import Path

from index.errors import DocumentError
from index.library.build import Progress, add_documents, remove_documents
from index.library.draft import Changes, Refusal
from index.readers.source import MAX_ARCHIVE_BYTES
from index.regular_file import read_regular
from index.settings import Settings


def kept_uploads(settings: Settings) -> Path:
    """The folder in which uploaded documents are kept."""
    return settings.beside / "uploaded"


def add_uploads(settings: Settings, files: Sequence[Path], progress: Progress) -> Changes:
    """Add uploaded files, as `add_documents` does; refusals name the files as the person does, without folders."""
    folder = kept_uploads(settings)
    folder.mkdir(parents=True, exist_ok=True)
    kept: list[Path] = []
    try:
        for file in files:
            kept.append(_kept(file, folder))
        changes = add_documents(settings, kept, progress)
    except BaseException:
        _forget(kept)
        raise
    taken = {entry.source for entry in (*changes.added, *changes.replaced, *changes.same)}
    _forget([path for path in kept if path.resolve().as_posix() not in taken])
    changes.refused = [_without_folder(refusal, folder) for refusal in changes.refused]
    return changes


def remove_document(settings: Settings, document: str) -> Changes:
    """Remove a document from the library, and the upload that it was read from where no other needs it."""
    changes = remove_documents(settings, [document])
    folder = kept_uploads(settings).resolve()
    for entry in changes.removed:
        path = Path(entry.source)
        if not entry.in_folder and not entry.member and path.parent == folder:
            path.unlink(missing_ok=True)
    return changes


def _kept(file: Path, folder: Path) -> Path:
    """The file's place in `folder`: under its own name, or numbered where another file has that."""
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
        path.write_bytes(content)
    return path


def _has(path: Path, content: bytes) -> bool:
    try:
        return read_regular(path, len(content), follow_links=False) == content
    except OSError:
        return False


def _forget(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _without_folder(refusal: Refusal, folder: Path) -> Refusal:
    place = f"{folder}/"
    return Refusal(refusal.name.replace(place, ""), refusal.reason.replace(place, ""))
