"""What every command line of the product does alike: options, errors, exit codes.

A `WoordelijkError` becomes one sentence on standard error and exit code 2;
anything else is a bug and shows its traceback.
"""

import gc
import json
import logging
import os

# Before numpy is imported: its products here are too small to share out among threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from pathlib import Path
from typing import Annotated

import typer

from index.errors import WoordelijkError, lacking
from index.settings import Settings, location

# What a command imports and loads stays until its end: going through it for garbage takes a tenth of a question.
gc.set_threshold(100_000, 50, 50)

DocumentsOption = Annotated[
    Path | None, typer.Option("--documents", help="Folder of documents (WOORDELIJK_DOCUMENTS).")
]
IndexOption = Annotated[
    str | None,
    typer.Option(
        "--index", metavar="FOLDER", help="Folder of the index, or qdrant://HOST:PORT/NAME (WOORDELIJK_INDEX)."
    ),
]
EncoderOption = Annotated[
    str | None,
    typer.Option("--encoder", help="Any sentence-transformers model, by folder or hub name (WOORDELIJK_ENCODER)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(record: object, indent: int | None = 1) -> None:
    """Print a record as JSON with its letters as they are; in one line where `indent` is None."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=indent) + "\n")


def settings(documents: Path | None = None, index: str | None = None, encoder: str | None = None) -> Settings:
    """The settings of the environment, overruled by the options that were given; WoordelijkError for no address."""
    try:
        default = Settings.from_environment()
        chosen = location(index) if index else default.index
    except ValueError as error:
        raise WoordelijkError(str(error)) from error
    return Settings(documents or default.documents, chosen, encoder or default.encoder)


def new_app(description: str) -> typer.Typer:
    """A command line with plain tracebacks and help on no arguments."""
    return typer.Typer(help=description, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def run(app: typer.Typer) -> None:
    """Run `app` and end the process with its exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for package in ("index", "rag", "ui", "eval"):
        logging.getLogger(package).setLevel(logging.INFO)
    for stream in (sys.stdout, sys.stderr):
        # Dutch text must come out whole wherever the output goes.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except WoordelijkError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough; leave nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (OSError, MemoryError) as error:
        if (sentence := lacking(error)) is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(2)
    finally:
        # What is left goes with the process: to go through it for garbage once more takes as long as many a command.
        gc.freeze()
