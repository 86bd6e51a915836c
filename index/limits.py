"""What a process may take of the machine."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")

# Bytes of its own of a process that reads the files of others, not of files that are mapped.
MEMORY = 3 * 2**30


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def beside(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """What both give, a core each: for what is mostly done outside Python (ONNX, FAISS, large arrays)."""
    with ThreadPoolExecutor(1) as pool:
        started = pool.submit(other)
        return one(), started.result()


def limit_memory(most: int = MEMORY) -> None:
    """Let this process take so many bytes, where the system knows such a limit; more is a MemoryError in it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
