"""What stands, what falls, and why.

The rules are three-valued and applied from "all undecided" until nothing changes: the least fixed point of
Kleene's strong tables (Kleene 1952; Fitting 1985), which on maps without circles is Dung's grounded
semantics (1995). "Stands" says no more than this: as written, nothing in the map defeats the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from argmap.analysis.causes import Cause, Causes, Presumptions
from argmap.analysis.clauses import self_refuting
from argmap.analysis.defeat import Defeat, fewest_objections, rests_on
from argmap.analysis.grounded import State, either_way, settle, strengths
from argmap.analysis.network import FALLS, LEVELS, PLAIN, STANDS, Base, Network
from argmap.analysis.sentences import why
from argmap.errors import ArgmapError
from argmap.model import ArgumentMap, Qualifier, Step, StepKind


class Status(Enum):
    """Whether a statement stands, falls or is undecided in a map as it is written."""

    STANDS = "stands"
    FALLS = "falls"
    UNDECIDED = "undecided"


class StepStatus(Enum):
    """What becomes of a step."""

    THROUGH = "through"
    BLOCKED = "blocked"
    UNDECIDED = "undecided"


_STATUS = (Status.UNDECIDED, Status.STANDS, Status.FALLS)
_STEP_STATUS = (StepStatus.UNDECIDED, StepStatus.THROUGH, StepStatus.BLOCKED)


@frozen(kw_only=True)
class Answer:
    """What becomes of one statement.

    Attributes:
        statement: Its id.
        given: Ids of the presumed conditions that the answer leans on, in the map's order.
        cause: What decided it.
        steps: The step that carries it or the objection that defeats it; or all the blocked steps for it.
        by: Ids of the statements that the answer comes down to next. Following them ends at what was said.
        why: The reason, a sentence.
        strength: The weakest qualifier that it stands with, by its strongest way; None for no qualifier.
        either_way: STANDS or FALLS of an undecided statement that comes to that whichever side of each
            open contradiction is taken; otherwise None.
        is_self_refuting: Whether its acceptance alone clashes, and nothing smaller behind it does.
    """

    statement: str
    status: Status
    cause: Cause
    given: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    by: tuple[str, ...] = ()
    why: str = ""
    strength: Qualifier | None = None
    either_way: Status | None = None
    is_self_refuting: bool = False


@frozen(kw_only=True)
class Change:
    """What a withdrawal or an assumption changed about one statement, and by which steps it came to that."""

    statement: str
    before: Status
    after: Status
    steps: tuple[Step, ...]
    why: str


@frozen(kw_only=True, eq=False)
class StatusReport:
    """The answers for a whole map: `report["a"]` is one, iterating gives all in the map's order.

    Answers are computed when they are asked for.

    Attributes:
        map: The map asked about.
        withdrawn, assumed: The ids that were made to fall and to stand.
    """

    map: ArgumentMap
    withdrawn: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    _network: Network = field(repr=False)
    _fixed: dict[int, int] = field(repr=False)

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self._network, settle(self._network, self._fixed), self._fixed)

    @cached_property
    def _presumptions(self) -> Presumptions:
        return Presumptions(self._network, self._causes.state, self._fixed)

    @cached_property
    def _strengths(self) -> dict[int, int]:
        return strengths(self._network, self._causes.state, self._fixed)

    @cached_property
    def _either_way(self) -> dict[int, int]:
        return either_way(self._network, self._causes.state, self._fixed)

    @cached_property
    def _self_refuting(self) -> frozenset[int]:
        return frozenset(number for number, _ in self_refuting(self.map))

    def __len__(self) -> int:
        return len(self._network)

    def __iter__(self) -> Iterator[Answer]:
        return (self._answer(number) for number in range(len(self._network)))

    def __getitem__(self, id: str) -> Answer:
        """The answer for one statement.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        return self._answer(self._network.number(id))

    def status(self, id: str) -> Status:
        """What becomes of one statement, without the reason.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        return _STATUS[self._causes.state.values[self._network.number(id)]]

    def _answer(self, number: int) -> Answer:
        network = self._network
        decision = self._causes.decision(number)
        return Answer(
            statement=network.ids[number],
            status=_STATUS[self._causes.state.values[number]],
            cause=decision.cause,
            given=tuple(network.ids[other] for other in self._presumptions.of(number)),
            steps=tuple(network.step(step) for step in decision.steps),
            by=tuple(dict.fromkeys(network.ids[other] for other in decision.by)),
            why=why(self._causes, number, decision),
            strength=LEVELS[self._strengths.get(number, PLAIN)],
            either_way=_STATUS[self._either_way[number]] if number in self._either_way else None,
            is_self_refuting=number in self._self_refuting,
        )

    @cached_property
    def by_status(self) -> dict[Status, tuple[str, ...]]:
        """The ids that stand, that fall, and that are undecided, in the map's order."""
        found: dict[Status, list[str]] = {status: [] for status in Status}
        for id, value in zip(self._network.ids, self._causes.state.values, strict=False):  # steps come after
            found[_STATUS[value]].append(id)
        return {status: tuple(ids) for status, ids in found.items()}

    @cached_property
    def step_statuses(self) -> tuple[StepStatus | None, ...]:
        """What becomes of each of `map.steps`, in order; None for concessions, which are not weighed."""
        values = iter(self._causes.state.values[len(self._network) :])
        return tuple(
            None if step.kind is StepKind.CONCESSION else _STEP_STATUS[next(values)] for step in self.map.steps
        )

    def chain(self, id: str) -> Iterator[Answer]:
        """A statement's answer, then every answer that it comes down to, nearest first.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        start = self._network.number(id)
        return (self._answer(number) for number in self._causes.chain(start))

    @cached_property
    def unanswered(self) -> tuple[Step, ...]:
        """Objections that go through and have no reply: in a debate, the dropped ones.

        A reply is anything said against the objection itself, unless it was withdrawn. An objection that is
        itself a reply supports the map's own claims and is not listed.
        """
        found = _unanswered(self._network, self._causes.state, self._fixed)
        return tuple(self._network.step(number) for number in found)

    @cached_property
    def changed(self) -> tuple[Change, ...]:
        """What the withdrawals and assumptions changed, in the map's order, and by which step."""
        if not self._fixed:
            return ()
        size = len(self._network)
        before = settle(self._network, {}).values[:size]
        after = self._causes.state.values[:size]
        moved = [(old, number) for number, old in enumerate(before) if old != after[number]]
        answers = [(_STATUS[old], self._answer(number)) for old, number in moved]
        return tuple(
            Change(statement=now.statement, before=old, after=now.status, steps=now.steps, why=now.why)
            for old, now in answers
        )

    def rests_on(self, id: str) -> tuple[str, ...]:
        """The statements whose withdrawal alone makes a claim fall, in the map's order.

        The claim itself is not counted, nor what was withdrawn or assumed for this report. Empty where the
        claim falls already.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        network = self._network
        return tuple(network.ids[n] for n in rests_on(network, self._fixed, network.number(id)))

    def falls_if(self, id: str) -> tuple[str, ...]:
        """The exceptions of which one alone would make a claim fall if it held, in the map's order.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        network, claim = self._network, self._network.number(id)
        above = {node for node in network.upstream(claim) if node < len(network)}
        exceptions = {network.index[other] for step in self.map.steps for other in step.exceptions}
        exceptions |= {network.index[other] for each in self.map.statements for other in each.exceptions}
        values = self._causes.state.values
        if values[claim] == FALLS:
            return ()
        tried = [n for n in sorted(exceptions & above) if values[n] != STANDS and n not in self._fixed][:_TRIED]
        return tuple(
            network.ids[n]
            for n in tried
            if n != claim and settle(network, {**self._fixed, n: STANDS}).values[claim] == FALLS
        )

    def defeated_by(self, id: str) -> Defeat:
        """The fewest objections that would defeat a claim, none of them placed at the claim itself.

        An objection is taken to succeed: the statement it is placed at falls. The search is exact where it runs
        to its end, as it does on maps that people write; `exhausted` says so.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        return fewest_objections(self._network, self._fixed, self._network.number(id))


def status(map: ArgumentMap, withdraw: Iterable[str] = (), assume: Iterable[str] = ()) -> StatusReport:
    """What stands, what falls and what is left undecided, each with its reason.

    The least fixed point of the rules in three values, reached with one pass over the edges: linear in the
    size of the map, and the same in whatever order it is written. Kleene 1952 (the tables), Fitting 1985
    (the fixed point), Dung 1995 (the same answers on maps without circles), Dowling and Gallier 1984 (the
    work list).

    Args:
        map: A map whose names resolve; other faults do not matter.
        withdraw: Ids of statements to be made to fall, whatever supports them.
        assume: Ids of statements to be made to stand, whatever speaks against them.

    Raises:
        UnknownStatementError: `withdraw` or `assume` names a statement that the map does not have.
        DocumentError: the map uses a label that it does not define.
        ArgmapError: a statement is both withdrawn and assumed.

    Example:
        >>> from argmap import parse
        >>> map = parse("(a) Take an umbrella.\\n    + (b) It is raining.\\n    - (c) It is windy.")
        >>> [(answer.statement, answer.status.value) for answer in status(map)]
        [('a', 'falls'), ('b', 'stands'), ('c', 'stands')]
        >>> status(map, withdraw=["c"]).status("a").value
        'stands'
    """
    withdraw, assume = _listed(withdraw), _listed(assume)
    network = Network(map)
    fixed = {network.number(id): FALLS for id in withdraw}
    for id in assume:
        number = network.number(id)
        if number in fixed and fixed[number] == FALLS:
            raise ArgmapError(f"{map[id].name} cannot be both withdrawn and assumed")
        fixed[number] = STANDS
    return StatusReport(map=map, withdrawn=withdraw, assumed=assume, network=network, fixed=fixed)


def _listed(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids once each, in order; a lone string is one id, not its letters."""
    return (ids,) if isinstance(ids, str) else tuple(dict.fromkeys(ids))


