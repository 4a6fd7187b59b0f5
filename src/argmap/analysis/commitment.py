"""Who is committed to what, and where that goes against what they say.

Corollaries and bars are clauses that bind a holder who accepts their ground; reasons bind nobody. Propagating
single literals from somebody's own stances finds all that they are committed to accept and most that they
are committed to reject, and is complete where no clause has an exception (Dowling and Gallier 1984); the
rest of the rejections are found by trying. Doubts are stances, but nothing follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property, partial
from itertools import combinations, product
from typing import Any

from attrs import field, frozen

from argmap.analysis import sentences
from argmap.analysis.clauses import Clauses, Commitments, HedgedCommitments, refute_all
from argmap.analysis.derivations import LONGEST_CHAIN, ChainStep, Derivations
from argmap.analysis.network import LEVELS, PLAIN
from argmap.errors import ArgmapError, InvalidValueError
from argmap.model import ArgumentMap, Attitude, Qualifier, Stance, Step, counting
from argmap.model.step import Ends
from argmap.text.words import by_key, listed, suggestion
from argmap.validators import is_date

# A sentence looks back at so many literals; of a longer chain it shows the end.
_IN_A_SENTENCE = 12


_Links = Callable[[int | None], tuple[ChainStep, ...]]


class FindingKind(Enum):
    """What can be wrong with a holder's stances, worst first."""

    CLASH = "clash"
    """Committed both ways."""
    DISOWNED = "disowned"
    """Doubts what they are committed to."""
    OWES_EXCEPTION = "owes-exception"
    """Rejects or doubts what follows, and accepts none of the exceptions."""
    TENSION = "tension"
    """Rejects, or is committed to reject, what probably or presumably follows."""
    REJECTED_CONDITION = "rejected-condition"
    """Accepts a statement, but rejects or doubts a condition of the only step to it."""
    UNACKNOWLEDGED = "unacknowledged"
    """Silent on what they are committed to."""


@frozen(kw_only=True)
class Finding:
    """One thing found of one holder.

    Attributes:
        statement: The id of the statement concerned; of a rejected condition, the condition.
        attitude: What they are committed to: ACCEPT or REJECT.
        stances: The own stances that it comes down to: for a clash a smallest set of them, otherwise the
            first few.
        qualifier: Of a tension: how firmly the statement follows.
    """

    kind: FindingKind
    holder: str
    statement: str
    attitude: Attitude = Attitude.ACCEPT
    stances: tuple[Stance, ...] = ()
    qualifier: Qualifier | None = None
    _rejects: bool = False
    _map: ArgumentMap = field(repr=False, eq=False)
    _links: _Links = field(repr=False, eq=False)

    @cached_property
    def chain(self) -> tuple[ChainStep, ...]:
        """The steps from their stances to the statement, in order; of a very long chain, the end."""
        return self._links(LONGEST_CHAIN)

    @cached_property
    def ways_out(self) -> tuple[str, ...]:
        """How to resolve a clash, each a short phrase."""
        return tuple(self.each_way_out())

    def each_way_out(self) -> Iterator[str]:
        if self.kind is FindingKind.CLASH:
            yield from sentences.ways_out(self._map, self.stances, self._links(None))

    @cached_property
    def summary(self) -> str:
        """What was found, as a sentence without its full stop."""
        map, who, id = self._map, self.holder, self.statement
        if self.kind is FindingKind.CLASH:
            return sentences.clash(map, who, id, self.stances, self._links(None))
        links = self._links(_IN_A_SENTENCE)
        if self.kind is FindingKind.TENSION:
            return sentences.tension(map, who, id, self.qualifier, self.stances, links)
        if self.kind is FindingKind.OWES_EXCEPTION:
            return sentences.owes_exception(map, who, id, self._rejects, links)
        if self.kind is FindingKind.REJECTED_CONDITION:
            return sentences.rejected_condition(map, who, id, self._rejects, self._links(None))
        if self.kind is FindingKind.DISOWNED:
            return sentences.disowned(map, who, (id,), self.stances, links)
        return sentences.unacknowledged(map, who, id, self.attitude, self.stances, links)

    @cached_property
    def sentence(self) -> str:
        """What was found, and for a clash the ways out."""
        out = f" A way out: {listed(self.ways_out, 'or', shown=6)}." if self.ways_out else ""
        return f"{self.summary}.{out}"


