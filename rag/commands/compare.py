"""The commands that lay two documents side by side, and what was said on a subject over time."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.command_line import IndexOption, JsonOption, print_json, settings
from rag.commands.options import LanguageOption, searched_for, show_all
from rag.texts.answers import TEXTS, Language

if TYPE_CHECKING:
    from rag.compare.documents import Comparison, Placed
    from rag.compare.sentences import SentenceDifference


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


def history(
    subject: Annotated[str, typer.Argument(help="What it is about; filters as in a question.")],
    as_json: JsonOption = False,
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """Print what was said on a subject, by date, with the sentences that differ from what was said before."""
    from rag.answer.assistant import Assistant
    from rag.compare.history import Said
    from rag.compare.history import history as find_history
    from rag.compare.record import said_record

    found = find_history(Assistant.open(settings(index=index)), searched_for(subject))
    texts = TEXTS[language]

    def lines(said: Said) -> Iterator[str]:
        day = said.document.date.isoformat() if said.document.date else "-"
        yield f"{day}\t{said.document.file}, {said.unit.label}\t{_flat(said.text)}"
        if said.before is not None:
            name = f"{said.before.document.file}, {said.before.unit.label}"
            yield f"  {texts['history before' if said.differences else 'history same'].format(name=name)}"
        yield from (f"    {_told(one, language)}" for one in said.differences)

    show_all(found, as_json, said_record, lines, texts["no history"])


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
    labels = dict.fromkeys(unit.label for unit in (placed.a, placed.pair.b) if unit)
    return f"{' → '.join(labels) or '-'}\t{_told(placed.difference, language)}"


def _told(one: "SentenceDifference", language: Language) -> str:
    kind = TEXTS[language]["compared figures" if one.figures else f"compared {one.kind}"]
    shown = [_flat(side.text) for side in (one.a, one.b) if side]
    if one.kind == "changed":
        words = "; ".join(f"“{w.difference.document}” → “{w.difference.quotation}”" for w in one.words)
        return "\t".join([kind, words, *shown])
    return f"{kind}\t{shown[-1]}"


def _flat(text: str) -> str:
    return " ".join(text.split())
