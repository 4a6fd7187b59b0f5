"""Who is committed to what, and where that goes against what they say.

Corollaries and bars are clauses that bind a holder who accepts their ground; reasons bind nobody. Propagating
single literals from somebody's own stances finds all that they are committed to accept and most that they
are committed to reject, and is complete where no clause has an exception (Dowling and Gallier 1984); the
rest of the rejections are found by trying. Doubts are stances, but nothing follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from argmap.analysis import sentences
from argmap.analysis.clauses import OWN, Clauses, Commitments, refute_all
from argmap.analysis.derivations import LONGEST_CHAIN, ChainStep, Derivations, find_clashes
from argmap.analysis.grounded import falls_in, settle, width_of_pass
from argmap.analysis.network import FALLS, Network, bits
from argmap.errors import ArgmapError
from argmap.model import ArgumentMap, Attitude, Stance, counting
from argmap.text.words import listed, nearest

# A sentence looks back at so many literals; of a longer chain it shows the end.
_IN_A_SENTENCE = 12


class FindingKind(Enum):
    """What can be wrong with a holder's stances, worst first."""

    CLASH = "clash"
    """Committed both ways."""
    DISOWNED = "disowned"
    """Doubts what they are committed to."""
    UNACKNOWLEDGED = "unacknowledged"
    """Silent on what they are committed to."""


