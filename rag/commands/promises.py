"""The command that lists what a minister promises and refuses."""

from pathlib import Path
from typing import Annotated

import typer

from index.command_line import IndexOption, JsonOption, settings
from rag.commands.options import LanguageOption, show_all
from rag.texts.answers import TEXTS


def promises(
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", help="promise, refusal, firm, soft, declines, not-possible or not-known; may be repeated."
        ),
    ] = None,
    until: Annotated[
        str, typer.Option("--until", help="Only what states a day until this day, month or year; by day.")
    ] = "",
    document: Annotated[str, typer.Option("--document", help="Id or file name; all documents when left out.")] = "",
    rule: Annotated[bool, typer.Option("--rule", help="Also say which rule found it.")] = False,
    as_json: JsonOption = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="File for a table of comma-separated values.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="File for a calendar of those that state a day.")] = None,
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """List the sentences in which the minister promises or refuses something, each with the moment it states."""
    from index.files import write_whole
    from rag.promises.calendar_file import promises_calendar
    from rag.promises.record import promise_record, promises_csv
    from rag.promises.register import Found, find_promises

    found = find_promises(settings(index=index).index, kind or (), until, document)
    if csv is not None:
        write_whole(csv, promises_csv(found))
    if ics is not None:
        write_whole(ics, promises_calendar(found, language))
    texts = TEXTS[language]

    def line(one: Found) -> list[str]:
        promise = one.promise
        when = (promise.by and promise.by.isoformat()) or " ".join((promise.moment or "-").split())
        where = f"{one.document.file}, {promise.label}"
        named = [promise.rule] if rule else []
        return ["\t".join([when, texts[promise.verdict], where, " ".join(promise.text.split()), *named])]

    show_all(found, as_json, lambda one: promise_record(one, rule), line, texts["no promises"])