@frozen(kw_only=True, eq=False)
class Position:
    """What one holder says, and what that commits them to. All ids are in the map's order.

    Attributes:
        accepts, rejects, doubts: Their own stances on statements; a hedged rejection counts as a doubt.
        steps: Their own stances on steps.
        must_accept, must_reject: Commitments that are not own stances of the same kind.
    """

    map: ArgumentMap = field(repr=False)
    holder: str
    accepts: tuple[str, ...]
    rejects: tuple[str, ...]
    doubts: tuple[str, ...]
    steps: tuple[Stance, ...] = ()
    must_accept: tuple[str, ...]
    must_reject: tuple[str, ...]
    _derivations: Derivations = field(repr=False)
    # The stances that count in full, by literal
    _stances: dict[int, Stance] = field(repr=False)
    # How firmly each statement is accepted with a hedge, by number
    _hedges: dict[int, int] = field(repr=False)
    _said: dict[str, Stance] = field(repr=False)

    def chain(self, id: str, attitude: Attitude = Attitude.ACCEPT) -> tuple[ChainStep, ...]:
        """The whole chain by which they are committed to accept (or reject) a statement; empty if they are
        not.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        number = self._derivations.held.clauses.index[self.map[id].id]
        literal = 2 * number + (attitude is Attitude.REJECT)
        return self._derivations.links([literal]) if literal in self._derivations.held.reasons else ()

    def stance(self, id: str) -> Stance | None:
        """Their own stance on a statement, if they have one that counts."""
        return self._said.get(id)

    def own(self, id: str) -> tuple[Attitude, ...]:
        """Their own stance on a statement, as it counts; nothing where they have none."""
        return (self._said[id].effect[0],) if id in self._said else ()

    def bound(self, id: str) -> tuple[Attitude, ...]:
        """Their commitments to a statement beyond what they say: ACCEPT, REJECT, both or neither."""
        return tuple(attitude for attitude, ids in self._bound.items() if id in ids)

    @property
    def _left_out(self) -> frozenset[Ends]:
        return self._derivations.held.clauses.without

    @cached_property
    def _forward(self) -> HedgedCommitments | None:
        clauses = self._derivations.held.clauses
        if not self._hedges and clauses.all_plain:
            return None
        return HedgedCommitments(self._derivations.held, self._hedges)

    @cached_property
    def hedged(self) -> tuple[tuple[str, Qualifier], ...]:
        """What follows only with the help of hedged corollaries or hedged acceptances, and how firmly."""
        held, ids = self._derivations.held, self._derivations.held.clauses.ids
        return tuple(
            (ids[number], qualifier)
            for number, level in sorted(self._forward.levels.items() if self._forward else ())
            if number not in self._hedges and not held.accepts(number) and (qualifier := LEVELS[level])
        )

    @cached_property
    def _bound(self) -> dict[Attitude, frozenset[str]]:
        return {Attitude.ACCEPT: frozenset(self.must_accept), Attitude.REJECT: frozenset(self.must_reject)}

    @cached_property
    def clashing(self) -> frozenset[str]:
        """The ids that they are committed both to accept and to reject."""
        reasons = self._derivations.held.reasons
        ids = self._derivations.held.clauses.ids
        return frozenset(ids[literal >> 1] for literal in reasons if not literal & 1 and literal + 1 in reasons)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, worst first, then in the map's order."""
        return (*self.contested, *self.unacknowledged())

    @cached_property
    def contested(self) -> tuple[Finding, ...]:
        """The findings that are no mere silence: there can be as many of those as holders times statements."""
        return (*self._clashes(), *self._disowned(), *self._owing(), *self._tensions(), *self._rejected_conditions())

    def _clashes(self) -> Iterator[Finding]:
        clauses = self._derivations.held.clauses
        for clash in self._derivations.clashes:
            inner = Derivations(clash.held)
            links = inner.links(clash.literals)
            stances = tuple(self._stances[literal] for literal in inner.own(clash.literals))
            id = clauses.ids[clash.literals[0] >> 1]
            yield self._made(FindingKind.CLASH, id, _last(links), stances=stances)

    def _disowned(self) -> Iterator[Finding]:
        index, reasons = self._derivations.held.clauses.index, self._derivations.held.reasons
        for id in self.doubts:
            if 2 * index[id] in reasons:
                yield self._finding(FindingKind.DISOWNED, id, 2 * index[id])

    def _owing(self) -> Iterator[Finding]:
        """The steps whose ground they grant and whose target they do not, and the exceptions they do not name."""
        clauses, held = self._derivations.held.clauses, self._derivations.held
        for id in sorted((*self.rejects, *self.doubts), key=clauses.index.__getitem__):
            for rule in clauses.rules_to.get(clauses.index[id], ()):
                owes = rule.exceptions and rule.level <= PLAIN and rule.source.ends not in self._left_out
                granted = owes and all(held.accepts(number) for number in rule.given)
                named = any(held.accepts(number) or number in self._hedges for number in rule.exceptions)
                if granted and not named and not all(held.rejects(number) for number in rule.exceptions):
                    yield self._of_step(FindingKind.OWES_EXCEPTION, id, rule.source, id in self.rejects)

    def _tensions(self) -> Iterator[Finding]:
        forward, held, clauses = self._forward, self._derivations.held, self._derivations.held.clauses
        for id, qualifier in self.hedged:
            number = clauses.index[id]
            if qualifier is Qualifier.POSSIBLY or not held.rejects(number) or forward is None:
                continue
            rules, first = forward.chain(number)
            plain = [2 * each for each in first if held.accepts(each)]
            links = (
                *self._derivations.links(plain),
                *(ChainStep(source=r.source, statement=clauses.ids[r.target], attitude=Attitude.ACCEPT) for r in rules),
            )
            literals = [*self._derivations.own(plain), 2 * number + 1]
            stances = [self._stances[literal] for literal in literals if literal in self._stances]
            hedges = {clauses.ids[each] for each in first if each in self._hedges}
            stances += [self._said[id] for id in self.accepts if id in hedges]
            yield self._made(FindingKind.TENSION, id, _last(links), stances=tuple(stances), qualifier=qualifier)

    def _rejected_conditions(self) -> Iterator[Finding]:
        against = {*self.rejects, *self.doubts}
        for id in self.accepts if against else ():
            steps = [step for step in self.map.steps_to.get(id, ()) if step.kind.supports]
            if len(steps) == 1:
                for condition in dict.fromkeys((*steps[0].conditions, *self.map.by_id[id].conditions)):
                    if condition in against:
                        rejects = condition in self.rejects
                        yield self._of_step(FindingKind.REJECTED_CONDITION, condition, steps[0], rejects)

    def _of_step(self, kind: FindingKind, id: str, step: Step, rejects: bool) -> Finding:
        link = ChainStep(source=step, statement=step.target, attitude=Attitude.ACCEPT)
        return self._made(kind, id, _last((link,)), rejects=rejects)

    def _made(self, kind: FindingKind, id: str, links: _Links, **more: Any) -> Finding:
        return Finding(kind=kind, holder=self.holder, statement=id, map=self.map, links=links, **more)

    def unacknowledged(self) -> Iterator[Finding]:
        """What the holder is committed to without saying so."""
        for literal in self._unsaid:
            id = self._derivations.held.clauses.ids[literal >> 1]
            yield self._finding(FindingKind.UNACKNOWLEDGED, id, literal)

    @property
    def unsaid(self) -> int:
        """How many findings are of that kind."""
        return len(self._unsaid)

    @cached_property
    def _unsaid(self) -> list[int]:
        index = self._derivations.held.clauses.index
        # What clashes is reported as a clash.
        silent = {*self.accepts, *self.rejects, *self.doubts, *self.clashing}
        literals = [2 * index[id] for id in self.must_accept if id not in silent]
        literals += [2 * index[id] + 1 for id in self.must_reject if id not in silent]
        return sorted(literals)

    def _finding(self, kind: FindingKind, id: str, literal: int) -> Finding:
        derivations = self._derivations
        attitude = Attitude.REJECT if literal & 1 else Attitude.ACCEPT
        stances = tuple(self._stances[own] for own in derivations.few_own(literal))
        links = partial(derivations.links, [literal])
        return self._made(kind, id, links, stances=stances, attitude=attitude)


