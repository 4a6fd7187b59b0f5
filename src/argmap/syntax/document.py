"""What the parser makes of a text: its lines as a tree, each with what it says, before any name is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from argmap.diagnostics import Diagnostic
from argmap.syntax.marks import BLANKS, BY_TYPE, SIGNS
from argmap.text import Source, Span
from argmap.text.words import lazy

_FURTHER_LINE = lazy(rf"(?:\r\n|[\r\n])[{BLANKS}]*(?:>[{BLANKS}]+)?(?P<line>[^\r\n]*)")


@frozen(repr=False)
class LabelUse:
    """A label where it is written, without and with (`span`) its parentheses."""

    label: str
    span: Span = field(eq=False)


@frozen(repr=False)
class Attribute:
    """One attribute of a statement or a stance.

    `type` is its terminal in the grammar: QUALIFIER, FLAG, TAG or PAIR. Only a PAIR has a `value`, and only there is
    `name` not the whole of it.
    """

    type: str
    name: str
    value: str
    span: Span = field(eq=False)


@frozen(repr=False)
class ClaimText:
    """A statement's text that has markup: plain text, its stressed ranges (start, end, strong), its attributes."""

    text: str
    emphasis: tuple[tuple[int, int, bool], ...] = ()
    attributes: tuple[Attribute, ...] = ()


@frozen(repr=False)
class QuotationText:
    """What follows `>`: words of a source and where they are, or a note (not `is_quoted`)."""

    words: str
    where: str | None = None
    is_quoted: bool = True


@frozen(repr=False)
class Holding:
    """One attitude of a stance line, and what it is about: statements, or a step.

    Attributes:
        labels: The statements, or the ground of the step; none: the statement above.
        target: The target of the step.
    """

    verb: str
    labels: tuple[LabelUse, ...]
    target: LabelUse | None = None

    @property
    def uses(self) -> tuple[LabelUse, ...]:
        """All labels that it names."""
        return self.labels if self.target is None else (*self.labels, self.target)


@frozen(repr=False)
class StanceText:
    """What follows `@`: who holds what; when, who reports it and how firmly."""

    holders: tuple[str, ...] = ()
    held: tuple[Holding, ...] = ()
    attributes: tuple[Attribute, ...] = ()


@frozen(repr=False)
class BarText:
    """What follows a bar: the rule, the premises that are named after `from`, and the labels in the rule's words."""

    rule: str
    premises: tuple[LabelUse, ...]
    mentioned: tuple[LabelUse, ...]


@define(eq=False, repr=False, weakref_slot=False)
class Line:
    """One line of the notation with the plain lines that continue it, and what is indented under it.

    Attributes:
        type: The terminal of the grammar that it was read as: REASON, STATEMENT, QUOTATION, …; STRAY for a refused
            line.
        label: The label, without parentheses; of a FACT its key.
        text: The text after mark and label, or the value of a FACT, as written: escapes and attributes are still in
            it, its lines are separated by a newline, its paragraphs by two.
        start: Where its mark (or its first character) is; code points.
        lead: How far from there its text begins.
        size: How far from there its text ends.
        content: What the text says. A string where that is no more than plain text.
        children: The lines under it, in order.
    """

    type: str
    label: str | None
    text: str
    start: int
    lead: int
    size: int
    content: str | ClaimText | QuotationText | StanceText | BarText = ""
    children: tuple[Line, ...] | None = None

    @property
    def text_start(self) -> int:
        return self.start + self.lead

    @property
    def end(self) -> int:
        return self.start + self.size

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def says_nothing(self) -> bool:
        """Whether this is a refused line with nothing in it that could be a statement."""
        return self.type == "STRAY" and not self.text and self.label is None

    def pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """The lines of its text and where each begins in the document's `text`; between paragraphs an empty one."""
        first, *further = self.text.split("\n")
        yield self.text_start, first
        position = self.text_start + len(first)
        lines = _FURTHER_LINE.finditer(text, position, self.end)
        for part in further:
            if part:
                # What stands between is blank lines and comments; every other line is one of these, in order.
                match = next(m for m in lines if m["line"] and not m["line"].startswith("//"))
                position = match.start("line")
            yield position, part
            position += len(part)


@frozen(eq=False, repr=False)
class Comment:
    """A `//` line: where it begins, and its text with the slashes."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


@frozen(eq=False, repr=False)
class Document:
    """A parsed text, faults and all.

    Attributes:
        text: The source's text as it was read: as it is, but for control characters, which are U+FFFD.
        facts: The header's lines, in order.
        parts: What follows: a heading or a stance at the margin (a Line), or an unbroken run of statements and bars
            (a tuple of Lines).
        comments: In order; they are kept beside the tree, so that it stays small and none is lost.
        diagnostics: Every fault of syntax, in order of place.
    """

    source: Source
    text: str
    facts: Sequence[Line]
    parts: Sequence[Line | tuple[Line, ...]]
    comments: list[Comment]
    diagnostics: tuple[Diagnostic, ...]

    def lines(self) -> Iterator[tuple[Line, int]]:
        """Every line with its depth, in the order of the text."""
        for fact in self.facts:
            yield fact, 0
        for part in self.parts:
            stack = [(line, 0) for line in (reversed(part) if isinstance(part, tuple) else [part])]
            while stack:
                line, depth = stack.pop()
                yield line, depth
                if line.children:
                    stack += [(child, depth + 1) for child in reversed(line.children)]

    def level(self, heading: Line) -> int:
        """How deep a heading is, from 1."""
        words = self.text[heading.start : heading.end]
        return len(words) - len(words.lstrip(SIGNS["HEADING"] + BY_TYPE["HEADING"].look_alikes))

    def mark_span(self, line: Line) -> Span | None:
        """Where the mark of a line is, sign or word."""
        mark = BY_TYPE[line.type]
        for spelling in (mark.word, mark.sign):
            if spelling and self.text.startswith(spelling, line.start):
                return Span(line.start, line.start + len(spelling), self.source)
        return None

    def label_span(self, line: Line) -> Span | None:
        """Where the label of a line is, with its parentheses."""
        if line.label is None or line.type == "FACT":
            return None
        start = next(at for at in range(line.start, line.end) if self.text[at] in "(（")
        return Span(start, start + len(line.label) + 2, self.source)

    def label_uses(self) -> Iterator[LabelUse]:
        """Every label that is written, before a statement, by itself or in a stance, in the order of the text."""
        for line, _ in self.lines():
            span = self.label_span(line)
            if span is not None:
                yield LabelUse(line.label or "", span)
            elif isinstance(line.content, StanceText):
                for holding in line.content.held:
                    yield from holding.uses
            elif isinstance(line.content, BarText):
                yield from line.content.premises
