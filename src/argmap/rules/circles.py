"""Rules about what leads back to itself, at once or by way of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.rules._rule import Problem, is_joined, name, premise_place, rule
from argmap.text.words import by_key

Links = dict[str, dict[str, Step | Statement]]
"""From what leads on to what it leads to, and by which step or gate. `_not(id)` stands for a statement's fall."""

_SHOWN = 8
# How many links the search for shortest circles may follow in one map, besides a few times its own size: in a
# knot of thousands, a short circle that is found soon is worth more than the shortest of all.
_MOST_LINKS = 300_000


@rule("AM106", Severity.WARNING)
def support_circle(map: ArgumentMap) -> Iterator[Problem]:
    """Statements support each other in a circle."""
    order = {statement.id: i for i, statement in enumerate(map.statements)}
    shown: set[str] = set()
    # A circle of support alone is the clearest, so only where there is none is another drawn.
    for links in _links(map):
        links = _without_beginnings(links)
        knots = [sorted(knot, key=lambda id: order.get(id, len(order))) for knot in _knots(links)]
        most = _MOST_LINKS + 4 * sum(len(targets) for targets in links.values())
        for knot in sorted(knots, key=lambda knot: order.get(knot[0], 0)):
            if not shown.isdisjoint(knot):
                continue
            circle, followed = _shortest_circle(knot, links, most)
            most -= followed
            # What leads from a statement to its own fall is a paradox, and no circle of support.
            if not circle or any(_not(id) in circle for id in circle):
                continue
            shown.update(circle)
            yield Problem(
                f"support goes round in a circle: {_drawn(map, circle)}",
                *(
                    (links[one][other], _words(map, one, other, links[one][other]))
                    for one, other in islice(pairwise((*circle, circle[0])), _SHOWN)
                ),
                hint="remove one of these steps, or replace it with a reason from outside the circle",
            )


def _not(id: str) -> str:
    return f"\0{id}"


def _name(map: ArgumentMap, id: str) -> str:
    return f"not {name(map, id[1:])}" if id[:1] == "\0" else name(map, id)


def _words(map: ArgumentMap, one: str, other: str, by: Step | Statement) -> str:
    if other[:1] == "\0":
        return f"{_name(map, one)} answers {name(map, other[1:])}"
    if one[:1] == "\0":
        return f"{name(map, one[1:])} would speak against {name(map, other)}"
    gate = isinstance(by, Statement) or one not in by.ground
    return f"{name(map, one)} {'is a condition of' if gate else 'supports'} {name(map, other)}"


def _links(map: ArgumentMap) -> Iterator[Links]:
    """What leads on to what, nothing to itself: by support alone, then by all that a statement can rest on.

    A step leads from its ground and conditions to its target. An objection leads to its target's fall; and the fall of
    an objection or of an exception leads to what it speaks against.
    """
    links: Links = {}

    def link(one: str, other: str, by: Step | Statement) -> None:
        if one.lstrip("\0") != other.lstrip("\0"):
            links.setdefault(one, {}).setdefault(other, by)

    for step in map.steps:
        for id in step.ground if step.kind.supports else ():
            link(id, step.target, step)
    yield links
    for step in map.steps:
        if step.kind.supports:
            for id in step.conditions:
                link(id, step.target, step)
            for id in step.exceptions:
                link(_not(id), step.target, step)
        elif step.kind is StepKind.OBJECTION:
            for id in step.ground:
                link(id, _not(step.target), step)
                link(_not(id), step.target, step)
            for id in step.exceptions:
                link(id, _not(step.ground[0]), step)
    for statement in map.statements:
        for id in statement.conditions:
            link(id, statement.id, statement)
        for id in statement.exceptions:
            link(_not(id), statement.id, statement)
    yield links


def _without_beginnings(links: Links) -> Links:
    """Without the statements that nothing supports, then those that only these support, and so on.

    An ordinary map has nothing left after this, and needs no further search.
    """
    supporters = Counter(id for targets in links.values() for id in targets)
    free = [id for id in links if id not in supporters]
    gone = set(free)
    for id in free:  # grows while it is read
        for target in links.get(id, ()):
            supporters[target] -= 1
            if not supporters[target]:
                gone.add(target)
                free.append(target)
    return {id: targets for id, targets in links.items() if id not in gone}


