"""A statement written beside an inference is used in none."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._connections import unconnected
from argmap.rules._rule import Problem, rule


@rule("AM117", Severity.WARNING)
def unused_premise(map: ArgumentMap) -> Iterator[Problem]:
    if not any(step.kind is StepKind.INFERENCE for step in map.steps):
        return
    for statement, inference, follows in unconnected(map):
        if inference is None:
            continue
        if follows:
            why = f"a blank line separates it from {inference.name}"
            hint = "remove the blank line if it belongs to the inference below"
        else:
            why = "no bar comes after it"
            hint = "put a bar (`---`) and a conclusion below it, or move it above the bar it belongs to"
        yield Problem(
            f"{statement.name} is a premise of nothing: {why}",
            (statement, "in no inference"),
            (inference, "the inference beside it"),
            hint=hint,
        )