def _last(links: tuple[ChainStep, ...]) -> _Links:
    return lambda most: links if most is None else links[-most:]


@frozen(kw_only=True, eq=False)
class Positions:
    """The positions of everybody who holds something, in order of first appearance; `positions["Rice"]` is
    one."""

    map: ArgumentMap = field(repr=False)
    all: tuple[Position, ...]
    _bases: _Bases = field(repr=False)

    def __iter__(self) -> Iterator[Position]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, holder: str) -> Position:
        """The position of one holder.

        Raises:
            ArgmapError: nobody of that name holds anything in the map.
        """
        for position in self.all:
            if position.holder == holder:
                return position
        hint = suggestion(holder, self.map.holders)
        raise ArgmapError(f"nobody called {holder} holds anything in this map{hint}")


def positions(map: ArgumentMap, on: str | None = None) -> Positions:
    """What each holder is committed to by the corollaries, bars and contradictions, and what goes against it.

    Unit propagation on clauses (Dowling and Gallier 1984): linear in what a holder's stances touch, and
    complete where no step has an exception. With exceptions it says what is certain and no more.

    Args:
        map: A map whose names resolve.
        on: A date, as YYYY, YYYY-MM or YYYY-MM-DD; stances taken later are left out.

    Raises:
        DocumentError: the map uses a label that it does not define.
        InvalidValueError: `on` is not a date.

    Example:
        >>> from argmap import parse
        >>> map = parse("(a) It is raining.\\n    => (b) The street is wet.\\n\\n@ Ann: accept (a)")
        >>> positions(map)["Ann"].must_accept
        ('b',)
    """
    if on is not None and not is_date(on):
        raise InvalidValueError(f"“{on}” is not a date; write 2007, 2007-05 or 2007-05-28")
    bases = _Bases(map)
    said: dict[str, list[Stance]] = {holder: [] for holder in map.holders}
    for stance in counting(map.stances, on):
        said[stance.holder].append(stance)
    bases.hold(_effects(bases.index, stances)[-1] for stances in said.values())
    every = tuple(_position(bases, holder, stances) for holder, stances in said.items())
    return Positions(map=map, all=every, bases=bases)


