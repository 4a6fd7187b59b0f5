"""Where the paragraphs of a text are."""

from __future__ import annotations

import re

from attrs import frozen

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


def paragraphs(text: str, markdown: bool = False) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, in order.

    Blank lines part them. Lines that were not broken by hand, as when text is pasted from a page, are
    paragraphs by themselves. In Markdown, headings and list items stand apart as well.
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
    """The paragraphs in lines that no blank line parts: start, end, whether it is a heading."""
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
