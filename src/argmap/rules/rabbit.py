"""A term of the conclusion is in none of its premises (the Rabbit rule; advice, off unless selected)."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Problem, name, rule
from argmap.rules._terms import language, quoted, terms


@rule("AM302", Severity.NOTE, default=False)
def rabbit(map: ArgumentMap) -> Iterator[Problem]:
    if (spoken := language(map)) is None:
        return
    for step in map.steps:
        target = map.by_id.get(step.target)
        if step.kind not in (StepKind.REASON, StepKind.INFERENCE) or target is None:
            continue
        brought: set[str] = set()
        for id in (*step.ground, *step.conditions):
            if (premise := map.by_id.get(id)) is not None:
                brought.update(terms(premise.text, spoken))
        new = [word for stem, word in terms(target.text, spoken).items() if stem not in brought]
        if new and brought:
            yield Problem(
                f"no premise of this {step.kind.value} for {name(map, step.target)} mentions {quoted(new)}",
                (step, "the premises"),
                (target, "the conclusion"),
                hint="add the missing premise with `&`, or use the same word for the same thing",
            )
