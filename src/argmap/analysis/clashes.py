"""Where somebody's stances clash, and the smallest set of them that does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb

from attrs import frozen

from argmap.analysis.clauses import OWN, REFUTED, Held
from argmap.analysis.derivations import Derivations

# Smaller sets are sought by trying them, up to so many; and single stances are left out one by one of sets
# up to this size. Beyond that the set shown is one that clashes, though perhaps not the smallest.
_SETS = 2000
_LEAVE_OUT = 60


@frozen(eq=False)
class Clash:
    """One clash.

    Attributes:
        held: What the smallest set of own stances comes to.
        literals: The two that clash in it.
    """

    held: Held
    literals: tuple[int, int]


def find_clashes(derivations: Derivations, empty: Held) -> Iterator[Clash]:
    """The clashes in what is held, one for each set of own stances.

    Every clash shows where something rejected outright is derived as accepted, or where both sides of a
    contradiction are; following steps backwards only repeats it.
    """
    found: dict[frozenset[int], tuple[int, int]] = {}
    for pair in _points(derivations.held):
        found.setdefault(_smallest(derivations, empty, pair), pair)
    smaller: dict[int, list[frozenset[int]]] = {}
    for own in sorted(found, key=len):
        # A set that has another clash within it says nothing new.
        if any(part < own for literal in own for part in smaller.get(literal, ())):
            del found[own]
        elif own:
            smaller.setdefault(min(own), []).append(own)
    for own, pair in found.items():
        yield Clash(Held(empty.clauses, sorted(own), empty), pair)


def _points(held: Held) -> Iterator[tuple[int, int]]:
    reasons = held.reasons
    for literal in sorted(reasons):
        if not literal & 1 and reasons.get(literal + 1) in (OWN, REFUTED):
            yield literal, literal + 1
    for literals in held.clauses.literals:
        if all(literal & 1 for literal in literals) and all(literal ^ 1 in reasons for literal in literals):
            # Either side is then also derived as rejected.
            yield literals[-1] - 1, literals[-1]


def _smallest(derivations: Derivations, empty: Held, pair: tuple[int, int]) -> frozenset[int]:
    """A smallest set of own stances that clash at a pair of literals."""

    def clashes(own: tuple[int, ...]) -> bool:
        held = Held(empty.clauses, sorted(own), empty)
        return pair[0] in held.reasons and pair[1] in held.reasons

    own = tuple(derivations.own(pair))
    if not clashes(own):
        return frozenset(own)  # it took a trial to find it
    if len(own) <= _LEAVE_OUT:
        for literal in own:
            rest = tuple(other for other in own if other != literal)
            if clashes(rest):
                own = rest
    parts = empty.clauses.parts
    pool = sorted(
        literal
        for literal, reason in derivations.held.reasons.items()
        if reason == OWN and parts[literal >> 1] == parts[pair[0] >> 1]
    )
    left = _SETS
    for size in range(1, len(own)):
        left -= comb(len(pool), size)
        if left < 0:
            break
        for some in combinations(pool, size):
            if clashes(some):
                return frozenset(some)
    return frozenset(own)
