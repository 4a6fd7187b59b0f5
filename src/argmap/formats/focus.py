"""Cuts a map down to one statement and what bears on it."""

from __future__ import annotations

from attrs import evolve

from argmap.model import ArgumentMap


def cut(map: ArgumentMap, id: str) -> ArgumentMap:
    """The statement with this id, all that speaks for or against it, and so on upwards; who holds any of it.

    What only follows from it is left out. Linear in the size of the map.

    Raises:
        UnknownStatementError: the map has no such statement.
    """
    map[id]
    opposed: dict[str, list[str]] = {}
    for pair in map.contradictions:
        opposed.setdefault(pair.left, []).append(pair.right)
        opposed.setdefault(pair.right, []).append(pair.left)
    kept = {id}
    pending = [id]
    while pending:
        at = pending.pop()
        statement = map[at]
        bearing = [*statement.conditions, *statement.exceptions, *opposed.get(at, ())]
        for step in map.steps_to.get(at, ()):
            bearing += [*step.ground, *step.conditions, *step.exceptions]
        for each in bearing:
            if each not in kept and each in map.by_id:
                kept.add(each)
                pending.append(each)
    statements = [statement for statement in map.statements if statement.id in kept]
    used: set[int] = set()
    for statement in statements:
        section = statement.section
        while section is not None and section not in used:
            used.add(section)
            section = map.sections[section].parent
    order = {old: new for new, old in enumerate(sorted(used))}
    return evolve(
        map,
        statements=tuple(
            statement if statement.section is None else evolve(statement, section=order[statement.section])
            for statement in statements
        ),
        steps=tuple(step for step in map.steps if step.target in kept),
        contradictions=tuple(pair for pair in map.contradictions if pair.left in kept and pair.right in kept),
        stances=tuple(stance for stance in map.stances if stance.statement in kept),
        sections=tuple(
            evolve(map.sections[old], parent=None if (up := map.sections[old].parent) is None else order[up])
            for old in order
        ),
    )
