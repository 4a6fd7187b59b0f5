"""Corollaries, bars and contradictions as clauses, and what follows from a holder's stances under them.

A literal is a whole number: `2 * n` to accept statement n, `2 * n + 1` to reject it; `literal ^ 1` is its
opposite. A clause is a set of literals one of which must be held. Where it has no exceptions it is a Horn
clause, and propagating single literals is complete and linear (Dowling and Gallier 1984): it finds every
acceptance that somebody is committed to, and most rejections. The other rejections are of statements that
lead to a clash by two ways that meet again. These are found by trying them, all worth trying at once, and
only where a contradiction or a rejected statement can be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from heapq import heapify, heappop, heappush

from attrs import evolve, frozen

from argmap.analysis.grounded import width_of_pass
from argmap.analysis.network import LEVELS, PLAIN, require_names
from argmap.model import ArgumentMap, Contradiction, Step
from argmap.model.step import Ends
from argmap.text.words import by_key

OWN = -1
"""The reason for a literal that is the holder's own stance."""
REFUTED = -2
"""The reason for a rejection that comes of trying the statement and meeting a clash."""


@frozen(eq=False)
class BindingStep:
    """A corollary or a bar, to reason forward by; statements by number.

    Attributes:
        level: How firmly the target follows, as a number of `LEVELS`.
    """

    given: tuple[int, ...]
    target: int
    exceptions: tuple[int, ...]
    level: int
    source: Step


class Clauses:
    """The plain clauses of a map, with an index from each literal to the clauses that lose it when it is held.

    A clause is plain if its target is unqualified, or `certainly`.
    """

    def __init__(self, map: ArgumentMap) -> None:
        """Read the clauses off a map.

        Raises:
            DocumentError: the map uses a label that it does not define.
        """
        require_names(map)
        self.map = map
        self.ids = [statement.id for statement in map.statements]
        self.index = {id: number for number, id in enumerate(self.ids)}
        self.literals: list[tuple[int, ...]] = []
        self.sources: list[Step | Contradiction] = []
        # For each literal the clauses that lose one of theirs when it is held; of a clause of two, also the one left
        self.losing: dict[int, list[tuple[int, int | None]]] = {}
        # All corollaries and bars, those with a qualified target too
        self.rules: list[BindingStep] = []
        # Steps that are left out, because somebody rejects or doubts them
        self.without: frozenset[Ends] = frozenset()
        by_id, index = map.by_id, self.index
        for step in map.steps:
            if step.kind.binds:
                target = by_id[step.target]
                given = dict.fromkeys(index[id] for id in (*step.ground, *step.conditions, *target.conditions))
                exceptions = dict.fromkeys(index[id] for id in (*step.exceptions, *target.exceptions))
                level = LEVELS.index(target.qualifier)
                rule = BindingStep(tuple(given), index[step.target], tuple(exceptions), level, step)
                self.rules.append(rule)
                if level <= PLAIN:
                    heads = (rule.target, *exceptions)
                    self._add((2 * number + 1 for number in given), (2 * number for number in heads), step)
        self.all_plain = all(rule.level <= PLAIN for rule in self.rules)
        for pair in map.contradictions:
            self._add((2 * index[id] + 1 for id in (pair.left, pair.right)), (), pair)

    @cached_property
    def parts(self) -> list[int]:
        """For each statement, the number of the part of the map that clauses tie it to."""
        parts = list(range(len(self.ids)))

        def part(number: int) -> int:
            while parts[number] != number:
                parts[number] = parts[parts[number]]
                number = parts[number]
            return number

        for literals in self.literals:
            first = part(literals[0] >> 1)
            for literal in literals[1:]:
                parts[part(literal >> 1)] = first
        return [part(number) for number in range(len(parts))]

    @cached_property
    def ranks(self) -> tuple[list[int], dict[int, int]]:
        """The clauses in an order: but for circles, each after those that its ground follows from. And their places."""
        done: dict[int, int] = {}
        seen: set[int] = set()
        for root in range(len(self.ids)):
            stack = [root]
            while stack:
                number = stack[-1]
                if number in seen:
                    done.setdefault(stack.pop(), -len(done))
                    continue
                seen.add(number)
                stack += (self.rules[place].target for place in self.rules_from.get(number, ()))
        ground = [max((done[each >> 1] for each in literals if each & 1), default=0) for literals in self.literals]
        order = sorted(range(len(ground)), key=ground.__getitem__)
        return order, {clause: rank for rank, clause in enumerate(order)}

    @cached_property
    def opposed(self) -> dict[int, list[int]]:
        """For each acceptance the contradictions that it is a side of, as clauses."""
        pairs = (clause for clause, source in enumerate(self.sources) if isinstance(source, Contradiction))
        return by_key((literal ^ 1, clause) for clause in pairs for literal in self.literals[clause])

    @cached_property
    def contradicted(self) -> dict[int, list[int]]:
        """The statements that have a contradiction, by part."""
        return by_key((self.parts[literal >> 1], literal >> 1) for literal in self.opposed)

    @cached_property
    def rules_from(self) -> dict[int, list[int]]:
        """The rules that need each statement, by their places in `rules`."""
        return by_key((number, place) for place, rule in enumerate(self.rules) for number in rule.given)

    @cached_property
    def rules_to(self) -> dict[int, list[BindingStep]]:
        return by_key((rule.target, rule) for rule in self.rules)

    @cached_property
    def _of_steps(self) -> dict[Ends, list[int]]:
        return by_key((source.ends, clause) for clause, source in enumerate(self.sources) if isinstance(source, Step))

    def leaving_out(self, steps: frozenset[Ends]) -> tuple[Clauses, set[int]]:
        """These clauses without those of some steps, and the parts of the map that they were in."""
        gone = {clause for ends in steps for clause in self._of_steps.get(ends, ())}
        touched = {self.parts[self.literals[clause][0] >> 1] for clause in gone}
        assert self.ranks is not None  # so that the copy has them
        fewer = copy(self)
        fewer.without = steps
        fewer.losing = dict(self.losing)
        for literal in {literal ^ 1 for clause in gone for literal in self.literals[clause]}:
            fewer.losing[literal] = [each for each in self.losing[literal] if each[0] not in gone]
        return fewer, touched

    def _add(self, negative: Iterable[int], positive: Iterable[int], source: Step | Contradiction) -> None:
        literals = tuple(dict.fromkeys((*negative, *positive)))
        if any(literal ^ 1 in literals for literal in literals):
            return  # always true
        clause = len(self.literals)
        self.literals.append(literals)
        self.sources.append(source)
        for place, literal in enumerate(literals):
            left = literals[1 - place] if len(literals) == 2 else None
            self.losing.setdefault(literal ^ 1, []).append((clause, left))


