from .collection import Collection as Collection
from .parts import Part as Part
from .types import Document as Document
from .types import Parsed as Parsed
from .types import Passage as Passage
from .types import Unit as Unit
