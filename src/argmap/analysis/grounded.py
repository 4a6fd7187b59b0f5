"""What stands: the least fixed point of the rules, for one case by a work list and for many at once by bits.

Read three-valued (Kleene 1952, *Introduction to Metamathematics*, §64), the rules are monotone in what is
decided, so applying them from "all undecided" until nothing changes ends in one and the same state in any
order (Fitting 1985, "A Kripke-Kleene semantics for logic programs"). Each edge is looked at once for each
end: linear, as in Dowling and Gallier (1984, "Linear-time algorithms for testing the satisfiability of
propositional Horn formulae"). On maps without circles this is Dung's grounded semantics (1995) with one-way
attacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from argmap.analysis.network import FALLS, STANDS, Base, Network

ASIDE = 3
"""Given to `settle` for a statement that has to stay undecided."""


@frozen(eq=False)
class State:
    """Where the rules come to rest.

    Attributes:
        values: UNDECIDED, STANDS or FALLS of each node.
        ranks: The round in which each was decided if all rules were applied at once, round by round. It does not
            depend on the order of the input, and what decided a node always has a lower rank.
    """

    values: bytearray
    ranks: list[int]


def settle(network: Network, fixed: Mapping[int, int], presume: bool = True) -> State:
    """Apply the rules until nothing changes.

    Args:
        network: The map.
        fixed: Statements held at STANDS or FALLS (assumed, withdrawn) or set ASIDE, whatever the rules say.
        presume: Whether conditions that are merely presumed count as standing; if not, they stay undecided.
    """
    size = len(network.nodes)
    values, ranks = bytearray(size), [0] * size
    # How many things a node still waits for before it stands. A statement also waits to be said or supported.
    waiting = [1] * len(network) + [0] * len(network.steps)
    for node, required in network.requires.items():
        waiting[node] += len(required)
    open_supports = {number: len(steps) for number, steps in network.supports.items()}
    is_supported = bytearray(len(network))
    # First in, first out: so the work list runs through the rounds in order, and ranks come out as well.
    queue = [number for number, value in fixed.items() if value != ASIDE]
    for number, value in fixed.items():
        values[number] = value

    def decide(node: int, value: int, rank: int) -> None:
        if not values[node]:
            values[node] = value
            ranks[node] = rank
            queue.append(node)

    def met(node: int, rank: int) -> None:
        waiting[node] -= 1
        if not waiting[node]:
            decide(node, STANDS, rank)

    for number, base in enumerate(network.base):
        if base is Base.SAID or (base is Base.PRESUMED and presume):
            met(number, 0)
        elif base is Base.DENIED or base is Base.UNSUPPORTED:
            decide(number, FALLS, 0)
    for node in queue:  # grows while it is read
        value, rank = values[node], ranks[node] + 1
        for user, needed in network.required_by.get(node, ()):
            if value == needed:
                met(user, rank)
            else:
                decide(user, FALLS, rank)
        target = network.supported.get(node)
        if target is None:
            continue
        if value == FALLS:
            open_supports[target] -= 1
            if not open_supports[target]:
                decide(target, FALLS, rank)
        elif not is_supported[target]:
            is_supported[target] = 1
            met(target, rank)
    return State(values, ranks)


# Many withdrawals at once: bit i of a whole number says whether something holds in scenario i, so that one
# pass over the edges applies the rules in all scenarios together. A pass keeps at most about 100 megabytes.
_BITS = 400_000_000


def width_of_pass(nodes: int) -> int:
    """How many scenarios to try in one pass over so many nodes."""
    return max(64, _BITS // max(1, nodes))


def falls_in(
    network: Network,
    fixed: Mapping[int, int],
    withdrawn: Mapping[int, int],
    count: int,
    order: Sequence[int],
) -> dict[int, int]:
    """In which of `count` scenarios each node falls.

    Args:
        network: The map.
        fixed: Held at STANDS or FALLS in every scenario.
        withdrawn: For each statement withdrawn in some scenarios, the bits of those.
        order: The nodes to look at: with each, all that can bear on it. What bears on a statement is
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
            up, down = _rules(network, fixed, number, stands, falls, full)
            gone = withdrawn.get(number, 0)
            up, down = up & ~gone, down | gone
            if up == stands[number] and down == falls[number]:
                continue
            stands[number], falls[number] = up, down
            for user in _users(network, number):
                user_at = place.get(user)
                if user_at is not None and not dirty[user_at]:
                    dirty[user_at] = 1
                    # One further on is also reached in this pass; the flag keeps it from being done twice.
                    again.append(user_at)
        pending = sorted(at for at in again if dirty[at])
    return falls


def _users(network: Network, node: int) -> list[int]:
    users = [user for user, _ in network.required_by.get(node, ())]
    return [*users, network.supported[node]] if node in network.supported else users


def _rules(
    network: Network,
    fixed: Mapping[int, int],
    node: int,
    stands: Mapping[int, int],
    falls: Mapping[int, int],
    full: int,
) -> tuple[int, int]:
    """In which scenarios the rules make a node stand, and in which fall, given how the others are."""
    if (held := fixed.get(node)) is not None:
        return (full if held == STANDS else 0, full if held == FALLS else 0)
    up, down = full, 0
    for other, value in network.requires.get(node, ()):
        good, bad = (stands, falls) if value == STANDS else (falls, stands)
        up &= good[other]
        down |= bad[other]
    if node >= len(network):
        return up, down
    base = network.base[node]
    if base is Base.STEPS:
        supported, blocked = 0, full
        for step in network.supports[node]:
            supported |= stands[step]
            blocked &= falls[step]
        return up & supported, down | blocked
    if base in (Base.SAID, Base.PRESUMED):
        return up, down
    return (0, full) if base in (Base.DENIED, Base.UNSUPPORTED) else (0, down)
