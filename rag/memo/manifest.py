"""Where a memo's quotations come from, for another machine to check."""

import hashlib
from typing import Any

from rag.citation.citation import Citation
from rag.citation.permalink import permalink
from rag.memo.selection import Selection

MANIFEST_NAMESPACE = "urn:woordelijk:manifest:1"

FORMAT = 1


def tool_version() -> str:
    """The version of Woordelijk, from the project's own file where it is not installed."""
    # Where a memo is only read, nobody asks for it, and to import it takes as long as a quotation does.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("woordelijk")
    except PackageNotFoundError:
        import tomllib

        from index.settings import ROOT

        found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        return str(found["project"]["version"])


def manifest(selection: Selection) -> dict[str, Any]:
    """Documents with their hashes, each range with the hash of its words, and the version that made it."""
    documents = {c.document.id: c.document for c in selection.citations}
    return {
        "format": FORMAT,
        "tool": f"woordelijk {tool_version()}",
        "documents": [{"id": d.id, "sha256": d.sha256, "file": d.file, "title": d.title} for d in documents.values()],
        "citations": [_citation(citation) for citation in selection.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document.id,
        "unit": citation.unit_name,
        "start": citation.span.start,
        "end": citation.span.end,
        "sha256": hashlib.sha256(citation.quotation.encode("utf-8")).hexdigest(),
        "link": str(permalink(citation)),
    }
