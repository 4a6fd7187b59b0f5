"""A statement is given as a reason for itself, or as an objection to itself."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._connections import premise_place
from argmap.rules._rule import Problem, is_joined, name, rule

_SAYS = {
    StepKind.REASON: "given as a reason for itself",
    StepKind.OBJECTION: "given as an objection to itself",
    StepKind.CONCESSION: "granted as a point against itself",
}


@rule("AM107", Severity.ERROR)
def bears_on_itself(map: ArgumentMap) -> Iterator[Problem]:
    for step in map.steps:
        if step.target in step.ground and not step.kind.binds:
            joined = " (joined with another)" if is_joined(step) else ""
            yield Problem(
                f"{name(map, step.target)} is {_SAYS[step.kind]}{joined}",
                (premise_place(map, step, step.target), "itself again"),
                (map.by_id.get(step.target), "the statement"),
                hint="write the label of the statement you mean, or remove the line",
            )
