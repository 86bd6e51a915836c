"""The process in which a file is read or a memo checked: it takes a function and its arguments, and answers.

Started by `ui.desk.jobs`, which speaks to it in pickles over its standard input and
output, and ends it where it takes too long.
"""

import os
import pickle
import sys
import traceback
from contextlib import suppress
from typing import IO, Any, Literal

from index.limits import limit_memory

# What a job is, and what comes back: ("progress", its arguments), or ("done", the value), or ("refused", the kind of
# WoordelijkError and what it takes: its sentence), or ("memory", None), or ("failed", a traceback).
Answer = tuple[Literal["progress", "done", "refused", "memory", "failed"], Any]


def main() -> None:
    """Answer one job after another until the input ends; `argv[1]` is how many bytes of memory it may take."""
    limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not stand between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from index.settings import Address, Settings
    from ui.desk.offline import refuse_outgoing_connections

    # The server names its library in the environment of the processes that it starts.
    place = Settings.from_environment().index
    refuse_outgoing_connections(cluster=place if isinstance(place, Address) else None)
    with suppress(EOFError, BrokenPipeError):
        while True:
            _send(answers, _done(answers, *pickle.load(sys.stdin.buffer)))


def _done(answers: IO[bytes], function: Any, arguments: tuple[Any, ...], tells: bool) -> Answer:
    from index.errors import ClusterError, OutputError, WoordelijkError, lacking

    def tell(*arguments: Any) -> None:
        _send(answers, ("progress", arguments))

    try:
        return "done", function(*arguments, *((tell,) if tells else ()))
    except WoordelijkError as error:
        return "refused", (type(error), error.args if isinstance(error, ClusterError) else (str(error),))
    except MemoryError:
        return "memory", None
    except Exception as error:
        if (sentence := lacking(error)) is not None:
            return "refused", (OutputError, (sentence,))
        return "failed", traceback.format_exc()


def _send(answers: IO[bytes], answer: Answer) -> None:
    pickle.dump(answer, answers)
    answers.flush()


if __name__ == "__main__":
    main()
