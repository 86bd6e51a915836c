"""Parse XML of anybody's making: no entity, no external file, no network, bounded depth and size."""

import re
from typing import Any

from index.readers.canonical import UnreadableError

# lxml's elements have no types of their own.
Element = Any


def parsed_xml(content: bytes, what: str) -> Element:
    """The root of `content`; `what` names it in messages.

    Raises UnreadableError where it is not well formed, is nested more than
    250 deep, or declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "ntity" in str(error):
            raise UnreadableError(f"{what} uses entities that it does not define; not read.") from error
        raise UnreadableError(f"{what} is damaged XML ({error}). Save or fetch it again.") from error
    except ValueError as error:
        raise UnreadableError(f"{what} is no XML that can be read ({error}).") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise UnreadableError(f"{what} declares entities, which no document of this kind does; not read.")
    return root


def whole_number(text: str | None, default: int, most: int = 999_999) -> int:
    """The number that an attribute holds, at most `most`; `default` where it holds none."""
    return min(int(text), most) if text and re.fullmatch(r"\d{1,9}", text) else default


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
