"""Read the settings of a training run from a TOML file."""

import tomllib
from pathlib import Path
from typing import TypeVar

from index.errors import TrainingDataError

Settings = TypeVar("Settings")


def read_settings(path: Path | None, kind: type[Settings]) -> Settings:
    """The settings in a TOML file; those of the shipped encoder where it is left out, or does not name one.

    Raises TrainingDataError for a file that is no TOML or has an unknown setting.
    """
    if path is None:
        return kind()
    try:
        return kind(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise TrainingDataError(f"{path}: not a file of settings ({error}).") from error
