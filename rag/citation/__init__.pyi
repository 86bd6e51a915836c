from .citation import Citation as Citation
from .citation import Citer as Citer
from .styles import STYLES as STYLES
