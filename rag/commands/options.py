"""Options that commands of the assistant have in common."""

import re
from typing import Annotated

import typer

from rag.texts.answers import Language

# What a person types may begin with a hyphen ("-boete"): that is no option.
HYPHENS = {"ignore_unknown_options": True}


def searched_for(typed: str) -> str:
    """What was typed to search for; BadParameter for a word that looks like an option that there is not."""
    if option := re.match(r"--[a-z]\S*", typed):
        raise typer.BadParameter(f"{option[0]} is no option (see --help). To search for it, type '\"{typed}\"'.")
    return typed


LanguageOption = Annotated[Language, typer.Option("--language", help="Language of our own words.")]
