"""The chain of steps behind what somebody is committed to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attrs import frozen

from argmap.analysis.clauses import OWN, REFUTED, Held
from argmap.analysis.refuting import Trial, trial
from argmap.model import Attitude, Contradiction, Step

LONGEST_CHAIN = 30
"""How many links of a chain a finding shows; `Position.chain` gives all."""

_FEW = 6


@frozen(kw_only=True)
class Link:
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
    """Reads chains off what is held."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self._trials: dict[int, Trial] = {}
        self._before: dict[int, set[int]] = {}

    @cached_property
    def _order(self) -> dict[int, int]:
        return {literal: place for place, literal in enumerate(self.held.reasons)}

    def _trial(self, literal: int) -> Trial:
        if literal not in self._trials:
            cut = self.held.refuted[literal]
            if cut not in self._before:
                self._before[cut] = set(list(self.held.reasons)[:cut])
            self._trials[literal] = trial(self.held, literal >> 1, self._before[cut])
        return self._trials[literal]

    def _used(self, found: Trial) -> tuple[list[int], list[int]]:
        """What a trial derived on its way to the clash, in order; and what it took from what was held."""
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
            return self._used(self._trial(literal))[1]
        return [other ^ 1 for other in self.held.clauses.literals[reason] if other != literal]

    def behind(self, literals: Iterable[int], limit: int | None = None) -> list[int]:
        """Literals and all they were derived from, in order of derivation; the nearest `limit` at most."""
        seen: set[int] = set()
        queue = list(literals)
        for literal in queue:  # grows while it is read
            if literal in seen:
                continue
            if limit is not None and len(seen) >= limit:
                break
            seen.add(literal)
            queue += self.premises(literal)
        return sorted(seen, key=self._order.__getitem__)

    def own(self, literals: Iterable[int]) -> list[int]:
        """The own stances that literals come down to, as literals."""
        return [literal for literal in self.behind(literals) if self.held.reasons[literal] == OWN]

    @cached_property
    def few_own(self) -> dict[int, tuple[int, ...]]:
        """For every literal held, the first few of the own stances that it comes down to."""
        found: dict[int, tuple[int, ...]] = {}
        for literal, reason in self.held.reasons.items():
            if reason == OWN:
                found[literal] = (literal,)
            else:
                premises = self.premises(literal)
                if len(premises) == 1:
                    found[literal] = found.get(premises[0], ())
                else:
                    merged = {own for premise in premises for own in found.get(premise, ())}
                    found[literal] = tuple(sorted(merged)[:_FEW])
        return found

    def links(self, literals: Iterable[int], limit: int | None = None) -> tuple[Link, ...]:
        """The chain that ends at some literals, without the own stances it begins with."""
        links: list[Link] = []
        for literal in self.behind(literals, limit):
            reason = self.held.reasons[literal]
            if reason == REFUTED:
                found = self._trial(literal)
                links += (
                    self._link(other, found.reasons[other], True)
                    for other in self._used(found)[0]
                    if found.reasons[other] != OWN
                )
            if reason != OWN:
                links.append(self._link(literal, reason, False))
        return tuple(links)

    def _link(self, literal: int, reason: int, supposed: bool) -> Link:
        clauses = self.held.clauses
        return Link(
            source=None if reason == REFUTED else clauses.sources[reason],
            statement=clauses.ids[literal >> 1],
            attitude=Attitude.REJECT if literal & 1 else Attitude.ACCEPT,
            supposed=supposed,
        )
