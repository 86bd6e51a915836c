"""The page "Vergelijk": two documents side by side, unit by unit, and where their sentences differ.

Both texts scroll as one, since what belongs together stands in one row. What
is the same is folded; the differences are listed above, figures first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from index.model.parts import Part
from index.model.types import Document, Unit
from rag.compare.documents import ComparedUnits, Comparison, Placed
from rag.compare.pairing import Pair
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language, counted
from ui.desk.desk import Tools
from ui.links import root_of
from ui.pages.sheet import Asked, AskedError, Sheet, listed, named_head
from ui.render.differences import Side, in_words, kind_of, marks_of, range_of
from ui.render.document_view import render_part
from ui.render.templating import block
from ui.render.text_flow import Flow, Mark
from ui.texts.compare import COMPARE_TEXTS
from ui.texts.english import label
from ui.texts.sheet import SHEET_TEXTS

PLACE = "vergelijk"
# Differences that are listed at once; the others unfold.
_LISTED = 30
_SIDES: tuple[Side, ...] = ("a", "b")


def show(asked: Asked) -> Sheet:
    """The two documents that the address names side by side; the form alone where it names fewer."""
    texts = {**SHEET_TEXTS[asked.language], **COMPARE_TEXTS[asked.language]}
    heads = [asked.head(name) for name in _SIDES]
    form = {
        "action": f"{root_of(asked.language)}{PLACE}",
        "documents": listed(asked.tools.collection.heads),
        "a": heads[0].id if heads[0] else "",
        "b": heads[1].id if heads[1] else "",
        "swapped": asked.address(a=heads[1].id, b=heads[0].id) if heads[0] and heads[1] else "",
    }
    tabs = compare_tabs(asked, texts, PLACE)
    if heads[0] is None or heads[1] is None:
        empty = "" if len(asked.tools.collection.heads) > 1 else texts["too few"]
        return Sheet(texts["title"], block("compare", "start", texts, tabs, form, empty))
    if heads[0].id == heads[1].id:
        raise AskedError(texts["same twice"])
    comparison = asked.register.comparison(heads[0].id, heads[1].id)
    view = _View(comparison, asked.tools, asked.language)
    names = [named_head(head) for head in heads if head]
    body = block(
        "compare",
        "page",
        texts,
        tabs,
        form,
        names,
        view.summary(texts),
        view.differences(),
        _LISTED,
        view.rows(),
    )
    # A difference is no passage to open.
    keys = {f"key {key}": texts[f"difference {key}"] for key in "jkcm"} | {"key o": ""}
    return Sheet(
        f"{texts['title']}: {names[0]} ↔ {names[1]}", body, "compare", {**keys, "difference of": texts["difference of"]}
    )


def compare_tabs(asked: Asked, texts: Mapping[str, str], current: str) -> list[tuple[str, str, bool]]:
    """The way between what can be compared."""
    return [
        (texts[f"tab {path}"], f"{root_of(asked.language)}{path}", path == current)
        for path in ("vergelijk", "verloop", "cijfers")
    ]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A difference with its number in the order of the page, from 1, and the row that it stands in, 0 outside units."""

    number: int
    row: int
    placed: Placed


