"""A statement is its own condition or its own exception."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, in_words, name, rule

_HINT = "write the label of the statement you mean, or remove the line"


@rule("AM120", Severity.WARNING)
def gate_on_itself(map: ArgumentMap) -> Iterator[Problem]:
    for statement in map.statements:
        for word, gates in (("provided", statement.conditions), ("unless", statement.exceptions)):
            if gates and statement.id in gates:
                yield Problem(
                    f"{statement.name} is claimed {word} {statement.name} itself", (statement, ""), hint=_HINT
                )
    for step in map.steps:
        for word, gates in (("provided", step.conditions), ("unless", step.exceptions)):
            if gates and step.target in gates:
                target = name(map, step.target)
                yield Problem(
                    f"{in_words(map, step)}, {word} {target} itself",
                    (step, f"leads to {target}, {word} {target}"),
                    (map.by_id.get(step.target), "the statement"),
                    hint=_HINT,
                )
