"""The frames of the pages: Jinja2 templates in `ui/templates`.

Every value is escaped, as in markupsafe: nothing but a `Markup` gets in as it
is. The words of a document are put together in Python, where each way in is
tested; a template holds what stands around them. A name that a template does
not get is an error, and so is a text that is not there.
"""

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from ui.assets import TEMPLATES


class _WithoutLayout(Extension):
    """How a template is laid out is for its reader: line ends between elements vanish, others become a space."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        between = re.sub(r"(?<=[>}])\n\s*(?=[<{])", "", source.strip())
        return re.sub(r"\n\s*", " ", between)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=[_WithoutLayout]
    )


def rendered(name: str, **values: object) -> Markup:
    """The template of that name with these values."""
    return Markup(_environment().get_template(f"{name}.html").render(**values))


def block(name: str, part: str, *values: object) -> Markup:
    """The macro `part` of the template of that name with these values."""
    return Markup(getattr(_environment().get_template(f"{name}.html").module, part)(*values))
