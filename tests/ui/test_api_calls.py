"""A call with other arguments than a function takes is answered with what it takes."""

import json

import pytest

from ui.server.api import Api
from ui.server.api_calls import check_call
from ui.server.error_answers import _masked
from ui.server.refusal import RefusedError

FUNCTIONS = {name: getattr(Api, name).__get__(object()) for name in ("ask", "unit", "cite", "verify", "documents")}


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("run/ask", {"data": []}, "question: missing; ask takes question (a text), top (a whole number, 10 when"),
        ("api/ask/", {"data": [None]}, "question: missing"),
        ("call/ask", {"data": [5]}, "question is 5; expected a text"),
        ("run/ask", {"data": ["x", "veel"]}, "top is a text; expected a whole number"),
        ("run/ask", {"data": ["x", True]}, "top is true or false"),
        ("run/ask", {"data": ["x", float("inf")]}, "top is inf"),
        ("run/ask", {}, 'Expected {"data": […]}'),
        ("run/ask", [], 'Expected {"data": […]}'),
        ("run/unit", {"data": []}, "name: missing"),
        ("run/cite", {"data": ["x"]}, "start, end: missing"),
        ("run/cite", {"data": ["x", 1.5, 2]}, "start is 1.5; expected a whole number"),
        ("run/verify", {"data": [["x"]]}, "memo is a list; expected a text"),
        ("call/v2/ask", {}, "question: missing"),
        ("call/v2/ask", {"vraag": "x"}, "vraag: no argument of it"),
        ("call/v2/ask", [], "by name"),
        ("run/nergens", {"data": []}, "ask, unit, cite, verify, documents"),
    ],
)
def test_a_call_with_other_arguments_says_what_is_taken(path: str, body: object, says: str) -> None:
    with pytest.raises(RefusedError) as caught:
        check_call(f"/gradio_api/{path}", json.dumps(body).encode(), FUNCTIONS)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("run/ask", {"data": ["vraag 28"]}),
        ("run/ask", {"data": ["vraag 28", 10**400]}),
        ("run/ask", {"data": ["vraag 28", "3", "more"]}),
        ("run/unit", {"data": [28]}),
        ("run/documents", {"data": []}),
        ("call/v2/ask", {"question": "vraag 28", "top": 3.0}),
        ("queue/join", {"data": []}),
    ],
)
def test_a_call_that_can_be_answered_gets_through(path: str, body: object) -> None:
    check_call(f"/gradio_api/{path}", json.dumps(body).encode(), FUNCTIONS)


def test_what_a_route_of_the_page_lacks_is_a_sentence() -> None:
    faults = [
        {"type": "missing", "loc": ["body", "question"], "msg": "Field required", "input": {}},
        {"type": "literal_error", "loc": ["query", "language"], "msg": "Input should be 'nl' or 'en'"},
    ]
    said = json.loads(_masked(json.dumps({"detail": faults}).encode()))
    assert said == {"detail": "question is missing; language input should be 'nl' or 'en'."}
