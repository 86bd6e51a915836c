from .assistant import Assistant as Assistant
from .types import Answer as Answer
from .types import Hit as Hit
