"""The commands that cite, write memos, and check them: each a thin edge of the library."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from index.command_line import DocumentsOption, settings
from rag.texts.answers import LANGUAGES, Language
from rag.texts.memos import MEMO_TEXTS

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
LanguageOption = Annotated[str, typer.Option("--language", help="Language of our own words: nl or en.")]
StyleOption = Annotated[str, typer.Option("--style", help="plain, markdown, html, bibtex or csl-json.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line of the assistant."""
    for command in (cite, memo, verify, figures):
        app.command()(command)
    app.command(name="open")(open_link)


def cite(
    document: Annotated[str, typer.Argument(help="Id or file name.")],
    start: Annotated[int, typer.Argument(help="Code point of the canonical text.")],
    end: Annotated[int, typer.Argument(help="Code point after the last.")],
    style: StyleOption = "plain",
    as_json: JsonOption = False,
    documents: DocumentsOption = None,
) -> None:
    """Print the citation of a range of a document, in one of five styles."""
    from rag.citation.record import citation_record
    from rag.citation.styles import STYLES, Style, styled

    if style not in STYLES:
        raise typer.BadParameter(f"--style is one of {', '.join(STYLES)}, not {style!r}")
    citation = _citer(documents).cite(document, start, end)
    if as_json:
        _print_json(citation_record(citation))
    else:
        sys.stdout.write(styled(citation, cast(Style, style)))


def memo(
    selection: Annotated[Path, typer.Argument(help="JSON file of title and items (see README).")],
    out: Annotated[Path, typer.Option("--out", help="File to write: .docx, .md or .json.")],
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
) -> None:
    """Write a memo of a selection of quotations and notes."""
    from rag.memo.selection import read_selection
    from rag.memo.write_memo import write_memo

    chosen = _language(language)
    read = read_selection(selection, _citer(documents))
    write_memo(read, out, chosen)
    sys.stdout.write(MEMO_TEXTS[chosen]["written"].format(path=out, count=len(read.citations)) + "\n")


def verify(
    file: Annotated[str, typer.Argument(help="The memo: .docx, .odt, .html, .md or .txt; - for standard input.")],
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
) -> None:
    """Check every quotation in a memo; exit code 0 only if each is exact or correctly shortened, else 1."""
    from rag.verify.read_memo import read_memo
    from rag.verify.report import report_lines, report_record
    from rag.verify.verdicts import Verifier

    chosen = _language(language)
    text = read_memo(file)
    citer = _citer(documents)
    report = Verifier(citer).verify(text, file)
    if as_json:
        _print_json(report_record(report, citer))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in report_lines(report, citer, chosen)))
    if not report.passes:
        raise typer.Exit(1)


def figures(
    query: Annotated[str, typer.Argument(help="Words that the sentence must have; all figures when left out.")] = "",
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
) -> None:
    """Print the numbers, amounts, percentages, dates and articles of law with their sentences."""
    from rag.citation.figures import figure_record
    from rag.citation.figures import figures as find_figures
    from rag.citation.reference import short_reference

    chosen = _language(language)
    found = find_figures(_citer(documents), query)
    if as_json:
        _print_json([figure_record(figure) for figure in found])
        return
    for figure in found:
        words = " ".join(figure.sentence.quotation.split())
        notes = "".join(f" [{mark.number}]" for mark in figure.sentence.marks)
        sys.stdout.write(f"{figure.citation.quotation}\t{short_reference(figure.citation)}\t{words}{notes}\n")
    if not found:
        sys.stdout.write(MEMO_TEXTS[chosen]["no figures"] + "\n")


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

    chosen = _language(language)
    opened = open_permalink(read_permalink(link), _citer(documents))
    if as_json:
        record = citation_record(opened.citation) if opened.citation else None
        _print_json({"state": opened.state, "reasons": list(opened.reasons), "citation": record})
    else:
        sys.stdout.write(_opened_text(opened, chosen))
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


def _citer(documents: Path | None) -> Any:
    from index.library.build import library_collection, read_collection
    from rag.citation.citation import Citer

    chosen = settings(documents)
    # A folder that is named stands for itself; else what was added to the library can be cited too.
    return Citer(read_collection(chosen.documents) if documents else library_collection(chosen))


def _language(language: str) -> Language:
    if language not in LANGUAGES:
        raise typer.BadParameter(f"--language is nl or en, not {language!r}")
    return "en" if language == "en" else "nl"


def _print_json(record: Any) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
