"""What is connected to what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from argmap.model import ArgumentMap, Role, Statement, Step, StepKind
from argmap.text import Span

_ROW = re.compile(r"([ \t]*)[^ \t\r\n][^\r\n]*")
_JOINS = re.compile(r"(?:&|and:)[ \t]|//")


def tied(map: ArgumentMap) -> set[str]:
    """The ids of all statements that a step, a gate, a contradiction or a stance speaks of."""
    ids: set[str] = set()
    for step in map.steps:
        ids.update(step.ground)
        ids.add(step.target)
        ids.update(step.conditions)
        ids.update(step.exceptions)
    for contradiction in map.contradictions:
        ids.add(contradiction.left)
        ids.add(contradiction.right)
    ids.update(stance.statement for stance in map.stances)
    for statement in map.statements:
        if statement.conditions or statement.exceptions:
            ids.add(statement.id)
            ids.update(statement.conditions)
            ids.update(statement.exceptions)
    return ids


def premise_place(map: ArgumentMap, step: Step, id: str) -> Span | None:
    """Where a joined premise of a step is written as a reference, the last time; else where the step is."""
    span = step.span
    if map.source is None or span is None or step.kind is StepKind.INFERENCE or len(step.ground) == 1:
        return span
    text = map.source.text
    line = re.compile(rf"[ \t]*[^\s()]+[ \t]+(\({re.escape(id)}\))[ \t]*(?:[\r\n]|\Z)")
    begin = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    depth = span.start - begin
    found = span
    # The lines of the step are as deep as its first; what is deeper is under one of them.
    for match in _ROW.finditer(text, begin):
        indent = match.end(1) - match.start()
        first = match.start() == begin
        if indent < depth or (indent == depth and not first and not _JOINS.match(text, match.end(1))):
            break
        if indent == depth and (referred := line.match(text, match.start())):
            found = Span(*referred.span(1), map.source)
    return found


def loose(map: ArgumentMap) -> Iterator[tuple[Statement, Statement | None, bool]]:
    """Each statement that is connected to nothing, with the inference it was written beside.

    None is told of in a block of lines where reading found an error: the line that would have connected it
    may be the one that was refused, and has been reported with a better mend.

    Yields:
        The statement; the nearest connected statement of its section where that one is part of an inference
        bar's step, else None; and whether that one comes after it.
    """
    ids = tied(map)
    statements = [s for s in map.statements if not s.missing]
    alone = [s.id not in ids and s.role is Role.CLAIM for s in statements]
    if True not in alone:
        return
    spoilt = _spoilt(map)
    in_bars = {
        id for step in map.steps if step.kind is StepKind.INFERENCE for id in (*step.ground, step.target)
    }
    following: list[Statement | None] = [None] * len(statements)
    near: Statement | None = None
    for i in range(len(statements) - 1, -1, -1):
        following[i] = near
        if not alone[i]:
            near = statements[i]
    before: Statement | None = None
    for i, statement in enumerate(statements):
        if not alone[i]:
            before = statement
            continue
        if spoilt(statement):
            continue
        after = following[i]
        if after is not None and after.id in in_bars and after.section == statement.section:
            yield statement, after, True
        elif before is not None and before.id in in_bars and before.section == statement.section:
            yield statement, before, False
        else:
            yield statement, None, False


def _spoilt(map: ArgumentMap) -> Callable[[Statement], bool]:
    """Whether a statement lies in a block of lines, between two blank ones, that has an error of syntax."""
    faults = [d.span.start for d in map.diagnostics if d.code.startswith("AM0") and d.span is not None]
    if not faults or map.source is None:
        return lambda statement: False
    ends = [match.end() for match in re.finditer(r"(?:\r\n?|\n)[ \t]*(?=[\r\n])", map.source.text)]
    blocks = {bisect_right(ends, fault) for fault in faults}
    return lambda statement: statement.span is not None and bisect_right(ends, statement.span.start) in blocks
