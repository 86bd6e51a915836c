"""Regular expressions that are compiled when they are first used.

The rules of the language and of the forms of documents are some four hundred
expressions, and a command meets a part of them: compiled where they stand,
they would take a tenth of a second of each.
"""

import re
from typing import Any, cast


class _Regex:
    """What `re.compile` gives, from its first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        """Called once for each name: what was found stands beside it from then on, and costs no more than there."""
        found = getattr(re.compile(self.pattern, self._given), name)
        setattr(self, name, found)
        return found


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression of this `pattern`; re.error where it is none, when it is first used.

    The `re` of a match is what was compiled: equal in its pattern, not the same.
    """
    return cast("re.Pattern[str]", _Regex(pattern, flags))
