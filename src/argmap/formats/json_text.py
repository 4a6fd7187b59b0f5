"""Reads JSON from a stranger: limits, and the place of every value for whoever has to complain about one.

Shared by the formats that are written in JSON; not a format itself.
"""

from __future__ import annotations

import json
import re
from typing import Any

from argmap.errors import FormatError
from argmap.text import Source, Span

LARGEST = 100_000_000
"""Most characters of a file that is read at all."""

DEEPEST = 200
"""Most levels of lists and objects one inside another."""

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_ATOM = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}"]+', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def load(source: Source) -> Any:
    """The value that a JSON text stands for.

    Half characters (lone surrogates) become U+FFFD.

    Raises:
        FormatError: it is not JSON, too large or too deep; with line and column.
    """
    text = source.text.removeprefix("\ufeff")
    if len(text) > LARGEST:
        raise FormatError(f"{source.name}: too large: more than {LARGEST:,} characters")
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"{source.name}:{error.lineno}:{error.colno}: not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        ) from None
    except RecursionError:
        raise FormatError(f"{source.name}: too deep: more than {DEEPEST} levels") from None
    except ValueError as error:
        raise FormatError(f"{source.name}: not JSON: {error}") from None
    return _checked(value, source.name, mend=_SURROGATE.search(text) is not None)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _checked(value: Any, name: str, mend: bool) -> Any:
    """Look at the depth, level by level, and mend half characters on the way where there are any."""
    top = [value]
    level: list[Any] = [top]
    depth = 0
    while level:
        if depth > DEEPEST:
            raise FormatError(f"{name}: too deep: more than {DEEPEST} levels")
        depth += 1
        if mend:
            for each in level:
                _mend(each)
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, (dict, list))
        ]
    return top[0]


def _mend(each: Any) -> None:
    if isinstance(each, list):
        each[:] = [_whole(inner) for inner in each]
    else:
        pairs = [(_whole(key), _whole(inner)) for key, inner in each.items()]
        each.clear()
        each.update(pairs)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


class Places:
    """Where in a JSON text each value stands. Reads the text once, when first asked."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._spans: dict[Path, Span] | None = None

    def __getitem__(self, path: Path) -> Span | None:
        """The place of a value, or of the nearest value around it that has one."""
        if self._spans is None:
            self._spans = _index(self._source)
        while path and path not in self._spans:
            path = path[:-1]
        return self._spans.get(path)


def _index(source: Source) -> dict[Path, Span]:
    """Where each value of a text that is known to be JSON starts and ends."""
    text = source.text
    spans: dict[Path, Span] = {}
    open_: list[tuple[int, bool]] = []  # where a list or object starts, and whether it is a list
    path: list[str | int] = []
    at = _skip(text, 1 if text.startswith("\ufeff") else 0)
    key_next = False
    while at < len(text):
        sign = text[at]
        if sign in "[{":
            open_.append((at, sign == "["))
            path.append(0 if sign == "[" else "")
            key_next = sign == "{"
            at += 1
        elif sign in "]}":
            path.pop()
            start, _ = open_.pop()
            at += 1
            spans[tuple(path)] = Span(start, at, source)
        elif sign == ",":
            if open_[-1][1]:
                last = path[-1]
                path[-1] = last + 1 if isinstance(last, int) else 0
            key_next = not open_[-1][1]
            at += 1
        elif sign == ":":
            key_next = False
            at += 1
        else:
            atom = _ATOM.match(text, at)
            if atom is None:
                break
            if key_next:
                path[-1] = str(json.loads(atom.group()))
            else:
                spans[tuple(path)] = Span(at, atom.end(), source)
            at = atom.end()
        at = _skip(text, at)
    return spans


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
