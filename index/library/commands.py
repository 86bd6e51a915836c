"""The commands of the library: build it, add documents, remove them, list them."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.command_line import DocumentsOption, EncoderOption, IndexOption, JsonOption, print_json, settings
from index.limits import usable_cores
from index.model.doubts import doubt_text

if TYPE_CHECKING:
    from index.library.collect import Progress
    from index.library.draft import Changes, Refusal
    from index.library.manifest import Entry

_STAGES = {"read": ("reading", "documents"), "encode": ("indexing", "passages")}
# Seconds between two lines of progress where there is no terminal to draw a bar on.
_EVERY = 15.0


def register(app: typer.Typer) -> None:
    """Add the commands to the command line of the index."""
    for command in (build, add, remove):
        app.command()(command)
    app.command(name="list")(list_documents)


def build(
    documents: DocumentsOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing where there is a usable index of these documents.")
    ] = False,
    folder_only: Annotated[
        bool, typer.Option("--folder-only", help="Leave out documents that were added from elsewhere.")
    ] = False,
) -> None:
    """Make the index that of the folder of documents and of what was added; read only what changed.

    Exit code 2 where a document could not be read and was left out.
    """
    from index.library.build import build_index, reason_to_build

    chosen = settings(documents, index, encoder)
    if if_needed:
        reason = reason_to_build(chosen)
        if reason is None:
            return
        sys.stderr.write(f"{reason}\n")
    refused: list[Refusal] = []
    with _progress() as progress:
        manifest = build_index(
            chosen,
            progress,
            folder_only=folder_only,
            keep_left_out=if_needed,
            refused=refused,
            processes=usable_cores(),
        )
    sys.stdout.write(
        f"{len(manifest.documents)} document(s), {manifest.passages} passages, encoder {manifest.encoder}: "
        f"{chosen.index}\n"
    )
    _say_refused(refused)


def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, zip files or folders.")],
    as_json: JsonOption = False,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Add documents to the library; exit code 2 where one was refused (the others are added)."""
    from index.library.build import add_documents

    chosen = settings(index=index, encoder=encoder)
    with _progress() as progress:
        changes = add_documents(chosen, paths, progress, usable_cores())
    _report(changes, as_json)


def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Ids, file names or paths.")],
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Remove documents from the library; the files themselves stay."""
    from index.library.build import remove_documents

    _report(remove_documents(settings(index=index), names), as_json)


def list_documents(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """List the documents of the library; one publication in several formats is one, with its files."""
    from index.library.manifest import read_manifest
    from index.model.publications import publications

    listed = publications(read_manifest(settings(index=index).index).documents)
    if as_json:
        print_json([{**_record(one.shown), "files": [_file(entry) for entry in one.files]} for one in listed])
        return
    for one in listed:
        entry = one.shown
        counts = f"{entry.questions} questions, {entry.passages} passages"
        about = " · ".join(part for part in (entry.kind, entry.date, entry.title, counts) if part)
        sys.stdout.writelines(f"{file.id}  {file.file}\n" for file in one.files)
        sys.stdout.write(f"    {about}\n")
        sys.stdout.writelines(f"    look at {doubt_text(doubt, 'en')}\n" for doubt in entry.doubts)
    sys.stdout.write(f"{len(listed)} document(s)\n")


def _file(entry: "Entry") -> dict[str, str]:
    return {"id": entry.id, "file": entry.file}


def _record(entry: "Entry") -> dict[str, Any]:
    record = asdict(entry)
    record.pop("fingerprint")
    return {**record, "date": entry.date or None, "doubts": [doubt_text(doubt, "en") for doubt in entry.doubts]}


def _report(changes: "Changes", as_json: bool) -> None:
    """Print what was done; the refused at the end, with exit code 2."""
    done = {name: getattr(changes, name) for name in ("added", "replaced", "removed", "same")}
    if as_json:
        refused = [asdict(refusal) for refusal in changes.refused]
        print_json({name: [_record(e) for e in entries] for name, entries in done.items()} | {"refused": refused})
    else:
        for name, entries in done.items():
            word = "already there" if name == "same" else name
            sys.stdout.writelines(
                f"{word}: {entry.file} ({entry.id}), {entry.questions} questions, {entry.passages} passages"
                + (f", {len(entry.doubts)} doubts" if entry.doubts else "")
                + "\n"
                for entry in entries
            )
    _say_refused(changes.refused)


def _say_refused(refused: "Sequence[Refusal]") -> None:
    """Name what was left out; exit code 2 where something was."""
    sys.stderr.writelines(f"refused: {refusal.reason}\n" for refusal in refused)
    if refused:
        raise typer.Exit(2)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar on a terminal, and a line now and then where there is none; nothing for work that is done at once."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        stages = {stage: (bar.add_task(text, visible=False, pace=""), _Pace()) for stage, (text, _) in _STAGES.items()}

        def show(stage: str, done: int, total: int) -> None:
            task, pace = stages[stage]
            bar.update(task, completed=done, total=total, visible=total > 1, pace=pace.said(done, total))

        yield show


def _lines() -> "Progress":
    said = time.monotonic()
    paces = {stage: _Pace() for stage in _STAGES}

    def say(stage: str, done: int, total: int) -> None:
        nonlocal said
        text, unit = _STAGES[stage]
        pace = paces[stage].said(done, total)
        if time.monotonic() - said > _EVERY:
            said = time.monotonic()
            sys.stderr.write(f"{text}: {done:,} of {total:,} {unit}{', ' if pace else ''}{pace}\n")

    return say


class _Pace:
    """How fast something goes, and how long it will take, from when it was first told."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, int] | None = None

    def said(self, done: int, total: int) -> str:
        """ "25 a second, 1:23:45 left"; nothing while that is not known."""
        if self._began is None:
            self._began = self._clock(), done
        then, before = self._began
        seconds = self._clock() - then
        if seconds < 1 or done <= before:
            return ""
        rate = (done - before) / seconds
        minutes, left = divmod(round((total - done) / rate), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{rate:.{0 if rate >= 10 else 1}f} a second, {hours}:{minutes:02}:{left:02} left"
