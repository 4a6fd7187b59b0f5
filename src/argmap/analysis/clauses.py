"""Corollaries, bars and contradictions as clauses, and what somebody's stances come to under them.

A literal is a whole number: `2 * n` to accept statement n, `2 * n + 1` to reject it; `literal ^ 1` is its
opposite. A clause is a set of literals one of which must be held. Where it has no exceptions it is a Horn
clause, and propagating single literals is complete and linear (Dowling and Gallier 1984).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from argmap.analysis.network import require_names
from argmap.model import ArgumentMap, Contradiction, Step

OWN = -1
"""The reason for a literal that is the holder's own stance."""
REFUTED = -2
"""The reason for a rejection that comes of trying the statement and meeting a clash."""


class Clauses:
    """The clauses of a map, with an index from each literal to the clauses that lose it when it is held."""

    def __init__(self, map: ArgumentMap) -> None:
        """Read the clauses off a map.

        Raises:
            DocumentError: a name in the map leads nowhere.
        """
        require_names(map)
        self.map = map
        self.ids = [statement.id for statement in map.statements]
        self.index = {id: number for number, id in enumerate(self.ids)}
        self.literals: list[tuple[int, ...]] = []
        self.sources: list[Step | Contradiction] = []
        self.losing: dict[int, list[int]] = {}
        by_id, index = map.by_id, self.index
        for step in map.steps:
            if step.kind.binds:
                target = by_id[step.target]
                given = (*step.ground, *step.conditions, *target.conditions)
                heads = (step.target, *step.exceptions, *target.exceptions)
                self._add((2 * index[id] + 1 for id in given), (2 * index[id] for id in heads), step)
        for pair in map.contradictions:
            self._add((2 * index[id] + 1 for id in (pair.left, pair.right)), (), pair)

    @cached_property
    def parts(self) -> list[int]:
        """For each statement, the number of the part of the map that clauses tie it to."""
        parts = list(range(len(self.ids)))

        def part(number: int) -> int:
            while parts[number] != number:
                parts[number] = parts[parts[number]]
                number = parts[number]
            return number

        for literals in self.literals:
            first = part(literals[0] >> 1)
            for literal in literals[1:]:
                parts[part(literal >> 1)] = first
        return [part(number) for number in range(len(parts))]

    @cached_property
    def contradicted(self) -> dict[int, list[int]]:
        """The statements that have a contradiction, by part."""
        found: dict[int, list[int]] = {}
        for literals in self.literals:
            if all(literal & 1 for literal in literals):
                for literal in literals:
                    found.setdefault(self.parts[literal >> 1], []).append(literal >> 1)
        return found

    def _add(self, negative: Iterable[int], positive: Iterable[int], source: Step | Contradiction) -> None:
        literals = tuple(dict.fromkeys((*negative, *positive)))
        if any(literal ^ 1 in literals for literal in literals):
            return  # holds whatever anybody says
        clause = len(self.literals)
        self.literals.append(literals)
        self.sources.append(source)
        for literal in literals:
            self.losing.setdefault(literal ^ 1, []).append(clause)


class Held:
    """What a holder comes to hold: literals in the order in which they were derived, each with its reason.

    A reason is the number of a clause, whose other literals were all lost before; or OWN, or REFUTED. Both a
    literal and its opposite may be held: that is a clash, and spreads no further than either side of it
    would.
    """

    def __init__(self, clauses: Clauses, own: Iterable[int] = (), start: Held | None = None) -> None:
        self.clauses = clauses
        self.reasons: dict[int, int] = dict(start.reasons) if start else {}
        self.lost: dict[int, int] = dict(start.lost) if start else {}
        """How many literals of each clause touched are lost, that is, their opposites held."""
        self.refuted: dict[int, int] = dict(start.refuted) if start else {}
        """For each literal whose reason is REFUTED, how many were held when its opposite was tried."""
        own = list(own)
        new = [literal for literal in own if literal not in self.reasons]
        self.reasons.update(dict.fromkeys(own, OWN))
        self._spread(new)
        if start is None:
            for clause, literals in enumerate(clauses.literals):
                if len(literals) == 1:
                    self._hold(literals[0], clause)

    def accepts(self, number: int) -> bool:
        return 2 * number in self.reasons

    def rejects(self, number: int) -> bool:
        return 2 * number + 1 in self.reasons

    def refute(self, number: int, cut: int) -> None:
        """Take in that a statement cannot be accepted, as was found when `cut` literals were held."""
        if not self.rejects(number):
            self.refuted[2 * number + 1] = cut
            self._hold(2 * number + 1, REFUTED)

    def _hold(self, literal: int, reason: int) -> None:
        if literal not in self.reasons:
            self.reasons[literal] = reason
            self._spread([literal])

    def _spread(self, queue: list[int]) -> None:
        clauses, reasons, lost = self.clauses, self.reasons, self.lost
        for literal in queue:  # grows while it is read
            for clause in clauses.losing.get(literal, ()):
                count = lost[clause] = lost.get(clause, 0) + 1
                literals = clauses.literals[clause]
                if count < len(literals) - 1:
                    continue
                for other in literals:
                    # With one literal left, that one follows; with none left, each follows from the others.
                    if other not in reasons and (count == len(literals) or other ^ 1 not in reasons):
                        reasons[other] = clause
                        queue.append(other)
