"""Read an array where it lies on disk."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]


# A place that a merge leaves out.
DROPPED = -1


def mapped(path: Path) -> NDArray[Any]:
    """The array of an .npy file; what is not used is not read. Only arrays of numbers, never pickled objects.

    It comes as a plain array: taking slices of numpy's own kind for files costs more than adding them up.
    """
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
