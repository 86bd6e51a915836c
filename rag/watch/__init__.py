"""What is new: saved questions, and promises that fall due, over what was added to a library since."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
