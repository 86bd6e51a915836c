"""What can be wrong with topics, judgements and runs, each fault at its file and line."""

from collections.abc import Sequence

from index.errors import WoordelijkError

_SHOWN = 20


class BenchmarkError(WoordelijkError):
    """Topics or judgements that cannot be used."""


class RunError(WoordelijkError):
    """A run, or a folder of results, that cannot be used."""


class RegressionError(WoordelijkError):
    """Scores that moved further from the accepted ones than the tolerance."""


def refuse(faults: Sequence[str], error: type[WoordelijkError] = BenchmarkError) -> None:
    """Raise `error` with every fault on a line of its own (the first 20); nothing where there is none."""
    if not faults:
        return
    more = [f"… and {len(faults) - _SHOWN} more."] if len(faults) > _SHOWN else []
    raise error("\n".join([*faults[:_SHOWN], *more]))
