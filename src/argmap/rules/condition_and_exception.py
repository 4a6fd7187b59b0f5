"""The same statement is both a condition and an exception."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Statement, Step
from argmap.rules._rule import Problem, in_words, name, rule


@rule("AM119", Severity.ERROR)
def condition_and_exception(map: ArgumentMap) -> Iterator[Problem]:
    gated: Iterator[Statement | Step] = (x for many in (map.statements, map.steps) for x in many)
    for each in gated:
        if not each.conditions or not each.exceptions:
            continue
        exceptions = set(each.exceptions)
        what = each.name if isinstance(each, Statement) else f"that {in_words(map, each)}"
        for id in dict.fromkeys(each.conditions):
            if id in exceptions:
                yield Problem(
                    f"{name(map, id)} is both condition and exception: {what}, provided and unless it holds",
                    (each, f"both provided and unless {name(map, id)}"),
                    (map.by_id.get(id), "the statement"),
                    hint="remove one of the two",
                )
