"""What takes long is done in a process of its own, where it holds nobody up: reading files, checking memos.

Each job has its turn (`ui.desk.fair_queue`) and a limit of memory and of time without a
sign of life; a process that passes one is ended, and the next job gets a new one.
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, cast

from anyio import CapacityLimiter, to_thread

from index.errors import WoordelijkError
from index.limits import MEMORY
from index.settings import ROOT
from ui.desk.fair_queue import PERSON, Turns
from ui.desk.worker import Answer

# Seconds without a sign of life.
PATIENCE = 120.0
LATE = "This took longer than {seconds} seconds and was stopped; nothing was changed. Try a part of it."
NO_MEMORY = "This took more memory than there is for it and was stopped; nothing was changed. Try a part of it."
# A process is replaced now and then, so that what a job leaves in memory does not pile up.
_JOBS_OF_A_PROCESS = 50


class JobError(WoordelijkError):
    """A job that took more time or memory than one may."""


class Jobs:
    """Runs functions of modules, `at_once` at the same time; each process does `jobs_of_a_process` of them."""

    def __init__(
        self,
        at_once: int,
        patience: float = PATIENCE,
        memory: int = MEMORY,
        jobs_of_a_process: int = _JOBS_OF_A_PROCESS,
    ) -> None:
        self._turns = Turns(at_once)
        self._patience = patience
        self._memory = memory
        self._jobs_of_a_process = jobs_of_a_process
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()

    async def run(
        self, function: Callable[..., Any], *arguments: Any, progress: Callable[..., None] | None = None
    ) -> Any:
        """What `function(*arguments)` gives, in its turn; all of it is pickled.

        With `progress` the function gets one more argument to tell how far it
        is. Raises the WoordelijkError of the function, JobError, BusyError;
        RuntimeError with the traceback of anything else.
        """
        async with self._turns.turn(PERSON.get()):
            # A thread of its own for each: those that answer questions are never waited for.
            limiter = CapacityLimiter(1)
            return await to_thread.run_sync(self._run, (function, arguments), progress, limiter=limiter)

    def close(self) -> None:
        """End every process, also one that is at a job."""
        for process in (*self._idle, *self._busy):
            process.end()
        self._idle.clear()

    def _run(self, job: tuple[Any, ...], progress: Callable[..., None] | None) -> Any:
        try:
            process = self._idle.pop()
        except IndexError:
            process = _Process(self._memory)
        self._busy.add(process)
        try:
            found = process.call(job, self._patience, progress)
        except WoordelijkError:
            self._keep(process)
            raise
        except BaseException:
            process.end()
            raise
        finally:
            self._busy.discard(process)
        self._keep(process)
        return found

    def _keep(self, process: "_Process") -> None:
        if process.running and process.jobs < self._jobs_of_a_process:
            self._idle.append(process)
        else:
            process.end()


class _Process:
    """One process that does one job at a time; `jobs` counts those it did."""

    def __init__(self, memory: int) -> None:
        self.jobs = 0
        self._stopped = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ui.desk.worker", str(memory)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": tempfile.gettempdir()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        # Both are pipes, as asked for.
        self._asked = cast(IO[bytes], self._process.stdin)
        self._answered = cast(IO[bytes], self._process.stdout)

    @property
    def running(self) -> bool:
        """Whether it can take another job."""
        return not self._stopped and self._process.poll() is None

    def call(self, job: tuple[Any, ...], patience: float, progress: Callable[..., None] | None) -> Any:
        """What the job gives, as `Jobs.run` says."""
        self.jobs += 1
        with suppress(BrokenPipeError):
            pickle.dump((*job, progress is not None), self._asked)
            self._asked.flush()
        while True:
            kind, value = self._answer(patience)
            if kind == "done":
                return value
            if kind == "progress" and progress is not None:
                progress(*value)
            elif kind == "refused":
                raise _refused(*value)
            elif kind == "memory":
                raise JobError(NO_MEMORY)
            elif kind == "failed":
                raise RuntimeError(value)

    def _answer(self, patience: float) -> Answer:
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._stop()

        timer = threading.Timer(patience, give_up)
        timer.start()
        try:
            return cast(Answer, pickle.load(self._answered))
        except (EOFError, pickle.UnpicklingError, OSError) as error:
            self._stop()
            raise JobError(LATE.format(seconds=round(patience)) if late.is_set() else NO_MEMORY) from error
        finally:
            timer.cancel()

    def end(self) -> None:
        """End it and whatever it started."""
        self._stop()
        self._process.wait()
        with suppress(BrokenPipeError):
            self._asked.close()
        self._answered.close()

    def _stop(self) -> None:
        self._stopped = True
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


def _refused(kind: type[WoordelijkError], arguments: tuple[Any, ...]) -> WoordelijkError:
    """The error that was raised in the process; whatever its class takes, these are what is shown of it."""
    error = kind.__new__(kind)
    error.args = arguments
    return error
