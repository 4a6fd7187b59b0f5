"""The same premise is joined to itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Finding, found, rule
from argmap.rules._ties import premise_place
from argmap.rules._words import name


@rule("AM112", Severity.WARNING)
def repeated_premise(map: ArgumentMap) -> Iterator[Finding]:
    for step in map.steps:
        if len(step.ground) == 1 or len(set(step.ground)) == len(step.ground):
            continue
        for id, times in Counter(step.ground).items():
            if times > 1:
                yield found(
                    f"{name(map, id)} is joined to itself as a premise for {name(map, step.target)}",
                    (premise_place(map, step, id), f"{name(map, id)} is in this step {_times(times)}"),
                    (map.by_id.get(id), "the premise"),
                    hint="take the repetition out, or write the label of the premise that is meant",
                )


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"
