"""What the reasoning shows, as diagnostics for `argmap check` (AM2xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from argmap.analysis.sentences import chain_words, names, objection_words
from argmap.analysis.standing import Answer, Status, StatusReport, status
from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.errors import DocumentError
from argmap.model import ArgumentMap, Attitude, Qualifier, Stance, does, is_or_are
from argmap.text import Placed
from argmap.text.words import listed

if TYPE_CHECKING:
    from argmap.analysis.commitment import Finding, Position, Positions

_PLACES = 6
_CODES = {"tension": "AM206", "owes-exception": "AM207", "rejected-condition": "AM208"}


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
        report = status(map)
        dropped = report.unanswered
    except DocumentError:
        return
    yield from _self_refuting(map)
    yield from _refuted_corollaries(map, report)
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


def _self_refuting(map: ArgumentMap) -> Iterator[Diagnostic]:
    from argmap.analysis.clauses import self_refuting
    from argmap.analysis.derivations import Derivations

    for number, held in self_refuting(map):
        statement = map.statements[number]
        literal = next(each for each in held.reasons if each ^ 1 in held.reasons)
        chain = chain_words(map, Derivations(held).links((literal, literal ^ 1)))
        yield Diagnostic(
            "AM126",
            Severity.WARNING,
            f"{statement.name} refutes itself: whoever accepts it clashes by {chain}",
            _labels([(statement, "accepting this alone clashes")]),
            hint="give up one of these steps, or the statement",
        )


def _refuted_corollaries(map: ArgumentMap, report: StatusReport) -> Iterator[Diagnostic]:
    """Plain corollaries and bars that go through to a target that falls."""
    falling = set(report.by_status[Status.FALLS])
    standing = set(report.by_status[Status.STANDS]) if falling else set()
    answers: dict[str, Answer] = {}
    for step in map.steps:
        if not step.kind.binds or step.target not in falling:
            continue
        target = map.by_id[step.target]
        given, conditions = dict.fromkeys(step.ground), dict.fromkeys((*step.conditions, *target.conditions))
        if (
            target.qualifier not in (None, Qualifier.CERTAINLY)
            or not standing.issuperset((*given, *conditions))
            or not falling.issuperset((*step.exceptions, *target.exceptions))
        ):
            continue
        # Asked once: as many corollaries may lead to a statement as there are objections to it.
        answer = answers.get(step.target) or answers.setdefault(step.target, report[step.target])
        against = f"what contradicts it, {names(map, answer.by)}"
        if answer.steps:
            objection = f"the objection {' & '.join(map.by_id[id].name for id in answer.steps[0].ground[:5])}"
            against = f"{objection} to {target.name}"
        out = [names(map, given, "or")]
        out += [f"the condition {map.by_id[id].name}" for id in conditions]
        out += ["the step", against]
        yield Diagnostic(
            "AM205",
            Severity.NOTE,
            f"{names(map, given)} {'stand' if len(given) > 1 else 'stands'}, and {target.name} follows, but falls",
            _labels([(target, "this falls"), (step, "it follows by this step")]),
            hint=f"give up {listed(out, 'or')}",
        )


def _is_author(map: ArgumentMap, holder: str) -> bool:
    return holder.casefold() in ("author", (map.author or "author").casefold())


def _of_holder(map: ArgumentMap, position: Position) -> Iterator[Diagnostic]:
    from argmap.analysis.commitment import FindingKind

    who = position.holder
    disowned = [one for one in position.contested if one.kind is FindingKind.DISOWNED and one.chain]
    for finding in position.contested:
        if finding.kind is FindingKind.CLASH and finding.chain:  # without steps, AM115 reports it
            yield Diagnostic(
                "AM201",
                Severity.WARNING if _is_author(map, who) else Severity.NOTE,
                finding.summary,
                _labels((stance, f"{does(who, stance.attitude)} it here") for stance in finding.stances),
                hint=", or ".join(islice(finding.each_way_out(), 2 * _PLACES)),
            )
        elif (code := _CODES.get(finding.kind.value)) is not None:
            statement = map.by_id[finding.statement]
            places: list[tuple[Placed, str]] = [(stance, "held here") for stance in finding.stances]
            yield Diagnostic(code, Severity.NOTE, finding.summary, _labels(places or [(statement, "")]))
    if disowned:
        message = disowned[0].summary
        granted = list(dict.fromkeys(stance for finding in disowned for stance in finding.stances))
        if len(disowned) > 1:
            doubted = names(map, [finding.statement for finding in disowned], shown=5)
            source = f", which follow from {_of(map, granted)}" if granted else ", which follow all the same"
            message = f"{who} {does(who, Attitude.DOUBT)} {doubted}{source}"
        doubts = [stance for finding in disowned if (stance := position.stance(finding.statement))]
        yield Diagnostic(
            "AM202",
            Severity.NOTE,
            message,
            _labels([*((one, "doubted here") for one in doubts), *((one, "granted here") for one in granted)]),
        )


def _of(map: ArgumentMap, stances: Sequence[Stance]) -> str:
    return names(map, dict.fromkeys(id for stance in stances for id in stance.ids), shown=5)


def _unsaid(map: ArgumentMap, found: Sequence[Position]) -> Iterator[Diagnostic]:
    """One note about all who are committed to more than they say; the author has said it by drawing the map."""
    silent: dict[str, Finding] = {}
    for position in found:
        first = None if _is_author(map, position.holder) else next(position.unacknowledged(), None)
        if first is not None:
            silent[position.holder] = first
            unsaid_by = position.unacknowledged
    if not silent:
        return
    who = next(iter(silent))
    if len(silent) == 1:
        unsaid = list(unsaid_by())
        parts = []
        for attitude, words in ((Attitude.ACCEPT, "to accept"), (Attitude.REJECT, "to reject")):
            ids = [finding.statement for finding in unsaid if finding.attitude is attitude]
            parts += [f"{words} {names(map, ids, shown=5)}"] if ids else []
        message = f"{who} {is_or_are(who)} committed {' and '.join(parts)} without saying so"
    else:
        message = f"{len(silent)} holders are committed to more than they say: {listed(silent, shown=5)}"
    places = []
    firsts = {held.holder: held for held in reversed(map.stances)}
    for holder, finding in silent.items():
        stance = next(iter(finding.stances), None)
        # What nobody could accept follows from no stance; then the holder's first shows where.
        places.append((stance, "which follows from this") if stance else (firsts[holder], ""))
    hint = f"`argmap positions --all` shows by which steps, as does “as seen by {who}” on the live page"
    yield Diagnostic("AM203", Severity.NOTE, message, _labels(places), hint=hint)


def _labels(places: Iterable[tuple[Placed, str]]) -> tuple[Label, ...]:
    found = [Label(placed.span, text) for placed, text in places if placed.span is not None]
    return tuple(dict.fromkeys(found))[:_PLACES]