@frozen(kw_only=True)
class Finding:
    """One thing found of one holder.

    Attributes:
        statement: The id of the statement concerned.
        attitude: What they are committed to: ACCEPT or REJECT.
        stances: The own stances that it comes down to: for a clash a smallest set of them, otherwise the
            first few.
        ways_out: How to resolve a clash, each a short phrase.
    """

    kind: FindingKind
    holder: str
    statement: str
    attitude: Attitude
    stances: tuple[Stance, ...] = ()
    ways_out: tuple[str, ...] = ()
    _map: ArgumentMap = field(repr=False, eq=False)
    _links: Callable[[int | None], tuple[ChainStep, ...]] = field(repr=False, eq=False)

    @cached_property
    def chain(self) -> tuple[ChainStep, ...]:
        """The steps from their stances to the statement, in order; of a very long chain, the end."""
        return self._links(LONGEST_CHAIN)

    @cached_property
    def summary(self) -> str:
        """What was found, as a sentence without its full stop."""
        map, who, id = self._map, self.holder, self.statement
        if self.kind is FindingKind.CLASH:
            return sentences.clash(map, who, id, self.stances, self._links(None))
        links = self._links(_IN_A_SENTENCE)
        if self.kind is FindingKind.DISOWNED:
            return sentences.disowned(map, who, id, self.stances, links)
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
        accepts, rejects, doubts: Their own stances.
        must_accept, must_reject: Commitments that are not own stances of the same kind.
    """

    map: ArgumentMap = field(repr=False)
    holder: str
    accepts: tuple[str, ...]
    rejects: tuple[str, ...]
    doubts: tuple[str, ...]
    must_accept: tuple[str, ...]
    must_reject: tuple[str, ...]
    _derivations: Derivations = field(repr=False)
    _empty: Commitments = field(repr=False)

    def chain(self, id: str, attitude: Attitude = Attitude.ACCEPT) -> tuple[ChainStep, ...]:
        """The whole chain by which they are committed to accept (or reject) a statement; empty if they are
        not.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        number = self._derivations.held.clauses.index[self.map[id].id]
        literal = 2 * number + (attitude is Attitude.REJECT)
        return self._derivations.links([literal]) if literal in self._derivations.held.reasons else ()

    def own(self, id: str) -> tuple[Attitude, ...]:
        """Their own stances to a statement."""
        return tuple(attitude for attitude, ids in self._own.items() if id in ids)

    def bound(self, id: str) -> tuple[Attitude, ...]:
        """Their commitments to a statement beyond what they say: ACCEPT, REJECT, both or neither."""
        return tuple(attitude for attitude, ids in self._bound.items() if id in ids)

    def attitudes(self, id: str) -> tuple[Attitude, ...]:
        """Their own stances to a statement or, if there are none, their commitments."""
        return self.own(id) or self.bound(id)

    @cached_property
    def _own(self) -> dict[Attitude, frozenset[str]]:
        return {
            Attitude.ACCEPT: frozenset(self.accepts),
            Attitude.DOUBT: frozenset(self.doubts),
            Attitude.REJECT: frozenset(self.rejects),
        }

    @cached_property
    def _bound(self) -> dict[Attitude, frozenset[str]]:
        return {Attitude.ACCEPT: frozenset(self.must_accept), Attitude.REJECT: frozenset(self.must_reject)}

    @cached_property
    def clashing(self) -> frozenset[str]:
        """The ids that they are committed both to accept and to reject."""
        reasons = self._derivations.held.reasons
        ids = self._derivations.held.clauses.ids
        return frozenset(
            ids[literal >> 1] for literal in reasons if not literal & 1 and literal + 1 in reasons
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, worst first, then in the map's order."""
        return (*self._clashes(), *self._disowned(), *self._unacknowledged())

    def _clashes(self) -> Iterator[Finding]:
        clauses = self._derivations.held.clauses
        for clash in find_clashes(self._derivations, self._empty):
            inner = Derivations(clash.held)
            links = inner.links(clash.literals)
            stances = tuple(self._stances[literal] for literal in inner.own(clash.literals))
            yield Finding(
                kind=FindingKind.CLASH,
                holder=self.holder,
                statement=clauses.ids[clash.literals[0] >> 1],
                attitude=Attitude.ACCEPT,
                stances=stances,
                ways_out=tuple(sentences.ways_out(self.map, stances, links)),
                map=self.map,
                links=lambda most, links=links: links if most is None else links[-most:],  # type: ignore[misc]
            )

    def _disowned(self) -> Iterator[Finding]:
        index, reasons = self._derivations.held.clauses.index, self._derivations.held.reasons
        for id in self.doubts:
            if 2 * index[id] in reasons:
                yield self._finding(FindingKind.DISOWNED, id, 2 * index[id])

    def _unacknowledged(self) -> Iterator[Finding]:
        index = self._derivations.held.clauses.index
        # What clashes is reported as a clash.
        silent = {*self.accepts, *self.rejects, *self.doubts, *self.clashing}
        literals = [2 * index[id] for id in self.must_accept if id not in silent]
        literals += [2 * index[id] + 1 for id in self.must_reject if id not in silent]
        for literal in sorted(literals):
            id = self._derivations.held.clauses.ids[literal >> 1]
            yield self._finding(FindingKind.UNACKNOWLEDGED, id, literal)

    def _finding(self, kind: FindingKind, id: str, literal: int) -> Finding:
        derivations = self._derivations
        return Finding(
            kind=kind,
            holder=self.holder,
            statement=id,
            attitude=Attitude.REJECT if literal & 1 else Attitude.ACCEPT,
            stances=tuple(self._stances[own] for own in derivations.few_own[literal]),
            map=self.map,
            links=lambda most: derivations.links([literal], most),
        )

    @cached_property
    def _stances(self) -> dict[int, Stance]:
        index = self._derivations.held.clauses.index
        found: dict[int, Stance] = {}
        for stance in self.map.stances:
            if (
                stance.holder == self.holder
                and stance.statement is not None
                and stance.attitude in (Attitude.ACCEPT, Attitude.REJECT)
            ):
                literal = 2 * index[stance.statement] + (stance.attitude is Attitude.REJECT)
                found.setdefault(literal, stance)
        return found


@frozen(kw_only=True, eq=False)
class Positions:
    """The positions of everybody who holds something, in order of first appearance; `positions["Rice"]` is
    one."""

    map: ArgumentMap = field(repr=False)
    all: tuple[Position, ...]

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
        near = nearest(holder, self.map.holders)
        hint = f"; did you mean {near}?" if near else ""
        raise ArgmapError(f"nobody called {holder} holds anything in this map{hint}")


def positions(map: ArgumentMap) -> Positions:
    """What each holder is committed to by the corollaries, bars and contradictions, and what goes against it.

    Unit propagation on clauses (Dowling and Gallier 1984): linear in what a holder's stances touch, and
    complete where no step has an exception. With exceptions it says what is certain and no more.

    Raises:
        DocumentError: the map uses a label that it does not define.

    Example:
        >>> from argmap import parse
        >>> map = parse("(a) It is raining.\\n    => (b) The street is wet.\\n\\n@ Ann: accept (a)")
        >>> positions(map)["Ann"].must_accept
        ('b',)
    """
    clauses = Clauses(map)
    empty = Commitments(clauses)
    if map.stances:
        refute_all(empty)
    own: dict[str, dict[Attitude, set[int]]] = {}
    for holder in map.holders:
        own[holder] = {attitude: set() for attitude in Attitude}
    for stance in counting(map.stances):
        if stance.statement is not None:
            own[stance.holder][stance.effect[0]].add(clauses.index[stance.statement])
    return Positions(
        map=map, all=tuple(_position(clauses, empty, holder, said) for holder, said in own.items())
    )


def _position(clauses: Clauses, empty: Commitments, holder: str, said: dict[Attitude, set[int]]) -> Position:
    literals = [2 * number for number in said[Attitude.ACCEPT]]
    literals += [2 * number + 1 for number in said[Attitude.REJECT]]
    held = Commitments(clauses, sorted(literals), empty)
    refute_all(held, {clauses.parts[literal >> 1] for literal in literals})
    bound = sorted(literal for literal, reason in held.reasons.items() if reason != OWN)

    def ids(numbers: Iterator[int] | list[int]) -> tuple[str, ...]:
        return tuple(clauses.ids[number] for number in numbers)

    return Position(
        map=clauses.map,
        holder=holder,
        accepts=ids(sorted(said[Attitude.ACCEPT])),
        rejects=ids(sorted(said[Attitude.REJECT])),
        doubts=ids(sorted(said[Attitude.DOUBT])),
        must_accept=ids(literal >> 1 for literal in bound if not literal & 1),
        must_reject=ids(literal >> 1 for literal in bound if literal & 1),
        derivations=Derivations(held),
        empty=empty,
    )


@frozen(kw_only=True)
class Agreement:
    """What two holders have in common and what divides them; ids, in the map's order.

    Attributes:
        common: What both accept, in words or by commitment.
        disputes: What one accepts and the other rejects or doubts.
        crux: The disputed statements that rest on no other disputed one.
    """

    first: str
    second: str
    common: tuple[str, ...]
    disputes: tuple[str, ...]
    crux: tuple[str, ...]


def between(map: ArgumentMap, first: str, second: str, found: Positions | None = None) -> Agreement:
    """Compare two holders. What somebody says goes before what they are committed to.

    A disputed statement rests on another if withdrawing that one alone makes it fall. One that falls as
    written rests on all that its steps lead back to.

    Args:
        found: The positions of the map, if they have been worked out already.

    Raises:
        ArgmapError: nobody of that name holds anything in the map, or both names are the same.
        DocumentError: the map uses a label that it does not define.
    """
    if first == second:
        raise ArgmapError(f"{first} cannot be compared with itself; name two holders")
    found = found or positions(map)
    one, two = found[first], found[second]
    common, disputes = [], []
    for statement in map.statements:
        left, right = set(one.attitudes(statement.id)), set(two.attitudes(statement.id))
        if left == right == {Attitude.ACCEPT}:
            common.append(statement.id)
        elif Attitude.ACCEPT in left | right and left and right and left != right:
            disputes.append(statement.id)
    return Agreement(
        first=first,
        second=second,
        common=tuple(common),
        disputes=tuple(disputes),
        crux=_crux(map, disputes),
    )


def _crux(map: ArgumentMap, disputes: list[str]) -> tuple[str, ...]:
    """The disputed statements that rest on no disputed one, except on those that also rest on them."""
    if not disputes:
        return ()
    network = Network(map)
    numbers = [network.index[id] for id in disputes]
    rests = _resting(network, numbers)
    return tuple(
        id
        for place, id in enumerate(disputes)
        if all(rests[other] >> place & 1 for other in bits(rests[place]))
    )


def _resting(network: Network, numbers: list[int]) -> list[int]:
    """For each of some statements, the others that it rests on, as bits by their places in the list."""
    before = settle(network, {}).values
    rests = [0] * len(numbers)
    order = network.nodes
    width = width_of_pass(len(order))
    for start in range(0, len(numbers), width):
        batch = numbers[start : start + width]
        gone = {number: 1 << place for place, number in enumerate(batch)}
        falls = falls_in(network, {}, gone, len(batch), order)
        for place, number in enumerate(numbers):
            if before[number] != FALLS:
                rests[place] |= falls[number] << start
    place_of = {number: place for place, number in enumerate(numbers)}
    for place, number in enumerate(numbers):
        if before[number] == FALLS:
            for other in _back(network, number):
                if other in place_of:
                    rests[place] |= 1 << place_of[other]
        rests[place] &= ~(1 << place)
    return rests


def _back(network: Network, number: int) -> list[int]:
    """All that the steps for a statement lead back to."""
    seen = {number}
    queue = [number]
    for current in queue:  # grows while it is read
        for step in network.supports.get(current, ()):
            for need in network.premises(step):
                if need not in seen:
                    seen.add(need)
                    queue.append(need)
    return queue[1:]
