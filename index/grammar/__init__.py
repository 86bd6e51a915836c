"""A document to its units: who asks what, who answers, and what is doubtful about the reading."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
