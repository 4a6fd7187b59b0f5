"""The same premise is joined to itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._connections import premise_place
from argmap.rules._rule import Problem, name, rule


@rule("AM112", Severity.WARNING)
def repeated_premise(map: ArgumentMap) -> Iterator[Problem]:
    for step in map.steps:
        if len(step.ground) == 1 or len(set(step.ground)) == len(step.ground):
            continue
        for id, times in Counter(step.ground).items():
            if times > 1:
                yield Problem(
                    f"{name(map, id)} is joined to itself as a premise for {name(map, step.target)}",
                    (premise_place(map, step, id), f"{name(map, id)} is in this step {_times(times)}"),
                    (map.by_id.get(id), "the premise"),
                    hint="remove the repetition, or write the label of the premise you mean",
                )


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"
