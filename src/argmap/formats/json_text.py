"""JSON from strangers: read within limits, and the place of every value for messages.

Shared by the formats that are written in JSON; not a format itself.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from itertools import accumulate
from typing import Any

from attrs import frozen

from argmap.errors import FormatError
from argmap.text import Source, Span

LARGEST = 100_000_000
"""Most characters of a file that is read at all."""

MOST = 20_000_000
"""Most values of a file: a character can stand for fifty bytes of memory."""

DEEPEST = 200
"""Most levels of lists and objects one inside another."""

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s,:\[\]{}"]+', re.DOTALL)
_NO_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[^]\[{}"]+', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def load(source: Source) -> Any:
    """The value that a JSON text stands for; unpaired surrogates become U+FFFD.

    Raises:
        FormatError: it is not JSON, too large or too deep; with line and column.
    """
    text = source.text.removeprefix("\ufeff")
    if len(text) > LARGEST:
        raise FormatError(f"{source.name}: too large: more than {LARGEST:,} characters")
    if sum(map(text.count, ",[{")) > MOST:
        raise FormatError(f"{source.name}: too large: more than {MOST:,} values")
    # Before it is read: Python in a browser does not survive what is too deep for it.
    signs = _NO_BRACKET.sub("", text)
    if max(accumulate(1 if sign in "[{" else -1 for sign in signs), default=0) > DEEPEST:
        raise FormatError(f"{source.name}: too deep: more than {DEEPEST} levels")
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        problem = error.msg[:1].lower() + error.msg[1:]
        raise FormatError(f"{source.name}:{error.lineno}:{error.colno}: not JSON: {problem}") from None
    except ValueError as error:
        reason = "a number has too many digits" if "sys.set_int" in str(error) else error
        raise FormatError(f"{source.name}: not JSON: {reason}") from None
    if _SURROGATE.search(text):
        whole = json.dumps(value, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
        value = json.loads(whole.decode("utf-16-le", "replace"))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for name, each in pairs:
        if name in value:
            raise ValueError(f"“{name}” is given twice in one object")
        value[name] = each
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


@frozen
class Places:
    """Where in a JSON text each value stands. Reads the text once, when first asked."""

    source: Source

    def __getitem__(self, path: Path) -> Span | None:
        """The place of a value, or of the nearest value around it that has one."""
        while path and path not in self._spans:
            path = path[:-1]
        return self._spans.get(path)

    @cached_property
    def _spans(self) -> dict[Path, Span]:
        spans: dict[Path, Span] = {}
        starts: list[int] = []  # of the lists and objects that are open
        path: list[Any] = []  # the place in each list, from 0, or the key in each object
        key: str | None = None  # the last string: a key, if a colon follows
        for token in _TOKEN.finditer(self.source.text, int(self.source.text.startswith("\ufeff"))):
            sign = token[0]
            if sign in "[{":
                starts.append(token.start())
                path.append(0 if sign == "[" else None)
            elif sign in "]}":
                path.pop()
                spans[tuple(path)] = Span(starts.pop(), token.end(), self.source)
            elif sign == ":":
                path[-1] = key
            elif sign == ",":
                path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
            else:
                if path and path[-1] is None:
                    key = json.loads(sign)
                else:
                    spans[tuple(path)] = Span(token.start(), token.end(), self.source)
        return spans
