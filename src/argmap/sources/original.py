"""A text that a map is about: its words and its paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import groupby

from attrs import field, frozen

from argmap.sources.words import Words, rejoined, split
from argmap.text import Span
from argmap.text.words import by_key


@frozen
class Original:
    """A source text, by the name its file goes by and the short name a map gives it (if it does); or by its aliases.

    Its words, index and paragraphs are made once, when first asked for.
    """

    name: str
    text: str = field(repr=False)
    short: str | None = None
    markdown: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *filter(None, (self.short,)), *self.aliases)

    @cached_property
    def printings(self) -> tuple[Printing, ...]:
        """The text's words as they stand, then (where a hyphen ends a line) with divided words made whole."""
        text = self.text
        if self.markdown:
            from argmap.sources.markdown import blank_markup  # its patterns take long to compile

            text = blank_markup(text)
        words = split(text)
        whole = rejoined(words, text)
        return (Printing(words),) if whole is None else (Printing(words), Printing(whole))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return find_paragraphs(self.text, self.markdown)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraphs_at(self, span: Span) -> tuple[Paragraph, ...]:
        """The paragraphs that a range of the text touches, in order."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_right(self._starts, max(span.start, span.end - 1))
        return tuple(p for p in self.paragraphs[first:last] if p.start < span.end and span.start < p.end)


@frozen
class Printing:
    """The words of a text with an index of where each occurs."""

    words: Words

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """The positions of each word and sign, in order."""
        return by_key((key, position) for position, key in enumerate(self.words.keys))

    @cached_property
    def caseless(self) -> dict[str, list[int]]:
        """The positions of each word, ignoring case; positions of one word need not be in order."""
        found: dict[str, list[int]] = {}
        for key, positions in self.index.items():
            if key[0].isalnum():
                found.setdefault(key.casefold(), []).extend(positions)
        return found


_BLANKS = "\ufeff \t\r\n\v\f\u00a0"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ \t]|$)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*$")

# A line longer than any that is broken by hand: the text's lines are whole paragraphs.
_UNBROKEN = 160


@frozen
class Paragraph:
    """A paragraph at `start:end` of a text (code points); `number` counts from 1, and is 0 for a heading."""

    number: int
    start: int
    end: int

    @property
    def is_heading(self) -> bool:
        return self.number == 0


def find_paragraphs(text: str, markdown: bool = False) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, in order.

    Blank lines separate them. Lines that were not broken by hand, as in text pasted from a page, are paragraphs
    by themselves. In Markdown, headings and list items are separate too.
    """
    found: list[tuple[int, int, bool]] = []
    for is_blank, lines in groupby(_LINE.finditer(text), lambda line: not line[0].strip(_BLANKS)):
        if not is_blank:
            found += _parts(text, [line.span() for line in lines], markdown)
    numbered: list[Paragraph] = []
    number = 0
    for start, end, heading in found:
        number += not heading
        words = text[start:end]
        start += len(words) - len(words.lstrip(_BLANKS))
        numbered.append(Paragraph(0 if heading else number, start, start + len(text[start:end].rstrip())))
    return tuple(numbered)


def _parts(text: str, lines: list[tuple[int, int]], markdown: bool) -> list[tuple[int, int, bool]]:
    """The paragraphs in lines that no blank line separates: start, end, whether it is a heading."""
    if len(lines) == 2 and markdown and _UNDERLINE.match(text, *lines[1]):
        return [(lines[0][0], lines[1][1], True)]
    if any(end - start > _UNBROKEN for start, end in lines):
        return [(start, end, markdown and bool(_HEADING.match(text, start, end))) for start, end in lines]
    parts: list[tuple[int, int, bool]] = []
    for start, end in lines:
        heading = markdown and bool(_HEADING.match(text, start, end))
        apart = not parts or heading or parts[-1][2] or (markdown and bool(_ITEM.match(text, start, end)))
        if apart:
            parts.append((start, end, heading))
        else:
            parts[-1] = (parts[-1][0], end, False)
    return parts
