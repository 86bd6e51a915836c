"""The command that lists the sub-questions of the members and what answers them."""

import sys
from typing import Annotated

import typer

from index.command_line import IndexOption, JsonOption, print_json, settings
from rag.commands.options import LanguageOption
from rag.texts.answers import TEXTS


def coverage(
    document: Annotated[str, typer.Argument(help="Id or file name; all documents when left out.")] = "",
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """List the sub-questions of the members, each with the sentences of the answer that answer it."""
    from itertools import groupby

    from rag.coverage.record import coverage_record
    from rag.coverage.register import asked_of_reader, find_coverage

    found = find_coverage(settings(index=index).index, document)
    if as_json:
        print_json([coverage_record(one) for one in found])
        return
    texts = TEXTS[language]
    for head, rows in groupby(found, key=lambda one: one.document):
        ones = tuple(rows)
        for one in ones:
            covered = one.covered
            where = ", ".join(str(place) for place in covered.where)
            status = texts[f"coverage {covered.status}"] + (f" ({where})" if where else "")
            place = f"{head.file}, {'/'.join(map(str, covered.numbers))}.{covered.sub}"
            shown = " […] ".join(" ".join(e.text.split()) for e in covered.evidence)
            sys.stdout.write(f"{place}\t{status}\t{' '.join(covered.text.split())}\t{shown}\n")
        asked = asked_of_reader(ones)
        sys.stdout.write(texts["coverage of"].format(file=head.file, count=len(ones), asked=len(asked)) + "\n")
        for one in asked:
            place = f"{'/'.join(map(str, one.covered.numbers))}.{one.covered.sub}"
            sys.stdout.write(f"  {place}\t{' '.join(one.covered.text.split())}\t{texts['coverage asks']}\n")
    if not found:
        sys.stdout.write(texts["no coverage"] + "\n")
