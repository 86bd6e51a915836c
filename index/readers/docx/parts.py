"""The parts of a Word file: which member of the zip file is the document, its notes, styles and headers."""

import posixpath
from collections.abc import Iterator
from typing import Literal

from index.readers.docx.styles import W
from index.readers.package import Package
from index.readers.xml_tree import Element, parsed_xml

LARGEST_PART = 40_000_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A file saved as "Strict Open XML" differs in the names of its namespaces only.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class DocxParts:
    """The parsed parts of one file, each parsed when it is asked for.

    Raises UnreadableError where the file is no zip file, or a part that is
    needed is missing or damaged.
    """

    def __init__(self, content: bytes | Package) -> None:
        self._package = Package.of(content)
        main = [target for kind, target in self._relations("_rels/.rels", "").values() if kind == "officeDocument"]
        self._main = main[0] if main and main[0] in self._package else "word/document.xml"
        self.document = self._parsed(self._main)
        folder, name = posixpath.split(self._main)
        self._related = self._relations(f"{folder}/_rels/{name}.rels", folder)

    def optional(self, kind: str) -> Element | None:
        """The part of that kind ("styles", "numbering", "footnotes", "endnotes"), None where the file has none."""
        for found, target in self._related.values():
            if found == kind and target in self._package:
                return self._parsed(target)
        return None

    def running(self) -> Iterator[tuple[Literal["header", "footer"], Element]]:
        """The headers and footers of all sections, each once, with which it is."""
        kinds: dict[str, Literal["header", "footer"]] = {"header": "header", "footer": "footer"}
        for kind, target in dict.fromkeys(self._related.values()):
            if kind in kinds and target in self._package:
                yield kinds[kind], self._parsed(target)

    def headers(self) -> Iterator[Element]:
        """The headers of the first section, that of its first page first."""
        section = next(self.document.iter(W + "sectPr"), None)
        references = section.findall(W + "headerReference") if section is not None else []
        for reference in sorted(references, key=lambda r: r.get(W + "type") != "first"):
            _, target = self._related.get(reference.get(_RELATION), ("", ""))
            if target in self._package:
                yield self._parsed(target)

    def _relations(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        """The related parts by id: kind and member."""
        if name not in self._package:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self._parsed(name)
        }

    def _parsed(self, name: str) -> Element:
        content = self._package.read(name, LARGEST_PART)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        return parsed_xml(content, name)
