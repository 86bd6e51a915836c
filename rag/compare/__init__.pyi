from .documents import Comparison as Comparison
from .documents import compare as compare
from .history import Said as Said
