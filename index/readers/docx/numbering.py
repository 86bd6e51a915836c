"""Count Word's automatic numbering, which stands nowhere in the text: "1.", "a)", "Vraag 3"."""

from dataclasses import dataclass

from index.language.regex import regex
from index.readers.docx.styles import VAL, Styles, W, is_on, value_of
from index.readers.list_numbers import bullet, list_number
from index.readers.xml_tree import Element, whole_number

_PLACEHOLDER = regex(r"%([1-9])")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts. `restart`: the level above which it begins anew, None for any above it."""

    start: int = 1
    numbering: str = "decimal"
    text: str = ""
    style: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """One list (`w:num`): the definition whose count it shares, its levels, and where it begins anew."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The numbers of a file's paragraphs, to be asked for in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str:
        """The number or bullet of the next paragraph, "" where it has none; counts it."""
        place = self._place(properties)
        if place is None:
            return ""
        found, level = place
        self._count(found, level)
        shown = self._lists[found].levels.get(level, _Level())
        if shown.numbering == "bullet":
            return bullet(shown.text)
        return _PLACEHOLDER.sub(lambda match: self._number(found, int(match[1]) - 1, shown), shown.text).strip()

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, else those of its style."""
        style = self._styles.style_of(properties)
        inherited = self._styles.numbering(style)
        own = properties.find(W + "numPr") if properties is not None else None
        number = value_of(own, "numId") or (inherited[0] if inherited else None)
        if number is None or number not in self._lists:
            return None
        level = value_of(own, "ilvl")
        if level is not None:
            return number, whole_number(level, 0, _DEEPEST)
        if own is None or value_of(own, "numId") is None:
            for candidate, described in self._lists[number].levels.items():
                if described.style == style:
                    return number, candidate
        return number, inherited[1] if inherited else 0

    def _count(self, number: str, level: int) -> None:
        chosen = self._lists[number]
        counts = self._counts.setdefault(chosen.definition, {})
        described = chosen.levels.get(level, _Level())
        first = (number, level) not in self._begun
        self._begun.add((number, level))
        if first and level in chosen.starts:
            counts[level] = chosen.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else described.start
        for above in range(level):
            counts.setdefault(above, chosen.levels.get(above, _Level()).start)
        for below in [b for b in counts if b > level]:
            restart = chosen.levels.get(below, _Level()).restart
            if restart is None or (restart != 0 and level < restart):
                del counts[below]

    def _number(self, number: str, level: int, shown: _Level) -> str:
        chosen = self._lists[number]
        described = chosen.levels.get(level, _Level())
        count = self._counts[chosen.definition].get(level, described.start)
        return list_number(count, "decimal" if shown.legal else described.numbering)


def _lists(root: Element) -> dict[str, _List]:
    definitions = {d.get(W + "abstractNumId", ""): d for d in root.iter(W + "abstractNum")}
    by_style = {value_of(d, "styleLink"): d for d in definitions.values() if value_of(d, "styleLink")}
    found: dict[str, _List] = {}
    for num in root.iter(W + "num"):
        identifier = value_of(num, "abstractNumId") or ""
        definition = definitions.get(identifier)
        if definition is None:
            continue
        definition = by_style.get(value_of(definition, "numStyleLink"), definition)
        levels = {whole_number(lvl.get(W + "ilvl"), 0, _DEEPEST): _level(lvl) for lvl in definition.findall(W + "lvl")}
        starts: dict[int, int] = {}
        for override in num.findall(W + "lvlOverride"):
            level = whole_number(override.get(W + "ilvl"), 0, _DEEPEST)
            replaced = override.find(W + "lvl")
            if replaced is not None:
                levels[level] = _level(replaced)
            start = value_of(override, "startOverride")
            if start is not None:
                starts[level] = whole_number(start, 1)
        found[num.get(W + "numId", "")] = _List(definition.get(W + "abstractNumId", ""), levels, starts)
    return found


def _level(level: Element) -> _Level:
    restart = value_of(level, "lvlRestart")
    numbering = level.find(f".//{W}numFmt")
    return _Level(
        start=whole_number(value_of(level, "start"), 1),
        numbering=str(numbering.get(VAL, "decimal")) if numbering is not None else "decimal",
        text=value_of(level, "lvlText") or "",
        style=value_of(level, "pStyle") or "",
        legal=bool(is_on(level, "isLgl")),
        restart=whole_number(restart, 0) if restart is not None else None,
    )
