"""Arrays in one file, read where they lie on disk."""

import json
import mmap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Arrays = Mapping[str, NDArray[Any]]

# The new row of what is left out.
DROPPED = -1

_TYPES = {
    "BOOL": np.bool_,
    "U8": np.uint8,
    "I8": np.int8,
    "U16": np.uint16,
    "F16": np.float16,
    "I32": np.int32,
    "F32": np.float32,
    "U64": np.uint64,
    "I64": np.int64,
    "F64": np.float64,
}
_LENGTH = 8


def part_of(arrays: Arrays, part: str) -> dict[str, NDArray[Any]]:
    """The arrays of one part of a segment, by their names there."""
    return {name.removeprefix(f"{part}."): array for name, array in arrays.items() if name.startswith(f"{part}.")}


def packed(arrays: Arrays) -> bytes:
    """The arrays as one safetensors file; equal arrays give equal bytes."""
    return b"".join(pieces(arrays))


def pieces(arrays: Arrays) -> Iterator[bytes | memoryview]:
    """What `packed` gives, piece by piece: large arrays are not there twice."""
    names = {np.dtype(kind): name for name, kind in _TYPES.items()}
    # The widest first, so that each begins where numbers of its width may stand.
    ordered = sorted(arrays.items(), key=lambda named: (-named[1].dtype.itemsize, named[0]))
    header: dict[str, Any] = {}
    end = 0
    for name, array in ordered:
        start, end = end, end + array.nbytes
        header[name] = {"dtype": names[array.dtype], "shape": array.shape, "data_offsets": (start, end)}
    content = json.dumps(header, separators=(",", ":")).encode()
    content += b" " * (-len(content) % _LENGTH)
    yield len(content).to_bytes(_LENGTH, "little") + content
    for _, array in ordered:
        # An array of no numbers has no memory to look at.
        yield np.ascontiguousarray(array).data.cast("B") if array.size else b""


def mapped(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a safetensors file by name; what is not used is not read.

    The caller has checked the file. It stays readable when it is deleted meanwhile.
    """
    with path.open("rb") as file:
        content = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), dtype=np.uint8)
    begin = _LENGTH + int(content[:_LENGTH].view(np.uint64)[0])
    header = json.loads(content[_LENGTH:begin].tobytes())
    header.pop("__metadata__", None)
    return {name: _array(content[begin:], found) for name, found in header.items()}


def _array(content: NDArray[np.uint8], found: Mapping[str, Any]) -> NDArray[Any]:
    start, end = found["data_offsets"]
    return content[start:end].view(_TYPES[found["dtype"]]).reshape(found["shape"])


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """The values that occur, ascending, each once: as np.unique, which is slow to begin with (it imports numpy.ma)."""
    ordered = np.sort(values)
    once: NDArray[Any] = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return once


def starts_of(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Where each of some runs of these lengths begins when they stand one after the other, and where the last ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def within_runs(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places start, start + 1, … of all runs, one run after the other."""
    begins = starts_of(lengths)[:-1]
    return np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))


def whereabouts(parts: Sequence[Rows]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The part of each row, and its place there, where place p of part i has row `parts[i][p]`, or is DROPPED."""
    total = sum(int(np.count_nonzero(rows != DROPPED)) for rows in parts)
    part, place = np.zeros(total, dtype=np.int64), np.zeros(total, dtype=np.int64)
    for number, rows in enumerate(parts):
        kept = np.flatnonzero(rows != DROPPED)
        part[rows[kept]], place[rows[kept]] = number, kept
    return part, place
