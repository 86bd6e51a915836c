"""What is said again and again does not fill the log, and hides nothing else."""

import logging

from ui.server.logs import Repeated


def record(line: int, error: Exception | None = None) -> logging.LogRecord:
    raised = (type(error), error, None) if error else None
    return logging.LogRecord("ui", logging.ERROR, "guard.py", line, "failed", None, raised)


def test_only_the_first_of_each_kind_are_written() -> None:
    now = 0.0
    limit = Repeated(3, 60.0, lambda: now)
    records = [record(1) for _ in range(9)]
    assert [limit.filter(one) for one in records] == [True] * 3 + [False] * 6
    assert "no more of these" in records[2].msg
    assert limit.filter(record(2))
    assert limit.filter(record(1, ValueError()))
    now = 61.0
    assert limit.filter(record(1))
