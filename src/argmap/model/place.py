"""Where in the source a model object was written.

Kept as two bare integers, since a large map has hundreds of thousands of them; never part of equality, so that a
map built in Python equals the same map read from a file.
"""

from __future__ import annotations

from attrs import field, frozen

from argmap.text import Span

NOWHERE = -1


@frozen(kw_only=True)
class Placed:
    """Base of everything that may have been written somewhere."""

    start: int = field(default=NOWHERE, eq=False, repr=False)
    end: int = field(default=NOWHERE, eq=False, repr=False)

    @property
    def span(self) -> Span | None:
        """The place in the source, or None for an object built in Python."""
        return None if self.start < 0 else Span(self.start, self.end)
