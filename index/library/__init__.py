"""What is indexed, kept on disk: build, add, remove, open."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
