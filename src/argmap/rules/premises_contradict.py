"""Two joined premises contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Contradiction
from argmap.rules._rule import Problem, in_words, name, rule


@rule("AM121", Severity.WARNING)
def premises_contradict(map: ArgumentMap) -> Iterator[Problem]:
    opposed: dict[str, dict[str, Contradiction]] = {}
    for contradiction in map.contradictions:
        if contradiction.left != contradiction.right:
            opposed.setdefault(contradiction.left, {}).setdefault(contradiction.right, contradiction)
    if not opposed:
        return
    for step in map.steps:
        if len(step.ground) < 2 or step.kind.binds:
            continue
        ground = set(step.ground)
        for left in dict.fromkeys(step.ground):
            # The smaller of the two sets, so that a much contradicted premise of many steps stays cheap.
            others = opposed.get(left, {})
            small, large = (others, ground) if len(others) < len(ground) else (ground, others)
            for right in [id for id in small if id in large]:
                both = f"{name(map, left)} and {name(map, right)}"
                yield Problem(
                    f"{in_words(map, step)}, but {both} contradict each other",
                    (step, "joined here"),
                    (others[right], "contradicted here"),
                    hint="give them as two reasons, or remove the contradiction",
                )