def _knots(links: Links) -> Iterator[list[str]]:
    """The strongly connected components of more than one statement (Kosaraju and Sharir 1981)."""
    backwards = by_key((target, id) for id, targets in links.items() for target in targets if target in links)
    seen: set[str] = set()
    for root in reversed([id for start in links for id in _finished(start, links, seen)]):
        if root in seen:
            seen.remove(root)
            knot = [root]
            for id in knot:  # grows while it is read
                for source in backwards.get(id, ()):
                    if source in seen:
                        seen.remove(source)
                        knot.append(source)
            if len(knot) > 1:
                yield knot


def _finished(start: str, links: Links, seen: set[str]) -> Iterator[str]:
    """What can be reached from a statement and was not seen before, each after all that it leads to."""
    if start in seen:
        return
    seen.add(start)
    trail = [(start, iter(links[start]))]
    while trail:
        following = next((target for target in trail[-1][1] if target in links and target not in seen), None)
        if following is None:
            yield trail.pop()[0]
        else:
            seen.add(following)
            trail.append((following, iter(links[following])))


def _shortest_circle(knot: list[str], links: Links, most: int) -> tuple[list[str], int]:
    """The shortest circle in a knot, from the statement written first, and how many links were followed.

    It begins with a link of support; circles of objections alone do not count. After `most` links the best circle so
    far is taken.
    """
    inside = set(knot)
    best: list[str] = []
    followed = 0
    for start in knot:
        if start[:1] == "\0":
            continue
        circle, cost = _circle_through(start, inside, links, len(best) or len(knot) + 1)
        best = circle or best
        followed += cost
        if len(best) == 2 or followed > most:
            break
    place = {id: i for i, id in enumerate(knot)}
    first = min(range(len(best)), key=lambda i: place[best[i]], default=0)
    return best[first:] + best[:first], followed


def _circle_through(start: str, inside: set[str], links: Links, limit: int) -> tuple[list[str], int]:
    """The shortest circle through a statement with fewer members than `limit`, and how many links were followed."""
    came_from = {start: start}
    row = [start]
    followed = 0
    for _ in range(limit - 1):
        following = []
        for id in row:
            followed += len(links[id])
            for target in links[id]:
                if id == start and target[:1] == "\0":
                    continue
                if target == start:
                    circle = [id]
                    while circle[-1] != start:
                        circle.append(came_from[circle[-1]])
                    return circle[::-1], followed
                if target in inside and target not in came_from:
                    came_from[target] = id
                    following.append(target)
        row = following
    return [], followed


def _drawn(map: ArgumentMap, circle: list[str]) -> str:
    ids = [_name(map, id) for id in (*circle, circle[0])]
    if len(circle) > _SHOWN:
        half = _SHOWN // 2
        ids = [*ids[:half], f"… {len(ids) - _SHOWN} more …", *ids[-half:]]
    return " → ".join(ids)


_SAYS = {
    StepKind.REASON: "given as a reason for itself",
    StepKind.OBJECTION: "given as an objection to itself",
    StepKind.CONCESSION: "granted as a point against itself",
}


@rule("AM107", Severity.ERROR)
def bears_on_itself(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is given as a reason for itself, or as an objection to itself."""
    for step in map.steps:
        if step.target in step.ground and not step.kind.binds:
            joined = " (joined with another)" if is_joined(step) else ""
            yield Problem(
                f"{name(map, step.target)} is {_SAYS[step.kind]}{joined}",
                (premise_place(map, step, step.target), "itself again"),
                (map.by_id[step.target], "the statement"),
                hint="write the label of the statement you mean, or remove the line",
            )


@rule("AM108", Severity.ERROR)
def follows_from_itself(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is a corollary of itself, or a conclusion among its own premises."""
    for step in map.steps:
        if step.target in step.ground and step.kind.binds:
            target = name(map, step.target)
            bar = step.kind is StepKind.INFERENCE
            yield Problem(
                f"{target} is a conclusion among its own premises" if bar else f"{target} is a corollary of itself",
                (step, "this step leads from it to itself"),
                (map.by_id[step.target], "the statement"),
                hint="remove it from the premises" if bar else "write the label you mean",
            )


@rule("AM109", Severity.ERROR)
def contradicts_itself(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is said to contradict itself."""
    for contradiction in map.contradictions:
        if contradiction.left == contradiction.right:
            yield Problem(
                f"{name(map, contradiction.left)} is said to contradict itself",
                (contradiction, "both sides are the same statement"),
                (map.by_id[contradiction.left], "the statement"),
                hint="write the label of the statement you mean, or an objection with `-`",
            )