class Commitments:
    """What a holder comes to hold: literals in the order in which they were derived, each with its reason.

    A reason is the number of a clause, whose other literals were all lost before; or OWN, or REFUTED. Both a
    literal and its opposite may be held: that is a clash, and spreads no further than either side of it
    would.
    """

    def __init__(self, clauses: Clauses, own: Iterable[int] = (), start: Commitments | None = None) -> None:
        self.clauses = clauses
        self.reasons: dict[int, int] = dict(start.reasons) if start else {}
        self._spread_from: set[int] = set(start._spread_from) if start else set()
        # How many literals of each longer clause touched are lost, that is, their opposites held
        self._lost: dict[int, int] = dict(start._lost) if start else {}
        # For each literal whose reason is REFUTED, how many were held when its opposite was tried
        self.refuted: dict[int, int] = dict(start.refuted) if start else {}
        own = list(own)
        new = [literal for literal in own if literal not in self.reasons]
        self.reasons.update(dict.fromkeys(own, OWN))
        self._spread(new)
        if start is None:
            for clause, literals in enumerate(clauses.literals):
                if len(literals) == 1:
                    self._hold(literals[0], clause)

    @property
    def clashes(self) -> bool:
        """Whether both a literal and its opposite are held."""
        return any(literal & 1 and literal - 1 in self.reasons for literal in self.reasons)

    def accepts(self, number: int) -> bool:
        return 2 * number in self.reasons

    def rejects(self, number: int) -> bool:
        return 2 * number + 1 in self.reasons

    def refute(self, number: int, cut: int) -> None:
        """Take in that a statement cannot be accepted, as was found when `cut` literals were held."""
        if not self.rejects(number):
            self.refuted[2 * number + 1] = cut
            self._hold(2 * number + 1, REFUTED)

    def _hold(self, literal: int, reason: int) -> None:
        if literal not in self.reasons:
            self.reasons[literal] = reason
            self._spread([literal])

    def _spread(self, queue: list[int]) -> None:
        all_literals, losing, reasons = self.clauses.literals, self.clauses.losing, self.reasons
        lost, done = self._lost, self._spread_from
        for literal in queue:  # grows while it is read
            done.add(literal)
            for clause, left in losing.get(literal, ()):
                if left is not None and left ^ 1 not in reasons:
                    if left not in reasons:
                        reasons[left] = clause
                        queue.append(left)
                    continue
                literals = all_literals[clause]
                if left is None:
                    count = lost[clause] = lost.get(clause, 0) + 1
                else:
                    count = 2 if left ^ 1 in done else 0
                for other in literals if count >= len(literals) - 1 else ():
                    # With one literal left, that one follows; with none left, each follows from the others.
                    if other not in reasons and (count == len(literals) or other ^ 1 not in reasons):
                        reasons[other] = clause
                        queue.append(other)


