"""The parliamentary groups that headings and introductions name, as the document spells them."""

import re


def split_groups(names: str) -> tuple[str, ...]:
    """The groups in an enumeration such as "VVD-, de CDA- en de D66-fractie"."""
    names = re.sub(r"-?fracties?\s*$", "", names.strip(), flags=re.IGNORECASE)
    parts = (
        re.sub(r"^de\s+", "", part.strip(), flags=re.IGNORECASE).rstrip("-")
        for part in re.split(r",\s*|\s+en\s+", names)
    )
    return tuple(part[:1].upper() + part[1:] if part.startswith("lid ") else part for part in parts if part)
