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
from types import MappingProxyType

from attrs import evolve, frozen

from argmap.analysis.network import FALLS, LEVELS, STANDS, Base, Network

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


def strengths(network: Network, state: State, fixed: Mapping[int, int]) -> dict[int, int]:
    """How firmly each statement stands, as a number of `LEVELS`: by its own qualifier, and by what carries it.

    Statements are settled from strong to weak, so a circle lends no strength, and of several ways the strongest counts.
    """
    values, size = state.values, len(network)
    own = [LEVELS.index(statement.qualifier) for statement in network.map.statements]
    waiting: dict[int, int] = {}
    ready: list[list[int]] = [[] for _ in LEVELS]
    levels: dict[int, int] = {}
    carried: set[int] = set()
    for node in network.nodes:
        if values[node] == STANDS:
            premises = [other for other, value in network.requires.get(node, ()) if value == STANDS]
            waiting[node] = 0 if node in fixed else len(premises) + (node in network.supports)
            if not waiting[node]:
                ready[own[node]].append(node)
    for level, nodes in enumerate(ready):
        for node in nodes:  # grows while it is read
            if node in levels:
                continue
            levels[node] = level
            users = [user for user, value in network.required_by.get(node, ()) if value == STANDS]
            target = network.supported.get(node)
            if target is not None and values[target] == STANDS and target not in carried:
                carried.add(target)
                users.append(target)
            for user in users:
                if waiting.get(user):
                    waiting[user] -= 1
                    if not waiting[user]:
                        ready[max(level, own[user] if user < size else 0)].append(user)
    return levels


# Many withdrawals at once: bit i of a whole number says whether something holds in scenario i, so that one
# pass over the edges applies the rules in all scenarios together. A pass keeps at most about 100 megabytes.
_BITS = 400_000_000


def width_of_pass(nodes: int) -> int:
    """How many scenarios to try in one pass over so many nodes."""
    return max(64, _BITS // max(1, nodes))


def outcomes(
    network: Network,
    fixed: Mapping[int, int],
    withdrawn: Mapping[int, int],
    count: int,
    order: Sequence[int],
    assumed: Mapping[int, int] = MappingProxyType({}),
) -> tuple[dict[int, int], dict[int, int]]:
    """In which of `count` scenarios each node stands, and in which it falls.

    Args:
        network: The map.
        fixed: Held at STANDS or FALLS in every scenario.
        withdrawn: For each statement withdrawn in some scenarios, the bits of those.
        order: The nodes to look at: with each, all that can bear on it. What bears on a statement is
            best put before it; the answer does not depend on it.
        assumed: As `withdrawn`, for each statement assumed.
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
            gone, kept = withdrawn.get(number, 0), assumed.get(number, 0)
            up, down = up & ~gone | kept, (down | gone) & ~kept
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
    return stands, falls


_MOST_SETS = 2**8


def either_way(network: Network, state: State, fixed: Mapping[int, int]) -> dict[int, int]:
    """Undecided statements that come out the same whichever side of each open contradiction is taken, and how.

    The sides are statements that are undecided, and would be decided were there no contradictions. Each largest set
    of them without a contradiction in it is assumed, and the rest withdrawn.
    """
    values, rivals = state.values, network.rivals
    free = [n for n in rivals if not values[n] and n not in fixed and any(not values[r] for r in rivals[n])]
    if not free:
        return {}
    apart = settle(Network(evolve(network.map, contradictions=(), stances=())), fixed).values
    torn = {number for number in free if apart[number]}
    # What also waits for a rival that is undecided for another reason is not torn by contradictions alone.
    others = [number for number in rivals if not values[number] and number not in torn]
    for number in others:  # grows while it is read
        for rival in rivals[number]:
            if rival in torn:
                torn.remove(rival)
                others.append(rival)
    sets = _largest_sets(sorted(torn), rivals)
    if not torn or not sets:
        return {}
    full = (1 << len(sets)) - 1
    assumed = {n: sum(1 << place for place, some in enumerate(sets) if n in some) for n in torn}
    withdrawn = {number: full & ~bits for number, bits in assumed.items()}
    stands, falls = outcomes(network, fixed, withdrawn, len(sets), network.nodes, assumed)
    return {
        number: STANDS if stands[number] == full else FALLS
        for number in range(len(network))
        if not values[number] and number not in torn and full in (stands[number], falls[number])
    }


def _largest_sets(numbers: Sequence[int], rivals: Mapping[int, Sequence[int]]) -> list[set[int]]:
    """All sets without a contradiction that no further number can join; none if there are more than 2^8.

    One number after the other is taken in: there are never more sets of some than of all.
    """
    found: list[set[int]] = [set()]
    done: set[int] = set()
    for number in numbers:
        near = done.intersection(rivals[number])
        if number in rivals[number]:
            continue
        done.add(number)
        new: list[set[int]] = []
        for some in found:
            hit = near & some
            if not hit:
                some.add(number)
                continue
            other = (some - hit) | {number}
            freed = (rival for each in hit for rival in rivals[each] if rival in done and rival not in other)
            if all(not other.isdisjoint(rivals[rival]) for rival in freed) and other not in new:
                new.append(other)
        found += [other for other in new if other not in found]
        if len(found) > _MOST_SETS:
            return []
    return found


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
