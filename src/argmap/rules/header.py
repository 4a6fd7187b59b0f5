"""Rules about the facts in a map's header, and about the characters of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, rule
from argmap.text import Span
from argmap.text.display import hiding, visible

_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?(?![0-9])\s*\Z")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})\s*\Z")
_LINE = re.compile(r"[^\r\n]+")


@rule("AM122", Severity.WARNING)
def impossible_date(map: ArgumentMap) -> Iterator[Problem]:
    """The header's date is a day that there never was."""
    for fact in map.facts:
        if fact.key == "date" and not _possible(fact.value.strip()[:40]):
            yield Problem(
                f"there is no such date as {fact.value.strip()[:40]}",
                (fact, ""),
                hint="write it as year-month-day, for example 2007-05-28, or in words",
            )


def _possible(text: str) -> bool:
    if match := _YEAR_FIRST.match(text):
        year, month, day = match.groups(default="1")
        return _exists(year, month, day)
    if match := _YEAR_LAST.match(text):
        one, other, year = match.groups()
        return _exists(year, other, one) or _exists(year, one, other)
    return True


def _exists(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        # Python's calendar begins with the year 1; astronomers have a year 0.
        return int(year) == 0
    return True


@rule("AM130", Severity.WARNING)
def hidden_order(map: ArgumentMap) -> Iterator[Problem]:
    """A line shows its words in another order than they have."""
    text = map.source.text if map.source is not None else ""
    for line in _LINE.finditer(text) if hiding(text) else ():
        if places := hiding(line[0]):
            at = line.start() + places[0]
            yield _hidden(text[at], Span(at, at + 1, map.source))
    for statement in map.statements:  # written with escapes, or built in Python
        if (places := hiding(statement.text)) and statement.text[places[0]] not in text:
            yield _hidden(statement.text[places[0]], statement.span)


def _hidden(mark: str, place: Span | None) -> Problem:
    what = "shows words in another order than they are written in"
    hint = "delete it; Hebrew and Arabic need no such character"
    return Problem(f"{visible(mark)[1:-1]} {what}", (place, ""), hint=hint)
