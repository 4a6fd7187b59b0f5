"""A statement is connected to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Finding, found, rule
from argmap.rules._ties import loose

_HINT = "indent it with a mark (`+`, `-`, `=>`) under what it bears on"


@rule("AM111", Severity.WARNING)
def unconnected_statement(map: ArgumentMap) -> Iterator[Finding]:
    if len(map.statements) < 2:
        return
    alone = list(loose(map))
    if alone and len(alone) == len(map.statements):
        first = alone[0][0]
        yield found(
            f"none of the {len(alone)} statements is connected to another",
            (first, "the first of them"),
            hint="indent under a statement what bears on it, with a mark: `+` a reason, `-` an objection",
        )
        return
    for statement, inference, _ in alone:
        if inference is None:
            yield found(
                f"{statement.name} is connected to nothing",
                (statement, "no step, no contradiction, no stance"),
                hint=_HINT,
            )
