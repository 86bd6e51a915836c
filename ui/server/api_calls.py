"""What a call of a function needs: its arguments, in words, and a sentence where they are others.

Gradio and the protocol of tools take arguments apart in ways of their own, and
say of wrong ones what they think of them. Here they are looked at before.
"""

import inspect
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from index.errors import WoordelijkError
from ui.server.refusal import RefusedError

_CALL = re.compile(r"(.*)/gradio_api/(run|api|call|call/v2)/([^/]+)/?")
_KINDS = {str: "a text", int: "a whole number", str | int: "a text or a number", bool: "true or false"}
_DIGITS = re.compile(r"[0-9]{1,15}")
_FOUND = {dict: "an object", list: "a list", bool: "true or false", str: "a text"}


class RequestError(WoordelijkError):
    """A request that names something which there is not, or in another way than is asked for."""


def usage(function: Callable[..., Any]) -> str:
    """What a function takes, as a sentence."""
    hints = get_type_hints(function)
    taken = [
        f"{name} ({_KINDS[hints[name]]}{'' if _is_needed(parameter) else f', {parameter.default!r} when left out'})"
        for name, parameter in inspect.signature(function).parameters.items()
    ]
    return f"{function.__name__} takes {', '.join(taken) or 'no arguments'}."


def arguments(function: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What to call `function` with; None stands for what was left out. RequestError where it needs other arguments."""
    parameters, hints = inspect.signature(function).parameters, get_type_hints(function)
    if unknown := [name for name in given if name not in parameters]:
        raise RequestError(f"{', '.join(unknown)[:80]}: no argument of it; {usage(function)}")
    found = {name: value for name, value in given.items() if value is not None}
    if missing := [name for name, parameter in parameters.items() if _is_needed(parameter) and name not in found]:
        raise RequestError(f"{', '.join(missing)}: missing; {usage(function)}")
    for name, value in found.items():
        read = _read_number(value) if hints[name] is int else value
        # To Python true is a whole number too.
        if isinstance(read, bool) != (hints[name] is bool) or not isinstance(read, hints[name]):
            raise RequestError(f"{name} is {_found(value)}; expected {_KINDS[hints[name]]}.")
        found[name] = read
    return found


def check_call(path: str, body: bytes, functions: Mapping[str, Callable[..., Any]]) -> None:
    """RefusedError where a request calls a function that there is not, or not with its arguments."""
    if (match := _CALL.fullmatch(path)) is None:
        return
    function = functions.get(match[3]) if not match[1] else None
    if function is None:
        there_are = ", ".join(functions)
        raise RefusedError(404, f"There is no such function; under /gradio_api/{match[2]}/ there are: {there_are}.")
    given, names = json.loads(body), list(inspect.signature(function).parameters)
    if match[2] != "call/v2":
        values = given.get("data") if isinstance(given, dict) else None
        if not isinstance(values, list):
            raise RefusedError(400, f'Expected {{"data": […]}} with the arguments in order; {usage(function)}')
        given = dict(zip(names, values, strict=False))
    if not isinstance(given, dict):
        raise RefusedError(400, f"Expected an object with the arguments by name; {usage(function)}")
    try:
        arguments(function, given)
    except RequestError as error:
        raise RefusedError(400, str(error)) from error


def _read_number(value: object) -> object:
    """A whole number in whichever way programs and language models write it; anything else as it is."""
    if (isinstance(value, float) and value.is_integer()) or (isinstance(value, str) and _DIGITS.fullmatch(value)):
        return int(value)
    return value


def _found(value: object) -> str:
    """What a value is, in words; only a number is said back."""
    return _FOUND.get(type(value), repr(value))


def _is_needed(parameter: inspect.Parameter) -> bool:
    return parameter.default is inspect.Parameter.empty
