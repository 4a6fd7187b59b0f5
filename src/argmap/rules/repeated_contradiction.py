"""The same contradiction is written twice."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Contradiction
from argmap.rules._rule import Problem, name, rule


@rule("AM114", Severity.NOTE)
def repeated_contradiction(map: ArgumentMap) -> Iterator[Problem]:
    first: dict[frozenset[str], Contradiction] = {}
    for contradiction in map.contradictions:
        earlier = first.setdefault(frozenset((contradiction.left, contradiction.right)), contradiction)
        if earlier is not contradiction:
            left, right = name(map, contradiction.left), name(map, contradiction.right)
            yield Problem(
                f"{left} contradicts {right}: this is written twice",
                (contradiction, "repeated here"),
                (earlier, "first written here"),
                hint="a contradiction is symmetric: remove one of the two",
            )
