"""Objections that go through and have no reply."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.analysis.fixpoint import FALLS, THROUGH, State
from argmap.analysis.network import Base, Network
from argmap.model import StepKind

_FOR, _AGAINST = 1, 2


def unanswered(network: Network, state: State, fixed: Mapping[int, int]) -> list[int]:
    """The objections, by number, that go through, have no reply, and are no reply themselves.

    A reply is whatever is said against the objection itself: an objection to its ground or to its condition,
    something that contradicts one of these, or an exception that somebody puts forward. What was withdrawn
    is no reply; one that was answered in its turn is. An objection that takes its target's opponent to task
    (an objection to an objection, or to what supports one) speaks for the map's own claims and waits for no
    answer.
    """
    sides = _sides(network)
    return [
        step
        for step in range(len(network.steps))
        if not network.supporting[step]
        and state.step_values[step] == THROUGH
        and sides[network.targets[step]] != _AGAINST
        and not _replied(network, fixed, step)
    ]


def _replied(network: Network, fixed: Mapping[int, int], step: int) -> bool:
    bars = list(network.bars[step])
    for need in network.needs[step]:
        for objection in network.objections.get(need, ()):
            if not any(fixed.get(other) == FALLS for other in network.needs[objection]):
                return True
        if any(fixed.get(rival) != FALLS for rival in network.rivals.get(need, ())):
            return True
        bars += network.gate_bars.get(need, ())
    return any(network.base[bar] is not Base.DENIED and fixed.get(bar) != FALLS for bar in bars)


def _sides(network: Network) -> bytearray:
    """Whether each statement speaks for a final claim of the map, against one, or both (or neither)."""
    index = network.index
    used = {*network.needed_by, *network.bars_of, *network.gate_needed_by, *network.gate_bars_of}
    conceded: dict[int, list[int]] = {}
    for said in network.map.steps:
        if said.kind is StepKind.CONCESSION:
            for id in (*said.ground, *said.conditions):
                used.add(index[id])
                conceded.setdefault(index[said.target], []).append(index[id])
    sides = bytearray(len(network))
    queue = [(number, _FOR) for number in range(len(network)) if number not in used]
    for number, side in queue:
        if sides[number] & side:
            continue
        sides[number] |= side
        other = _FOR + _AGAINST - side
        for step in network.supports.get(number, ()):
            queue += ((need, side) for need in network.needs[step])
            queue += ((bar, other) for bar in network.bars[step])
        for step in network.objections.get(number, ()):
            queue += ((need, other) for need in network.needs[step])
            queue += ((bar, side) for bar in network.bars[step])
        queue += ((need, side) for need in network.gate_needs.get(number, ()))
        queue += ((bar, other) for bar in network.gate_bars.get(number, ()))
        queue += ((point, other) for point in conceded.get(number, ()))
    return sides
