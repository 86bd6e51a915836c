"""The command that lists the same answers in several documents, with their differences."""

import sys
from typing import Annotated

import typer

from index.command_line import IndexOption, JsonOption, print_json, settings
from rag.commands.options import LanguageOption
from rag.texts.answers import TEXTS


def similar(
    document: Annotated[
        str | None, typer.Argument(help="Id or file name; all documents when left out.", show_default=False)
    ] = None,
    differing: Annotated[bool, typer.Option("--differing", help="Only answers that are not the same.")] = False,
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """List answers that stand in several documents, near-identical, and the words in which they differ."""
    from index.library.open import open_index
    from rag.answer.record import passage_record, similar_record
    from rag.answer.wording import similar_lines
    from rag.retrieval.near_duplicates import NearDuplicates

    opened, _ = open_index(settings(index=index))
    collection, duplicates = opened.collection, NearDuplicates(opened)
    wanted = None if document is None else collection.find_document(document).id
    shown_documents = {head.id for head in collection.shown_heads}
    seen: set[int] = set()
    records = []
    for row in duplicates.rows:
        passage = collection.passages[row]
        if passage.field not in ("answer", "table") or (wanted not in (None, passage.document)) or row in seen:
            continue
        if wanted is None and passage.document not in shown_documents:
            continue
        every = duplicates.similar(row)
        seen.update(found.row for found in every)
        shown = tuple(found for found in every if found.differences or not differing)
        if not shown:
            continue
        if as_json:
            similar_records = [similar_record(found) for found in shown]
            records.append({**passage_record(collection, passage), "similar": similar_records})
            continue
        unit = collection.unit(passage.unit)
        sys.stdout.write(f"{collection.document(passage.document).file}, {unit.label}\n")
        sys.stdout.write(f"  {' '.join(collection.text(passage).split())}\n")
        sys.stdout.writelines(f"  {line}\n" for line in similar_lines(shown, language))
        records.append({})
    if as_json:
        print_json(records)
    elif not records:
        sys.stdout.write(TEXTS[language]["no similar"] + "\n")
