"""Expressions that are compiled when they are first used, and the texts that must stand in what some of them match."""

import re
from importlib import import_module
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.parliament import promises
from index.language.regex import regex
from index.language.values import moments
from index.settings import ROOT
from tests.index.language.needed import needed

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


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("zal|zullen", "zal|zullen"),
        ("zie[nt]? .*(?:aanleiding|reden)", "aanleiding|reden"),
        (r"\bge[iï]nd\b", "geind|geïnd"),
        (r"(?<!niet )\w+ (?P<what>per|tot) \d+", " per | tot "),
        ("ga ik[^,]* na|na te gaan", "ga ik|na te gaan"),
        ("ga ik[^,]*? (?:verder|door)|ik ga", "ga ik|ik ga"),
        ("(?:een )?twee", "twee"),
        ("(?:een ){2,3}.{4}", "een "),
        ("(?:een )*[^a]|twee", ""),
        ("[a-z]{4}", ""),
    ],
)
def test_the_texts_of_which_one_stands_in_all_that_an_expression_matches(pattern: str, needs: str) -> None:
    assert set(needed(pattern)) == set(needs.split("|"))


FORMS = [(rule.needs, rule.pattern.pattern) for rule in promises._RULES] + [
    (moments._NEEDS[name], pattern.pattern) for name, pattern in moments._PATTERNS.items()
]


def test_one_of_the_texts_that_a_rule_needs_stands_in_all_that_it_matches() -> None:
    assert [form for needs, form in FORMS if not all(any(one in text for one in needs) for text in needed(form))] == []


PARTS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", r"\w", "a?", "b+", "a{2,3}", "b*?", "(?!a)", r"\b", "(?i:a)"]),
    lambda inner: (
        st.builds("(?:{})".format, st.lists(inner, min_size=1, max_size=3).map("".join))
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("(?:{})?".format, inner)
    ),
    max_leaves=12,
)
TEXTS = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]


@given(PARTS)
def test_one_of_them_stands_in_all_that_any_expression_matches(pattern: str) -> None:
    needs = needed(pattern)
    assert [text for text in TEXTS if re.fullmatch(pattern, text) and not any(need in text for need in needs)] == []
