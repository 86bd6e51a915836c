"""Several threads may read the first document of a library at once: a server's first questions come together."""

import subprocess
import sys

import pytest

from index.settings import ROOT


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        ("index.model.store", "Record"),
        ("index.model.store", "DocumentHead"),
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
