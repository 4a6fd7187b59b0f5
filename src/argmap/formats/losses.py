"""What could not be carried over from one format to another: the AM4xx diagnostics.

One code says what kind of thing was lost or changed; the message says which one and why. A `Losses` collects
them while a reader or writer works.

    losses = Losses()
    losses.left_out("the edge 12 leads from a locution to an inference; a map has no such step", span)
    return Conversion(map, losses.diagnostics)

A writer names the features of a map that it carries; `report` reports every use of another, where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum

from attrs import evolve

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.model import ArgumentMap, Role, Stance, Step, StepKind, does
from argmap.text import Placed, Span

Where = Span | Placed | None


class Losses:
    """Collects what was lost, in order. Messages begin in lower case and end without a stop."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(self._found)

    def left_out(
        self, message: str, where: Where = None, hint: str | None = None, severity: Severity = Severity.WARNING
    ) -> None:
        """AM401: something in the source has no counterpart and was left out."""
        self._add("AM401", severity, message, where, hint)

    def changed(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM402: something came over with another meaning, because its own cannot be said."""
        self._add("AM402", Severity.WARNING, message, where, hint)

    def skipped(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM403: a part of the file is broken (a name that leads nowhere) and was passed over."""
        self._add("AM403", Severity.WARNING, message, where, hint)

    def renamed(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM404: a name had to change. A note: nothing is lost, but whoever looks for the old name can find it."""
        self._add("AM404", Severity.NOTE, message, where, hint)

    def _add(self, code: str, severity: Severity, message: str, where: Where, hint: str | None) -> None:
        span = where if where is None or isinstance(where, Span) else where.span
        labels = () if span is None else (Label(span),)
        self._found.append(Diagnostic(code, severity, message, labels, hint))


_GRAVITY = {"AM403": 0, "AM401": 1, "AM402": 2, "AM404": 3}
_PARTICULAR = re.compile(r"“[^”]*”|\(\S*\)|\S*\d\S*|#\S+")


def is_loss(found: Diagnostic) -> bool:
    """Whether something was lost: left out or passed over, not only changed, renamed, or missed by nobody."""
    return found.code in ("AM401", "AM403") and found.severity is not Severity.NOTE


def grouped(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Several of a kind as one, with a count and the first three places; the gravest kinds first."""
    kinds: dict[object, list[Diagnostic]] = {}
    for found in diagnostics:
        kind: object = found if found.code not in _GRAVITY else _PARTICULAR.sub("…", found.message)
        if " has no place for " in found.message:
            kind = found.message.rpartition(": ")[2]
        kinds.setdefault((found.code, found.severity, kind), []).append(found)
    one_each: list[Diagnostic] = []
    for first, *others in kinds.values():
        places = [label for other in (first, *others) for label in other.labels[:1]]
        message = f"{first.message} (and {len(others)} more of this kind)" if others else first.message
        one_each.append(evolve(first, message=message, labels=tuple(places[:3]) if others else first.labels))
    severities = list(Severity)
    return tuple(sorted(one_each, key=lambda one: (severities.index(one.severity), _GRAVITY.get(one.code, 0))))


class Feature(Enum):
    """Something that a map can say; the value completes “no place for …”."""

    FACTS = "the header"
    SECTIONS = "sections"
    STANCES = "who holds what"
    STEP_STANCES = "who accepts or rejects a step"
    STANCE_DETAILS = "when, how firmly and by whose report something is held"
    EVIDENCE = "the quotations of a stance"
    CONTRADICTIONS = "contradictions"
    GATES = "conditions and exceptions of a statement"
    CONDITIONS = "conditions of a step"
    EXCEPTIONS = "exceptions of a step"
    RULES = "the names of rules"
    EMPHASIS = "stress"
    QUALIFIERS = "qualifiers"
    IMPLICIT = "what is left unsaid"
    OPEN = "what is put forward but not asserted"
    UNPROVED = "what needs a proof"
    TAGS = "tags"
    DATA = "the author's own attributes"
    QUOTATIONS = "quotations"
    NOTES = "notes"
    LABELS = "labels"
    ROLES = "whether a statement is claimed outright"


ALL = frozenset(Feature)


def report(
    map: ArgumentMap,
    carried: frozenset[Feature],
    format: str,
    losses: Losses,
    severity: Severity = Severity.WARNING,
    *,
    together: bool = False,
) -> None:
    """Report every use of a feature that is not carried.

    Args:
        format: The format's title, as a sentence begins with it.
        severity: A note where no reader would miss it.
        together: Whether all uses of a feature are one report, at the first of them.
    """
    uses = [use for use in _uses(map) if use[0] not in carried]
    if together:
        times = Counter(feature for feature, _, _ in uses)
        firsts = {feature: (what, where) for feature, what, where in reversed(uses)}
        uses = [
            (feature, f"{what} and {times[feature] - 1} more" if times[feature] > 1 else what, where)
            for feature, (what, where) in reversed(firsts.items())
        ]
    for feature, what, where in uses:
        losses.left_out(f"{what}: {format} has no place for {feature.value}", where, severity=severity)


_FLAGS = {"implicit": "is left unsaid", "open": "is not asserted", "unproved": "is claimed only with a proof"}


def _uses(map: ArgumentMap) -> Iterator[tuple[Feature, str, Placed]]:
    """Every use of a feature in a map, described, and where it stands."""
    for fact in map.facts:
        yield Feature.FACTS, f"the header line “{fact.key}”", fact
    for section in map.sections:
        yield Feature.SECTIONS, f"the heading “{section.title}”", section
    for statement in map.statements:
        name = statement.name
        if statement.label is not None:
            yield Feature.LABELS, f"the label ({statement.label})", statement
        if statement.role is not Role.CLAIM:
            yield (Feature.ROLES, f"that {name} is a {statement.role.value} and not claimed outright", statement)
        for stress in statement.emphasis:
            words = statement.text[stress.start : stress.end]
            yield Feature.EMPHASIS, f"the stress on “{words}”", statement
        if statement.qualifier is not None:
            yield Feature.QUALIFIERS, f"the qualifier “{statement.qualifier.value}” of {name}", statement
        for flag, words in _FLAGS.items():
            if getattr(statement, flag):
                yield Feature[flag.upper()], f"that {name} {words}", statement
        for tag in statement.tags:
            yield Feature.TAGS, f"the tag #{tag} of {name}", statement
        for key, _ in statement.data:
            yield Feature.DATA, f"the attribute “{key}” of {name}", statement
        for quotation in statement.quotations:
            yield Feature.QUOTATIONS, f"a quotation of {name}", quotation if quotation.span else statement
        for _ in statement.notes:
            yield Feature.NOTES, f"a note of {name}", statement
        for id in (*statement.conditions, *statement.exceptions):
            yield Feature.GATES, f"that {name} depends on {said(map, id)}", statement
    for step in map.steps:
        for id in step.conditions:
            yield Feature.CONDITIONS, f"that {described(map, step)} needs {said(map, id)}", step
        for id in step.exceptions:
            yield Feature.EXCEPTIONS, f"that {said(map, id)} would defeat {described(map, step)}", step
        if step.rule is not None:
            yield Feature.RULES, f"the rule “{step.rule}”", step
    for pair in map.contradictions:
        what = f"that {said(map, pair.left)} contradicts {said(map, pair.right)}"
        yield Feature.CONTRADICTIONS, what, pair
    for stance in map.stances:
        held = f"{stance.holder} {does(stance.holder, stance.attitude)} {object_of(map, stance)}"
        yield Feature.STEP_STANCES if stance.step else Feature.STANCES, f"that {held}", stance
        if stance.details:
            yield Feature.STANCE_DETAILS, f"of “{held}”:{stance.details}", stance
        for _ in stance.quotations:
            yield Feature.EVIDENCE, f"a quotation for “{held}”", stance


def report_plain_step(map: ArgumentMap, step: Step, format: str, against: str, losses: Losses) -> None:
    """Report a step that a format has only as a reason, or as what it calls a point against a statement."""
    target = map[step.target].name
    if step.kind is StepKind.CONCESSION:
        losses.changed(f"a point against {target} that is granted; {format} sees {against}", step)
    elif step.kind is StepKind.COROLLARY or (step.kind is StepKind.INFERENCE and not step.rule):
        losses.changed(f"a step to {target} that binds whoever grants its ground; {format} sees a reason", step)


def said(map: ArgumentMap, id: str) -> str:
    """How to speak of a statement in a sentence."""
    return map.by_id[id].name


def object_of(map: ArgumentMap, stance: Stance) -> str:
    """What a stance is about, in a sentence: `(a)`, or `the step from (a) and (b) to (c)`."""
    if stance.step is None:
        return said(map, stance.ids[0])
    *ground, target = (said(map, id) for id in stance.ids)
    return f"the step from {' and '.join(ground)} to {target}"


def described(map: ArgumentMap, step: Step) -> str:
    """How to speak of a step in a sentence."""
    words = {
        StepKind.REASON: "the reason {} for {}",
        StepKind.OBJECTION: "the objection {} to {}",
        StepKind.CONCESSION: "the concession {} against {}",
        StepKind.COROLLARY: "the step from {} to {}",
        StepKind.INFERENCE: "the inference from {} to {}",
    }[step.kind]
    return words.format(" and ".join(said(map, id) for id in step.ground), said(map, step.target))
