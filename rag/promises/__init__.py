"""What a minister promises and refuses, in the documents' own words, with when."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
