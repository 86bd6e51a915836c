"""The house keeps its shape: imports run one way, nothing heavy comes along, no print."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import ROOT

# Each package and what it may import besides itself.
ALLOWED = {"index": set(), "rag": {"index"}, "ui": {"index", "rag"}, "eval": {"index", "rag"}}
SOURCES = [path for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))]


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert _imported(path) & set(ALLOWED) <= ALLOWED[package] | {package}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_prints(path: Path) -> None:
    """Output goes through standard output by name or through logging, never through print."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


def test_asking_imports_nothing_heavy(environment: dict[str, str]) -> None:
    """A fresh interpreter that answers a question has imported neither torch nor gradio nor sentence-transformers."""
    code = (
        "import sys\n"
        "from index.settings import Settings\n"
        "from rag.assistant import Assistant\n"
        "import rag.__main__\n"
        "assert Assistant.open(Settings.from_environment()).ask('Hoeveel fte?').hits\n"
        "heavy = {'torch', 'gradio', 'sentence_transformers', 'transformers', 'pandas', 'sklearn'}\n"
        "sys.stdout.write(', '.join(sorted(heavy & set(sys.modules))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_requirements_are_pinned() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert named
    assert all("==" in line for line in named)
    assert "torch==2.13.0" in named
