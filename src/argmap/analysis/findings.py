"""What the reasoning shows, as diagnostics for `argmap check` (AM2xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from argmap.analysis.sentences import names, objection_words
from argmap.analysis.standing import status
from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.errors import DocumentError
from argmap.model import ArgumentMap, Attitude, Stance, does, is_or_are
from argmap.text import Placed
from argmap.text.words import listed

if TYPE_CHECKING:
    from argmap.analysis.commitment import Position, Positions

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
    yield from _unsaid(map, list(found or ()))
    if dropped:
        one = len(dropped) == 1
        more = [f"{len(dropped) - 5} more"] if len(dropped) > 5 else []
        named = "; ".join([*(objection_words(map, step) for step in dropped[:5]), *more])
        yield Diagnostic(
            "AM204",
            Severity.NOTE,
            f"{'one objection goes' if one else f'{len(dropped)} objections go'} through unanswered: {named}",
            _labels((map.by_id[step.ground[0]], "nothing is said against this") for step in dropped),
            hint="answer it, or write it with `~` (although) if it is granted and outweighed"
            if one
            else "answer them, or write with `~` (although) what is granted and outweighed",
        )


def _is_author(map: ArgumentMap, holder: str) -> bool:
    return holder.casefold() in ("author", (map.author or "author").casefold())


def _of_holder(map: ArgumentMap, position: Position) -> Iterator[Diagnostic]:
    from argmap.analysis.commitment import FindingKind

    who = position.holder
    disowned = [one for one in position.findings if one.kind is FindingKind.DISOWNED and one.chain]
    for finding in position.findings:
        if finding.kind is FindingKind.CLASH and finding.chain:  # without steps, AM115 reports it
            yield Diagnostic(
                "AM201",
                Severity.WARNING if _is_author(map, who) else Severity.NOTE,
                finding.summary,
                _labels((stance, f"{does(who, stance.attitude)} it here") for stance in finding.stances),
                hint=", or ".join(finding.ways_out),
            )
    if disowned:
        message = disowned[0].summary
        granted = list(dict.fromkeys(stance for finding in disowned for stance in finding.stances))
        if len(disowned) > 1:
            doubted = names(map, [finding.statement for finding in disowned], shown=5)
            source = f", which follow from {_of(map, granted)}" if granted else ", which follow all the same"
            message = f"{who} {does(who, Attitude.DOUBT)} {doubted}{source}"
        doubts = [_stance(map, who, Attitude.DOUBT, finding.statement) for finding in disowned]
        yield Diagnostic(
            "AM202",
            Severity.NOTE,
            message,
            _labels(
                [*((one, "doubted here") for one in doubts), *((one, "granted here") for one in granted)]
            ),
        )


def _of(map: ArgumentMap, stances: Sequence[Stance]) -> str:
    return names(map, dict.fromkeys(id for stance in stances for id in stance.ids), shown=5)


def _unsaid(map: ArgumentMap, found: Sequence[Position]) -> Iterator[Diagnostic]:
    """One note about all who are committed to more than they say; the author has said it by drawing the map."""
    from argmap.analysis.commitment import FindingKind

    silent = {
        position.holder: unsaid
        for position in found
        if (unsaid := [one for one in position.findings if one.kind is FindingKind.UNACKNOWLEDGED])
        and not _is_author(map, position.holder)
    }
    if not silent:
        return
    who, unsaid = next(iter(silent.items()))
    if len(silent) == 1:
        parts = []
        for attitude, words in ((Attitude.ACCEPT, "to accept"), (Attitude.REJECT, "to reject")):
            ids = [finding.statement for finding in unsaid if finding.attitude is attitude]
            parts += [f"{words} {names(map, ids, shown=5)}"] if ids else []
        message = f"{who} {is_or_are(who)} committed {' and '.join(parts)} without saying so"
    else:
        message = f"{len(silent)} holders are committed to more than they say: {listed(silent, shown=5)}"
    places = []
    for holder, unsaid in silent.items():
        stance = next(iter(unsaid[0].stances), None)
        # What nobody could accept follows from no stance; then the holder's first shows where.
        first = next(held for held in map.stances if held.holder == holder)
        places.append((stance, "which follows from this") if stance else (first, ""))
    yield Diagnostic(
        "AM203", Severity.NOTE, message, _labels(places), hint="`argmap positions --all` shows by which steps"
    )


def _stance(map: ArgumentMap, holder: str, attitude: Attitude, id: str) -> Stance:
    return next(s for s in map.stances if (s.holder, s.attitude, s.statement) == (holder, attitude, id))


def _labels(places: Iterable[tuple[Placed, str]]) -> tuple[Label, ...]:
    found = [Label(placed.span, text) for placed, text in places if placed.span is not None]
    return tuple(dict.fromkeys(found))[:_PLACES]
