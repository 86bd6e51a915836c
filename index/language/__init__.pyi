from .alignment import side_by_side as side_by_side
from .analyser import content_words as content_words
from .analyser import fold as fold
from .analyser import words as words
from .sentences import sentence_spans as sentence_spans
from .span import Span as Span
from .span import trimmed as trimmed