class _View:
    """One comparison in one language."""

    def __init__(self, comparison: Comparison, tools: Tools, language: Language) -> None:
        self._comparison = comparison
        self._language = language
        self._parts = {
            side: _by_unit(tools.citer.parts[document.id])
            for side, document in zip(_SIDES, (comparison.a, comparison.b), strict=True)
        }
        self._numbered = _numbered(comparison)
        self._marks: dict[Side, list[Mark]] = {
            side: [mark for one in self._numbered for mark in marks_of(one.placed.difference, side, one.number)]
            for side in _SIDES
        }

    def summary(self, texts: Mapping[str, str]) -> str:
        """How many differences there are, of which kinds."""
        found = [one.placed.difference for one in self._numbered]
        if not found:
            return RAG_TEXTS[self._language]["compared alike"]
        figures = sum(one.figures for one in found)
        kinds = [(kind, sum(one.kind == kind and not one.figures for one in found)) for kind in _KINDS]
        counts = [("figures", figures), *kinds]
        parts = [counted(texts, f"count {kind}", count) for kind, count in counts if count]
        return f"{counted(texts, 'count', len(found))}: {', '.join(parts)}."

    def differences(self) -> list[dict[str, object]]:
        """The list of them, figures first, each with the way to it and where it stands on either side."""
        return [
            {
                "number": one.number,
                "row": one.row,
                "kind": kind_of(one.placed.difference, self._language),
                "figures": one.placed.difference.figures,
                "label": _label(one.placed.a, one.placed.pair.b, self._language),
                "words": in_words(one.placed.difference),
                "places": {side: self._place(one, side) for side in _SIDES},
            }
            for one in sorted(self._numbered, key=lambda one: not one.placed.difference.figures)
        ]

    def _place(self, one: _Numbered, side: Side) -> str:
        span = range_of(one.placed.difference, side)
        document = self._comparison.a if side == "a" else self._comparison.b
        return f"{document.id}:{span.start}:{span.end}" if span else ""

    def rows(self) -> list[dict[str, object]]:
        """What stands in both, row by row: the words outside the units first."""
        touched = {one.row for one in self._numbered}
        outside = ComparedUnits(Pair(None, None), "changed" if 0 in touched else "same")
        return [self._row(number, one) for number, one in enumerate((outside, *self._comparison.units))]

    def _row(self, number: int, compared: ComparedUnits) -> dict[str, object]:
        texts = RAG_TEXTS[self._language]
        pair = compared.pair
        became = [texts[f"compared {compared.status}"]] if compared.status in ("added", "dropped") else []
        became += [texts["compared moved"]] if pair.moved else []
        became += [texts["compared meaning"]] if pair.matched == "meaning" else []
        is_moved = any(one.row == number for one in self._numbered)
        return {
            "number": number,
            "label": _label(pair.a, pair.b, self._language) or COMPARE_TEXTS[self._language]["outside"],
            "became": ", ".join(became),
            "folded": compared.status == "same" and not became and not is_moved,
            "sides": [
                self._side(side, document, unit)
                for side, document, unit in zip(
                    _SIDES, (self._comparison.a, self._comparison.b), (pair.a, pair.b), strict=True
                )
            ]
            if number
            else [self._side("a", self._comparison.a, None), self._side("b", self._comparison.b, None)],
            "there": [number == 0 or pair.a is not None, number == 0 or pair.b is not None],
        }

    def _side(self, side: Side, document: Document, unit: Unit | None) -> dict[str, object]:
        """The words of one document in a row: of a unit, or those outside all units."""
        parts = self._parts[side].get(unit.id if unit else "", [])
        inside = [mark for mark in self._marks[side] if any(_touch(mark, part) for part in parts)]
        flow = Flow(document, (), self._language, lambda _: None, tuple(inside))
        return {"document": document.id, "words": Markup("").join(self._written(flow, unit, parts))}

    def _written(self, flow: Flow, unit: Unit | None, parts: Sequence[Part]) -> Iterable[Markup]:
        before = None
        for part in parts:
            if part.footnote is not None:
                name = RAG_TEXTS[self._language]["footnote"].format(number=part.footnote)
                yield Markup('<div class="part footnotes"><p class="voice ours">{}</p>{}</div>').format(
                    name, flow.paragraphs(part.span)
                )
            elif unit is None:
                yield flow.paragraphs(part.span)
            else:
                yield render_part(flow, unit, part, before)
                before = part


_KINDS = ("changed", "added", "missing", "moved")


def _by_unit(parts: Iterable[Part]) -> dict[str, list[Part]]:
    """The parts of each unit, the notes last; under "" those outside all units."""
    ordered = sorted(parts, key=lambda part: (part.unit.id if part.unit else "", part.footnote is not None, part.span))
    return {unit: list(found) for unit, found in groupby(ordered, key=lambda part: part.unit.id if part.unit else "")}


def _numbered(comparison: Comparison) -> list[_Numbered]:
    """The differences in the order in which the page shows them."""
    rows = {id(compared.pair): row for row, compared in enumerate(comparison.units, start=1)}

    def place(placed: Placed) -> tuple[int, int]:
        sentence = placed.difference.b or placed.difference.a
        return rows.get(id(placed.pair), 0), sentence.span.start if sentence else 0

    ordered = sorted(comparison.differences, key=place)
    return [_Numbered(number, place(placed)[0], placed) for number, placed in enumerate(ordered, start=1)]


def _touch(mark: Mark, part: Part) -> bool:
    return mark.span.start < part.span.end and part.span.start < mark.span.end


def _label(a: Unit | None, b: Unit | None, language: Language) -> str:
    names = dict.fromkeys(label(unit.label, language) for unit in (a, b) if unit)
    return " → ".join(names)
