"""The one family of errors that a person can do something about.

Every edge (the command lines, the page) turns a `WoordelijkError` into its
sentence and exit code 2. Anything else is a bug and shows its traceback. A
message says what was found, what was expected, and what to do next.
"""

import errno
from collections.abc import Mapping

# What the machine lacks, and what to do about it.
_LACKS = {
    errno.ENOSPC: "The disk is full. Make room, then try again; nothing was changed.",
    errno.EDQUOT: "Your part of the disk is full. Make room, then try again; nothing was changed.",
    errno.EFBIG: "A file grew larger than the system allows. Make room, then try again; nothing was changed.",
    errno.EMFILE: "Too many files are open. Wait a moment, or let this program open more (ulimit -n); try again.",
    errno.ENFILE: "Too many files are open on this machine. Close other programs, then try again.",
}
_NO_MEMORY = "There is not enough memory for this. Close other programs or take a part of it; nothing was changed."


def lacking(error: BaseException) -> str | None:
    """The sentence for an error that says what the machine lacks (disk, memory, files); None for any other."""
    if isinstance(error, MemoryError):
        return _NO_MEMORY
    return _LACKS.get(error.errno or 0) if isinstance(error, OSError) else None


class WoordelijkError(Exception):
    """Something a person can mend; `str(error)` is the sentence to show."""


class DocumentError(WoordelijkError):
    """A file that cannot be read whole, or a document that is not there."""


class UnknownDocumentError(DocumentError):
    """A name that no document of the collection has, or several."""


class IndexDamagedError(WoordelijkError):
    """An index whose files are not those that its manifest describes."""


class IndexMissingError(WoordelijkError):
    """No index where one was expected."""


class IndexWriteError(WoordelijkError):
    """A folder that an index cannot be written to."""


class IndexOutdatedError(WoordelijkError):
    """An index of another format, other settings or another encoder."""


class ClusterError(WoordelijkError):
    """A cluster that does not answer as it should: the sentence by language ("nl", "en"), in English as a text."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)

    def __str__(self) -> str:
        return self.texts["en"]

    @property
    def texts(self) -> Mapping[str, str]:
        """The sentence in each language."""
        found: Mapping[str, str] = self.args[0]
        return found


class OutputError(WoordelijkError):
    """A file or folder that cannot be written."""


class EncoderError(WoordelijkError):
    """An encoder that cannot be loaded or does not fit the index."""


class TrainingDataError(WoordelijkError):
    """Training texts that are missing or not in the expected form."""
