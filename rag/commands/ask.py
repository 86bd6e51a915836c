"""The commands that answer: one question, a file of them, or a conversation.

What answers is imported when a question is there: citing and checking start without it.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from index.command_line import EncoderOption, IndexOption, print_json, settings
from rag.commands.options import LanguageOption, searched_for
from rag.texts.answers import TEXTS, Language

if TYPE_CHECKING:
    from rag.answer.types import Answer


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Dutch or English.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="At most so many passages.")] = 10,
    per_unit: Annotated[
        int, typer.Option("--per-unit", min=0, help="At most so many passages of one unit; 0 for all.")
    ] = 1,
    batch: Annotated[
        str | None, typer.Option("--batch", help='File of {"id": …, "query": …} lines; - for standard input.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line with --batch.")] = False,
    language: LanguageOption = "nl",
    document: Annotated[list[str] | None, typer.Option("--document", help="Only of this document.")] = None,
    group: Annotated[list[str] | None, typer.Option("--group", help="Only what this group asked.")] = None,
    member: Annotated[list[str] | None, typer.Option("--member", help="Only what this member asked.")] = None,
    questions: Annotated[
        list[str] | None, typer.Option("--questions", help="Only these questions: 12 or 10-20.")
    ] = None,
    annex: Annotated[list[str] | None, typer.Option("--annex", help="Only this annex: II.")] = None,
    speaker: Annotated[list[str] | None, typer.Option("--speaker", help="Only of: minister, members, third.")] = None,
    minister: Annotated[list[str] | None, typer.Option("--minister", help="Only letters of this minister.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only this kind of document.")] = None,
    dates: Annotated[
        list[str] | None, typer.Option("--date", help="Only dated 2021, 2021-03 or 2020..2021-06.")
    ] = None,
    footnote: Annotated[list[str] | None, typer.Option("--footnote", help="Only footnotes: 9, 10-12 or all.")] = None,
    promise: Annotated[
        list[str] | None, typer.Option("--promise", help="Only what promises something: firm, soft or all.")
    ] = None,
    refusal: Annotated[
        list[str] | None,
        typer.Option("--refusal", help="Only what refuses something: declined, not-possible, not-known or all."),
    ] = None,
    previous: Annotated[
        list[str] | None, typer.Option("--previous", help="An earlier question that this one may lean on.")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Print the passages that answer, with question number, group, question and footnotes.

    Options that filter may be given more than once: any of their values will do. A question may hold filters
    too, as in: boete -hoster "op heterdaad" fractie:CDA vraag:10-20 datum:2021.
    """
    from rag.answer.assistant import Assistant
    from rag.answer.record import answer_record
    from rag.answer.wording import message
    from rag.commands.batch import read_batch
    from rag.question.filter_record import read_filters

    if question is not None:
        question = searched_for(question)
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE, and not both")
    filters = read_filters(
        {
            "documents": document,
            "groups": group,
            "members": member,
            "numbers": questions,
            "annexes": annex,
            "speakers": speaker,
            "ministers": minister,
            "kinds": kind,
            "dates": dates,
            "footnotes": footnote,
            "promises": promise,
            "refusals": refusal,
        }
    )
    batch_questions = read_batch(batch) if batch is not None else []
    assistant = Assistant.open(settings(index=index, encoder=encoder))
    if question is not None:
        answer = assistant.ask(question, top, per_unit or None, filters, previous or (), whole=as_json)
        if as_json:
            print_json(answer_record(answer))
            if not answer.answered:
                sys.stderr.write(message(answer, language) + "\n")
        else:
            _show(answer, language)
    for item in batch_questions:
        within = filters.overruled_by(item.filters)
        answer = assistant.ask(item.query, top, per_unit or None, within, item.previous, whole=as_json)
        if as_json:
            print_json(answer_record(answer, item.id), indent=None)
        else:
            sys.stdout.write(f"\n{item.id}: {item.query[:200]}\n")
            _show(answer, language)


def chat(
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="At most so many passages.")] = 3,
    language: LanguageOption = "nl",
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Answer questions line by line; one that leans on those before it is searched together with them."""
    from rag.answer.assistant import Assistant

    assistant = Assistant.open(settings(index=index, encoder=encoder))
    asked: list[str] = []
    while (question := _next_line(TEXTS[language]["prompt"])) is not None:
        if question:
            _show(assistant.ask(question, top, previous=asked, whole=False), language)
            asked.append(question)


def _next_line(prompt: str) -> str | None:
    """The next line that is typed, without the white space around it; None at the end."""
    if sys.stdin.isatty():
        sys.stdout.write(prompt)
        sys.stdout.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


def _show(answer: "Answer", language: Language) -> None:
    from rich.console import Console

    from rag.commands.terminal import show

    sys.stdout.flush()
    show(answer, Console(highlight=False), language)
