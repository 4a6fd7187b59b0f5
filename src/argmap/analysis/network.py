"""A map made ready to compute on: statements and steps as whole numbers, with the edges both ways."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from argmap.errors import DocumentError
from argmap.model import ArgumentMap, Qualifier, Role, Step, StepKind

Edges = dict[int, list[int]]

LEVELS = (
    Qualifier.CERTAINLY, None, Qualifier.PROBABLY, Qualifier.PRESUMABLY, Qualifier.POSSIBLY
)  # fmt: skip
"""How firmly something is said, from strong to weak."""
PLAIN = LEVELS.index(None)

UNDECIDED, STANDS, FALLS = 0, 1, 2
"""What becomes of a statement; a step that goes through stands, one that is blocked falls."""

Requirement = tuple[int, int]
"""A node, and whether it has to stand (a premise, a condition) or to fall (an objection, an exception, a rival)."""


def bits(number: int) -> list[int]:
    """The places of the bits that are set, from the lowest."""
    places = []
    while number:
        places.append((number & -number).bit_length() - 1)
        number &= number - 1
    return places


def opposite(value: int) -> int:
    """FALLS for STANDS, and STANDS for FALLS."""
    return STANDS + FALLS - value


class Base(Enum):
    """What a statement comes to where no step decides it."""

    SAID = "said"
    PRESUMED = "presumed"
    OPEN = "open"
    DENIED = "denied"
    """Written only as an exception: presumed not to hold."""
    UNSUPPORTED = "unsupported"
    """Claimed only through a step, and no step leads to it."""
    STEPS = "steps"
    """There are steps for it: they decide."""


def require_names(map: ArgumentMap) -> None:
    """Check that everything that a map names is written.

    Raises:
        DocumentError: something is not; the text says what.
    """
    if lost := [statement.id for statement in map.statements if statement.missing]:
        named = ", ".join(f"({name})" for name in lost[:3]) + (" and others" if len(lost) > 3 else "")
        is_ = "is" if len(lost) == 1 else "are"
        raise DocumentError(f"the question cannot be answered: {named} {is_} used but not defined")


class Network:
    """The edges of a map that bear on what stands. Concessions (`although:`) are left out: they decide
    nothing.

    Its nodes are the statements, numbered in the map's order, and after them the steps in theirs. Lists that
    most nodes lack are kept in dictionaries, so a map of 100,000 statements stays small.
    """

    def __init__(self, map: ArgumentMap) -> None:
        """Number a map.

        Raises:
            DocumentError: the map uses a label that it does not define.
        """
        require_names(map)
        self.map = map
        self.ids = [statement.id for statement in map.statements]
        self.index = {id: number for number, id in enumerate(self.ids)}
        index = self.index
        self.steps: list[Step] = [step for step in map.steps if step.kind is not StepKind.CONCESSION]
        # The steps for each statement; at least one has to go through
        self.supports: Edges = {}
        # The target of each of these steps
        self.supported: dict[int, int] = {}
        self.objections: Edges = {}
        # What each statement contradicts
        self.rivals: Edges = {}
        # Of a step its ground, conditions, exceptions; of a statement objections, rivals, conditions, exceptions
        self.requires: dict[int, list[Requirement]] = {}
        # The nodes that require each node, and at which value
        self.required_by: dict[int, list[Requirement]] = {}
        for number, step in enumerate(self.steps, len(self.ids)):
            target = index[step.target]
            for id in (*step.ground, *step.conditions):
                self._require(number, index[id], STANDS)
            for id in step.exceptions:
                self._require(number, index[id], FALLS)
            if step.kind.supports:
                self.supports.setdefault(target, []).append(number)
                self.supported[number] = target
            else:
                self.objections.setdefault(target, []).append(number)
                self._require(target, number, FALLS)
        for pair in map.contradictions:
            left, right = index[pair.left], index[pair.right]
            for one, other in ((left, right), (right, left)):
                self.rivals.setdefault(one, []).append(other)
                self._require(one, other, FALLS)
        for number, statement in enumerate(map.statements):
            for id in statement.conditions:
                self._require(number, index[id], STANDS)
            for id in statement.exceptions:
                self._require(number, index[id], FALLS)
        self.base = [self._base(number) for number in range(len(self.ids))]

    def _require(self, number: int, other: int, value: int) -> None:
        self.requires.setdefault(number, []).append((other, value))
        self.required_by.setdefault(other, []).append((number, value))

    def gates(self, number: int) -> list[Requirement]:
        """A statement's own conditions and exceptions."""
        others = len(self.objections.get(number, ())) + len(self.rivals.get(number, ()))
        return self.requires.get(number, [])[others:]

    def premises(self, step: int) -> list[int]:
        """A step's ground and conditions."""
        return [other for other, value in self.requires[step] if value == STANDS]

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self.ids)

    @property
    def nodes(self) -> range:
        return range(len(self.ids) + len(self.steps))

    def step(self, node: int) -> Step:
        return self.steps[node - len(self.ids)]

    def _base(self, number: int) -> Base:
        statement = self.map.statements[number]
        if number in self.supports:
            return Base.STEPS
        if statement.open:
            return Base.OPEN
        if statement.unproved:
            return Base.UNSUPPORTED
        return _OF_ROLE[statement.role]

    def number(self, id: str) -> int:
        """The number of a statement.

        Raises:
            UnknownStatementError: there is none of that name.
        """
        return self.index[self.map[id].id]

    def upstream(self, number: int) -> list[int]:
        """A node and all nodes that can bear on it, each after what bears on it, except in a circle."""
        seen = {number}
        order: list[int] = []
        trail = [(number, self._bearing_on(number))]
        while trail:
            current, feeders = trail[-1]
            for feeder in feeders:
                if feeder not in seen:
                    seen.add(feeder)
                    trail.append((feeder, self._bearing_on(feeder)))
                    break
            else:
                trail.pop()
                order.append(current)
        return order

    def _bearing_on(self, node: int) -> Iterator[int]:
        yield from self.supports.get(node, ())
        yield from (other for other, _ in self.requires.get(node, ()))


_OF_ROLE = {
    Role.CLAIM: Base.SAID,
    Role.DERIVED: Base.UNSUPPORTED,
    Role.CONDITION: Base.PRESUMED,
    Role.EXCEPTION: Base.DENIED,
}
