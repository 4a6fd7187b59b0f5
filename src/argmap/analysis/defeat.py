"""What a claim rests on, and the fewest objections that would defeat it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from argmap.analysis.causes import Causes
from argmap.analysis.grounded import ASIDE, outcomes, settle, width_of_pass
from argmap.analysis.network import FALLS, STANDS, Network
from argmap.analysis.sentences import defeat_sentence

# How much work the search for a smallest set may do (a second or two): nodes looked at, over all states
# tried, and for each state this much besides.
_WORK = 2_000_000
_A_STATE = 100


def rests_on(network: Network, fixed: Mapping[int, int], claim: int) -> list[int]:
    """The statements whose withdrawal alone makes a claim fall, in the map's order; none if it falls already.

    Where the claim stands, a withdrawal that touches nothing in one derivation of its standing leaves the claim
    as it is. So only the statements that stand in one derivation are tried, all in one pass.
    """
    state = settle(network, fixed)
    if state.values[claim] == FALLS or claim in fixed:
        return []
    order = network.upstream(claim)
    causes = Causes(network, state, fixed)
    candidates = sorted(_worth_trying(causes, claim, order))
    found: list[int] = []
    width = width_of_pass(len(order))
    for start in range(0, len(candidates), width):
        batch = candidates[start : start + width]
        bits = _defeats(network, fixed, claim, (), batch, order)
        found += (number for place, number in enumerate(batch) if bits >> place & 1)
    return found


def _worth_trying(causes: Causes, claim: int, order: Iterable[int]) -> list[int]:
    """Every set of withdrawals that defeats a claim has a member among these."""
    values, fixed = causes.state.values, causes.fixed
    if values[claim] == STANDS:
        return [
            number
            for number in causes.chain(claim)
            if values[number] == STANDS and number != claim and number not in fixed
        ]
    statements = (node for node in order if node < len(causes.network))
    return [n for n in statements if values[n] != FALLS and n != claim and n not in fixed]


def _defeats(
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
    return outcomes(network, fixed, gone, len(batch), order)[1][claim]


@frozen(kw_only=True)
class Defeat:
    """The fewest objections that would defeat a claim.

    Attributes:
        claim: Its id.
        statements: Where to place them, never at the claim itself: ids, in the map's order; empty if the
            claim falls as it is; None if no such set was found.
        at_least: No set with fewer members does it.
        exhausted: Whether the search ran to its end. If so, `statements` is a smallest set, or None means
            that there is no set at all. If not, there may be a smaller set than `statements`, or one after all.
        sentence: The same in words.
    """

    claim: str
    statements: tuple[str, ...] | None
    at_least: int
    exhausted: bool
    sentence: str


def fewest_objections(network: Network, fixed: Mapping[int, int], claim: int, work: int = _WORK) -> Defeat:
    """The smallest set of statements, not the claim itself, such that successful objections to all defeat it.

    A successful objection makes its statement fall, as withdrawing it does. A set that defeats the claim must
    meet every derivation of its standing; so, smallest sets first, each set tried is extended by the members
    of one derivation that it leaves untouched (Reiter 1987, "A theory of diagnosis from first principles":
    hitting sets). A lower bound comes from derivations that share no statement, an upper one from blocking
    each reason in turn.
    """

    def result(members: Iterable[str] | None, at_least: int, exhausted: bool = True) -> Defeat:
        statements = None if members is None else tuple(sorted(members, key=network.index.__getitem__))
        id = network.ids[claim]
        return Defeat(
            claim=id,
            statements=statements,
            at_least=at_least,
            exhausted=exhausted,
            sentence=defeat_sentence(network.map, id, statements, at_least, exhausted),
        )

    if settle(network, fixed).values[claim] == FALLS:
        return result((), 0)
    if claim in fixed:
        return result(None, 1)
    if single := rests_on(network, fixed, claim):
        return result((network.ids[single[0]],), 1)
    part, inside = _part(network, fixed, claim)
    target = part.index[network.ids[claim]]
    order = part.upstream(target)
    tries = max(3, min(100, work // (3 * len(part))))
    bound = _separate(part, inside, target, tries)
    blocking = _one_per_reason(part, inside, target, tries)
    upper = None if blocking is None else [part.ids[number] for number in blocking]
    if upper is not None and len(upper) <= bound:
        return result(upper, len(upper))
    layer: list[tuple[int, ...]] = [()]
    size = 1
    while layer and (upper is None or size < len(upper)):
        following: set[tuple[int, ...]] = set()
        for members in layer:
            holding = {**inside, **dict.fromkeys(members, FALLS)}
            causes = Causes(part, settle(part, holding), holding)
            batch = sorted(_worth_trying(causes, target, order))
            work -= _A_STATE + len(order) * (2 + len(batch) // 64)
            if work < 0:
                return result(upper, max(size, bound), False)
            found = _defeats(part, inside, target, members, batch, order) if size >= bound else 0
            if found:
                first = batch[(found & -found).bit_length() - 1]
                return result([part.ids[number] for number in (*members, first)], size)
            following.update(tuple(sorted((*members, number))) for number in batch)
        layer = sorted(following)
        size += 1
    return result(upper, size if upper is None else len(upper))


def _part(network: Network, fixed: Mapping[int, int], claim: int) -> tuple[Network, dict[int, int]]:
    """The part of a map that can bear on a claim, and what is fixed in it."""
    kept = {network.ids[node] for node in network.upstream(claim) if node < len(network)}
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
    inside = {network.ids[number]: value for number, value in fixed.items()}
    return part, {part.index[id]: value for id, value in inside.items() if id in part.index}


def _separate(network: Network, fixed: Mapping[int, int], claim: int, tries: int) -> int:
    """How many derivations of a claim that share no statement are found: each takes an objection."""
    aside = dict(fixed)
    count = 0
    while count < tries:
        state = settle(network, aside)
        if state.values[claim] != STANDS:
            break
        causes = Causes(network, state, aside)
        members = _worth_trying(causes, claim, ())
        count += 1
        if not members:
            break
        aside.update(dict.fromkeys(members, ASIDE))
    return max(1, count)


def _one_per_reason(network: Network, fixed: Mapping[int, int], claim: int, tries: int) -> list[int] | None:
    """One statement for each reason that still carries the claim, the most shared first; None if it fails."""
    gone: dict[int, int] = {}
    supports = network.supports.get(claim, ())
    shared: dict[int, int] = {}
    for step in supports:
        for need in set(network.premises(step)):
            shared[need] = shared.get(need, 0) + 1
    for _ in range(tries + 1):
        state = settle(network, {**fixed, **gone})
        if state.values[claim] == FALLS:
            return sorted(gone)
        live = [step for step in supports if state.values[step] != FALLS]
        first = network.premises(live[0]) if live else []
        free = [number for number in first if number not in fixed and number != claim and number not in gone]
        if not free:
            return None
        gone[max(free, key=lambda number: (shared[number], -number))] = FALLS
    return None
