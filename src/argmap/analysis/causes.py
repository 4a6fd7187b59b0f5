"""What decided each statement: the cause, the steps, and the statements behind it.

Only statements and steps of a lower rank are named, so following them always ends at what was taken as said.
Of several, those decided in the earliest round are named, then those first in the author's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property

from attrs import frozen

from argmap.analysis.grounded import ASIDE, State, settle
from argmap.analysis.network import FALLS, STANDS, Base, Network, bits, opposite


class Cause(Enum):
    """What decided a statement, or left it undecided."""

    SAID = "said"
    """Taken as said."""
    PRESUMED = "presumed"
    """A condition that nothing speaks against."""
    DENIED = "denied"
    """Written only as an exception: presumed not to hold."""
    UNSUPPORTED = "unsupported"
    """Claimed only through a step, and there is none."""
    STEP = "step"
    """A step for it goes through."""
    BLOCKED = "blocked"
    """Every step for it is blocked."""
    OBJECTION = "objection"
    """An objection to it goes through."""
    CONTRADICTION = "contradiction"
    """Something it contradicts stands."""
    CONDITION = "condition"
    """A condition on the statement itself falls."""
    EXCEPTION = "exception"
    """An exception to the statement itself stands."""
    WITHDRAWN = "withdrawn"
    ASSUMED = "assumed"
    OPEN = "open"
    """Marked as open, so left undecided."""
    WAITING = "waiting"
    """Undecided because something it depends on is."""
    CIRCLE = "circle"
    """Undecided because it depends on itself."""


@frozen(eq=False, repr=False)
class Decision:
    """Why a statement stands, falls or is undecided: the cause, and the steps and statements behind it, by number.

    Attributes:
        steps: The step that carries it or the objection that defeats it; or all the blocked steps for it.
        by: The statements behind it.
    """

    cause: Cause
    steps: tuple[int, ...] = ()
    by: tuple[int, ...] = ()


class Causes:
    """What decided each statement of one settled state."""

    def __init__(self, network: Network, state: State, fixed: Mapping[int, int]) -> None:
        self.network = network
        self.state = state
        self.fixed = fixed

    def blocker(self, step: int) -> int:
        """What blocks a blocked step: a ground or condition that falls, or an exception that stands."""
        values = self.state.values
        found = [other for other, value in self.network.requires[step] if values[other] == opposite(value)]
        return min(found, key=self.state.ranks.__getitem__)

    def decision(self, number: int) -> Decision:
        """Why a statement stands, falls or is undecided."""
        value = self.state.values[number]
        if number in self.fixed:
            if value == ASIDE:
                return Decision(Cause.OPEN)
            return Decision(Cause.ASSUMED if value == STANDS else Cause.WITHDRAWN)
        if value == STANDS:
            return self._standing(number)
        return self._falling(number) if value == FALLS else self._undecided(number)

    def _standing(self, number: int) -> Decision:
        network, state = self.network, self.state
        required = [other for other, _ in network.requires.get(number, ())]
        defence = [self.blocker(other) if other >= len(network) else other for other in required]
        supports = network.supports.get(number)
        if not supports:
            return Decision(Cause[network.base[number].name], (), tuple(defence))
        step = min((step for step in supports if state.values[step] == STANDS), key=state.ranks.__getitem__)
        return Decision(Cause.STEP, (step,), (*self._behind(step), *defence))

    def _falling(self, number: int) -> Decision:
        network, state = self.network, self.state
        base = network.base[number]
        if base in (Base.DENIED, Base.UNSUPPORTED):
            return Decision(Cause[base.name])
        found: list[tuple[int, Decision]] = []
        for other, value in network.requires.get(number, ()):
            if state.values[other] != opposite(value):
                continue
            if other >= len(network):
                decision = Decision(Cause.OBJECTION, (other,), self._behind(other))
            elif value == STANDS:
                decision = Decision(Cause.CONDITION, (), (other,))
            else:
                is_rival = other in network.rivals.get(number, ())
                decision = Decision(Cause.CONTRADICTION if is_rival else Cause.EXCEPTION, (), (other,))
            found.append((state.ranks[other], decision))
        supports = network.supports.get(number, ())
        if supports and all(state.values[step] == FALLS for step in supports):
            rank = max(state.ranks[step] for step in supports)
            if rank < state.ranks[number]:
                by = tuple(self.blocker(step) for step in supports)
                found.append((rank, Decision(Cause.BLOCKED, tuple(supports), by)))
        return min(found, key=lambda pair: pair[0])[1]

    def _behind(self, step: int) -> tuple[int, ...]:
        return tuple(other for other, _ in self.network.requires[step])

    def _undecided(self, number: int) -> Decision:
        if number not in self._waits:
            return Decision(Cause.OPEN)
        if number not in self._circles:
            return Decision(Cause.WAITING, (), (self._waits[number],))
        return Decision(Cause.CIRCLE, (), self._circles[number])

    def _waits_for(self, number: int) -> Iterator[int]:
        """The undecided statements that keep a statement undecided."""
        network, state = self.network, self.state
        required = [other for other, _ in network.requires.get(number, ()) if other < len(network)]
        yield from (other for other in required if not self._decided(other))
        steps = network.objections.get(number, [])
        supports = network.supports.get(number, ())
        if not any(state.values[step] == STANDS for step in supports):
            steps = [*supports, *steps]
        for step in steps:
            if not state.values[step]:
                yield from (other for other in self._behind(step) if not self._decided(other))

    def _decided(self, number: int) -> bool:
        return self.state.values[number] in (STANDS, FALLS)

    @cached_property
    def _waits(self) -> dict[int, int]:
        """For each statement kept undecided by another: the first such other."""
        waits: dict[int, int] = {}
        for number in range(len(self.network)):
            if not self._decided(number) and self.network.base[number] is not Base.OPEN:
                first = next(self._waits_for(number), None)
                if first is not None:
                    waits[number] = first
        return waits

    @cached_property
    def _circles(self) -> dict[int, tuple[int, ...]]:
        """For each statement that waits for itself: the way round, from what it waits for to itself."""
        waits = self._waits
        done: set[int] = set()
        circles: dict[int, tuple[int, ...]] = {}
        for start in waits:
            trail: dict[int, int] = {}
            current: int | None = start
            while current is not None and current not in done and current not in trail:
                trail[current] = len(trail)
                current = waits.get(current)
            if current is not None and current in trail:
                ring = tuple(list(trail)[trail[current] :])
                # Of a long ring, each member names the next 50: all the others would be quadratic.
                twice, shown = ring + ring, min(len(ring), 50)
                for place, number in enumerate(ring, 1):
                    circles[number] = twice[place : place + shown]
            done.update(trail)
        return circles

    def chain(self, number: int) -> Iterator[int]:
        """A statement, then all statements behind it, each once, nearest first."""
        seen = {number}
        queue = [number]
        for current in queue:
            yield current
            for other in self.decision(current).by:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)


class Presumptions:
    """What each answer of a settled state leans on.

    An answer leans on a presumption if it would be undecided were nothing presumed. It then leans on every
    presumed condition behind what decided it; of several reasons that carry a statement, one that needs no
    presumption makes the others' conditions idle. The sets are kept as bits of whole numbers, since those of
    a long chain overlap.
    """

    def __init__(self, network: Network, state: State, fixed: Mapping[int, int]) -> None:
        presumed = [
            number
            for number, base in enumerate(network.base)
            if base is Base.PRESUMED and number not in fixed and state.values[number] == STANDS
        ]
        self._presumed = presumed
        self._network = network
        self._state = state
        self._sets: dict[int, int] = {}
        if presumed:
            self._firm = settle(network, fixed, presume=False)
            self._own = {number: 1 << place for place, number in enumerate(presumed)}
            self._fill()

    def of(self, number: int) -> list[int]:
        """The presumed conditions that a statement's answer leans on, in order, not counting itself."""
        found = (self._presumed[place] for place in bits(self._sets.get(number, 0)))
        return [other for other in found if other != number]

    def _fill(self) -> None:
        state = self._state
        leaning = [node for node in self._network.nodes if state.values[node] and not self._firm.values[node]]
        for node in sorted(leaning, key=state.ranks.__getitem__):
            self._sets[node] = self._behind(node) | self._own.get(node, 0)

    def _behind(self, node: int) -> int:
        values, ranks, sets = self._state.values, self._state.ranks, self._sets
        rank = ranks[node]
        stands = values[node] == STANDS
        found = 0
        for other, value in self._network.requires.get(node, ()):
            if stands or (values[other] == opposite(value) and ranks[other] < rank):
                found |= sets.get(other, 0)
        supports = self._network.supports.get(node, ())
        deciding = [step for step in supports if values[step] == values[node] and ranks[step] < rank]
        if all(step in sets for step in deciding) if stands else len(deciding) == len(supports):
            for step in deciding:
                found |= sets.get(step, 0)
        return found
