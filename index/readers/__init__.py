"""The bytes of a file to one canonical text: a module or a package for each format."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
