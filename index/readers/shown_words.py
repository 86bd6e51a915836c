"""Take from a tree of markup all the text that it shows, without knowing how the reader of its format goes about it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from index.readers.xml_tree import Element


def shown_text(
    root: Element,
    unseen: Callable[[Element], bool],
    breaks: Callable[[Element], bool],
    holds: AbstractSet[str] | None = None,
    letters: dict[str, str] | None = None,
) -> str:
    """The text in `root` in the order of the file.

    Left out are the elements that are `unseen`. Those that are `breaks` begin
    and end a line; where `holds` is given only these elements hold text; `letters` are
    elements that stand for a character.
    """
    found: list[str] = []
    # An element still to be opened, or text that follows one.
    pending: list[Element | str] = [root]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            found.append(item)
            continue
        if not isinstance(item.tag, str) or unseen(item):
            continue
        found.append((letters or {}).get(item.tag, ""))
        if breaks(item):
            found.append("\n")
            pending.append("\n")
        texts = holds is None or item.tag in holds
        for child in reversed(item):
            if holds is None and child.tail:
                pending.append(child.tail)
            pending.append(child)
        if texts and item.text:
            found.append(item.text)
    return "".join(found)


def text_in(element: Element) -> str:
    """All text in an element, its white space folded."""
    return " ".join(" ".join(element.itertext()).split())
