"""A reason rests on a single premise (the Golden rule; advice, off unless selected)."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Problem, name, rule

_CALLED = {
    StepKind.REASON: "reason for",
    StepKind.OBJECTION: "objection to",
    StepKind.INFERENCE: "inference to",
}


@rule("AM301", Severity.NOTE, default=False)
def golden(map: ArgumentMap) -> Iterator[Problem]:
    for step in map.steps:
        if step.kind in _CALLED and len({*step.ground, *step.conditions}) == 1:
            called = f"{_CALLED[step.kind]} {name(map, step.target)}"
            yield Problem(
                f"the {called} has a single premise, {name(map, step.ground[0])}",
                (step, "one premise"),
                hint="join with `&` what else must hold for it to bear on the claim (`{implicit}` if unsaid)",
            )
