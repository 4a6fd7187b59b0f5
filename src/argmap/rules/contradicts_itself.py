"""A statement is said to contradict itself."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, name, rule


@rule("AM109", Severity.ERROR)
def contradicts_itself(map: ArgumentMap) -> Iterator[Problem]:
    for contradiction in map.contradictions:
        if contradiction.left == contradiction.right:
            yield Problem(
                f"{name(map, contradiction.left)} is said to contradict itself",
                (contradiction, "both sides are the same statement"),
                (map.by_id.get(contradiction.left), "the statement"),
                hint="write the label of the statement you mean, or an objection with `-`",
            )
