"""PDF files: from characters with a place on a page to lines, columns, tables, notes and paragraphs."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
