"""A step's condition or exception is already its ground."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, in_words, name, rule


@rule("AM118", Severity.WARNING)
def gate_repeats_ground(map: ArgumentMap) -> Iterator[Problem]:
    for step in map.steps:
        if not step.conditions and not step.exceptions:
            continue
        ground = set(step.ground)
        for id in dict.fromkeys(step.exceptions):
            if id in ground:
                yield Problem(
                    f"{in_words(map, step)}, unless {name(map, id)}: the step can never go through",
                    (step, f"needs {name(map, id)}, and fails where it holds"),
                    (map.by_id.get(id), "the statement"),
                    hint="write the label of the exception you mean",
                )
        for id in dict.fromkeys(step.conditions):
            if id in ground:
                yield Problem(
                    f"{in_words(map, step)}, provided {name(map, id)}: the step needs it already",
                    (step, f"{name(map, id)} is its ground and its condition"),
                    (map.by_id.get(id), "the statement"),
                    hint="remove the condition, or write the label of the one you mean",
                )
