"""What is asked, and the answer in the document's own words: searching, citing, writing and checking memos."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
