"""A text that a map is about: its words, its paragraphs, and its Markdown blanked out."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from functools import cached_property

from attrs import field, frozen

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
        """The positions of each word, ignoring case; positions of one word need not be in order."""
        found: dict[str, list[int]] = {}
        for key, positions in self.index.items():
            if key[0].isalnum():
                found.setdefault(key.casefold(), []).extend(positions)
        return found


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
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if match[0].strip("\ufeff \t\r\n\v\f\u00a0"):
            block.append((start, end))
        elif block:
            found += _parts(text, block, markdown)
            block = []
        if end == len(text):
            break
    if block:
        found += _parts(text, block, markdown)
    numbered: list[Paragraph] = []
    number = 0
    for start, end, heading in found:
        number += not heading
        words = text[start:end]
        start += len(words) - len(words.lstrip("\ufeff \t\r\n\v\f\u00a0"))
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


# Markdown's markup, blanked out so that every word left keeps its place in the file.

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LINK = re.compile(r"(!?\[)([^\[\]\n]*)(\](?:\([^()\n]*\)|\[[^\[\]\n]*\]))")
_AWAY = re.compile(
    r"""(?mx)
    ^[ ]{0,3}\[[^\[\]\n]+\]:[ \t][^\n]*$      # where a reference link leads, or a footnote's mark and text
    | \[\^[^\[\]\s]+\]                        # a mark that refers to a footnote
    | </?[A-Za-z][^<>\n]*>                    # a tag, or an address in angle brackets
    | ^[ ]{0,3}(?:=+|-{2,})[ \t]*$            # the line under a heading, or a rule
    | ^[ \t]*(?:>[ \t]?)*(?:\#{1,6}(?=[ \t])|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))   # heading, list item
    | ^[ \t]*(?:>[ \t]?)+                     # quoted line
    """
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def blank_markup(text: str) -> str:
    """The text with its markup made into spaces, one for one; character references become their character."""
    text = _FRONT_MATTER.sub(_spaces, text)
    text = _blank_comments(text)
    text = _LINK.sub(lambda found: " " * len(found[1]) + found[2] + " " * len(found[3]), text)
    text = _AWAY.sub(_spaces, text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]).ljust(len(found[0]))[: len(found[0])], text)


def _spaces(found: re.Match[str]) -> str:
    # Line ends stay: they separate paragraphs.
    return re.sub(r"[^\r\n]", " ", found[0])


def _blank_comments(text: str) -> str:
    parts: list[str] = []
    after = 0
    while (start := text.find("<!--", after)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += (text[after:start], re.sub(r"[^\r\n]", " ", text[start : end + 3]))
        after = end + 3
    return "".join((*parts, text[after:]))
