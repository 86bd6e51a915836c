"""What a person reads of an error, and what the log keeps of it."""

import errno
import logging
import re

import pytest

from index.errors import DocumentError
from ui.texts.failures import sentence


def test_an_error_that_can_be_mended_says_so_itself(caplog: pytest.LogCaptureFixture) -> None:
    assert sentence(DocumentError("brief.txt: the file holds no text.")) == "brief.txt: the file holds no text."
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("error", "said"), [(OSError(errno.ENOSPC, "x", "/etc/secret"), "disk is full"), (MemoryError(), "enough memory")]
)
def test_what_the_machine_lacks_is_said_without_a_traceback(
    caplog: pytest.LogCaptureFixture, error: Exception, said: str
) -> None:
    assert said in sentence(error)
    assert "secret" not in sentence(error)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_bug_has_a_number_that_stands_in_the_log(caplog: pytest.LogCaptureFixture, language: str) -> None:
    """The person gets the number, the log the traceback under it; nothing of the bug itself is shown."""
    with caplog.at_level(logging.ERROR):
        said = sentence(ZeroDivisionError("secret of /etc"), "en" if language == "en" else "nl")
    number = re.search(r"[0-9a-f]{8}", said)
    assert number
    assert number[0] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in said