class _Bases:
    """What holds for everybody who leaves out the same steps, before any stance."""

    def __init__(self, map: ArgumentMap) -> None:
        self._all = Commitments(Clauses(map))
        if map.stances:
            refute_all([self._all])
        self._fewer: dict[frozenset[Ends], tuple[Commitments, set[int]]] = {frozenset(): (self._all, set())}
        self.index = self._all.clauses.index
        self.held: dict[_Held, Derivations] = {}

    def without(self, steps: frozenset[Ends]) -> tuple[Commitments, set[int]]:
        """What is held with no stance, and the parts of the map where that differs because steps are left out."""
        if steps not in self._fewer:
            clauses, touched = self._all.clauses.leaving_out(steps)
            held = Commitments(clauses)
            # With fewer clauses, no more statements are refuted.
            refute_all([held], among={literal >> 1 for literal in self._all.reasons})
            self._fewer[steps] = held, touched
        return self._fewer[steps]

    def hold(self, wanted: Iterable[_Held]) -> None:
        """Work out what follows for all who leave out certain steps and hold certain literals."""
        by_steps: dict[frozenset[Ends], dict[_Held, None]] = {}
        for each in wanted:
            by_steps.setdefault(each[0], {})[each] = None
        for steps, those in by_steps.items():
            empty, touched = self.without(steps)
            held = [Commitments(empty.clauses, own, empty) for _, own in those]
            parts = empty.clauses.parts
            refute_all(held, [touched | {parts[literal >> 1] for literal in own} for _, own in those])
            self.held |= zip(those, (Derivations(each, empty) for each in held), strict=True)


