"""Commands as a person types them, within this process: starting one takes longer than most of what they do.

`tests/test_docs.py` runs each of them in a process of its own.
"""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from typer import Typer
from typer.testing import CliRunner

from index.command_line import run
from index.settings import ROOT


def printed(app: Typer, *words: str) -> str:
    """What a command prints; an error of it is one of the test."""
    return CliRunner().invoke(app, words, catch_exceptions=False).stdout


def fresh(environment: Mapping[str, str], *words: str, stdin: str = "", folder: Path = ROOT) -> "CompletedProcess[str]":
    """What Python does with these words in a process of its own."""
    command = [sys.executable, *words]
    return subprocess.run(
        command, env=environment, cwd=folder, input=stdin, capture_output=True, text=True, check=False, timeout=300
    )


class CommandLines:
    """Runs `python -m …` in a folder, in an environment."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._environment = environment
        self._folder = folder

    def __call__(self, package: str, *arguments: str, stdin: str = "") -> "CompletedProcess[str]":
        app = import_module(f"{package}.__main__").app
        typed, out, err = (io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8") for text in (stdin, "", ""))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in os.environ.keys() - self._environment.keys():
                patch.delenv(name)
            for name, value in self._environment.items():
                patch.setenv(name, value)
            patch.chdir(self._folder)
            patch.setattr(sys, "argv", [package, *arguments])
            patch.setattr(sys, "stdin", typed)
            with pytest.raises(SystemExit) as ended:
                run(app)
        for stream in (out, err):
            stream.seek(0)
        return CompletedProcess([package, *arguments], int(ended.value.code or 0), out.read(), err.read())

    def refused(self, package: str, *arguments: str, stdin: str = "") -> str:
        """The sentence that a command ends with which cannot be done: exit code 2, and nothing printed."""
        done = self(package, *arguments, stdin=stdin)
        assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
        return done.stderr
