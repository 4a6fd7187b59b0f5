"""Which presumed conditions an answer leans on: the `given` of "stands, given (kind)"."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.analysis.fixpoint import BLOCKED, FALLS, STANDS, THROUGH, State, settle
from argmap.analysis.network import Base, Network


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
        self._step_sets: dict[int, int] = {}
        if presumed:
            self._firm = settle(network, fixed, presume=False)
            self._own = {number: 1 << place for place, number in enumerate(presumed)}
            self._fill()

    def of(self, number: int) -> list[int]:
        """The presumed conditions that a statement's answer leans on, in order, not counting itself."""
        found = self._sets.get(number, 0)
        result = []
        while found:
            lowest = found & -found
            other = self._presumed[lowest.bit_length() - 1]
            if other != number:
                result.append(other)
            found ^= lowest
        return result

    def _fill(self) -> None:
        state, firm = self._state, self._firm
        leaning = [
            (state.ranks[number], False, number)
            for number in range(len(self._network))
            if state.values[number] and not firm.values[number]
        ]
        leaning += [
            (state.step_ranks[step], True, step)
            for step in range(len(self._network.steps))
            if state.step_values[step] and not firm.step_values[step]
        ]
        leaning.sort()
        for _, is_step, number in leaning:
            if is_step:
                self._step_sets[number] = self._of_step(number)
            else:
                self._sets[number] = self._of_statement(number) | self._own.get(number, 0)

    def _of_step(self, step: int) -> int:
        network, state, sets = self._network, self._state, self._sets
        through = state.step_values[step] == THROUGH
        found = 0
        for edges, blocking in ((network.needs, FALLS), (network.bars, STANDS)):
            for other in edges[step]:
                earlier = state.ranks[other] < state.step_ranks[step]
                if through or (earlier and state.values[other] == blocking):
                    found |= sets.get(other, 0)
        return found

    def _of_statement(self, number: int) -> int:
        network, state, sets, step_sets = self._network, self._state, self._sets, self._step_sets
        rank = state.ranks[number]
        stands = state.values[number] == STANDS
        found = 0
        for edges, felling in (
            (network.rivals, STANDS),
            (network.gate_needs, FALLS),
            (network.gate_bars, STANDS),
        ):
            for other in edges.get(number, ()):
                if stands or (state.values[other] == felling and state.ranks[other] < rank):
                    found |= sets.get(other, 0)
        for step in network.objections.get(number, ()):
            if stands or (state.step_values[step] == THROUGH and state.step_ranks[step] < rank):
                found |= step_sets.get(step, 0)
        supports = network.supports.get(number, ())
        if stands:
            carrying = [
                step
                for step in supports
                if state.step_values[step] == THROUGH and state.step_ranks[step] < rank
            ]
            if all(step in step_sets for step in carrying):
                for step in carrying:
                    found |= step_sets[step]
        elif all(state.step_values[step] == BLOCKED and state.step_ranks[step] < rank for step in supports):
            for step in supports:
                found |= step_sets.get(step, 0)
        return found
