"""What the reasoning shows, as diagnostics for `argmap check` (AM2xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from argmap.analysis.sentences import names
from argmap.analysis.standing import status
from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.errors import DocumentError
from argmap.model import ArgumentMap, Attitude, Stance, does, is_or_are
from argmap.text import Placed

if TYPE_CHECKING:
    from argmap.analysis.commitment import Finding, Position, Positions

_PLACES = 6


def findings(map: ArgumentMap) -> Iterator[Diagnostic]:
    """Clashes, disowned and unacknowledged commitments, and objections that go unanswered.

    They are notes, since they are results and not mistakes. Only a clash of the author's own stances
    (`@ author`, or the name in the header) is a warning. Nothing is found while a label is undefined.
    """
    found: Positions | None = None
    try:
        if map.stances:
            from argmap.analysis.commitment import positions

            found = positions(map)
        dropped = status(map).unanswered
    except DocumentError:
        return
    for position in found or ():
        yield from _of_holder(map, position)
    if dropped:
        named = names(map, dict.fromkeys(step.ground[0] for step in dropped), shown=5)
        one = len(dropped) == 1
        yield Diagnostic(
            "AM204",
            Severity.NOTE,
            f"{'one objection goes' if one else f'{len(dropped)} objections go'} through unanswered: {named}",
            _labels((map.by_id[step.ground[0]], "nothing is said against this") for step in dropped),
            hint="answer it, or write it with `~` (although) if it is granted and outweighed"
            if one
            else "answer them, or write with `~` (although) what is granted and outweighed",
        )


def _of_holder(map: ArgumentMap, position: Position) -> Iterator[Diagnostic]:
    from argmap.analysis.commitment import FindingKind

    silent: list[Finding] = []
    own = position.holder.casefold() in ("author", (map.author or "author").casefold())
    for finding in position.findings:
        if finding.kind is FindingKind.UNACKNOWLEDGED:
            silent.append(finding)
        elif finding.kind is FindingKind.CLASH and finding.chain:  # without steps, AM115 reports it
            yield Diagnostic(
                "AM201",
                Severity.WARNING if own else Severity.NOTE,
                finding.summary,
                _labels(
                    (stance, f"{does(stance.holder, stance.attitude)} it here") for stance in finding.stances
                ),
                hint=", or ".join(finding.ways_out),
            )
        elif finding.kind is FindingKind.DISOWNED and finding.chain:
            doubt = _stance(map, position.holder, Attitude.DOUBT, finding.statement)
            yield Diagnostic(
                "AM202",
                Severity.NOTE,
                finding.summary,
                _labels([(doubt, "doubted here"), *((stance, "granted here") for stance in finding.stances)]),
            )
    if silent:
        yield _unsaid(map, position, silent)


def _unsaid(map: ArgumentMap, position: Position, silent: list[Finding]) -> Diagnostic:
    parts = []
    for attitude, words in ((Attitude.ACCEPT, "to accept"), (Attitude.REJECT, "to reject")):
        ids = [finding.statement for finding in silent if finding.attitude is attitude]
        if ids:
            parts.append(f"{words} {names(map, ids, shown=5)}")
    stance = next(iter(silent[0].stances), None)
    # What nobody could accept (it contradicts itself) follows from no stance; then the holder's first shows where.
    first = next(held for held in map.stances if held.holder == position.holder)
    return Diagnostic(
        "AM203",
        Severity.NOTE,
        f"{position.holder} {is_or_are(position.holder)} committed {' and '.join(parts)} without saying so",
        _labels([(stance, "which follows from this") if stance else (first, "")]),
        hint="`argmap positions` shows by which steps",
    )


def _stance(map: ArgumentMap, holder: str, attitude: Attitude, id: str) -> Stance:
    return next(s for s in map.stances if (s.holder, s.attitude, s.statement) == (holder, attitude, id))


def _labels(places: Iterable[tuple[Placed, str]]) -> tuple[Label, ...]:
    found = [Label(placed.span, text) for placed, text in places if placed.span is not None]
    return tuple(dict.fromkeys(found))[:_PLACES]
