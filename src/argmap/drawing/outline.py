"""The map as its picture has to be laid out: what hangs on what, and which frames hold what."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from argmap.drawing.selection import View
from argmap.drawing.shape import Tree
from argmap.drawing.sides import tops
from argmap.model import ArgumentMap, Step, StepKind


def tree(map: ArgumentMap, view: View) -> Tree:
    """The map as an outline has it, for estimating its shape."""
    children: dict[str, list[tuple[str, int]]] = {}
    leaves: dict[str, list[str]] = {}
    shown = view.statements
    pointed = {map.steps[index].target for index in view.steps}
    used: dict[str, int] = {}
    for index in view.steps:
        for id in map.steps[index].ground:
            used[id] = used.get(id, 0) + 1
    for id in shown:
        statement = map.by_id[id]
        for gate in (*statement.conditions, *statement.exceptions):
            if gate in shown:
                children.setdefault(id, []).append((gate, 1))
                pointed.add(id)
    for index in view.steps:
        step = map.steps[index]
        if step.kind is StepKind.COROLLARY:
            for id in step.ground:
                if id in shown:
                    children.setdefault(id, []).append((step.target, -1))
        else:
            for id in step.ground:
                if id in shown:
                    children.setdefault(step.target, []).append((id, 1))
        for id in (*step.conditions, *step.exceptions):
            if id in shown:
                children.setdefault(step.target, []).append((id, 1))
        leaf = step.ground[0]
        if is_plain(step) and leaf not in pointed and used[leaf] == 1:
            leaves.setdefault(step.target, []).append(leaf)
    for each in view.contradictions:
        contradiction = map.contradictions[each]
        children.setdefault(contradiction.left, []).append((contradiction.right, 1))
    roots = [id for id in tops(map) if id in shown] + list(shown)
    return Tree(roots, children, leaves, _outermost_sections(map, shown))


def _outermost_sections(map: ArgumentMap, shown: Collection[str]) -> dict[str, int]:
    """The outermost section of each statement that is in one."""
    outermost: list[int] = []
    for index, each in enumerate(map.sections):
        inside = each.parent
        outermost.append(index if inside is None else outermost[inside])
    found = {}
    for id in shown:
        section = map.by_id[id].section
        if section is not None:
            found[id] = outermost[section]
    return found


def frames_are_joined(map: ArgumentMap, view: View) -> bool:
    """Whether a line leads from one outermost section to another, which then orders them for an engine."""
    outermost = _outermost_sections(map, view.statements)
    steps = (map.steps[index] for index in view.steps)
    return any(
        outermost.get(id) != outermost.get(step.target)
        for step in steps
        for id in (*step.ground, *step.conditions, *step.exceptions)
        if id in view.statements
    )


def section_of(map: ArgumentMap, ids: Sequence[str]) -> int | None:
    """The innermost section that holds all of these."""
    sections = map.sections
    common: list[int] | None = None
    for id in ids:
        chain: list[int] = []
        section = map.by_id[id].section
        while section is not None:
            chain.append(section)
            section = sections[section].parent
        chain.reverse()
        if common is None:
            common = chain
        else:
            same = 0
            while same < min(len(common), len(chain)) and common[same] == chain[same]:
                same += 1
            common = common[:same]
    return common[-1] if common else None


def is_plain(step: Step) -> bool:
    """Whether a step has one ground and nothing beside it, and only favours."""
    return (
        len(step.ground) == 1
        and not (step.conditions or step.exceptions or step.rule)
        and not step.kind.binds
    )
