"""Rules about the conditions and exceptions of statements and steps."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Statement, Step
from argmap.rules._rule import Problem, in_words, name, rule


@rule("AM118", Severity.WARNING)
def gate_repeats_ground(map: ArgumentMap) -> Iterator[Problem]:
    """A step's condition or exception is already its ground."""
    for step in map.steps:
        ground = set(step.ground)
        for id in dict.fromkeys(step.exceptions):
            if id in ground:
                yield Problem(
                    f"{in_words(map, step)}, unless {name(map, id)}: the step can never go through",
                    (step, f"needs {name(map, id)}, and fails where it holds"),
                    (map.by_id.get(id), "the statement"),
                    hint="write the label of the exception you mean",
                )
        for id in dict.fromkeys(step.conditions):
            if id in ground:
                yield Problem(
                    f"{in_words(map, step)}, provided {name(map, id)}: the step needs it already",
                    (step, f"{name(map, id)} is its ground and its condition"),
                    (map.by_id.get(id), "the statement"),
                    hint="remove the condition, or write the label of the one you mean",
                )


@rule("AM119", Severity.ERROR)
def condition_and_exception(map: ArgumentMap) -> Iterator[Problem]:
    """The same statement is both a condition and an exception."""
    gated: Iterator[Statement | Step] = (x for many in (map.statements, map.steps) for x in many)
    for each in gated:
        exceptions = set(each.exceptions)
        what = each.name if isinstance(each, Statement) else f"that {in_words(map, each)}"
        for id in dict.fromkeys(each.conditions):
            if id in exceptions:
                yield Problem(
                    f"{name(map, id)} is both condition and exception: {what}, provided and unless it holds",
                    (each, f"both provided and unless {name(map, id)}"),
                    (map.by_id.get(id), "the statement"),
                    hint="remove one of the two",
                )


_HINT = "write the label of the statement you mean, or remove the line"


@rule("AM120", Severity.WARNING)
def gate_on_itself(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is its own condition or its own exception."""
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