_Held = tuple[frozenset[Ends], tuple[int, ...]]
"""Steps that somebody leaves out, and literals that they hold."""


def _effects(
    index: dict[str, int], stances: list[Stance]
) -> tuple[dict[Attitude, dict[int, Stance]], dict[int, Stance], dict[int, int], _Held]:
    """The stances of one holder by attitude, those that count in full by literal, and how firm the hedged ones are."""
    by_attitude: dict[Attitude, dict[int, Stance]] = {attitude: {} for attitude in Attitude}
    hedges: dict[int, int] = {}
    for stance in stances:
        if stance.statement is not None:
            attitude, hedge = stance.effect
            number = index[stance.statement]
            by_attitude[attitude][number] = stance
            if hedge is not None:
                hedges[number] = LEVELS.index(hedge)
    own = {2 * number: s for number, s in by_attitude[Attitude.ACCEPT].items() if number not in hedges}
    own |= {2 * number + 1: stance for number, stance in by_attitude[Attitude.REJECT].items()}
    left_out = frozenset(s.step.ends for s in stances if s.step and s.attitude is not Attitude.ACCEPT)
    return by_attitude, own, hedges, (left_out, tuple(sorted(own)))


def _position(bases: _Bases, holder: str, stances: list[Stance]) -> Position:
    said, own, hedges, held = _effects(bases.index, stances)
    derivations = bases.held[held]
    clauses, bound = derivations.held.clauses, derivations.bound

    def ids(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple([clauses.ids[number] for number in numbers])

    return Position(
        map=clauses.map,
        holder=holder,
        accepts=ids(sorted(said[Attitude.ACCEPT])),
        rejects=ids(sorted(said[Attitude.REJECT])),
        doubts=ids(sorted(said[Attitude.DOUBT])),
        steps=tuple(stance for stance in stances if stance.step is not None),
        must_accept=ids(
            literal >> 1 for literal in bound if not literal & 1 and literal >> 1 not in said[Attitude.ACCEPT]
        ),
        must_reject=ids(literal >> 1 for literal in bound if literal & 1),
        derivations=derivations,
        stances=own,
        hedges=hedges,
        said={stance.statement: stance for stance in stances if stance.statement is not None},
    )


@frozen(kw_only=True)
class Agreement:
    """What two holders have in common and what divides them; ids, in the map's order.

    Attributes:
        both_say: What both accept in their own words.
        both_committed: What each accepts or is committed to, and not both say.
        neither: What both doubt or reject.
        disputes: What one accepts or is committed to, and the other rejects, doubts or is committed to reject.
        crux: A smallest set of stances, of both, that clash together; empty if there is none.
        exhausted: Whether the search for the crux ran to its end. If not, there may be a smaller one.
    """

    first: str
    second: str
    both_say: tuple[str, ...]
    both_committed: tuple[str, ...]
    neither: tuple[str, ...]
    disputes: tuple[str, ...]
    crux: tuple[Stance, ...]
    exhausted: bool = True


def between(map: ArgumentMap, first: str, second: str, found: Positions | None = None) -> Agreement:
    """Compare two holders.

    The crux is sought by trying sets of their acceptances and rejections, the smallest first, up to 2,000.

    Args:
        found: The positions of the map, if they have been worked out already.

    Raises:
        ArgmapError: nobody of that name holds anything in the map, or both names are the same.
        DocumentError: the map uses a label that it does not define.
    """
    if first == second:
        raise ArgmapError(f"{first} cannot be compared with itself; name two holders")
    found = found or positions(map)
    pair = found[first], found[second]
    says, denies = ([set(p.accepts) for p in pair], [{*p.doubts, *p.rejects} for p in pair])
    grants = [{*p.accepts, *p.must_accept} for p in pair]
    against = [denied | set(p.must_reject) for p, denied in zip(pair, denies, strict=True)]
    both_say = says[0] & says[1]

    def ids(some: set[str]) -> tuple[str, ...]:
        return tuple(statement.id for statement in map.statements if statement.id in some)

    crux, exhausted = _crux(found, *pair)
    return Agreement(
        first=first,
        second=second,
        both_say=ids(both_say),
        both_committed=ids((grants[0] & grants[1]) - both_say),
        neither=ids(denies[0] & denies[1]),
        disputes=ids((grants[0] & against[1]) | (grants[1] & against[0])),
        crux=crux,
        exhausted=exhausted,
    )


# A stance as a literal, with the place of its holder
_Item = tuple[int, int, Stance]
_MOST_TRIED = 2_000
_MOST_LOOKED_AT = 50_000


def _crux(found: Positions, one: Position, two: Position) -> tuple[tuple[Stance, ...], bool]:
    """A smallest set of stances, of both holders, that clash together while no part clashes; whether it is sure."""
    empty, _ = found._bases.without(frozenset(one._left_out | two._left_out))
    parts = empty.clauses.parts
    tied = [{parts[literal >> 1] for literal in position._stances} for position in (one, two)]
    sides = [
        [
            (literal, place, stance)
            for literal, stance in sorted(position._stances.items())
            if parts[literal >> 1] in tied[0] & tied[1]
        ]
        for place, position in enumerate((one, two))
    ]

    def clash(items: Iterable[_Item]) -> bool:
        return Commitments(empty.clauses, sorted({item[0] for item in items}), empty).clashes

    def is_least(items: Sequence[_Item]) -> bool:
        return clash(items) and not any(clash([*items[:n], *items[n + 1 :]]) for n in range(len(items)))

    if not clash([*sides[0], *sides[1]]):
        return (), True
    tried = 0
    for looked, items in enumerate(_sets([*sides[0], *sides[1]])):
        if len({place for _, place, _ in items}) == 2:
            tried += 1
            if tried > _MOST_TRIED:
                break
            if is_least(items):
                return tuple(stance for _, _, stance in items), True
        if looked > _MOST_LOOKED_AT:
            break
    else:
        return (), True
    # Of each what is at one with itself; then one after the other is left out, as long as the rest clashes.
    kept: list[_Item] = []
    for side in sides:
        own: list[_Item] = []
        for item in side:
            own += [item] if not clash([*own, item]) else []
        kept += own
    if not clash(kept):
        return (), False
    for item in list(kept):
        rest = [other for other in kept if other is not item]
        kept = rest if clash(rest) else kept
    return tuple(stance for _, _, stance in sorted(kept, key=lambda item: (item[0] >> 1, item[1]))), False


def _sets(items: list[_Item]) -> Iterator[tuple[_Item, ...]]:
    """All sets of two or more, the smallest first; then by the statements' places, then by the order of holders."""
    at = by_key((item[0] >> 1, item) for item in sorted(items, key=lambda item: (item[0] >> 1, item[1])))
    places = list(at)

    def of(size: int, start: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """Places, and how many stances from each."""
        if not size:
            yield ()
            return
        for number in range(start, len(places)):
            for count in range(min(size, len(at[places[number]])), 0, -1):
                for rest in of(size - count, number + 1):
                    yield ((places[number], count), *rest)

    for size in range(2, len(items) + 1):
        for some in of(size, 0):
            for chosen in product(*(combinations(at[place], count) for place, count in some)):
                yield tuple(item for group in chosen for item in group)
