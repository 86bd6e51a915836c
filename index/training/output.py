"""Put a trained encoder in the place of an older one, and of nothing else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import TrainingDataError
from index.files import whole_folder


def check_replaceable(out: Path) -> None:
    """TrainingDataError where `out` holds something that is no encoder: it would be lost."""
    if out.exists() and not (out / "modules.json").is_file() and (out.is_file() or any(out.iterdir())):
        raise TrainingDataError(
            f"{out}: holds something that is no encoder, and would be replaced. Name a new folder, or an encoder's."
        )


@contextmanager
def encoder_folder(out: Path) -> Iterator[Path]:
    """A folder to fill that takes the place of `out`; the card (README.md) of what stood there is kept."""
    check_replaceable(out)
    with whole_folder(out) as unfinished:
        yield unfinished
        if (out / "README.md").is_file():
            shutil.copy(out / "README.md", unfinished / "README.md")
