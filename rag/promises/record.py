"""Promises and refusals as JSON objects and as a table of comma-separated values."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from rag.promises.register import Found

_COLUMNS = tuple("kind strength refusal moment by to numbers label text document file start end".split())
# A cell that opens so is computed by a spreadsheet, whatever stands in it.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")


def promise_record(found: Found, with_rule: bool = False) -> dict[str, Any]:
    """One as a JSON object: a promise has a `strength`, a refusal a `refusal`; `rule` is what found it, on demand."""
    one = found.promise
    return {
        "kind": found.kind,
        "strength" if found.kind == "promise" else "refusal": one.verdict,
        "moment": one.moment,
        "by": one.by.isoformat() if one.by else None,
        "to": one.to,
        "numbers": list(one.numbers),
        "label": one.label,
        "text": one.text,
        "document": found.document.id,
        "start": one.start,
        "end": one.end,
        **({"rule": one.rule} if with_rule else {}),
    }


def promises_csv(found: Iterable[Found]) -> str:
    """A table with a row each; a cell that a spreadsheet would compute has an apostrophe before it.

    It opens with a byte order mark, by which spreadsheets know that it is UTF-8.
    """
    written = io.StringIO()
    rows = csv.DictWriter(written, _COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for one in found:
        record = promise_record(one) | {"file": one.document.file, "numbers": " ".join(map(str, one.promise.numbers))}
        rows.writerow({name: _cell(value) for name, value in record.items()})
    return "\ufeff" + written.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_COMPUTED) else value
