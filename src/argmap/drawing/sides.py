"""Whose side each statement is on in the end: what gives a box its hue."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import Enum

from argmap.model import ArgumentMap, StepKind


class Side(Enum):
    """Named for the theme's hue."""

    CLAIM = "claim"
    REASON = "reason"
    OBJECTION = "objection"
    CONCESSION = "concession"
    REBUTTAL = "rebuttal"
    CONDITION = "condition"
    COROLLARY = "corollary"


_SUPPORT = {
    Side.CLAIM: Side.REASON,
    Side.COROLLARY: Side.REASON,
    Side.REASON: Side.REASON,
    Side.CONDITION: Side.REASON,
    Side.OBJECTION: Side.OBJECTION,
    Side.CONCESSION: Side.CONCESSION,
    Side.REBUTTAL: Side.REBUTTAL,
}
_OPPOSE = {
    Side.CLAIM: Side.OBJECTION,
    Side.COROLLARY: Side.OBJECTION,
    Side.REASON: Side.OBJECTION,
    Side.REBUTTAL: Side.OBJECTION,
    Side.CONDITION: Side.OBJECTION,
    Side.OBJECTION: Side.REBUTTAL,
    Side.CONCESSION: Side.REBUTTAL,
}


def tops(map: ArgumentMap) -> list[str]:
    """The statements that nothing else is said for or against or given from, in order; never none of any."""
    below: set[str] = set()
    for step in map.steps:
        if step.kind is StepKind.COROLLARY:
            below.add(step.target)
        else:
            below.update(step.ground)
        below.update(step.conditions)
        below.update(step.exceptions)
    for statement in map.statements:
        below.update(statement.conditions)
        below.update(statement.exceptions)
    found = [statement.id for statement in map.statements if statement.id not in below]
    return found or [statement.id for statement in map.statements[:1]]


def closing_steps(map: ArgumentMap, shown: Sequence[int]) -> frozenset[int]:
    """Those of the steps shown that close a circle of reasoning, met from the tops down.

    A layout that puts them the other way round has the circle's two ways side by side.
    """
    out: dict[str, list[tuple[int, str]]] = {}
    for index in shown:
        step = map.steps[index]
        for id in step.ground:
            if step.kind is StepKind.COROLLARY:
                out.setdefault(id, []).append((index, step.target))
            else:
                out.setdefault(step.target, []).append((index, id))
    closing: set[int] = set()
    done: set[str] = set()
    for start in [*tops(map), *out]:
        if start in done:
            continue
        open_ones = {start}
        stack = [(start, iter(out.get(start, ())))]
        while stack:
            id, rest = stack[-1]
            for index, other in rest:
                if other in open_ones:
                    closing.add(index)
                elif other not in done:
                    open_ones.add(other)
                    stack.append((other, iter(out.get(other, ()))))
                    break
            else:
                stack.pop()
                open_ones.discard(id)
                done.add(id)
    return frozenset(closing)


def sides(map: ArgumentMap) -> dict[str, Side]:
    """The side of every statement, from the tops down; where two ways lead to one, the shorter decides."""
    found: dict[str, Side] = {}
    queue: deque[str] = deque()

    def give(id: str, side: Side) -> None:
        if id not in found:
            found[id] = side
            queue.append(id)

    rivals: dict[str, list[str]] = {}
    for contradiction in map.contradictions:
        rivals.setdefault(contradiction.left, []).append(contradiction.right)
        rivals.setdefault(contradiction.right, []).append(contradiction.left)
    by_id, steps_to, steps_from = map.by_id, map.steps_to, map.steps_from

    def spread() -> None:
        while queue:
            id = queue.popleft()
            side = found[id]
            for step in steps_to.get(id, ()):
                if step.kind is StepKind.COROLLARY:
                    ground = Side.REASON if side is not Side.OBJECTION else Side.OBJECTION
                elif step.kind is StepKind.OBJECTION:
                    ground = _OPPOSE[side]
                elif step.kind is StepKind.CONCESSION:
                    ground = Side.CONCESSION
                else:
                    ground = _SUPPORT[side]
                for each in step.ground:
                    give(each, ground)
                for each in step.conditions:
                    give(each, Side.CONDITION)
                for each in step.exceptions:
                    give(each, _OPPOSE[ground])
            statement = by_id.get(id)
            if statement is not None:
                for each in statement.conditions:
                    give(each, Side.CONDITION)
                for each in statement.exceptions:
                    give(each, _OPPOSE[side])
            for each in rivals.get(id, ()):
                give(each, _OPPOSE[side])
            for step in steps_from.get(id, ()):
                if step.kind is StepKind.COROLLARY:
                    give(step.target, Side.COROLLARY if side is not Side.OBJECTION else Side.OBJECTION)

    top = tops(map)
    rival = {contradiction.right for contradiction in map.contradictions}
    for id in top:
        if id not in rival:
            give(id, Side.CLAIM)
    spread()
    for statement in map.statements:
        if statement.id not in found:
            give(statement.id, Side.CLAIM)
            spread()
    return found
