"""What is searched: documents, read exactly, and the library that they are kept in.

Knows no question: what is asked is read and answered in `rag`. `index <- rag <- ui`, `index <- rag <- eval`."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
