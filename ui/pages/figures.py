"""The page "Cijfers": the same quantity with other values, and the same promise with another date, side by side."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from rag.compare.disagreements import Disagreement, Stated
from rag.texts.answers import counted
from ui.pages.compare import compare_tabs
from ui.pages.sheet import Asked, Sheet, day, named_head, paged
from ui.render.slices import slice_card
from ui.render.templating import block
from ui.render.text_flow import Mark
from ui.texts.compare import COMPARE_TEXTS
from ui.texts.sheet import SHEET_TEXTS

PLACE = "cijfers"
_SHOWN = 15
# Places of one quantity that are shown at once; the others unfold.
_AT_ONCE = 6


def show(asked: Asked) -> Sheet:
    """All that disagrees, figures before promises."""
    texts = {**SHEET_TEXTS[asked.language], **COMPARE_TEXTS[asked.language]}
    found = asked.register.disagreements
    shown, pages = paged(asked, found, _SHOWN)
    groups = [(_title(one, texts), _values(one), [_card(stated, one, asked) for stated in one.stated]) for one in shown]
    empty = "" if found else block("slices", "empty", texts["no figures"], "", "")
    counts = counted(texts, "figures count", len(found)) if found else ""
    tabs = compare_tabs(asked, texts, PLACE)
    body = block("compare", "figures", texts, tabs, groups, _AT_ONCE, pages, counts, empty)
    return Sheet(texts["figures title"], body)


def _title(one: Disagreement, texts: Mapping[str, str]) -> str:
    return texts["figure of year"].format(year=one.year) if one.year else texts[f"stated {one.kind}"]


def _values(one: Disagreement) -> list[str]:
    """Each value once, in the words in which it is stated first; of promises nothing, for those are whole sentences."""
    if one.kind == "promise":
        return []
    first: dict[str, str] = {}
    for stated in one.stated:
        first.setdefault(stated.value, stated.text)
    return list(first.values())


def _card(stated: Stated, one: Disagreement, asked: Asked) -> Markup:
    place = (stated.document.id, stated.start, stated.start + len(stated.sentence))
    said: list[object] = [Markup('<span lang="nl">{}</span>').format(named_head(stated.document))]
    if one.kind == "promise":
        said.append(
            COMPARE_TEXTS[asked.language]["by"].format(day=day(date.fromisoformat(stated.value), asked.language))
        )
    marks = (Mark(stated.span, "mark"),) if one.kind == "figure" else ()
    return slice_card(asked.tools, place, asked.language, said, None, marks)
