"""What a claim rests on, and the fewest objections that would fell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from argmap.analysis.deciders import Deciders
from argmap.analysis.fixpoint import ASIDE, FALLS, STANDS, settle
from argmap.analysis.network import Network
from argmap.analysis.scenarios import falls_in, width_of_pass

# How much work the search for a smallest set may do (a second or two): statements looked at, over all states
# tried, and for each state this much besides.
_WORK = 1_000_000
_A_STATE = 100


def rests_on(network: Network, fixed: Mapping[int, int], claim: int) -> list[int]:
    """The statements whose withdrawal alone makes a claim fall, in the map's order; none if it falls already.

    Where the claim stands, any withdrawal that touches nothing in one derivation of its standing leaves that
    derivation, and so the claim, as it is: only the statements that stand in one derivation are tried, and
        all of
    them in one pass.
    """
    state = settle(network, fixed)
    if state.values[claim] == FALLS or claim in fixed:
        return []
    order = network.upstream(claim)
    deciders = Deciders(network, state, fixed)
    candidates = sorted(_worth_trying(deciders, claim, order))
    found: list[int] = []
    width = width_of_pass(len(order))
    for start in range(0, len(candidates), width):
        batch = candidates[start : start + width]
        bits = _felled(network, fixed, claim, (), batch, order)
        found += (number for place, number in enumerate(batch) if bits >> place & 1)
    return found


def _worth_trying(deciders: Deciders, claim: int, order: Iterable[int]) -> list[int]:
    """Of whatever set of withdrawals fells a claim, at least one member is among these."""
    values, fixed = deciders.state.values, deciders.fixed
    if values[claim] == STANDS:
        return [
            number
            for number in deciders.down(claim)
            if values[number] == STANDS and number != claim and number not in fixed
        ]
    return [number for number in order if values[number] != FALLS and number != claim and number not in fixed]


def _felled(
    network: Network,
    fixed: Mapping[int, int],
    claim: int,
    withdrawn: Iterable[int],
    batch: Sequence[int],
    order: Sequence[int],
) -> int:
    """Which members of a batch, each withdrawn together with `withdrawn`, make the claim fall, as bits."""
    every = (1 << len(batch)) - 1
    gone = dict.fromkeys(withdrawn, every)
    for place, number in enumerate(batch):
        gone[number] = gone.get(number, 0) | 1 << place
    return falls_in(network, fixed, gone, len(batch), order)[claim]


@frozen(eq=False, repr=False)
class Fewest:
    """The outcome of a search for the fewest objections that fell a claim, in statement numbers.

    Attributes:
        members: Where to place them; None if no such set was found.
        at_least: No smaller set than this does; if `members` is None and `exhausted`, none at all does.
        exhausted: Whether the search ran to its end.
    """

    members: tuple[int, ...] | None
    at_least: int
    exhausted: bool


def fewest_objections(network: Network, fixed: Mapping[int, int], claim: int, work: int = _WORK) -> Fewest:
    """The smallest set of statements, not the claim itself, such that successful objections to all fell it.

    A successful objection makes its statement fall, as withdrawing it does. A set that fells the claim must
    meet every derivation of its standing; so, smallest sets first, each set tried is extended by the members
    of one derivation that it leaves untouched (Reiter 1987, "A theory of diagnosis from first principles":
    hitting sets). A lower bound comes from derivations that share no statement, an upper one from blocking
    each reason in turn.
    """
    state = settle(network, fixed)
    if state.values[claim] == FALLS:
        return Fewest((), 0, True)
    if claim in fixed:
        return Fewest(None, 1, True)
    single = rests_on(network, fixed, claim)
    if single:
        return Fewest((single[0],), 1, True)
    part, inside, back = _part(network, fixed, claim)
    target = back[claim]
    order = part.upstream(target)
    tries = max(3, min(100, work // (3 * len(part))))
    bound = _separate(part, inside, target, tries)
    upper = _greedy(part, inside, target, tries)

    def result(members: Iterable[int] | None, at_least: int, exhausted: bool) -> Fewest:
        if members is None:
            return Fewest(None, at_least, exhausted)
        found = sorted(network.index[part.ids[number]] for number in members)
        return Fewest(tuple(found), at_least, exhausted)

    if upper is not None and len(upper) <= bound:
        return result(upper, len(upper), True)
    layer: list[tuple[int, ...]] = [()]
    size = 1
    while layer and (upper is None or size < len(upper)):
        following: set[tuple[int, ...]] = set()
        for members in layer:
            holding = {**inside, **dict.fromkeys(members, FALLS)}
            deciders = Deciders(part, settle(part, holding), holding)
            batch = sorted(_worth_trying(deciders, target, order))
            work -= _A_STATE + len(order) * (2 + len(batch) // 64)
            if work < 0:
                return result(upper, max(size, bound), False)
            felled = _felled(part, inside, target, members, batch, order) if size >= bound else 0
            if felled:
                first = batch[(felled & -felled).bit_length() - 1]
                return result((*members, first), size, True)
            following.update(tuple(sorted((*members, number))) for number in batch)
        layer = sorted(following)
        size += 1
    return result(upper, size if upper is None else len(upper), True)


def _part(
    network: Network, fixed: Mapping[int, int], claim: int
) -> tuple[Network, dict[int, int], dict[int, int]]:
    """The part of a map that can bear on a claim, what is fixed in it, its numbers by those of the whole."""
    from attrs import evolve

    kept = {network.ids[number] for number in network.upstream(claim)}
    whole = network.map
    part = Network(
        evolve(
            whole,
            statements=tuple(statement for statement in whole.statements if statement.id in kept),
            steps=tuple(step for step in network.steps if step.target in kept),
            contradictions=tuple(pair for pair in whole.contradictions if pair.left in kept),
            stances=(),
        )
    )
    back = {network.index[id]: number for id, number in part.index.items()}
    return part, {back[number]: value for number, value in fixed.items() if number in back}, back


def _separate(network: Network, fixed: Mapping[int, int], claim: int, tries: int) -> int:
    """How many derivations of a claim that share no statement are found: each takes an objection."""
    aside = dict(fixed)
    count = 0
    while count < tries:
        state = settle(network, aside)
        if state.values[claim] != STANDS:
            break
        deciders = Deciders(network, state, aside)
        members = _worth_trying(deciders, claim, ())
        count += 1
        if not members:
            break
        aside.update(dict.fromkeys(members, ASIDE))
    return max(1, count)


def _greedy(network: Network, fixed: Mapping[int, int], claim: int, tries: int) -> list[int] | None:
    """One statement for each reason that still carries the claim, the most shared first; None if it fails."""
    gone: dict[int, int] = {}
    supports = network.supports.get(claim, ())
    shared: dict[int, int] = {}
    for step in supports:
        for need in set(network.needs[step]):
            shared[need] = shared.get(need, 0) + 1
    for _ in range(tries + 1):
        state = settle(network, {**fixed, **gone})
        if state.values[claim] == FALLS:
            return sorted(gone)
        live = [step for step in supports if state.step_values[step] != FALLS]
        first = network.needs[live[0]] if live else []
        free = [number for number in first if number not in fixed and number != claim and number not in gone]
        if not free:
            return None
        gone[max(free, key=lambda number: (shared[number], -number))] = FALLS
    return None
