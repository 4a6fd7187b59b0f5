"""Many withdrawals tried at once: one bit of a whole number for each.

Whatever holds of a statement is kept as a whole number whose bit i says whether it holds in scenario i, so
that one pass over the edges applies the rules in all scenarios together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.analysis.fixpoint import ASIDE, FALLS, STANDS
from argmap.analysis.network import Base, Network

# Bits a pass may keep in all, over every statement looked at: about 100 megabytes.
_BITS = 400_000_000


def width_of_pass(statements: int) -> int:
    """How many scenarios to try in one pass over so many statements."""
    return max(64, _BITS // max(1, statements))


def falls_in(
    network: Network,
    fixed: Mapping[int, int],
    withdrawn: Mapping[int, int],
    count: int,
    order: Sequence[int],
) -> dict[int, int]:
    """In which of `count` scenarios each statement falls.

    Args:
        network: The map.
        fixed: Held at STANDS or FALLS in every scenario.
        withdrawn: For each statement withdrawn in some scenarios, the bits of those.
        order: The statements to look at: with each, all that can bear on it. What bears on a statement is
            best put before it; the answer does not depend on it.
    """
    full = (1 << count) - 1
    stands: dict[int, int] = dict.fromkeys(order, 0)
    falls: dict[int, int] = dict.fromkeys(order, 0)
    place = {number: at for at, number in enumerate(order)}
    dirty = bytearray(b"\1" * len(order))
    pending = list(range(len(order)))
    while pending:
        again: list[int] = []
        for at in pending:
            if not dirty[at]:
                continue
            dirty[at] = 0
            number = order[at]
            up, down = _apply(network, fixed, number, stands, falls, full)
            gone = withdrawn.get(number, 0)
            up, down = up & ~gone, down | gone
            if up == stands[number] and down == falls[number]:
                continue
            stands[number], falls[number] = up, down
            for user in _users(network, number):
                user_at = place.get(user)
                if user_at is not None and not dirty[user_at]:
                    dirty[user_at] = 1
                    # One further on in a first pass is reached in this pass anyhow; the flag sees that none
                    # is done twice.
                    again.append(user_at)
        pending = sorted(at for at in again if dirty[at])
    return falls


def _users(network: Network, number: int) -> list[int]:
    targets = network.targets
    users = [targets[step] for step in network.needed_by.get(number, ())]
    users += [targets[step] for step in network.bars_of.get(number, ())]
    users += network.rivals.get(number, ())
    users += network.gate_needed_by.get(number, ())
    users += network.gate_bars_of.get(number, ())
    return users


def _apply(
    network: Network,
    fixed: Mapping[int, int],
    number: int,
    stands: Mapping[int, int],
    falls: Mapping[int, int],
    full: int,
) -> tuple[int, int]:
    """In which scenarios the rules make a statement stand, and in which fall, given how the others are."""
    held = fixed.get(number)
    if held is not None:
        return (full if held == STANDS else 0, full if held == FALLS else 0) if held != ASIDE else (0, 0)
    up, down = full, 0
    for step in network.objections.get(number, ()):
        through, blocked = _step(network, step, stands, falls, full)
        up &= blocked
        down |= through
    for other in network.rivals.get(number, ()):
        up &= falls[other]
        down |= stands[other]
    for other in network.gate_needs.get(number, ()):
        up &= stands[other]
        down |= falls[other]
    for other in network.gate_bars.get(number, ()):
        up &= falls[other]
        down |= stands[other]
    base = network.base[number]
    if base is Base.STEPS:
        carried, stopped = 0, full
        for step in network.supports[number]:
            through, blocked = _step(network, step, stands, falls, full)
            carried |= through
            stopped &= blocked
        return up & carried, down | stopped
    if base in (Base.SAID, Base.PRESUMED):
        return up, down
    return (0, full) if base in (Base.DENIED, Base.NEEDY) else (0, down)


def _step(
    network: Network, step: int, stands: Mapping[int, int], falls: Mapping[int, int], full: int
) -> tuple[int, int]:
    through, blocked = full, 0
    for need in network.needs[step]:
        through &= stands[need]
        blocked |= falls[need]
    for bar in network.bars[step]:
        through &= falls[bar]
        blocked |= stands[bar]
    return through, blocked