_WIDEST = 1 << 15
"""So many bits are worth their while: by then numbers cost as much to reckon with as Python does to get to them."""


def refute_all(
    held: Sequence[Commitments],
    parts: Sequence[Collection[int]] | None = None,
    among: Collection[int] | None = None,
) -> None:
    """Find every statement that cannot be accepted beside what is held, and have it rejected.

    Args:
        held: What each of several holders holds under the same clauses; rejections are added to it.
        parts: The parts of the map (`Clauses.parts`) to look at for each; all when None.
        among: The statements to look at; all when None.
    """
    width = min(_WIDEST, width_of_pass(2 * len(held[0].clauses.ids)))
    for start in range(0, len(held), width):
        each = list(held[start : start + width])
        its = list((parts or [held[0].clauses.contradicted] * len(held))[start : start + width])
        while each and (among is None or among):
            before = [len(one.reasons) for one in each]
            tries = _worth_trying(each, its, among)
            wide = min(_WIDEST, width_of_pass(4 * len({number for _, number in tries})))
            found = [pair for at in range(0, len(tries), wide) for pair in _clashing(each, tries[at : at + wide])]
            for place, number in found:
                each[place].refute(number, before[place])
            on = [place for place, one in enumerate(each) if len(one.reasons) != before[place]]
            each, its = [each[place] for place in on], [its[place] for place in on]


class _Masks(dict[int, int]):
    """For each literal, the bits of the holders who hold it; worked out when it is asked for."""

    def __init__(self, held: Iterable[tuple[Commitments, int]]) -> None:
        self._bits = [(one.reasons, bits) for one, bits in held]

    def __missing__(self, literal: int) -> int:
        mask = 0
        for reasons, bits in self._bits:
            if literal in reasons:
                mask |= bits
        self[literal] = mask
        return mask


def _sweep(clauses: Clauses, literals: Iterable[int], visit: Callable[[tuple[int, ...]], Iterable[int]]) -> None:
    """Visit the clauses that lose one of these literals, then those that lose one that a visit changes.

    They are visited by their ranks, first up, then down, and so on: a long chain is gone through once.
    """
    (order, ranks), losing, sign = clauses.ranks, clauses.losing, 1
    now = sorted({ranks[clause] for literal in literals for clause, _ in losing.get(literal, ())})
    later: list[int] = []
    waiting = set(now)
    while now:
        at = heappop(now)
        waiting.discard(abs(at))
        for literal in visit(clauses.literals[order[abs(at)]]):
            for clause, _ in losing.get(literal, ()):
                rank = ranks[clause]
                if rank not in waiting:
                    waiting.add(rank)
                    if rank * sign > at:
                        heappush(now, rank * sign)
                    else:
                        later.append(-rank * sign)
        if not now:
            sign, now, later = -sign, later, []
            heapify(now)


