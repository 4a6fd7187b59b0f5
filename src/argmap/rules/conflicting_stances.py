"""Somebody is said both to accept and to reject the same statement."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Stance, does
from argmap.rules._rule import Problem, name, rule


@rule("AM115", Severity.WARNING)
def conflicting_stances(map: ArgumentMap) -> Iterator[Problem]:
    first: dict[tuple[str, str], Stance] = {}
    for stance in map.stances:
        earlier = first.setdefault((stance.holder, stance.statement), stance)
        if earlier.attitude is not stance.attitude:
            yield Problem(
                f"{stance.holder} {does(stance.holder, earlier.attitude)} {name(map, stance.statement)}"
                f" and also {does(stance.holder, stance.attitude)} it",
                (stance, f"{does(stance.holder, stance.attitude)} it here"),
                (earlier, f"{does(stance.holder, earlier.attitude)} it here"),
                hint="remove one of the two; for a change of mind, name two holders (`Rice in 2006`)",
            )
