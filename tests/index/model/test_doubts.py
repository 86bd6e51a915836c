"""A doubt is a key with values, and has a sentence in both languages."""

import ast
import string
from pathlib import Path
from typing import get_args

import pytest

from index.model.doubts import DOUBTS, LEFT_OUT, Doubt, Language, LeftOut, doubt_text, left_out_text, listed_pages
from index.settings import ROOT


def _keys_used() -> set[str]:
    """The first argument of every `Doubt(…)`, `Voice(…)` and `LeadIn(…)` that is written out in the program."""
    found = set()
    for path in sorted(Path(ROOT / "index").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Doubt":
                found |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
    return found


def test_every_key_has_a_sentence_in_both_languages() -> None:
    named = {key for key in DOUBTS["nl"] if not key.startswith("name ")}
    assert named == set(DOUBTS["en"])
    assert LEFT_OUT["nl"].keys() == LEFT_OUT["en"].keys() == {*get_args(LeftOut)} - {""}
    assert len(_keys_used()) > 20
    assert _keys_used() <= named


@pytest.mark.parametrize("key", DOUBTS["en"])
def test_both_languages_say_the_same_values(key: str) -> None:
    fields = [
        {name for _, name, _, _ in string.Formatter().parse(DOUBTS[language][key]) if name} for language in DOUBTS
    ]
    assert fields[0] == fields[1]
    doubt = Doubt(key, 3, (4, 5), "Een kop", "haar eigen woorden")
    for language in DOUBTS:
        said = doubt_text(doubt, language)
        assert "{" not in said
        assert "words" not in fields[0] or "haar eigen woorden" in said


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "vragen 1, 2 en 3: tweemaal beantwoord"), ("en", "questions 1, 2 and 3: answered twice")],
)
def test_numbers_are_listed(language: Language, said: str) -> None:
    assert doubt_text(Doubt("answered twice", numbers=(1, 2, 3)), language) == said


@pytest.mark.parametrize(
    ("pages", "language", "said"),
    [
        ((), "nl", "het bestand"),
        ((3,), "nl", "pagina 3"),
        ((1, 2, 3), "en", "pages 1-3"),
        ((1, 2, 3, 7), "nl", "pagina's 1-3 en 7"),
        (tuple(range(1, 40, 2)), "en", "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and more"),
    ],
)
def test_pages_are_listed_in_runs(pages: tuple[int, ...], language: Language, said: str) -> None:
    assert listed_pages(pages, language) == said


@pytest.mark.parametrize("language", LEFT_OUT)
def test_whatever_is_left_out_has_a_name(language: Language) -> None:
    assert all(left_out_text(kind, language) for kind in get_args(LeftOut) if kind)
