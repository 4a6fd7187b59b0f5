"""What stands, what falls, and why.

The rules are three-valued and applied from "all undecided" until nothing changes: the least fixed point of
Kleene's strong tables (Kleene 1952; Fitting 1985), which on maps without circles is Dung's grounded
semantics (1995). "Stands" says no more than this: as written, nothing in the map defeats the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from argmap.analysis.deciders import Cause, Deciders
from argmap.analysis.felling import fewest_objections, rests_on
from argmap.analysis.fixpoint import BLOCKED, FALLS, STANDS, THROUGH, settle
from argmap.analysis.network import Network
from argmap.analysis.presumptions import Presumptions
from argmap.analysis.unanswered import unanswered
from argmap.errors import ArgmapError
from argmap.model import ArgumentMap, Step, StepKind


class Status(Enum):
    """What a statement comes to in a map as it is written."""

    STANDS = "stands"
    FALLS = "falls"
    UNDECIDED = "undecided"


class StepStatus(Enum):
    """What becomes of a step."""

    THROUGH = "through"
    BLOCKED = "blocked"
    UNDECIDED = "undecided"


_STATUS = (Status.UNDECIDED, Status.STANDS, Status.FALLS)
_STEP_STATUS = {0: StepStatus.UNDECIDED, THROUGH: StepStatus.THROUGH, BLOCKED: StepStatus.BLOCKED}


@frozen(kw_only=True)
class Answer:
    """What becomes of one statement.

    Attributes:
        statement: Its id.
        given: Ids of the presumed conditions that the answer leans on, in the map's order.
        cause: What decided it.
        steps: The step that carries it or the objection that fells it; or all the blocked steps for it.
        by: Ids of the statements that the answer comes down to next. Following them ends at what was said.
        why: The reason, a sentence.
    """

    statement: str
    status: Status
    cause: Cause
    given: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    by: tuple[str, ...] = ()
    why: str = ""


@frozen(kw_only=True)
class Change:
    """What a withdrawal or an assumption changed about one statement, and by which steps it came to that."""

    statement: str
    before: Status
    after: Status
    steps: tuple[Step, ...]
    why: str


@frozen(kw_only=True)
class Felling:
    """The fewest objections that would fell a claim.

    Attributes:
        claim: Its id.
        statements: Where to place them, never at the claim itself: ids, in the map's order; empty if the
            claim falls as it is; None if no such set was found.
        at_least: No set with fewer members does it.
        exhausted: Whether the search ran to its end. If so, `statements` is a smallest set, or None says
            that there is no set at all. If not, a smaller one than `statements`, or one after all, may
            exist.
        sentence: The same in words.
    """

    claim: str
    statements: tuple[str, ...] | None
    at_least: int
    exhausted: bool
    sentence: str


@frozen(kw_only=True, eq=False)
class StatusReport:
    """The answers for a whole map: `report["a"]` is one, iterating gives all in the map's order.

    Answers are put into words when they are asked for.

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
    def _deciders(self) -> Deciders:
        return Deciders(self._network, settle(self._network, self._fixed), self._fixed)

    @cached_property
    def _presumptions(self) -> Presumptions:
        return Presumptions(self._network, self._deciders.state, self._fixed)

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
        return _STATUS[self._deciders.state.values[self._network.number(id)]]

    def _answer(self, number: int) -> Answer:
        from argmap.analysis.sentences import why

        network = self._network
        decision = self._deciders.decision(number)
        return Answer(
            statement=network.ids[number],
            status=_STATUS[self._deciders.state.values[number]],
            cause=decision.cause,
            given=tuple(network.ids[other] for other in self._presumptions.of(number)),
            steps=tuple(network.steps[step] for step in decision.steps),
            by=tuple(dict.fromkeys(network.ids[other] for other in decision.by)),
            why=why(self._deciders, number, decision),
        )

    @cached_property
    def by_status(self) -> dict[Status, tuple[str, ...]]:
        """The ids that stand, that fall, and that are undecided, in the map's order."""
        found: dict[Status, list[str]] = {status: [] for status in Status}
        for id, value in zip(self._network.ids, self._deciders.state.values, strict=True):
            found[_STATUS[value]].append(id)
        return {status: tuple(ids) for status, ids in found.items()}

    @cached_property
    def step_statuses(self) -> tuple[StepStatus | None, ...]:
        """What becomes of each of `map.steps`, in order; None for concessions, which are not weighed."""
        values = iter(self._deciders.state.step_values)
        return tuple(
            None if step.kind is StepKind.CONCESSION else _STEP_STATUS[next(values)]
            for step in self.map.steps
        )

    def chain(self, id: str) -> Iterator[Answer]:
        """A statement's answer, then every answer that it comes down to, nearest first, to what was taken as
        said.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        start = self._network.number(id)
        return (self._answer(number) for number in self._deciders.down(start))

    @cached_property
    def unanswered(self) -> tuple[Step, ...]:
        """Objections that go through and have no reply: in a debate, the dropped ones.

        A reply is whatever is said against the objection itself, unless it was withdrawn. An objection that
        is a reply in its turn speaks for the map's own claims and is not listed.
        """
        found = unanswered(self._network, self._deciders.state, self._fixed)
        return tuple(self._network.steps[number] for number in found)

    @cached_property
    def changed(self) -> tuple[Change, ...]:
        """What the withdrawals and assumptions changed, in the map's order, and by which step."""
        if not self._fixed:
            return ()
        before = settle(self._network, {}).values
        after = self._deciders.state.values
        changes = []
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                answer = self._answer(number)
                changes.append(
                    Change(
                        statement=answer.statement,
                        before=_STATUS[old],
                        after=answer.status,
                        steps=answer.steps,
                        why=answer.why,
                    )
                )
        return tuple(changes)

    def rests_on(self, id: str) -> tuple[str, ...]:
        """The statements whose withdrawal alone makes a claim fall, in the map's order.

        The claim itself is not counted, nor what was withdrawn or assumed for this report. Empty where the
        claim falls already.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        network = self._network
        return tuple(network.ids[n] for n in rests_on(network, self._fixed, network.number(id)))

    def felled_by(self, id: str) -> Felling:
        """The fewest objections that would fell a claim, none of them placed at the claim itself.

        An objection is taken to succeed: the statement it is placed at falls. Exact where the search comes
        to its end, which it does on maps that people write; `exhausted` says so.

        Raises:
            UnknownStatementError: the map has no such statement.
        """
        from argmap.analysis.sentences import felling_sentence

        network = self._network
        fewest = fewest_objections(network, self._fixed, network.number(id))
        members = None if fewest.members is None else tuple(network.ids[n] for n in fewest.members)
        return Felling(
            claim=id,
            statements=members,
            at_least=fewest.at_least,
            exhausted=fewest.exhausted,
            sentence=felling_sentence(self.map, id, members, fewest.at_least, fewest.exhausted),
        )


def status(map: ArgumentMap, withdraw: Iterable[str] = (), assume: Iterable[str] = ()) -> StatusReport:
    """What stands, what falls and what is left undecided, each with its reason.

    The least fixed point of the rules in three values, reached with one pass over the edges: linear in the
    size of the map, and the same in whatever order it is written. Kleene 1952 (the tables), Fitting 1985
    (the fixed point), Dung 1995 (the same answers on maps without circles), Dowling and Gallier 1984 (the
    work list).

    Args:
        map: A map whose names resolve; other faults do not matter.
        withdraw: Ids of statements to be made to fall, whatever is said for them.
        assume: Ids of statements to be made to stand, whatever is said against them.

    Raises:
        UnknownStatementError: `withdraw` or `assume` names a statement that the map does not have.
        DocumentError: the map uses a label that is written nowhere.
        ArgmapError: a statement is both withdrawn and assumed.
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
