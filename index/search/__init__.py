"""Passages to ranked lists: BM25, related words, vectors, and token by token."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
