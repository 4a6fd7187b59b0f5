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

from argmap.analysis.network import FALLS, STANDS, Base, Network, Requirement

THROUGH, BLOCKED = STANDS, FALLS
ASIDE = 3
"""Given to `settle` for a statement that has to stay undecided."""


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
        fixed: Statements held at STANDS or FALLS (assumed, withdrawn) or set ASIDE, whatever the rules say.
        presume: Whether conditions that are merely presumed count as standing; if not, they stay undecided.
    """
    size, steps = len(network), len(network.steps)
    values, ranks = bytearray(size), [0] * size
    step_values, step_ranks = bytearray(steps), [0] * steps
    supports = network.supports
    # How many things a statement still waits for before it stands: one for being said or carried by a step.
    waiting = [1] * size
    for number, objections in network.objections.items():
        waiting[number] += len(objections)
    for number, required in network.requires.items():
        waiting[number] += len(required)
    open_supports = {number: len(found) for number, found in supports.items()}
    carried = bytearray(size)
    step_waiting = [len(needs) for needs in network.needs]
    # First in, first out: so the work list runs through the rounds in order, and ranks come out as well.
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
            for step, value in network.needed_by.get(item, ()):
                if values[item] == value:
                    step_met(step, rank)
                else:
                    decide_step(step, BLOCKED, rank)
            for other, value in network.required_by.get(item, ()):
                if values[item] == value:
                    met(other, rank)
                else:
                    decide(other, FALLS, rank)
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
    users = [network.targets[step] for step, _ in network.needed_by.get(number, ())]
    return users + [other for other, _ in network.required_by.get(number, ())]


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
    up, down = _met(network.requires.get(number, ()), stands, falls, full)
    for step in network.objections.get(number, ()):
        through, blocked = _met(network.needs[step], stands, falls, full)
        up &= blocked
        down |= through
    base = network.base[number]
    if base is Base.STEPS:
        carried, stopped = 0, full
        for step in network.supports[number]:
            through, blocked = _met(network.needs[step], stands, falls, full)
            carried |= through
            stopped &= blocked
        return up & carried, down | stopped
    if base in (Base.SAID, Base.PRESUMED):
        return up, down
    return (0, full) if base in (Base.DENIED, Base.UNSUPPORTED) else (0, down)


def _met(
    required: Sequence[Requirement], stands: Mapping[int, int], falls: Mapping[int, int], full: int
) -> tuple[int, int]:
    """In which scenarios all of some requirements are met, and in which one of them is broken."""
    met, broken = full, 0
    for other, value in required:
        good, bad = (stands, falls) if value == STANDS else (falls, stands)
        met &= good[other]
        broken |= bad[other]
    return met, broken
