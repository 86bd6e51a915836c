"""The house keeps its shape: imports run one way, nothing heavy comes along, no print."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from index.settings import ROOT
from tests.command_lines import fresh

# Each package and what it may import besides itself.
ALLOWED = {"index": set(), "rag": {"index"}, "ui": {"index", "rag"}, "eval": {"index", "rag"}}
# The packages and modules of a package, each with what it may import of the same package besides itself.
_BASE = {"errors", "files", "settings", "command_line", "regular_file", "limits"}
WITHIN: dict[str, dict[str, set[str]]] = {
    "index": {
        "errors": set(),
        "files": {"errors"},
        "settings": set(),
        "command_line": {"errors", "settings"},
        "regular_file": set(),
        "limits": set(),
        "language": {"errors"},
        "model": {"errors", "language"},
        "encoders": {"errors", "files", "limits", "language", "model"},
        "grammar": {"errors", "language", "model"},
        "readers": {"errors", "settings", "regular_file", "language", "model", "grammar"},
        "search": {"errors", "limits", "language", "model", "encoders"},
        "training": {"errors", "files", "settings", "language", "model", "encoders", "search"},
        "library": {*_BASE, "language", "model", "encoders", "grammar", "readers", "search"},
        "__main__": {*_BASE, "model", "encoders", "grammar", "readers", "library", "training"},
    },
    "rag": {
        "texts": set(),
        "question": {"texts"},
        "retrieval": {"question"},
        "citation": set(),
        "answer": {"retrieval", "question", "citation", "texts"},
        "memo": {"citation", "texts"},
        "promises": {"texts"},
        "coverage": {"texts"},
        "compare": {"answer"},
        "watch": {"texts", "question", "retrieval", "citation", "answer"},
        "verify": {"citation", "memo", "texts"},
        "commands": set("texts question retrieval citation answer memo promises coverage compare watch verify".split()),
        "__main__": {"commands"},
    },
    "ui": {
        "texts": set(),
        "links": {"texts"},
        "assets": set(),
        "desk": {"links"},
        "render": {"texts", "links", "assets", "desk"},
        "pages": {"texts", "links", "assets", "desk", "render"},
        "server": {"texts", "links", "assets", "desk", "render", "pages"},
        "__main__": {"links", "desk", "server"},
    },
}
SOURCES = [path for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))]


def _imported(path: Path) -> set[str]:
    """The modules that `path` imports, anywhere in it, by their full names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    packages = {name.partition(".")[0] for name in _imported(path)}
    assert packages & set(ALLOWED) <= ALLOWED[package] | {package}


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "__init__.py"], ids=str)
def test_imports_run_one_way_within_a_package(path: Path) -> None:
    """language <- … <- library in `index`, texts <- … <- commands in `rag`, texts <- desk <- … in `ui`."""
    package, room, *_ = path.relative_to(ROOT).with_suffix("").parts
    if package in WITHIN:
        rooms = {name.split(".")[1] for name in _imported(path) if name.startswith(f"{package}.")}
        assert rooms <= WITHIN[package][room] | {room}


FACES = sorted(path.parent for package in ALLOWED for path in (ROOT / package).rglob("__init__.pyi"))


@pytest.mark.parametrize("folder", FACES, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_face_shows_what_it_promises(folder: Path) -> None:
    """Every name of a package's `__init__.pyi` can be had from it, and none hides a module of the same name."""
    face = import_module(".".join(folder.relative_to(ROOT).parts))
    for name in face.__all__:
        assert getattr(face, name) is not None
        assert not (folder / f"{name}.py").exists()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_prints(path: Path) -> None:
    """Output goes through standard output by name or through logging, never through print."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


def test_what_a_newcomer_is_shown_is_there() -> None:
    """Each file and folder in the table of CONTRIBUTING; a name without a folder is in that of the one before it."""
    for row in re.findall(r"^\| .* \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)[2:]:
        folder = ROOT
        for named in re.findall(r"`([\w./]+(?:\.\w+|/))`", row):
            place = ROOT / named if "/" in named else folder / named
            assert place.exists(), f"{named} in {row}"
            folder = place if place.is_dir() else place.parent


def test_asking_imports_nothing_heavy(environment: dict[str, str]) -> None:
    """A fresh interpreter that answers a question has imported neither torch nor gradio nor sentence-transformers."""
    code = (
        "import sys\nfrom index.settings import Settings\nfrom rag import Assistant\nimport rag.__main__\nassert "
        "Assistant.open(Settings.from_environment()).ask('Hoeveel fte?').hits\nheavy = {'torch', 'gradio', "
        "'sentence_transformers', 'transformers', 'pandas', 'sklearn', 'qdrant_client'}\nsys.stdout.write(', "
        "'.join(sorted(heavy & set(sys.modules))))\n"
    )
    done = fresh(environment, "-c", code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_requirements_are_pinned() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert named
    assert all("==" in line for line in named)
    assert "torch==2.13.0" in named
