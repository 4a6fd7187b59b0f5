"""A text that a map is about."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from attrs import field, frozen

from argmap.sources.paragraphs import Paragraph, paragraphs
from argmap.sources.words import Words, rejoined, split
from argmap.text import Source, Span


@frozen
class Original:
    """A source text, by the name its file goes by and the short name a map gives it (if it does).

    Its words, index and paragraphs are made once, when first asked for.
    """

    name: str
    text: str = field(repr=False)
    short: str | None = None
    markdown: bool = False

    @cached_property
    def printings(self) -> tuple[Printing, ...]:
        """The text's words as they stand, then (where a hyphen ends a line) with divided words made whole."""
        text = self.text
        if self.markdown:
            from argmap.sources.markdown import blank_markup

            text = blank_markup(text)
        words = split(text)
        whole = rejoined(words, text)
        return (Printing(words),) if whole is None else (Printing(words), Printing(whole))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return paragraphs(self.text, self.markdown)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraphs_at(self, span: Span) -> tuple[Paragraph, ...]:
        """The paragraphs that a range of the text touches, in order."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_right(self._starts, max(span.start, span.end - 1))
        return tuple(p for p in self.paragraphs[first:last] if p.start < span.end and span.start < p.end)

    @cached_property
    def source(self) -> Source:
        """The text as a `Source`, for lines and columns."""
        return Source(self.name, self.text)


@frozen
class Printing:
    """The words of a text with an index of where each occurs."""

    words: Words

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """The positions of each word and sign, in order."""
        found: dict[str, list[int]] = {}
        for position, key in enumerate(self.words.keys):
            if key in found:
                found[key].append(position)
            else:
                found[key] = [position]
        return found

    @cached_property
    def caseless(self) -> dict[str, list[int]]:
        """The positions of each word whatever its capitals; positions of one word need not be in order."""
        found: dict[str, list[int]] = {}
        for key, positions in self.index.items():
            if key[0].isalnum():
                found.setdefault(key.casefold(), []).extend(positions)
        return found
