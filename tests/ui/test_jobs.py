"""What takes long has its turn and its limits, and costs nobody else anything."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest

from index.errors import DocumentError, WoordelijkError
from ui.desk.fair_queue import BusyError, Turns
from ui.desk.jobs import Jobs


def run(asked: Callable[..., Any]) -> Any:
    """What an asynchronous function gives, in a thread of its own: the browser's tests have a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, asked).result()


def refuse(name: str) -> None:
    raise DocumentError(f"{name}: cannot be read.")


def takes(size: int) -> int:
    return len(bytearray(size))


def prints_and_tells(tell: Callable[[str, int, int], None]) -> int:
    print("out of the way")  # noqa: T201
    tell("read", 1, 2)
    return os.getpid()


def kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_job_gives_its_value_its_progress_or_its_sentence_and_the_next_is_done_all_the_same() -> None:
    jobs = Jobs(1, patience=4.0, memory=2**30)
    told: list[tuple[str, int, int]] = []

    async def said(function: Callable[..., Any], *arguments: Any) -> str:
        with pytest.raises(WoordelijkError) as error:
            await jobs.run(function, *arguments)
        return str(error.value)

    async def ask() -> None:
        first = await jobs.run(prints_and_tells, progress=lambda *step: told.append(step))
        assert await said(refuse, "a.txt") == "a.txt: cannot be read."
        assert await jobs.run(prints_and_tells, progress=lambda *step: None) == first != os.getpid()
        assert "memory" in await said(takes, 2**31)
        assert "longer than 4 second" in await said(time.sleep, 60)
        assert "memory" in await said(kills_itself)
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            await jobs.run(divmod, 1, 0)
        assert await jobs.run(takes, 3) == 3

    try:
        run(ask)
    finally:
        jobs.close()
    assert told == [("read", 1, 2)]


def test_turns_are_fair_and_one_that_goes_away_holds_none_up() -> None:
    turns = Turns(1, most_waiting=3)
    order: list[str] = []

    async def wait(person: str) -> None:
        async with turns.turn(person):
            order.append(person)
            await anyio.sleep(0)

    async def ask() -> None:
        async with anyio.create_task_group() as tasks, turns.turn("first"):
            for person in "aaabbc":
                tasks.start_soon(wait, person)
            with anyio.move_on_after(0.01):
                await wait("gone")
            with pytest.raises(BusyError, match="3 of your requests"):
                await wait("a")
        assert order == ["a", "b", "c", "a", "b", "a"]
        await wait("last")

    run(ask)
    assert order[-1] == "last"
