"""The same step is written twice."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Step
from argmap.rules._rule import Problem, in_words, rule


@rule("AM113", Severity.WARNING)
def repeated_step(map: ArgumentMap) -> Iterator[Problem]:
    first: dict[int, Step] = {}
    for step in map.steps:
        earlier = first.setdefault(hash(_said(step)), step)
        if earlier is not step and _said(earlier) == _said(step):
            yield Problem(
                f"{in_words(map, step)}: this is written twice",
                (step, "repeated here"),
                (earlier, "first written here"),
                hint="remove one of the two",
            )


def _said(step: Step) -> tuple[object, ...]:
    gates = (frozenset(step.conditions), frozenset(step.exceptions))
    return step.kind, step.target, frozenset(step.ground), gates