# A claim is looked at under so many exceptions, one after another.
_TRIED = 40
_FOR, _AGAINST = 1, 2


def _unanswered(network: Network, state: State, fixed: Mapping[int, int]) -> list[int]:
    """The objections, by number, that go through, have no reply, and are no reply themselves.

    A reply is anything said against the objection itself: an objection to its ground or to its condition,
    something that contradicts one of these, or an exception that somebody puts forward. What was withdrawn
    is no reply; one that was answered in its turn is. An objection to an objection, or to what supports one, speaks
    for the map's own claims and needs no answer.
    """
    sides = _sides(network)
    return sorted(
        step
        for target, steps in network.objections.items()
        for step in steps
        if state.values[step] == STANDS and sides[target] != _AGAINST and not _replied(network, fixed, step)
    )


def _replied(network: Network, fixed: Mapping[int, int], step: int) -> bool:
    exceptions = [other for other, value in network.requires[step] if value == FALLS]
    for need in network.premises(step):
        for objection in network.objections.get(need, ()):
            if not any(fixed.get(other) == FALLS for other in network.premises(objection)):
                return True
        if any(fixed.get(rival) != FALLS for rival in network.rivals.get(need, ())):
            return True
        exceptions += (other for other, value in network.gates(need) if value == FALLS)
    return any(network.base[other] is not Base.DENIED and fixed.get(other) != FALLS for other in exceptions)


def _sides(network: Network) -> bytearray:
    """Whether each statement speaks for a final claim of the map, against one, or both (or neither)."""
    index = network.index
    used = bytearray(len(network))
    for number in network.requires:
        for gate, _ in network.gates(number):  # of a step, all that it needs
            used[gate] = 1
    conceded: dict[int, list[int]] = {}
    for said in network.map.steps:
        if said.kind is StepKind.CONCESSION:
            for id in (*said.ground, *said.conditions):
                used[index[id]] = 1
                conceded.setdefault(index[said.target], []).append(index[id])
    sides = bytearray(len(network))
    queue = [(number, _FOR) for number, is_used in enumerate(used) if not is_used]
    for number, side in queue:
        if sides[number] & side:
            continue
        sides[number] |= side
        other = _FOR + _AGAINST - side
        for step in network.supports.get(number, ()):
            queue += ((need, side if value == STANDS else other) for need, value in network.requires[step])
        for step in network.objections.get(number, ()):
            queue += ((need, other if value == STANDS else side) for need, value in network.requires[step])
        queue += ((need, side if value == STANDS else other) for need, value in network.gates(number))
        queue += ((point, other) for point in conceded.get(number, ()))
    return sides
