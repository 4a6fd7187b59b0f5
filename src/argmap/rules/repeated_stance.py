"""The same stance is written twice."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Attitude, Stance, does
from argmap.rules._rule import Problem, name, rule


@rule("AM116", Severity.NOTE)
def repeated_stance(map: ArgumentMap) -> Iterator[Problem]:
    first: dict[tuple[str, str, Attitude], Stance] = {}
    for stance in map.stances:
        earlier = first.setdefault((stance.holder, stance.statement, stance.attitude), stance)
        if earlier is not stance:
            what = name(map, stance.statement)
            yield Problem(
                f"{stance.holder} {does(stance.holder, stance.attitude)} {what}: this is written twice",
                (stance, "repeated here"),
                (earlier, "first written here"),
                hint="remove one of the two",
            )
