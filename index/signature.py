"""Who signs a letter, read from the letter itself.

A minister's letter states it in two lines: "De Minister van Justitie en
Veiligheid," and, under it, the name. What is not stated in that form is not
guessed at.
"""

import re

_SIGNATURE = re.compile(
    r"^[ \t]*De (?P<office>(?:[Mm]inister|[Ss]taatssecretaris)(?: [^\n,]{3,120})?),[ \t]*\n"
    r"\s*(?P<name>(?:[A-Z][\w-]{0,3}\.[ ]?)+[ ]?[^\n.,;:?!]{2,60}?)[ \t]*$",
    re.MULTILINE,
)


def signature(text: str) -> dict[str, str]:
    """The `office` and `name` of the one who signs `text`; empty where none or several are stated."""
    found = list(_SIGNATURE.finditer(text))
    if len(found) != 1:
        return {}
    return {"office": found[0]["office"], "name": found[0]["name"]}
