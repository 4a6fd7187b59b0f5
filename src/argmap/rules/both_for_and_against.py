"""The same statement speaks both for and against another."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Step, StepKind
from argmap.rules._rule import Problem, in_words, is_joined, name, names, rule


@rule("AM110", Severity.WARNING)
def both_for_and_against(map: ArgumentMap) -> Iterator[Problem]:
    against: dict[tuple[str, frozenset[str]], Step] = {}
    for step in map.steps:
        if not step.kind.supports and step.target not in step.ground:
            against.setdefault((step.target, frozenset(step.ground)), step)
    opposed = {(c.left, c.right): c for c in map.contradictions if c.left != c.right}
    if not against and not opposed:
        return
    for step in map.steps:
        if not step.kind.supports:
            continue
        other = against.get((step.target, frozenset(step.ground)))
        if other is not None:
            verb = "speak" if is_joined(step) else "speaks"
            yield Problem(
                f"{names(map, step.ground)} {verb} both for and against {name(map, step.target)}",
                (other, "against it here"),
                (step, "for it here"),
                hint="remove one of the two, or write the further premises of each",
            )
        # Only reasons: to derive, by bar or corollary, what contradicts a premise is a proof by contradiction.
        if step.kind is not StepKind.REASON or not opposed:
            continue
        for id in dict.fromkeys(step.ground):
            clash = opposed.get((id, step.target)) or opposed.get((step.target, id))
            if clash is not None:
                yield Problem(
                    f"{in_words(map, step)}, yet {name(map, id)} contradicts it",
                    (step, "a reason for it here"),
                    (clash, "contradicted here"),
                    hint="remove one of the two: what contradicts a statement cannot be a reason for it",
                )
