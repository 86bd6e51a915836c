from .errors import WoordelijkError as WoordelijkError
from .library import open_index as open_index
from .model import Document as Document
from .model import Passage as Passage
from .model import Unit as Unit
from .settings import Settings as Settings
