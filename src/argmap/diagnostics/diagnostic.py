"""Diagnostics: the errors, warnings and notes about a document, as values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen

from argmap.text import Source, Span, place_in


class Severity(Enum):
    """How much a diagnostic matters. Errors and warnings make `argmap check` exit 1; notes do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Label:
    """A place that a diagnostic points at, and the text beside it (may be empty)."""

    span: Span
    text: str = ""


@frozen
class Edit:
    """Replace the text at `span` by `replacement`."""

    span: Span
    replacement: str


@frozen
class Fix:
    """A change that can be applied automatically. A safe one cannot change what the author meant."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


@frozen
class Diagnostic:
    """One error, warning or note.

    Attributes:
        message: What is wrong, on one line.
        labels: The places, the main one first; none if the map was built in Python.
        hint: What to write instead.
        form: Where no fix is certain, the right form in the author's words; at most three lines.
    """

    code: str
    severity: Severity
    message: str
    labels: tuple[Label, ...] = ()
    hint: str | None = None
    fix: Fix | None = None
    form: str | None = None

    @property
    def span(self) -> Span | None:
        """The main place, if there is one."""
        return self.labels[0].span if self.labels else None


def in_source(diagnostics: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """The diagnostics, after `source` is set in each of their spans that has none yet."""
    found = tuple(diagnostics)
    for each in found:
        place_in(source, each.labels)
        place_in(source, each.fix.edits if each.fix else ())
    return found


@frozen
class Report:
    """All diagnostics about one source."""

    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()
