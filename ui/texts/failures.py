"""What a person reads when something fails: a sentence, never a traceback.

An error that a person can mend says so itself. Anything else is a bug of ours:
the log gets the traceback under a number, the person the number.
"""

import logging
import re
import tempfile
import uuid
from pathlib import Path

from index.errors import ClusterError, WoordelijkError, lacking
from index.settings import ROOT
from rag.texts.answers import Language
from ui.texts.dutch import in_dutch

logger = logging.getLogger(__name__)

# Where a cluster is; of a library on it only the name is told.
_CLUSTERS = re.compile(r"qdrants?://[^/\s]+/")
# A path from the root of a file system, up to its last part: of a file only the name is told.
_FOLDERS = re.compile(
    r"""(?<![\w<:/])(?:file:/*)?(?:/|[A-Za-z]:[\\/]|\\\\)[\\/]*(?:[^\s\\/'"<>:;,()]+[\\/]+)*(?=[^\s\\/'"<>:;,()])"""
)


def without_folders(text: str) -> str:
    """The text with every path in it shortened to the name of the file."""
    for folder in (ROOT, Path.home(), Path(tempfile.gettempdir())):
        if folder.name:
            text = text.replace(f"{folder}/", "")
    return _FOLDERS.sub("", text)


def sentence(error: Exception, language: Language = "en") -> str:
    """The sentence to show for `error`; one that is a bug goes to the log, with the number that the sentence has."""
    if isinstance(error, ClusterError):
        return _CLUSTERS.sub("", error.texts[language])
    said = _said(error)
    return in_dutch(said) if language == "nl" else said


def _said(error: Exception) -> str:
    if isinstance(error, WoordelijkError):
        return without_folders(_CLUSTERS.sub("", str(error)))
    if (lacks := lacking(error)) is not None:
        logger.error("%s", lacks)
        return lacks
    identifier = uuid.uuid4().hex[:8]
    logger.error("failed (%s)", identifier, exc_info=error)
    return f"Something went wrong (number {identifier}). Nothing was changed; try again."
