"""Two statements say the same, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Statement
from argmap.rules._rule import Problem, rule

# Signs that carry meaning (-5, 3 < 4, 10%) stay; marks between words go.
_MARKS = re.compile(r"[\s.,;:!'\"“”‘’«»„…()\[\]—–]+|-(?!\d)")
_POINTING = ("this ", "that ", "these ", "those ", "it ")


@rule("AM105", Severity.WARNING)
def same_text_twice(map: ArgumentMap) -> Iterator[Problem]:
    # Keyed by hash, since the keys together are as long as the document.
    first: dict[int, Statement] = {}
    for statement in map.statements:
        if statement.missing:
            continue
        key = _key(statement.text)
        if not key:
            continue
        earlier = first.setdefault(hash(key), statement)
        if (
            earlier is statement
            or (statement.label is not None and statement.label == earlier.label)
            or _key(earlier.text) != key
        ):
            continue
        label = "a label" if earlier.label is None else f"({earlier.label})"
        yield Problem(
            f"{_both(statement, earlier)} say the same",
            (statement, "repeated here"),
            (earlier, "first written here"),
            hint=f"write it once, and refer to it by {label}",
        )


def _key(text: str) -> str:
    key = _MARKS.sub(" ", text.casefold()).strip()
    words = key.count(" ") + 1
    # Scripts without spaces have no words to count; they get by with fewer letters.
    enough = words >= 3 or (words < 3 and not key.isascii() and len(key) >= 8 and _unspaced(key))
    return key if enough and not key.startswith(_POINTING) else ""


def _unspaced(text: str) -> bool:
    return all(char == " " or char >= "\u0e00" for char in text)


def _both(one: Statement, other: Statement) -> str:
    if one.label is None and other.label is None:
        return f"two statements, {one.name},"
    return f"{other.name} and {one.name}"
