"""Put a trained encoder in the place of an older one, and of nothing else."""

import shutil
from pathlib import Path

from index.errors import TrainingDataError


def check_replaceable(out: Path) -> None:
    """TrainingDataError where `out` holds something that is no encoder: it would be lost."""
    if out.exists() and not (out / "modules.json").is_file() and (out.is_file() or any(out.iterdir())):
        raise TrainingDataError(
            f"{out}: holds something that is no encoder, and would be replaced. Name a new folder, or an encoder's."
        )


def put_in_place(unfinished: Path, out: Path) -> None:
    """Move the folder `unfinished` to `out`; the card (README.md) of what stood there is kept."""
    check_replaceable(out)
    if (out / "README.md").is_file():
        shutil.copy(out / "README.md", unfinished / "README.md")
    shutil.rmtree(out, ignore_errors=True)
    unfinished.rename(out)