def _worth_trying(
    held: Sequence[Commitments], parts: Sequence[Collection[int]], among: Collection[int] | None
) -> list[tuple[int, int]]:
    """What each holder, by place, should try: only what can lead to a contradiction or to what they reject."""
    clauses = held[0].clauses
    masks = _Masks((one, 1 << place) for place, one in enumerate(held))
    looking: dict[int, int] = {}
    reaching: dict[int, int] = {}
    for place, its in enumerate(parts):
        for part in its:
            looking[part] = looking.get(part, 0) | 1 << place
        for literal in held[place].reasons:
            if literal & 1:
                reaching[literal >> 1] = masks[literal]
    for part, bits in looking.items():
        for number in clauses.contradicted.get(part, ()):
            reaching[number] = reaching.get(number, 0) | bits

    def visit(literals: tuple[int, ...]) -> Iterator[int]:
        # A clause leads on only where all its heads can be rejected.
        bits = -1
        for literal in literals:
            if not literal & 1:
                bits &= reaching.get(literal >> 1, 0)
        for literal in literals if bits else ():
            number = literal >> 1
            if literal & 1 and bits & ~reaching.get(number, 0):
                reaching[number] = reaching.get(number, 0) | bits
                yield literal

    _sweep(clauses, [2 * number + 1 for number in reaching], visit)
    tries = []
    for number in reaching if among is None else reaching.keys() & among:
        bits = reaching[number] & ~masks[2 * number] & ~masks[2 * number + 1]
        bits &= ~_as_the_next(clauses, masks, reaching, number, bits)
        while bits:
            place = bits.bit_length() - 1
            bits ^= 1 << place
            tries.append((place, number))
    return sorted(tries)


def _as_the_next(clauses: Clauses, masks: _Masks, reaching: dict[int, int], number: int, bits: int) -> int:
    """For which holders accepting a statement comes to no more than accepting one other, which is tried instead."""
    relevant = 0
    for clause, _ in clauses.losing.get(2 * number, ()) if bits else ():
        literals = clauses.literals[clause]
        heads = [literal for literal in literals if not literal & 1]
        matters = bits
        for literal in literals:
            matters &= ~masks[literal]
        if heads and matters:
            reached = 0
            for literal in heads:
                reached |= reaching.get(literal >> 1, 0)
            matters &= reached
        # Where no other literal is left, and where one is, a head
        none_left, head_left = matters, 0
        for literal in literals if matters else ():
            if literal != 2 * number + 1:
                lost = masks[literal ^ 1]
                head_left &= lost
                if not literal & 1:
                    head_left |= none_left & ~lost
                none_left &= lost
        bits &= ~matters | head_left & ~relevant
        relevant |= matters
    return bits


