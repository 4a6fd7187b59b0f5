"""Validators for attrs classes, whose messages name the class, the field and what it was given."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Any

from argmap.errors import InvalidTypeError, InvalidValueError

Validator = Callable[[Any, Any, Any], None]

_WORDS = {str: "a string", bool: "true or false", int: "a whole number", float: "a number"}
_PLURALS: dict[type, str] = {str: "strings"}


def wrong(instance: Any, attribute: Any, problem: str, kind: type[InvalidValueError]) -> InvalidValueError:
    """The error for a field of an instance."""
    return kind(problem, (attribute.name,), type(instance).__name__)


def a(expected: type, *, optional: bool = False) -> Validator:
    """A value of one type, such as `str`, or of `float` also a whole number; or also None."""
    types = (float, int) if expected is float else expected

    def check(instance: Any, attribute: Any, value: Any) -> None:
        if value.__class__ is expected or (value is None and optional):
            return
        if not isinstance(value, types) or isinstance(value, bool):
            problem = f"must be {_named(expected)}, not {shown(value)}"
            raise wrong(instance, attribute, problem, InvalidTypeError)

    return check


def filled(*, optional: bool = False) -> Validator:
    """A string with something in it; or also None."""
    string = a(str, optional=optional)

    def check(instance: Any, attribute: Any, value: Any) -> None:
        string(instance, attribute, value)
        if value == "":
            raise wrong(instance, attribute, "must not be empty", InvalidValueError)

    return check


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_date(text: str) -> bool:
    """Whether a text is a date: `2007`, `2007-05` or `2007-05-28`."""
    match = _DATE.fullmatch(text)
    with suppress(ValueError):
        return match is not None and bool(date(*(int(part or 1) for part in match.groups())))
    return False


def a_date(instance: Any, attribute: Any, value: Any) -> None:
    """A date, or None."""
    a(str, optional=True)(instance, attribute, value)
    if value is not None and not is_date(value):
        problem = f"must be a date such as 2007, 2007-05 or 2007-05-28, not {shown(value)}"
        raise wrong(instance, attribute, problem, InvalidValueError)


def at_least(least: int, *, optional: bool = False) -> Validator:
    """A whole number of at least this; or also None."""
    whole = a(int, optional=optional)

    def check(instance: Any, attribute: Any, value: Any) -> None:
        if value is None and optional:
            return
        whole(instance, attribute, value)
        if value < least:
            raise wrong(instance, attribute, f"must be at least {least}, not {shown(value)}", InvalidValueError)

    return check


def several(expected: type, *, least: int = 0) -> Validator:
    """A tuple of values of one type."""

    def check(instance: Any, attribute: Any, value: Any) -> None:
        if value == () and not least:
            return
        if value.__class__ is not tuple or not all(isinstance(each, expected) for each in value):
            problem = f"must be a tuple of {_PLURALS.get(expected, expected.__name__)}, not {shown(value)}"
            raise wrong(instance, attribute, problem, InvalidTypeError)
        if len(value) < least:
            raise wrong(instance, attribute, "must not be empty", InvalidValueError)

    return check


def pairs_of_strings(instance: Any, attribute: Any, value: Any) -> None:
    """A tuple of pairs of strings."""
    if not isinstance(value, tuple) or not all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(each, str) for each in pair) for pair in value
    ):
        raise wrong(instance, attribute, f"must be pairs of strings, not {shown(value)}", InvalidTypeError)


def _named(expected: type) -> str:
    if issubclass(expected, Enum):
        return f"a {expected.__name__} such as {expected.__name__}.{next(iter(expected)).name}"
    return _WORDS.get(expected) or f"a {expected.__name__}"


def shown(value: object) -> str:
    """A value, shortened, for a message."""
    names = {bool: str(value).lower(), type(None): "nothing"}
    return names.get(type(value)) or reprlib.repr(value)
