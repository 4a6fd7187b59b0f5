"""Which statements are connected, and where a premise of a step is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from argmap.model import ArgumentMap, Role, Statement, Step, StepKind
from argmap.text import Span

_ROW = re.compile(r"([ \t]*)[^ \t\r\n][^\r\n]*")
_JOINS = re.compile(r"(?:&|and:)[ \t]|//")


def connected(map: ArgumentMap) -> set[str]:
    """The ids of all statements in a step, a gate, a contradiction or a stance."""
    ids: set[str] = {stance.statement for stance in map.stances}
    for step in map.steps:
        ids.update((step.target, *step.ground, *step.conditions, *step.exceptions))
    for contradiction in map.contradictions:
        ids.update((contradiction.left, contradiction.right))
    for statement in map.statements:
        if statement.conditions or statement.exceptions:
            ids.update((statement.id, *statement.conditions, *statement.exceptions))
    return ids


def premise_place(map: ArgumentMap, step: Step, id: str) -> Span | None:
    """Where a joined premise of a step is written as a reference, the last time; otherwise where the step is."""
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


def unconnected(map: ArgumentMap) -> Iterator[tuple[Statement, Statement | None, bool]]:
    """Each statement that is connected to nothing, with the inference it was written beside.

    Statements in a block of lines with an error of syntax are left out: the refused line may be the one that
    would have connected them, and it has been reported with a better fix.

    Yields:
        The statement; the nearest connected statement of its section if that one is in an inference bar's step,
        otherwise None; and whether that one comes after it.
    """
    ids = connected(map)
    statements = [s for s in map.statements if not s.missing]
    alone = [s.id not in ids and s.role is Role.CLAIM for s in statements]
    if True not in alone:
        return
    is_in_faulty_block = _faulty_blocks(map)
    in_bars = {
        id for step in map.steps if step.kind is StepKind.INFERENCE for id in (*step.ground, step.target)
    }
    after: list[Statement | None] = [None] * len(statements)
    near: Statement | None = None
    for i in range(len(statements) - 1, -1, -1):
        after[i] = near
        near = near if alone[i] else statements[i]
    before: Statement | None = None
    for i, statement in enumerate(statements):
        if not alone[i]:
            before = statement
        elif not is_in_faulty_block(statement):
            beside = [
                (other, other is after[i])
                for other in (after[i], before)
                if other is not None and other.id in in_bars and other.section == statement.section
            ]
            yield statement, *(beside[0] if beside else (None, False))


def _faulty_blocks(map: ArgumentMap) -> Callable[[Statement], bool]:
    """Whether a statement is in a block of lines, between two blank ones, that has an error of syntax."""
    faults = [d.span.start for d in map.diagnostics if d.code.startswith("AM0") and d.span is not None]
    if not faults or map.source is None:
        return lambda statement: False
    ends = [match.end() for match in re.finditer(r"(?:\r\n?|\n)[ \t]*(?=[\r\n])", map.source.text)]
    blocks = {bisect_right(ends, fault) for fault in faults}
    return lambda statement: statement.span is not None and bisect_right(ends, statement.span.start) in blocks
