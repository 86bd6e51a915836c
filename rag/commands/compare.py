"""The command that lays two documents side by side."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.command_line import IndexOption, JsonOption, print_json, settings
from rag.commands.options import LanguageOption
from rag.texts.answers import TEXTS, Language

if TYPE_CHECKING:
    from rag.compare.documents import Comparison, Placed


def register(app: typer.Typer) -> None:
    """Add the command to the command line of the assistant."""
    app.command()(compare)


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="The earlier document: a file, or id or name in the library.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The later document.")],
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """Say where two documents differ, by sentence and by word, figures first."""
    from rag.compare.documents import compare_named
    from rag.compare.record import comparison_record

    comparison = compare_named(settings(index=index).index, *(_named(name) for name in (a, b)))
    if as_json:
        print_json(comparison_record(comparison))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(comparison, language))


def _named(name: str) -> str | Path:
    """A file where there is one of that path, else a name in the library."""
    return Path(name) if Path(name).is_file() else name


def _lines(comparison: "Comparison", language: Language) -> list[str]:
    texts = TEXTS[language]
    lines = [f"{comparison.a.file} → {comparison.b.file}"]
    for compared in comparison.units:
        pair = compared.pair
        label = " → ".join(dict.fromkeys(unit.label for unit in (pair.a, pair.b) if unit))
        became = [texts[f"compared {compared.status}"]] if compared.status in ("added", "dropped") else []
        became += [texts["compared moved"]] if pair.moved else []
        became += [texts["compared meaning"]] if pair.matched == "meaning" else []
        lines += [f"{label}: {', '.join(became)}"] if became else []
    lines += [_line(placed, language) for placed in comparison.differences]
    return lines if len(lines) > 1 else [*lines, texts["compared alike"]]


def _line(placed: "Placed", language: Language) -> str:
    texts, one = TEXTS[language], placed.difference
    label = next((unit.label for unit in (placed.pair.b, placed.pair.a) if unit), "-")
    kind = texts["compared figures"] if one.figures else texts[f"compared {one.kind}"]
    if one.kind == "changed":
        shown = "; ".join(f"“{w.difference.document}” → “{w.difference.quotation}”" for w in one.words)
        return f"{label}\t{kind}\t{shown}\t{_flat(one.a.text if one.a else '')}\t{_flat(one.b.text if one.b else '')}"
    return f"{label}\t{kind}\t{_flat(next(side.text for side in (one.b, one.a) if side))}"


def _flat(text: str) -> str:
    return " ".join(text.split())
