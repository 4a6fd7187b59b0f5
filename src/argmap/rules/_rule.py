"""What a rule is, and how it says what it found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from attrs import frozen

from argmap.diagnostics import Diagnostic, Explanation, Fix, Label, Severity
from argmap.model import ArgumentMap
from argmap.model.place import Placed
from argmap.text import Span


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
    """One rule: its code, its name, how much it usually matters, whether it runs unasked, and the check.

    `check` is None for a rule that the reading of the document reports, and that is only explained here.
    """

    code: str
    severity: Severity
    default: bool
    module: str
    check: Check | None = None

    @property
    def name(self) -> str:
        """The kebab-case name: `near-duplicate-labels`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def explanation(self) -> Explanation:
        """The module's docstring, parted into summary and text (empty under `python -OO`)."""
        summary, _, text = (sys.modules[self.module].__doc__ or "").partition("\n")
        return Explanation(self.code, self.name, self.severity, summary.strip(), text.strip() + "\n")

    def run(self, map: ArgumentMap) -> Iterator[Diagnostic]:
        """Everything this rule has to say about a map."""
        if self.check is None:
            return
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


def explained(code: str, severity: Severity, module: str) -> Rule:
    """A rule that is reported while the document is read, and only explained here."""
    return Rule(code, severity, True, module)


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
        span = placed.span if isinstance(placed, Placed) else placed
        if span is not None:
            labels.setdefault(span, Label(span, text))
    return Finding(message, tuple(labels.values()), hint, fix, severity)
