from .answers import TEXTS as TEXTS
from .answers import Language as Language
