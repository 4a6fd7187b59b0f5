"""A statement written beside an inference is used in none."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Finding, found, rule
from argmap.rules._ties import loose


@rule("AM117", Severity.WARNING)
def unused_premise(map: ArgumentMap) -> Iterator[Finding]:
    if not any(step.kind is StepKind.INFERENCE for step in map.steps):
        return
    for statement, inference, follows in loose(map):
        if inference is None:
            continue
        if follows:
            why = f"the blank line parts it from {inference.name}"
            hint = "take the blank line out if it belongs to the inference below"
        else:
            why = "no bar comes after it"
            hint = "put a bar (`---`) and a conclusion below it, or move it above the bar it belongs to"
        yield found(
            f"{statement.name} is a premise of nothing: {why}",
            (statement, "in no inference"),
            (inference, "the inference beside it"),
            hint=hint,
        )
