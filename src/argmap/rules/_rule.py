"""What a rule is, how it reports a problem, and how it names and places statements and steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.model import ArgumentMap, Stance, Step, StepKind
from argmap.text import Placed, Span
from argmap.text.words import listed


class Problem:
    """What a rule found: a message, the places it points at (the main one first), and what to write instead.

    Objects of a map built in Python have no place; a place that comes twice is shown once.
    """

    def __init__(
        self, message: str, *places: tuple[Placed | Span | None, str], hint: str, severity: Severity | None = None
    ) -> None:
        self.message, self.hint, self.severity = message, hint, severity
        labels: dict[Span, Label] = {}
        for placed, text in places:
            span = placed if placed is None or isinstance(placed, Span) else placed.span
            if span is not None:
                labels.setdefault(span, Label(span, text))
        self.labels = tuple(labels.values())


Check = Callable[[ArgumentMap], Iterator[Problem]]


@frozen(eq=False, repr=False)
class Rule:
    """One rule: its code, its name, its usual severity, whether it runs by default, and the check."""

    code: str
    name: str
    severity: Severity
    default: bool
    check: Check

    def run(self, map: ArgumentMap) -> Iterator[Diagnostic]:
        """Every problem that this rule finds in a map."""
        for found in self.check(map):
            severity = found.severity or self.severity
            yield Diagnostic(self.code, severity, found.message, found.labels, found.hint)


def rule(code: str, severity: Severity, *, default: bool = True) -> Callable[[Check], Rule]:
    """Make a rule of a check, named after the function; with `default=False` it runs only when selected."""

    def made(check: Check) -> Rule:
        return Rule(code, check.__name__.replace("_", "-"), severity, default, check)

    return made


_SHOWN, _LOOKED_AT = 5, 50


def name(map: ArgumentMap, id: str) -> str:
    """A statement as a sentence names it."""
    return map.by_id[id].name


def names(map: ArgumentMap, ids: Sequence[str]) -> str:
    """Several statements as a sentence names them: `(a), (b) and (c)`; long lists are cut."""
    # A step of thousands of premises may be named thousands of times, so only its beginning is looked at.
    distinct = list(dict.fromkeys(ids[:_LOOKED_AT]))
    rest = max(len(ids) - _LOOKED_AT, 0) + max(len(distinct) - _SHOWN, 0)
    return listed([*(name(map, id) for id in distinct[:_SHOWN]), *([f"{rest} more"] if rest else [])])


def held_object(map: ArgumentMap, stance: Stance) -> str:
    """What a stance is about, as a sentence names it: `(a)`, or `the step from (a) to (b)`."""
    *ground, last = stance.ids
    return f"the step from {names(map, ground)} to {name(map, last)}" if ground else name(map, last)


def is_joined(step: Step) -> bool:
    """Whether a step's ground is more than one statement."""
    return any(id != step.ground[0] for id in step.ground)


def in_words(map: ArgumentMap, step: Step) -> str:
    """A step as a clause: `(b) is a reason for (a)`."""
    ground, target = names(map, step.ground), name(map, step.target)
    if step.kind.binds:
        return f"{target} follows from {ground}"
    return f"{ground} {'are together' if is_joined(step) else 'is'} {_CALLED[step.kind]} {target}"


_CALLED = {
    StepKind.REASON: "a reason for",
    StepKind.OBJECTION: "an objection to",
    StepKind.CONCESSION: "a point granted against",
}


_ROW = re.compile(r"([ \t]*)[^ \t\r\n][^\r\n]*")
_JOINS = re.compile(r"(?:&|and:)[ \t]|//")


def premise_place(map: ArgumentMap, step: Step, id: str) -> Span | None:
    """Where a joined premise of a step is written as a reference, the last time; otherwise where the step is."""
    span = step.span
    if map.source is None or span is None or step.kind is StepKind.INFERENCE or len(step.ground) == 1:
        return span
    text = map.source.text
    line = re.compile(rf"[ \t]*[^\s()]+[ \t]+(\({re.escape(id)}\))[ \t]*(?:[\r\n]|\Z)")
    begin = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    depth = span.start - begin
    found = span
    # The lines of the step are as deep as its first; what is deeper is under one of them.
    for match in _ROW.finditer(text, begin):
        indent = match.end(1) - match.start()
        first = match.start() == begin
        if indent < depth or (indent == depth and not first and not _JOINS.match(text, match.end(1))):
            break
        if indent == depth and (referred := line.match(text, match.start())):
            found = Span(*referred.span(1), map.source)
    return found
