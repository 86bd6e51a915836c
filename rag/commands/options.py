"""Options that commands of the assistant have in common."""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, TypeVar

import typer

from index.command_line import print_json
from rag.texts.answers import Language

T = TypeVar("T")

# What a person types may begin with a hyphen ("-boete"): that is no option.
HYPHENS = {"ignore_unknown_options": True}


def searched_for(typed: str) -> str:
    """What was typed to search for; BadParameter for a word that looks like an option that there is not."""
    if option := re.match(r"--[a-z]\S*", typed):
        raise typer.BadParameter(f"{option[0]} is no option (see --help). To search for it, type '\"{typed}\"'.")
    return typed


def show_all(
    found: Sequence[T], as_json: bool, record: Callable[[T], object], lines: Callable[[T], Iterable[str]], nothing: str
) -> None:
    """Print what was found: its records as JSON, else its lines one by one, or that there is nothing."""
    if as_json:
        print_json([record(one) for one in found])
    else:
        shown = (line for one in found for line in lines(one))
        sys.stdout.writelines(f"{line}\n" for line in (shown if found else [nothing]))


LanguageOption = Annotated[Language, typer.Option("--language", help="Language of our own words.")]
