"""Statements hold each other up in a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Step
from argmap.rules._rule import Finding, found, rule
from argmap.rules._words import name

Links = dict[str, dict[str, Step]]

_DRAWN = 8
# How many links the search for shortest circles may follow in one map, besides a few times its own size: in a
# knot of thousands, a short circle that is found soon is worth more than the shortest of all.
_PATIENCE = 300_000


@rule("AM106", Severity.WARNING)
def support_circle(map: ArgumentMap) -> Iterator[Finding]:
    links = _knotted(_links(map))
    if not links:
        return
    order = {statement.id: i for i, statement in enumerate(map.statements)}
    knots = [sorted(knot, key=lambda id: order.get(id, 0)) for knot in _knots(links)]
    knots.sort(key=lambda knot: order.get(knot[0], 0))
    patience = _PATIENCE + 4 * sum(len(targets) for targets in links.values())
    for knot in knots:
        circle, followed = _shortest_circle(knot, links, patience)
        patience -= followed
        steps = [links[one][other] for one, other in zip(circle, circle[1:] + circle[:1], strict=True)]
        yield found(
            f"support goes round in a circle: {_drawn(map, circle)}",
            *(
                (step, f"{name(map, id)} supports {name(map, step.target)}")
                for id, step in zip(circle[:_DRAWN], steps, strict=False)
            ),
            hint="take one of these steps out, or put a reason from outside the circle in its place",
        )


def _links(map: ArgumentMap) -> Links:
    """From each statement to those it supports, by the first step that does so; none to itself."""
    links: Links = {}
    for step in map.steps:
        if step.kind.supports:
            for id in step.ground:
                if id != step.target:
                    links.setdefault(id, {}).setdefault(step.target, step)
    return links


def _knotted(links: Links) -> Links:
    """Without the statements that support does not come back to for want of anything before them.

    Takes them off from the leaves; an ordinary map has nothing left after this, and needs no further search.
    """
    supporters: dict[str, int] = {}
    for targets in links.values():
        for id in targets:
            supporters[id] = supporters.get(id, 0) + 1
    leaves = [id for id in links if id not in supporters]
    gone = set(leaves)
    while leaves:
        for id in links.get(leaves.pop(), ()):
            supporters[id] -= 1
            if supporters[id] == 0:
                gone.add(id)
                leaves.append(id)
    return {id: targets for id, targets in links.items() if id not in gone}


def _knots(links: Links) -> Iterator[list[str]]:
    """The strongly connected components of more than one statement (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in links:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(links[root]))]
        while work:
            here, targets = work[-1]
            for target in targets:
                if target not in links:
                    continue
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(links[target])))
                    break
                if target in on_stack:
                    low[here] = min(low[here], index[target])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[here])
                if low[here] == index[here]:
                    knot = []
                    while True:
                        knot.append(stack.pop())
                        on_stack.discard(knot[-1])
                        if knot[-1] == here:
                            break
                    if len(knot) > 1:
                        yield knot


def _shortest_circle(knot: list[str], links: Links, patience: int) -> tuple[list[str], int]:
    """The shortest circle in a knot, begun at the statement written first, and how many links were followed.

    Looks from each statement in turn, never further than the best so far; with the patience spent, it settles
    for the best it has.
    """
    inside = set(knot)
    best: list[str] = []
    followed = 0
    for start in knot:
        came_from: dict[str, str] = {}
        far = {start: 0}
        queue = deque([start])
        last: str | None = None
        while queue and last is None:
            here = queue.popleft()
            if best and far[here] + 1 >= len(best):
                break
            for target in links[here]:
                followed += 1
                if target == start:
                    last = here
                    break
                if target in inside and target not in far:
                    far[target] = far[here] + 1
                    came_from[target] = here
                    queue.append(target)
        if last is not None:
            circle = [last]
            while circle[-1] != start:
                circle.append(came_from[circle[-1]])
            best = circle[::-1]
        if len(best) == 2 or (best and followed > patience):
            break
    place = {id: i for i, id in enumerate(knot)}
    first = min(range(len(best)), key=lambda i: place[best[i]])
    return best[first:] + best[:first], followed


def _drawn(map: ArgumentMap, circle: list[str]) -> str:
    ids = [*circle, circle[0]]
    if len(circle) <= _DRAWN:
        return " → ".join(name(map, id) for id in ids)
    half = _DRAWN // 2
    shown = [name(map, id) for id in (*ids[:half], *ids[-half:])]
    return " → ".join((*shown[:half], f"… {len(ids) - _DRAWN} more …", *shown[half:]))
