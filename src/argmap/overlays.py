"""From what an analysis found to what a drawing shows: the glue between two rooms that are strangers."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.analysis import FindingKind, Position, Status, StepStatus, positions, status
from argmap.drawing.overlay import Flag, Mark, Overlay
from argmap.errors import ArgmapError
from argmap.model import ArgumentMap


def status_overlay(map: ArgumentMap, withdraw: Sequence[str] = (), assume: Sequence[str] = ()) -> Overlay:
    """What stands and what falls, with some statements withdrawn or assumed.

    Raises:
        UnknownStatementError: the map has no such statement.
        ArgmapError: the question makes no sense (the same statement withdrawn and assumed).
    """
    report = status(map, withdraw=withdraw, assume=assume)
    flags: dict[str, tuple[Flag, ...]] = {}
    for answer in report:
        given = f"given {', '.join(map[id].name for id in answer.given)}" if answer.given else ""
        if answer.statement in report.withdrawn:
            mark, given = Mark.WITHDRAWN, ""
        elif answer.statement in report.assumed:
            mark, given = Mark.ASSUMED, ""
        else:
            mark = {
                Status.STANDS: Mark.STANDS,
                Status.FALLS: Mark.FALLS,
                Status.UNDECIDED: Mark.UNDECIDED,
            }[answer.status]
        flags[answer.statement] = (Flag(mark=mark, note=given),)
    parts = []
    if withdraw:
        parts.append(f"{_names(map, withdraw)} withdrawn")
    if assume:
        parts.append(f"{_names(map, assume)} assumed")
    return Overlay(
        flags=flags,
        blocked=frozenset(
            index for index, found in enumerate(report.step_statuses) if found is StepStatus.BLOCKED
        ),
        caption="What stands and what falls" + (f", with {' and '.join(parts)}" if parts else ", as written"),
    )


def position_overlay(map: ArgumentMap, holders: Sequence[str]) -> Overlay:
    """The map as somebody sees it, or two beside each other.

    Raises:
        ArgmapError: nobody of that name holds anything in the map.
    """
    if len(set(holders)) < len(holders):
        raise ArgmapError(f"{holders[0]} is compared with nobody else")
    if not 1 <= len(holders) <= 2:
        raise ArgmapError("positions are drawn of one holder, or of two beside each other")
    found = positions(map)
    chosen = [found[holder] for holder in holders]
    flags: dict[str, list[Flag]] = {}
    for position in chosen:
        name = position.holder if len(chosen) > 1 else ""
        for id, marks in _marks(position).items():
            flags.setdefault(id, []).extend(Flag(mark=mark, holder=name) for mark in marks)
    who = " and ".join(position.holder for position in chosen)
    caption = f"As seen by {who}" if len(chosen) == 1 else f"{who}, side by side"
    return Overlay(
        flags={id: tuple(each) for id, each in flags.items()},
        caption=caption,
        holders=tuple(position.holder for position in chosen),
    )


def _marks(position: Position) -> dict[str, list[Mark]]:
    """The marks of one holder by statement, worst first."""
    marks: dict[str, list[Mark]] = {}
    for finding in position.findings:
        if finding.kind is FindingKind.CLASH:
            marks.setdefault(finding.statement, []).append(Mark.CLASH)
            for stance in finding.stances:
                marks.setdefault(stance.statement, []).append(Mark.CLASH)
    for ids, mark in (
        (position.accepts, Mark.ACCEPTED),
        (position.rejects, Mark.REJECTED),
        (position.doubts, Mark.DOUBTED),
        (position.must_accept, Mark.MUST_ACCEPT),
        (position.must_reject, Mark.MUST_REJECT),
    ):
        for id in ids:
            marks.setdefault(id, []).append(mark)
    bound = {Mark.MUST_ACCEPT, Mark.MUST_REJECT}
    for id, each in marks.items():
        if Mark.DOUBTED in each and bound & set(each):
            marks[id] = [*(mark for mark in each if mark not in bound), Mark.DISOWNED]
    return {id: list(dict.fromkeys(each)) for id, each in marks.items()}


def _names(map: ArgumentMap, ids: Sequence[str]) -> str:
    return " and ".join(map[id].name for id in ids)
