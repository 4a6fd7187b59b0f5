"""A statement is marked as left unsaid, yet quotes the words that say it."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, rule


@rule("AM124", Severity.WARNING)
def implicit_but_quoted(map: ArgumentMap) -> Iterator[Problem]:
    for statement in map.statements:
        if statement.implicit and statement.quotations:
            yield Problem(
                f"{statement.name} is marked as left unsaid, yet it quotes the source",
                (statement, "implicit"),
                (statement.quotations[0], "quoted"),
                hint="remove `{implicit}`, or make the quotation a note by leaving out its quotation marks",
            )
