"""Two holders' names are so similar that they are probably the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Stance
from argmap.rules._rule import Problem, rule
from argmap.rules._similar_names import collisions, shape, typing_errors


@rule("AM104", Severity.WARNING)
def near_duplicate_holders(map: ArgumentMap) -> Iterator[Problem]:
    first: dict[str, Stance] = {}
    for stance in map.stances:
        first.setdefault(stance.holder, stance)
    paired = set()
    for later, earlier in collisions(first, _key):
        paired.add(later)
        yield Problem(
            f"“{later}” and “{earlier}” are probably the same holder",
            (first[later], f"“{later}” here"),
            (first[earlier], f"“{earlier}” here"),
            hint=f"write the name in one way, “{earlier}”",
        )
    for later, earlier in typing_errors(name for name in first if name not in paired):
        yield Problem(
            f"“{later}” and “{earlier}” differ by one typing error",
            (first[later], f"“{later}” here"),
            (first[earlier], f"“{earlier}” here"),
            hint="if they are the same holder, write the name in one way",
            severity=Severity.NOTE,
        )


def _key(name: str) -> str:
    key = re.sub(r"[\W_]+", " ", shape(name).casefold()).strip().removeprefix("the ").replace(" ", "")
    return key if len(key) > 1 else ""
