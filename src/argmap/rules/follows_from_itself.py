"""A statement is a corollary of itself, or a conclusion among its own premises."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Problem, name, rule


@rule("AM108", Severity.ERROR)
def follows_from_itself(map: ArgumentMap) -> Iterator[Problem]:
    for step in map.steps:
        if step.target in step.ground and step.kind.binds:
            target = name(map, step.target)
            bar = step.kind is StepKind.INFERENCE
            yield Problem(
                f"{target} is a conclusion among its own premises"
                if bar
                else f"{target} is a corollary of itself",
                (step, "this step leads from it to itself"),
                (map.by_id.get(step.target), "the statement"),
                hint="remove it from the premises" if bar else "write the label you mean",
            )
