"""What every page is built on: the desk that hands out the index of the moment, and our own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from rag.texts.answers import Language
from ui.desk.desk import Desk
from ui.texts.page import TEXTS


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the parts of a page need; each page is built once in each language.

    Take `desk.tools` once for each request, so that what belongs together
    comes from one index.
    """

    desk: Desk
    language: Language

    @property
    def texts(self) -> Mapping[str, str]:
        return TEXTS[self.language]
