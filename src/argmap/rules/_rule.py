"""What a rule is, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from argmap.diagnostics import Diagnostic, Fix, Label, Severity
from argmap.model import ArgumentMap
from argmap.text import Placed, Span


@frozen
class Finding:
    """What a rule found, before the rule's code and severity are put to it."""

    message: str
    labels: tuple[Label, ...] = ()
    hint: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None


Check = Callable[[ArgumentMap], Iterator[Finding]]


@frozen
class Rule:
    """One rule: its code, its name, how much it usually matters, whether it runs unasked, and the check."""

    code: str
    severity: Severity
    default: bool
    module: str
    check: Check

    @property
    def name(self) -> str:
        """The kebab-case name: `near-duplicate-labels`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    def run(self, map: ArgumentMap) -> Iterator[Diagnostic]:
        """Everything this rule has to say about a map."""
        for finding in self.check(map):
            yield Diagnostic(
                self.code,
                finding.severity or self.severity,
                finding.message,
                finding.labels,
                finding.hint,
                finding.fix,
            )


def rule(code: str, severity: Severity, *, default: bool = True) -> Callable[[Check], Rule]:
    """Make a rule of a check; `default=False` is one that runs only when it is selected."""
    return lambda check: Rule(code, severity, default, check.__module__, check)


def found(
    message: str,
    *places: tuple[Placed | Span | None, str],
    hint: str | None = None,
    fix: Fix | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding that points at `places`, the main one first.

    Objects that were never written anywhere have no place; a place that comes twice is shown once.
    """
    labels: dict[object, Label] = {}
    for placed, text in places:
        span = placed if placed is None or isinstance(placed, Span) else placed.span
        if span is not None:
            labels.setdefault(span, Label(span, text))
    return Finding(message, tuple(labels.values()), hint, fix, severity)
