"""What the parser makes of a text: its lines as a tree, before any name is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, frozen

from argmap.diagnostics import Diagnostic
from argmap.text import Source, Span

# Blanks that are not indentation but look like it: no-break space and its kin.
ODD_BLANK = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_FURTHER_LINE = re.compile(rf"(?:\r\n|[\r\n])[ \t{ODD_BLANK}]*(?P<line>[^\r\n]*)")


@define(eq=False, repr=False, weakref_slot=False)
class Line:
    """One line of the notation with the plain lines that go on with it, and what is indented under it.

    Attributes:
        type: The terminal of the grammar it was read as: REASON, STATEMENT, QUOTATION, …; STRAY for a refused one.
        label: The label, without parentheses.
        document: The text it stands in.
        start: Where its mark (or its first character) is; code points.
        lead: How far from there its text begins.
        size: How far from there its text ends.
        joined: Its text, where that is not what stands in the document from `lead` to `size`.
        children: The lines under it, in order.
    """

    type: str
    label: str | None
    document: str
    start: int
    lead: int
    size: int
    joined: str | None = None
    children: list[Line] | None = None

    @property
    def text(self) -> str:
        """The text after mark and label as written; for a FACT, the value.

        Its lines are kept apart by a newline, its paragraphs by two. Escapes and attributes are still in it.
        """
        if self.joined is not None:
            return self.joined
        return self.document[self.start + self.lead : self.start + self.size]

    @property
    def text_start(self) -> int:
        return self.start + self.lead

    @property
    def end(self) -> int:
        return self.start + self.size

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """The lines of its text and where each begins in the document's `text`; between paragraphs an empty one."""
        parts = iter(self.text.split("\n"))
        first = next(parts)
        yield self.text_start, first
        position = self.text_start + len(first)
        lines = _FURTHER_LINE.finditer(text, position, self.end)
        for part in parts:
            if not part:
                yield position, part
                continue
            # What stands between is blank lines and comments; every other line is one of these, in order.
            for match in lines:
                if match["line"] and not match["line"].startswith("//"):
                    break
            position = match.start("line")
            yield position, part
            position += len(part)


@frozen(eq=False, repr=False)
class Comment:
    """A `//` line: where it begins, and its text with the slashes."""

    start: int
    text: str


@frozen(eq=False, repr=False)
class Document:
    """A parsed text, faults and all.

    Attributes:
        text: The source's text as it was read: as it is, but for control characters, which are U+FFFD.
        facts: The header's lines, in order.
        parts: What follows: a heading or a stance at the margin (a Line), or an unbroken run of statements and bars
            (a list of Lines).
        comments: In order; they are kept beside the tree, so that it stays small and none is lost.
    """

    source: Source
    text: str
    facts: list[Line]
    parts: list[Line | list[Line]]
    comments: list[Comment]
    diagnostics: tuple[Diagnostic, ...]
