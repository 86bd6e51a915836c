"""The process in which a file is read or a memo checked: it takes a function and its arguments, and answers.

Started by `ui.jobs`, which speaks to it in pickles over its standard input and
output, and ends it where it takes too long.
"""

import os
import pickle
import sys
import traceback
from contextlib import suppress
from typing import IO, Any, Literal

# What a job is, and what comes back: ("progress", its arguments), or ("done", the value), or ("refused", the kind of
# WoordelijkError and its sentence), or ("memory", None), or ("failed", a traceback).
Answer = tuple[Literal["progress", "done", "refused", "memory", "failed"], Any]


def main() -> None:
    """Answer one job after another until the input ends; `argv[1]` is how many bytes of memory it may take."""
    _limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not stand between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from ui.offline import refuse_outgoing_connections

    refuse_outgoing_connections()
    with suppress(EOFError, BrokenPipeError):
        while True:
            _send(answers, _done(answers, *pickle.load(sys.stdin.buffer)))


def _done(answers: IO[bytes], function: Any, arguments: tuple[Any, ...], tells: bool) -> Answer:
    from index.errors import OutputError, WoordelijkError, lacking

    def tell(*arguments: Any) -> None:
        _send(answers, ("progress", arguments))

    try:
        return "done", function(*arguments, *((tell,) if tells else ()))
    except WoordelijkError as error:
        return "refused", (type(error), str(error))
    except MemoryError:
        return "memory", None
    except Exception as error:
        if (sentence := lacking(error)) is not None:
            return "refused", (OutputError, sentence)
        return "failed", traceback.format_exc()


def _send(answers: IO[bytes], answer: Answer) -> None:
    pickle.dump(answer, answers)
    answers.flush()


def _limit_memory(most: int) -> None:
    """Of what is the process's own, not of files that are mapped; where the system knows such a limit."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
