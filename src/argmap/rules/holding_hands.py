"""A term of a premise appears nowhere else in the step (Holding Hands; advice, off unless selected)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Problem, name, rule
from argmap.rules._terms import language, quoted, terms


@rule("AM303", Severity.NOTE, default=False)
def holding_hands(map: ArgumentMap) -> Iterator[Problem]:
    if (spoken := language(map)) is None:
        return
    for step in map.steps:
        if step.kind not in (StepKind.REASON, StepKind.INFERENCE):
            continue
        ids = dict.fromkeys((*step.ground, *step.conditions, step.target))
        said = {
            id: terms(statement.text, spoken) for id in ids if (statement := map.by_id.get(id)) is not None
        }
        if not all(said.values()):
            continue
        times = Counter(stem for each in said.values() for stem in each)
        for id in dict.fromkeys(step.ground):
            alone = [word for stem, word in said.get(id, {}).items() if times[stem] == 1]
            if alone and id != step.target:
                what = f"this {step.kind.value}"
                yield Problem(
                    f"{name(map, id)} mentions {quoted(alone)}, which nothing else in {what} mentions",
                    (map.by_id.get(id), "the premise"),
                    (map.by_id.get(step.target), "the conclusion"),
                    hint="add the linking premise with `&`, or use the same word for the same thing",
                )
