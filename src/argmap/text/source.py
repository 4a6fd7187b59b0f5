"""Source text and places in it. Offsets count code points from 0; lines and columns count from 1."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

# Not str.splitlines, which also breaks at U+2028, form feeds and other characters that authors use inside lines.
_LINE_END = re.compile(r"\r\n|\n|\r")


@frozen
class Source:
    """A text and the name it goes by (a path as the user gave it, or something like `<stdin>`).

    A byte-order mark is kept, as one code point, so that offsets stay true to the file.
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column (both from 1, in code points) of an offset; a byte-order mark has no column."""
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        if line == 1 and self.text.startswith("\ufeff"):
            column = max(1, column - 1)
        return line, column

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its line end and without a byte-order mark."""
        starts = self._starts
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n").removeprefix("\ufeff")


@frozen(eq=False)
class Utf16:
    """Places in a source as editors and browsers count them: in UTF-16 code units, lines from 0.

    A character outside the Basic Multilingual Plane (an emoji) counts two. A place inside one is read as its beginning.
    """

    source: Source

    @cached_property
    def _wide(self) -> list[int]:
        """Where the characters are that take two units."""
        text = self.source.text
        return [] if text.isascii() else [at for at, character in enumerate(text) if character > "\uffff"]

    def units(self, offset: int) -> int:
        """The units before an offset in code points."""
        return offset + bisect_left(self._wide, offset)

    def offset(self, units: int) -> int:
        """The code points before so many units; the end of the text for more than it has."""
        wide = self._wide
        passed = bisect_right(range(len(wide)), units - 2, key=lambda number: wide[number] + number)
        is_inside = passed < len(wide) and wide[passed] + passed + 1 == units
        return min(max(units - passed - is_inside, 0), len(self.source.text))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the units before the offset on it, both from 0."""
        line = bisect_right(self.source._starts, offset) - 1
        return line, self.units(offset) - self.units(self.source._starts[line])

    def offset_at(self, line: int, units: int) -> int:
        """The offset of a position; one past the end of its line is read as that end."""
        starts = self.source._starts
        if line >= len(starts):
            return len(self.source.text)
        end = starts[line + 1] if line + 1 < len(starts) else len(self.source.text)
        end = starts[line] + len(self.source.text[starts[line] : end].rstrip("\r\n"))
        return min(self.offset(self.units(starts[line]) + units), end)


@frozen(order=True, weakref_slot=False)
class Span:
    """A half-open range of code-point offsets into a source text; `source`, where known, is not compared."""

    start: int
    end: int
    source: Source | None = field(default=None, eq=False, order=False, repr=False)


class Placed(Protocol):
    """Anything that was written somewhere, or nowhere where it was built in Python."""

    @property
    def span(self) -> Span | None: ...


def place_in(source: Source, things: Iterable[Placed]) -> None:
    """Set `source` in each span that has none yet, in place: a reader has just made them, and copies take long."""
    for thing in things:
        if thing.span is not None and thing.span.source is None:
            object.__setattr__(thing.span, "source", source)
