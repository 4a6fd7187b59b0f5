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

from argmap.analysis.network import Base, Network

UNDECIDED, STANDS, FALLS = 0, 1, 2
THROUGH, BLOCKED = STANDS, FALLS
ASIDE = 3
"""Given to `settle` for a statement that is to stay undecided whatever the rules say."""


@frozen(eq=False)
class State:
    """Where the rules come to rest.

    Attributes:
        values: UNDECIDED, STANDS or FALLS of each statement.
        ranks: The round in which each was decided if all rules were applied at once, round by round; it does
            not depend on the order of the input, and what decided a statement always has a lower rank than
            it.
        step_values: UNDECIDED, THROUGH or BLOCKED of each step.
        step_ranks: The same for steps.
    """

    values: bytearray
    ranks: list[int]
    step_values: bytearray
    step_ranks: list[int]


def settle(network: Network, fixed: Mapping[int, int], presume: bool = True) -> State:
    """Apply the rules until nothing changes.

    Args:
        network: The map.
        fixed: Statements held at STANDS or FALLS (assumed, withdrawn) or set ASIDE, whatever is said about
            them.
        presume: Whether conditions that are merely presumed count as standing; if not, they stay undecided.
    """
    size, steps = len(network), len(network.steps)
    values, ranks = bytearray(size), [0] * size
    step_values, step_ranks = bytearray(steps), [0] * steps
    supports, objections, rivals = network.supports, network.objections, network.rivals
    # How many things a statement still waits for before it stands: one for being said or carried by a step.
    waiting = [1] * size
    for edges in (objections, rivals, network.gate_needs, network.gate_bars):
        for number, found in edges.items():
            waiting[number] += len(found)
    open_supports = {number: len(found) for number, found in supports.items()}
    carried = bytearray(size)
    step_waiting = [len(needs) + len(bars) for needs, bars in zip(network.needs, network.bars, strict=True)]
    # First in, first out: so the work list runs through the rounds in order, and ranks come out by the way.
    queue: list[int] = []

    for number, value in fixed.items():
        values[number] = value
        if value != ASIDE:
            queue.append(number)
    for number, base in enumerate(network.base):
        if values[number]:
            continue
        if base is Base.SAID or (base is Base.PRESUMED and presume):
            waiting[number] -= 1
            if not waiting[number]:
                values[number] = STANDS
                queue.append(number)
        elif base is Base.DENIED or base is Base.UNSUPPORTED:
            values[number] = FALLS
            queue.append(number)
    for step in range(steps):
        if not step_waiting[step]:
            step_values[step] = THROUGH
            queue.append(size + step)

    def decide(number: int, value: int, rank: int) -> None:
        if not values[number]:
            values[number] = value
            ranks[number] = rank
            queue.append(number)

    def met(number: int, rank: int) -> None:
        waiting[number] -= 1
        if not waiting[number]:
            decide(number, STANDS, rank)

    def decide_step(step: int, value: int, rank: int) -> None:
        if not step_values[step]:
            step_values[step] = value
            step_ranks[step] = rank
            queue.append(size + step)

    def step_met(step: int, rank: int) -> None:
        step_waiting[step] -= 1
        if not step_waiting[step]:
            decide_step(step, THROUGH, rank)

    for item in queue:  # grows while it is read
        if item < size:
            rank = ranks[item] + 1
            stands = values[item] == STANDS
            for step in network.needed_by.get(item, ()):
                if stands:
                    step_met(step, rank)
                else:
                    decide_step(step, BLOCKED, rank)
            for step in network.bars_of.get(item, ()):
                if stands:
                    decide_step(step, BLOCKED, rank)
                else:
                    step_met(step, rank)
            for other in network.gate_needed_by.get(item, ()):
                if stands:
                    met(other, rank)
                else:
                    decide(other, FALLS, rank)
            for other in (*rivals.get(item, ()), *network.gate_bars_of.get(item, ())):
                if stands:
                    decide(other, FALLS, rank)
                else:
                    met(other, rank)
        else:
            step = item - size
            rank = step_ranks[step] + 1
            target = network.targets[step]
            through = step_values[step] == THROUGH
            if network.supporting[step]:
                if through:
                    if not carried[target]:
                        carried[target] = 1
                        met(target, rank)
                else:
                    open_supports[target] -= 1
                    if not open_supports[target]:
                        decide(target, FALLS, rank)
            elif through:
                decide(target, FALLS, rank)
            else:
                met(target, rank)
    return State(values, ranks, step_values, step_ranks)


# Many withdrawals at once: bit i of a whole number says whether something holds in scenario i, so that one
# pass over the edges applies the rules in all scenarios together. A pass keeps at most about 100 megabytes.
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


def _users(network: Network, number: int) -> list[int]:
    targets = network.targets
    users = [targets[step] for step in network.needed_by.get(number, ())]
    users += [targets[step] for step in network.bars_of.get(number, ())]
    users += network.rivals.get(number, ())
    users += network.gate_needed_by.get(number, ())
    users += network.gate_bars_of.get(number, ())
    return users


def _rules(
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
    return (0, full) if base in (Base.DENIED, Base.UNSUPPORTED) else (0, down)


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
