"""A statement is connected to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._connections import unconnected
from argmap.rules._rule import Problem, rule

_HINT = "indent it with a mark (`+`, `-`, `=>`) under what it bears on"


@rule("AM111", Severity.WARNING)
def unconnected_statement(map: ArgumentMap) -> Iterator[Problem]:
    if len(map.statements) < 2:
        return
    alone = list(unconnected(map))
    if alone and len(alone) == len(map.statements):
        first = alone[0][0]
        yield Problem(
            f"none of the {len(alone)} statements is connected to another",
            (first, "the first of them"),
            hint="indent reasons (`+`) and objections (`-`) under the statement that they bear on",
        )
        return
    for statement, inference, _ in alone:
        if inference is None:
            yield Problem(
                f"{statement.name} is connected to nothing",
                (statement, "no step, no contradiction, no stance"),
                hint=_HINT,
            )
