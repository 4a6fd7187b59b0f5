"""What could not be carried over from one format to another: the AM4xx diagnostics.

One code says what kind of thing was lost or changed; the message says which one and why. A `Losses` collects
them while a reader or writer works.

    losses = Losses()
    losses.left_out("the edge 12 leads from a locution to an inference; a map has no such step", span)
    return Conversion(map, losses.diagnostics)
"""

from __future__ import annotations

from attrs import evolve

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.text import Placed, Span

Where = Span | Placed | None


class Losses:
    """Collects what was lost, in order. Messages begin in lower case and end without a stop."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def left_out(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM401: something in the source has no counterpart and was left out."""
        self._add("AM401", Severity.WARNING, message, where, hint)

    def changed(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM402: something came over with another meaning, because its own cannot be said."""
        self._add("AM402", Severity.WARNING, message, where, hint)

    def skipped(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM403: a part of the file is broken (a name that leads nowhere) and was passed over."""
        self._add("AM403", Severity.WARNING, message, where, hint)

    def renamed(self, message: str, where: Where = None, hint: str | None = None) -> None:
        """AM404: a name had to change. A note: nothing is lost, but who looks for the old name is told."""
        self._add("AM404", Severity.NOTE, message, where, hint)

    def place_last(self, where: Where) -> None:
        """Say where the last one stands, when that is only worth finding out once there is one."""
        span = where if where is None or isinstance(where, Span) else where.span
        if span is not None:
            self._found[-1] = evolve(self._found[-1], labels=(Label(span),))

    def _add(self, code: str, severity: Severity, message: str, where: Where, hint: str | None) -> None:
        span = where if where is None or isinstance(where, Span) else where.span
        labels = () if span is None else (Label(span),)
        self._found.append(Diagnostic(code, severity, message, labels, hint))
