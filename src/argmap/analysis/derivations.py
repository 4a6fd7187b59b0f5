"""The steps behind what somebody is committed to, and the smallest sets of stances that clash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from math import comb

from attrs import frozen

from argmap.analysis.clauses import OWN, REFUTED, Commitments, Trial, trial
from argmap.model import Attitude, Contradiction, Step

LONGEST_CHAIN = 30
"""How many links of a chain a finding shows; `Position.chain` gives all."""

_FEW = 6


@frozen(kw_only=True)
class ChainStep:
    """One move in a chain: by this step or contradiction, this statement is accepted or rejected.

    Attributes:
        source: The step or contradiction; None where a statement is rejected because trying it led to a
        clash. statement: The id that is concluded.
        attitude: ACCEPT or REJECT.
        supposed: Whether this was derived only while trying a statement.
    """

    source: Step | Contradiction | None
    statement: str
    attitude: Attitude
    supposed: bool = False


class Derivations:
    """Reads chains and clashes off what is held; holders of the same stances share one."""

    def __init__(self, held: Commitments, empty: Commitments | None = None) -> None:
        """Read chains off what is held, and clashes, against what is held with no stance."""
        self.held = held
        self.empty = empty or held
        self._trials: dict[int, tuple[Trial, list[int], list[int]]] = {}
        self._before: dict[int, set[int]] = {}
        self._found_behind: dict[int, tuple[int, ...]] = {}

    @cached_property
    def holding(self) -> Callable[[tuple[int, ...]], Commitments]:
        """What some of the own stances come to; the last few answers are kept, fewer the larger the map."""
        room = lru_cache(400_000 // (len(self.empty.clauses.ids) + 1000))
        return room(lambda own: Commitments(self.empty.clauses, own, self.empty))

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(find_clashes(self))

    @cached_property
    def stances(self) -> list[int]:
        """The literals held that are own stances."""
        return sorted(literal for literal, reason in self.held.reasons.items() if reason == OWN)

    @cached_property
    def bound(self) -> list[int]:
        """The literals held that are no own stances."""
        return sorted(literal for literal, reason in self.held.reasons.items() if reason != OWN)

    @cached_property
    def _order(self) -> dict[int, int]:
        return {literal: place for place, literal in enumerate(self.held.reasons)}

    def _trial(self, literal: int) -> tuple[Trial, list[int], list[int]]:
        """The trial behind a rejection, what it derived on its way to the clash, in order, and what it took."""
        if literal not in self._trials:
            cut = self.held.refuted[literal]
            if cut not in self._before:
                self._before[cut] = set(list(self.held.reasons)[:cut])
            found = trial(self.held, literal >> 1, self._before[cut])
            self._trials[literal] = found, *self._used(found)
        return self._trials[literal]

    def _used(self, found: Trial) -> tuple[list[int], list[int]]:
        literals = self.held.clauses.literals
        derived: set[int] = set()
        taken: dict[int, None] = {}
        queue = list(found.clash)
        for literal in queue:  # grows while it is read
            if literal in derived or literal in taken:
                continue
            if literal not in found.reasons:
                taken[literal] = None
                continue
            derived.add(literal)
            reason = found.reasons[literal]
            if reason != OWN:
                queue += (other ^ 1 for other in literals[reason] if other != literal)
        return [literal for literal in found.reasons if literal in derived], list(taken)

    def premises(self, literal: int) -> list[int]:
        """The literals that a held literal was derived from; none for an own stance."""
        reason = self.held.reasons[literal]
        if reason == OWN:
            return []
        if reason == REFUTED:
            return self._trial(literal)[2]
        return [other ^ 1 for other in self.held.clauses.literals[reason] if other != literal]

    def behind(self, literals: Iterable[int], limit: int | None = None) -> list[int]:
        """Literals and all they were derived from, each after what it follows from; the nearest `limit` at most."""
        literals = tuple(literals)
        seen: set[int] = set()
        queue = list(literals)
        for literal in queue:  # grows while it is read
            if literal in seen:
                continue
            if limit is not None and len(seen) >= limit:
                break
            seen.add(literal)
            queue += self.premises(literal)
        ends = sorted(dict.fromkeys(literals), key=self._order.__getitem__, reverse=True)
        done: dict[int, None] = {}
        stack = [(literal, False) for literal in ends]
        while stack:
            literal, ready = stack.pop()
            if ready:
                done[literal] = None
            elif literal not in done and literal in seen:
                # Conditions first, so that the ground leads straight on.
                stack += [(literal, True), *((other, False) for other in self.premises(literal))]
        return list(done)

    def own(self, literals: Sequence[int]) -> list[int]:
        """The own stances that literals come down to, as literals."""
        few = [self._own_behind(literal) for literal in literals]
        found: Iterable[int] = {own for each in few for own in each}
        if any(len(each) > _LEAVE_OUT for each in few):
            found = (literal for literal in self.behind(literals) if self.held.reasons[literal] == OWN)
        return sorted(found, key=self._order.__getitem__)

    def few_own(self, literal: int) -> tuple[int, ...]:
        """The first few of the own stances that a held literal comes down to."""
        return self._own_behind(literal)[:_FEW]

    def _own_behind(self, literal: int) -> tuple[int, ...]:
        """The own stances that a held literal comes down to, up to one more than `_LEAVE_OUT`."""
        found, order = self._found_behind, self._order
        stack = [literal]
        while stack:
            at = stack[-1]
            premises = self.premises(at)
            waiting = [each for each in premises if each not in found and order[each] < order[at]]
            if waiting and at not in found:
                stack += waiting
                continue
            stack.pop()
            merged = {own for premise in premises for own in found.get(premise, ())}
            is_own = self.held.reasons[at] == OWN
            found[at] = (at,) if is_own else tuple(sorted(merged)[: _LEAVE_OUT + 1])
        return found[literal]

    def links(self, literals: Iterable[int], limit: int | None = None) -> tuple[ChainStep, ...]:
        """The chain that ends at some literals, without the own stances it begins with."""
        links: list[ChainStep] = []
        for literal in self.behind(literals, limit):
            reason = self.held.reasons[literal]
            if reason == REFUTED:
                found, derived, _ = self._trial(literal)
                links += (
                    self._link(other, found.reasons[other], True) for other in derived if found.reasons[other] != OWN
                )
            if reason != OWN:
                links.append(self._link(literal, reason, False))
        return tuple(links)

    def _link(self, literal: int, reason: int, supposed: bool) -> ChainStep:
        clauses = self.held.clauses
        return ChainStep(
            source=None if reason == REFUTED else clauses.sources[reason],
            statement=clauses.ids[literal >> 1],
            attitude=Attitude.REJECT if literal & 1 else Attitude.ACCEPT,
            supposed=supposed,
        )


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

    held: Commitments
    literals: tuple[int, int]


def find_clashes(derivations: Derivations) -> Iterator[Clash]:
    """The clashes in what is held, one for each set of own stances.

    Every clash shows where something rejected outright is derived as accepted, or where both sides of a
    contradiction are; following steps backwards only repeats it.
    """
    found: dict[frozenset[int], tuple[int, int]] = {}
    for pair in _points(derivations.held):
        found.setdefault(_smallest(derivations, pair), pair)
    smaller: dict[int, list[frozenset[int]]] = {}
    for own in sorted(found, key=len):
        # A set that has another clash within it says nothing new.
        if any(part < own for literal in own for part in smaller.get(literal, ())):
            del found[own]
        elif own:
            smaller.setdefault(min(own), []).append(own)
    for own, pair in found.items():
        yield Clash(derivations.holding(tuple(sorted(own))), pair)


def _points(held: Commitments) -> Iterator[tuple[int, int]]:
    reasons, clauses = held.reasons, held.clauses
    for literal in sorted(literal for literal, reason in reasons.items() if literal & 1 and reason in (OWN, REFUTED)):
        if literal - 1 in reasons:
            yield literal - 1, literal
    touched = {clause for literal in reasons.keys() & clauses.opposed.keys() for clause in clauses.opposed[literal]}
    for clause in sorted(touched):
        literals = clauses.literals[clause]
        if all(literal ^ 1 in reasons for literal in literals):
            # Either side is then also derived as rejected.
            yield literals[-1] - 1, literals[-1]


def _smallest(derivations: Derivations, pair: tuple[int, int]) -> frozenset[int]:
    """A smallest set of own stances that clash at a pair of literals."""

    def clashes(own: tuple[int, ...]) -> bool:
        held = derivations.holding(tuple(sorted(own)))
        return pair[0] in held.reasons and pair[1] in held.reasons

    own = tuple(derivations.own(pair))
    if not clashes(own):
        return frozenset(own)  # it took a trial to find it
    if len(own) <= _LEAVE_OUT:
        for literal in own:
            rest = tuple(other for other in own if other != literal)
            if clashes(rest):
                own = rest
    parts = derivations.held.clauses.parts
    pool = [literal for literal in derivations.stances if parts[literal >> 1] == parts[pair[0] >> 1]]
    left = _SETS
    for size in range(1, len(own)):
        left -= comb(len(pool), size)
        if left < 0:
            break
        for some in combinations(pool, size):
            if clashes(some):
                return frozenset(some)
    return frozenset(own)
