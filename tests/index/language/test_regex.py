"""Expressions that are compiled when they are first used, and the words that must stand in what some of them match."""

import re
from collections.abc import Sequence
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.language import moments, promises
from index.language.regex import regex
from index.settings import ROOT

MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for package in ("index", "rag")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "import regex" in path.read_text("utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_expression_can_be_compiled(name: str) -> None:
    module = import_module(name)
    found = [value for value in vars(module).values() if type(value) is type(regex(""))]
    for value in found:
        assert isinstance(value.flags, int)


def test_it_is_what_is_compiled_at_once() -> None:
    lazy, direct = regex("(?P<one>a+)b", re.IGNORECASE), re.compile("(?P<one>a+)b", re.IGNORECASE)
    assert (lazy.pattern, lazy.flags, lazy.groups, lazy.groupindex) == (direct.pattern, direct.flags, 1, {"one": 1})
    for _ in range(2):
        assert lazy.sub(r"[\1]", "xAab ab") == direct.sub(r"[\1]", "xAab ab") == "x[Aa] [a]"
        assert [match.span() for match in lazy.finditer("AabxaB")] == [(0, 3), (4, 6)]
    with pytest.raises(re.error):
        regex("(").search("(")


FORMS = [
    *((r.name, promises._pattern(r.words), promises._NEEDS.get(r.name, "").split("|")) for r in promises._RULES),
    *((name, pattern, moments._NEEDS[name]) for name, pattern in moments._PATTERNS.items()),
]


@pytest.mark.parametrize(("name", "pattern", "needs"), FORMS, ids=lambda value: value if isinstance(value, str) else "")
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_rule_matches_holds_a_word_that_it_needs(
    name: str, pattern: re.Pattern[str], needs: Sequence[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags), alphabet=st.characters(codec="latin-1")))
    assert any(need in text.casefold() for need in needs), name
