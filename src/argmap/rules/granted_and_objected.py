"""The same point is both an objection and granted."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Step, StepKind
from argmap.rules._rule import Problem, is_joined, name, names, rule


@rule("AM125", Severity.WARNING)
def granted_and_objected(map: ArgumentMap) -> Iterator[Problem]:
    granted: dict[tuple[str, frozenset[str]], Step] = {}
    for step in map.steps:
        if step.kind is StepKind.CONCESSION:
            granted.setdefault((step.target, frozenset(step.ground)), step)
    if not granted:
        return
    for step in map.steps:
        if step.kind is not StepKind.OBJECTION:
            continue
        other = granted.get((step.target, frozenset(step.ground)))
        if other is not None:
            are = "are" if is_joined(step) else "is"
            ground, target = names(map, step.ground), name(map, step.target)
            yield Problem(
                f"{ground} {are} both an objection to {target} and granted against it",
                (step, "an objection here"),
                (other, "granted here"),
                hint="keep `-` if it counts until answered, `~` if it is outweighed",
            )
