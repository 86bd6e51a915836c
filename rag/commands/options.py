"""Options that commands of the assistant have in common."""

from typing import Annotated

import typer

from rag.texts.answers import Language

LanguageOption = Annotated[Language, typer.Option("--language", help="Language of our own words.")]