def _clashing(held: Sequence[Commitments], tries: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Which statements, each accepted by itself beside what its holder holds, lead to a clash. One bit for each."""
    clauses = held[0].clauses
    blocks: dict[int, int] = {}
    tried: dict[int, int] = {}
    for at, (place, number) in enumerate(tries):
        blocks[place] = blocks.get(place, 0) | 1 << at
        tried[2 * number] = tried.get(2 * number, 0) | 1 << at
    masks = _Masks((held[place], bits) for place, bits in blocks.items())
    full = (1 << len(tries)) - 1
    clash = 0

    def visit(literals: tuple[int, ...]) -> Iterator[int]:
        nonlocal clash
        # Where all literals are lost, and where all are but one
        none_left, one_left = full, 0
        lost = [masks[literal ^ 1] | tried.get(literal ^ 1, 0) for literal in literals]
        for bits in lost:
            one_left = one_left & bits | none_left & ~bits
            none_left &= bits
        for literal, bits in zip(literals, lost, strict=True) if none_left or one_left else ():
            known = tried.get(literal, 0)
            if new := (none_left | one_left & ~bits) & ~known & ~masks[literal]:
                tried[literal] = known | new
                clash |= new & bits
                yield literal

    _sweep(clauses, list(tried), visit)
    return [pair for at, pair in enumerate(tries) if clash >> at & 1]


class HedgedCommitments:
    """What follows forward from acceptances only with the help of hedged steps or hedged acceptances.

    Statements are settled from strong to weak, each when the first way to it is found, so a circle lends nothing.

    Attributes:
        levels: By number, of what is accepted and all that follows.
        reasons: By number, the rule that a statement follows by; none for what is accepted.
    """

    def __init__(self, held: Commitments, hedged: dict[int, int]) -> None:
        """Reason forward.

        Args:
            held: What somebody holds plainly.
            hedged: The levels of the statements accepted with a hedge, by number.
        """
        clauses = held.clauses
        self.levels: dict[int, int] = {}
        self.reasons: dict[int, BindingStep] = {}
        counts: dict[int, int] = {}
        waiting: list[list[tuple[int, BindingStep | None]]] = [[] for _ in LEVELS]
        waiting[PLAIN] = [(literal >> 1, None) for literal in held.reasons if not literal & 1]
        for number, level in hedged.items():
            waiting[level].append((number, None))
        for level, found in enumerate(waiting):
            for number, reason in found:  # grows while it is read
                if number in self.levels:
                    continue
                self.levels[number] = level
                if reason is not None:
                    self.reasons[number] = reason
                for place in clauses.rules_from.get(number, ()):
                    rule = clauses.rules[place]
                    count = counts[place] = counts.get(place, 0) + 1
                    goes = count == len(rule.given) and all(map(held.rejects, rule.exceptions))
                    if goes and rule.source.ends not in clauses.without:
                        waiting[max(level, rule.level)].append((rule.target, rule))

    def chain(self, number: int) -> tuple[list[BindingStep], list[int]]:
        """The hedged steps behind a statement, in order; and the statements that they begin with."""
        seen = {number}
        queue = [number]
        for current in queue:  # grows while it is read
            if current in self.reasons:
                new = [given for given in self.reasons[current].given if given not in seen]
                seen.update(new)
                queue += new
        order = {each: place for place, each in enumerate(self.levels)}
        behind = sorted(seen, key=order.__getitem__)
        return [self.reasons[each] for each in behind if each in self.reasons], [
            each for each in behind if each not in self.reasons
        ]


def self_refuting(map: ArgumentMap) -> list[tuple[int, Commitments]]:
    """The smallest statements whose acceptance alone clashes, by number, with what each leads to.

    Of those in a circle, the earliest is given.

    Plain corollaries, bars and contradictions count; steps with exceptions do not. These clauses are Horn clauses, so
    a statement is refuted exactly if what follows from it clashes.
    """
    if not map.contradictions:
        return []
    firm = (s for s in map.steps if s.kind.binds and not s.exceptions and not map.by_id[s.target].exceptions)
    clauses = Clauses(evolve(map, steps=tuple(firm), stances=()))
    held = Commitments(clauses)
    refute_all([held])
    # Every refuted statement leads to one that was refuted by itself, not because of another.
    roots = [
        literal >> 1
        for literal, reason in held.reasons.items()
        if reason == REFUTED or len(clauses.literals[reason]) == 1
    ]
    reached = {root: _following(clauses, root) for root in roots}
    least = {
        min(number for number in reached[root] if held.rejects(number))
        for root in roots
        if all(root in reached[other] for other in roots if other in reached[root])
    }
    return [(number, Commitments(clauses, [2 * number])) for number in sorted(least)]


def _following(clauses: Clauses, number: int) -> set[int]:
    """All that follows forward from accepting one statement."""
    reached = {number}
    queue = [number]
    counts: dict[int, int] = {}
    for current in queue:  # grows while it is read
        for place in clauses.rules_from.get(current, ()):
            rule = clauses.rules[place]
            counts[place] = counts.get(place, 0) + 1
            if counts[place] == len(rule.given) and rule.level <= PLAIN and rule.target not in reached:
                reached.add(rule.target)
                queue.append(rule.target)
    return reached


@frozen(eq=False, repr=False)
class Trial:
    """How accepting a statement led to a clash.

    Attributes:
        reasons: What was derived beside what was held, in order, each with its clause; the statement tried
        first. clash: The literals that cannot be held together.
    """

    reasons: dict[int, int]
    clash: tuple[int, int]


def trial(held: Commitments, number: int, before: set[int]) -> Trial:
    """Try a statement again, to find how it leads to a clash; `before` is what was held at the time."""
    clauses: Clauses = held.clauses
    tried = {2 * number: OWN}
    queue = [2 * number]
    for literal in queue:  # grows while it is read
        for clause, _ in clauses.losing.get(literal, ()):
            literals = clauses.literals[clause]
            left = [o for o in literals if o ^ 1 not in before and o ^ 1 not in tried]
            for other in left if len(left) == 1 else () if left else literals:
                if other in before or other in tried:
                    continue
                tried[other] = clause
                if other ^ 1 in before or other ^ 1 in tried:
                    return Trial(tried, (other, other ^ 1))
                queue.append(other)
    raise AssertionError("a statement was refuted that leads to no clash")
