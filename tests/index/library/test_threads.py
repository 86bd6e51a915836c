"""Several threads may read the first document of a library at once: a server's first questions come together."""

import subprocess
import sys
from typing import get_args

import pytest

from index.library import segment_files
from index.model.store import DocumentHead
from index.settings import ROOT


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        ("index.model.store", "Record"),
        ("index.model.types", "Unit"),
        ("index.library.manifest", "Manifest"),
        ("index.library.segment_files", "Contents"),
    ],
)
def test_what_is_read_is_known_before_there_are_threads(module: str, kind: str) -> None:
    """Msgspec looks at a type when it first meets it, and a second thread that meets it then ends the process."""
    asked = f"import index.library.open, {module}; print('__msgspec_cache__' in vars({module}.{kind}))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_heads_are_known_before_there_are_threads() -> None:
    """A struct shows no trace of having been looked at; the decoder that is made at once looks at it."""
    assert get_args(segment_files._HEADS_DECODER.type)[0] is DocumentHead
