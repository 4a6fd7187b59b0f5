"""A question takes part in a step (advice, off unless selected)."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, rule

_QUESTION_MARKS = ("?", "？", "؟", "?”", "?’", '?"', "?'")


@rule("AM304", Severity.NOTE, default=False)
def question_as_claim(map: ArgumentMap) -> Iterator[Problem]:
    supported = {step.target for step in map.steps if step.kind.supports}
    used = {id for step in map.steps for id in step.ground}
    for statement in map.statements:
        if statement.text.endswith(_QUESTION_MARKS) and (statement.id in supported or statement.id in used):
            part = "is given support" if statement.id in supported else "is used to support or object"
            yield Problem(
                f"{statement.name} is a question, and {part}",
                (statement, "a question"),
                hint="write the statement that it implies",
            )
