"""Check a memo against the library as it is published: what `ui.desk.jobs` does in a process of its own."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.library.manifest import published_at
from index.library.open import published_collection
from rag.citation.citation import Citer
from rag.texts.answers import Language
from rag.verify.read_memo import memo_of
from rag.verify.report import report_markdown, report_record
from rag.verify.verdicts import Verifier
from ui.render.check import render_report


@dataclass(frozen=True, slots=True)
class Checked:
    """A report as it is shown (HTML), and as its two files hold it (Markdown, JSON)."""

    html: str
    markdown: str
    record: str


def check_memo(index: Path, content: bytes, name: str, language: Language) -> Checked:
    """The report on a memo by its bytes; `name` says what kind of file it is. MemoError where it cannot be read."""
    citer, verifier = _library(index)
    report = verifier.verify(memo_of(content, name), name)
    return Checked(
        html=str(render_report(report, citer, language)),
        markdown=report_markdown(report, citer, name, language),
        record=json.dumps(report_record(report, citer), ensure_ascii=False, indent=1) + "\n",
    )


def memo_record(index: Path, content: bytes, name: str) -> dict[str, Any]:
    """The same as `python -m rag verify --json` prints it."""
    citer, verifier = _library(index)
    return report_record(verifier.verify(memo_of(content, name), name), citer)


def _library(index: Path) -> tuple[Citer, Verifier]:
    return _opened(index, published_at(index))


@lru_cache(maxsize=1)
def _opened(index: Path, published: tuple[int, int] | None) -> tuple[Citer, Verifier]:
    """The library as it was `published`, opened once."""
    citer = Citer(published_collection(index))
    return citer, Verifier(citer)
