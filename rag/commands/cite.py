"""The commands that cite, write memos, and check them: each a thin edge of the library."""

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.command_line import DocumentsOption, IndexOption, JsonOption, print_json, settings
from rag.citation.styles import Style
from rag.commands.options import LanguageOption, searched_for, show_all
from rag.texts.answers import Language, counted
from rag.texts.memos import MEMO_TEXTS

if TYPE_CHECKING:
    from index.library.draft import Refusal


def cite(
    document: Annotated[str, typer.Argument(help="Id or file name.")],
    start: Annotated[int, typer.Argument(help="Code point of the canonical text.")],
    end: Annotated[int, typer.Argument(help="Code point after the last.")],
    style: Annotated[Style, typer.Option("--style", help="How the citation is written.")] = "plain",
    as_json: JsonOption = False,
    documents: DocumentsOption = None,
) -> None:
    """Print the citation of a range of a document, in one of seven styles."""
    from rag.citation.record import citation_record
    from rag.citation.styles import styled

    citation = _citer(documents).cite(document, start, end)
    if as_json:
        print_json(citation_record(citation))
    else:
        sys.stdout.write(styled(citation, style))


def memo(
    selection: Annotated[Path, typer.Argument(help="JSON file of title and items (see docs/cite.md).")],
    out: Annotated[Path, typer.Option("--out", help="File to write: .docx, .html, .txt, .md or .json.")],
    author: Annotated[str, typer.Option("--author", help="Who made it, for the file's properties.")] = "",
    date: Annotated[str, typer.Option("--date", help="Its date, as 2026-11-28; today when left out.")] = "",
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
) -> None:
    """Write a memo of a selection of quotations and notes; exit code 2 where one of them had to be left out."""
    from rag.memo.selection import LeftOut, dated, read_selection
    from rag.memo.write_memo import write_memo

    left_out: list[LeftOut] = []
    read = dated(read_selection(selection, _citer(documents), left_out), author, date, datetime.date.today())
    write_memo(read, out, language)
    sys.stderr.writelines(f"left out: {one.reason}\n" for one in left_out)
    sys.stdout.write(counted(MEMO_TEXTS[language], "written", len(read.quoted), path=out) + "\n")
    if left_out:
        raise typer.Exit(2)


def verify(
    file: Annotated[str, typer.Argument(help="The memo: .docx, .odt, .html, .md or .txt; - for standard input.")],
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
) -> None:
    """Check every quotation in a memo; exit code 0 only if each is exact or correctly shortened, else 1.

    Exit code 2 where they are but a document could not be read.
    """
    from rag.verify.read_memo import read_memo
    from rag.verify.report import report_lines, report_record
    from rag.verify.verdicts import Verifier

    text = read_memo(file)
    refused: list[Refusal] = []
    citer = _citer(documents, refused)
    report = Verifier(citer).verify(text, file)
    if as_json:
        print_json(report_record(report, citer))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in report_lines(report, citer, language)))
    if not report.passes:
        raise typer.Exit(1)
    if refused:
        raise typer.Exit(2)


def figures(
    query: Annotated[str, typer.Argument(help="Words that the sentence must have; all figures when left out.")] = "",
    differing: Annotated[
        bool, typer.Option("--differing", help="The same quantity with another value, or promise with another date.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
    index: IndexOption = None,
) -> None:
    """Print the numbers, amounts, percentages, dates and articles of law with their sentences."""
    if differing:
        if query or documents:
            raise typer.BadParameter("--differing looks through the whole library: leave out words and --documents.")
        _differing(as_json, language, index)
        return
    from rag.citation.figures import Figure, figure_record
    from rag.citation.figures import figures as find_figures
    from rag.citation.reference import short_reference

    found = find_figures(_citer(documents), searched_for(query))

    def line(figure: Figure) -> list[str]:
        words = " ".join(figure.sentence.quotation.split())
        notes = "".join(f" [{mark.number}]" for mark in figure.sentence.marks)
        return [f"{figure.citation.quotation}\t{short_reference(figure.citation)}\t{words}{notes}"]

    show_all(found, as_json, figure_record, line, MEMO_TEXTS[language]["no figures"])


def _differing(as_json: bool, language: Language, index: str | None) -> None:
    from rag.compare.disagreements import Disagreement, disagreements
    from rag.compare.record import disagreement_record

    def lines(one: Disagreement) -> Iterator[str]:
        for stated in one.stated:
            day = stated.document.date.isoformat() if stated.document.date else "-"
            where = f"{day}\t{stated.document.file}, {stated.label}"
            shown = " ".join(stated.text.split()) if one.kind == "figure" else stated.value
            yield f"{shown}\t{where}\t{' '.join(stated.sentence.split())}"
        yield ""

    found = disagreements(settings(index=index).index)
    show_all(found, as_json, disagreement_record, lines, MEMO_TEXTS[language]["no disagreements"])


def open_link(
    link: Annotated[str, typer.Argument(help="A woordelijk: link.")],
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
) -> None:
    """Find the words of a link again and say whether they are unchanged; exit code 1 where they are not."""
    from rag.citation.permalink import open_permalink, read_permalink
    from rag.citation.record import citation_record
    from rag.citation.styles import styled

    opened = open_permalink(read_permalink(link), _citer(documents))
    if as_json:
        record = citation_record(opened.citation) if opened.citation else None
        print_json({"state": opened.state, "reasons": list(opened.reasons), "citation": record})
    else:
        sys.stdout.write(_opened_text(opened, language))
        sys.stdout.write(styled(opened.citation, "plain") if opened.citation else "")
    if opened.state not in ("unchanged", "moved"):
        raise typer.Exit(1)


def _opened_text(opened: Any, language: Language) -> str:
    texts = MEMO_TEXTS[language]
    state = opened.state if opened.state in ("unchanged", "moved") else f"link {opened.state}"
    lines = [texts[state]]
    for reason in opened.reasons:
        now = opened.citation.quotation if opened.citation else ""
        was, now = (
            (opened.link.prefix, now[: len(opened.link.prefix)])
            if reason == "begin"
            else (opened.link.suffix, now[-len(opened.link.suffix) :])
        )
        lines.append("  " + texts[reason].format(was=was, now=now))
    return "\n".join(lines) + "\n"


def _citer(documents: Path | None, refused: "list[Refusal] | None" = None) -> Any:
    """Cites from the documents that can be read; the others are named, and added to `refused`."""
    from index.library.collect import library_collection, read_collection
    from rag.citation.citation import Citer

    chosen = settings(documents)
    # A folder that is named stands for itself; else what was added to the library can be cited too.
    left: list[Refusal] = [] if refused is None else refused
    found = read_collection(chosen.documents, left) if documents else library_collection(chosen, left)
    sys.stderr.writelines(f"refused: {refusal.reason}\n" for refusal in left)
    return Citer(found)
