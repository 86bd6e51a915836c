"""What a person reads when something fails: a sentence, never a traceback.

An error that a person can mend says so itself. Anything else is a bug of ours:
the log gets the traceback under a number, the person the number.
"""

import logging
import uuid
from collections.abc import Mapping

from index.errors import WoordelijkError
from rag.texts.answers import Language

logger = logging.getLogger(__name__)

_FAILED: Mapping[Language, str] = {
    "nl": "Er ging iets mis (nummer {id}). Er is niets veranderd; probeer het opnieuw.",
    "en": "Something went wrong (number {id}). Nothing was changed; try again.",
}


def sentence(error: Exception, language: Language = "nl") -> str:
    """The sentence to show for `error`; one that is a bug goes to the log, with the number that the sentence has."""
    if isinstance(error, WoordelijkError):
        return str(error)
    identifier = uuid.uuid4().hex[:8]
    logger.error("failed (%s)", identifier, exc_info=error)
    return _FAILED[language].format(id=identifier)
