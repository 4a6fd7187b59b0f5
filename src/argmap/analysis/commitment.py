"""Who is committed to what, and where that goes against what they say.

Corollaries and bars are clauses that bind whoever grants their ground; reasons bind nobody. Propagating
single literals from somebody's own stances finds all that they are committed to accept and most that they
are committed to reject, and is complete where no clause has an exception (Dowling and Gallier 1984); the
rest of the rejections are found by trying. Doubts are stances, but nothing follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from argmap.analysis.clashes import find_clashes
from argmap.analysis.clauses import OWN, Clauses, Held
from argmap.analysis.derivations import LONGEST_CHAIN, Derivations, Link
from argmap.analysis.refuting import refute_all
from argmap.errors import ArgmapError
from argmap.model import ArgumentMap, Attitude, Stance
from argmap.text.nearest import nearest

# So many literals are looked back at for a sentence; a longer chain is not told in full.
_TOLD = 12


class FindingKind(Enum):
    """What can be found of somebody's stances, worst first."""

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
        stances: The own stances that it comes down to (for a clash, a smallest set of them; else the first
        few). ways_out: Of a clash: what they could do, each a short phrase.
    """

    kind: FindingKind
    holder: str
    statement: str
    attitude: Attitude
    stances: tuple[Stance, ...] = ()
    ways_out: tuple[str, ...] = ()
    _map: ArgumentMap = field(repr=False, eq=False)
    _links: Callable[[int | None], tuple[Link, ...]] = field(repr=False, eq=False)

    @cached_property
    def chain(self) -> tuple[Link, ...]:
        """The steps from their stances to the statement, in order; of a very long chain, the end."""
        return self._links(LONGEST_CHAIN)

    @cached_property
    def sentence(self) -> str:
        """The finding in words."""
        from argmap.analysis.sentences import clash_sentence, commitment_sentence

        if self.kind is FindingKind.CLASH:
            return clash_sentence(self._map, self, self._links(None))
        return commitment_sentence(self._map, self, self._links(_TOLD))


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
    _empty: Held = field(repr=False)

    def chain(self, id: str, attitude: Attitude = Attitude.ACCEPT) -> tuple[Link, ...]:
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
        """What they are committed to about a statement beyond what they say: ACCEPT, REJECT, both or
        neither."""
        return tuple(attitude for attitude, ids in self._bound.items() if id in ids)

    def attitudes(self, id: str) -> tuple[Attitude, ...]:
        """What they make of a statement: their own stances, or where there are none, their commitments."""
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
        from argmap.analysis.sentences import ways_out

        clauses = self._derivations.held.clauses
        for clash in find_clashes(self._derivations, self._empty):
            inner = Derivations(clash.held)
            links = inner.links(clash.literals)
            stances = tuple(self._stance(literal) for literal in inner.own(clash.literals))
            yield Finding(
                kind=FindingKind.CLASH,
                holder=self.holder,
                statement=clauses.ids[clash.literals[0] >> 1],
                attitude=Attitude.ACCEPT,
                stances=stances,
                ways_out=tuple(ways_out(self.map, stances, links)),
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
        # What clashes is told of as a clash.
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
            stances=tuple(self._stance(own) for own in derivations.few_own[literal]),
            map=self.map,
            links=lambda most: derivations.links([literal], most),
        )

    def _stance(self, literal: int) -> Stance:
        return self._stances[literal]

    @cached_property
    def _stances(self) -> dict[int, Stance]:
        index = self._derivations.held.clauses.index
        found: dict[int, Stance] = {}
        for stance in self.map.stances:
            if stance.holder == self.holder and stance.attitude is not Attitude.DOUBT:
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
        DocumentError: the map uses a label that is written nowhere.
    """
    clauses = Clauses(map)
    empty = Held(clauses)
    if map.stances:
        refute_all(empty)
    own: dict[str, dict[Attitude, set[int]]] = {}
    for stance in map.stances:
        held = own.setdefault(stance.holder, {attitude: set() for attitude in Attitude})
        held[stance.attitude].add(clauses.index[stance.statement])
    return Positions(
        map=map, all=tuple(_position(clauses, empty, holder, said) for holder, said in own.items())
    )


def _position(clauses: Clauses, empty: Held, holder: str, said: dict[Attitude, set[int]]) -> Position:
    literals = [2 * number for number in said[Attitude.ACCEPT]]
    literals += [2 * number + 1 for number in said[Attitude.REJECT]]
    held = Held(clauses, sorted(literals), empty)
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
