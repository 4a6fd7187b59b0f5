"""Text within a line: lines joined to one, escapes, stress, and where each character stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from attrs import frozen

from argmap.syntax.document import Line
from argmap.text import Source, Span

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—−•→⇒“”„«»‘’‹›「」『』")
"""What a backslash can stand before, to make it plain text."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no text has a use for; each is read as U+FFFD, so that places stay true."""
_SPECIAL = re.compile(r"[\\*{}｛]")
_ESCAPED = re.compile(r"\\(.)")
_TOKEN = re.compile(r"\\.|\*{1,2}|[{}]", re.DOTALL)


@frozen(eq=False, repr=False)
class InlineText:
    """The text of a line joined to one string, lines by a space and paragraphs by a blank line.

    A backslash that only says "this line is text" is left out; before punctuation it stays, and escapes that.
    `parts` are the lines: where each begins in `text` and in the source, and its length.
    """

    text: str
    parts: tuple[tuple[int, int, int], ...]
    source: Source

    @classmethod
    def of(cls, line: Line, document: str, source: Source) -> InlineText:
        """The text of a line of a document, whose text as it was read is `document`."""
        text = ""
        parts: list[tuple[int, int, int]] = []
        gap = ""
        for start, piece in line.pieces(document):
            if not piece:
                gap = "\n\n" if text else ""
                continue
            shown = piece[1:] if piece[0] == "\\" and piece[1:2] not in PUNCTUATION and len(piece) > 1 else piece
            text += "" if gap == " " and is_unspaced(text[-1:] + shown[0]) else gap
            parts.append((len(text), start + len(piece) - len(shown), len(shown)))
            text += shown
            gap = " "
        return cls(text, tuple(parts), source)

    def span(self, start: int, end: int) -> Span:
        """The place in the source of a range of the text; of a range over several lines, of its first line."""
        offset, begin, length = self.parts[bisect_right(self.parts, start, key=lambda part: part[0]) - 1]
        at = min(start - offset, length)
        return Span(begin + at, begin + min(end - offset, length), self.source)


def has_markup(text: str) -> bool:
    """Whether a text has a character of an escape, of stress, of attributes, or further lines."""
    return _SPECIAL.search(text) is not None or "\n" in text


def unescaped(text: str) -> str:
    """Text that has escapes but neither stress nor attributes (a note, the words of a quotation, a title)."""
    return _ESCAPED.sub(lambda m: m[1] if m[1] in PUNCTUATION else m[0], text) if "\\" in text else text


def braces(text: str) -> Iterator[tuple[int, str]]:
    """The braces that are not escaped, each with its place."""
    return ((match.start(), match[0]) for match in _TOKEN.finditer(text) if match[0] in "{}")


def stressed(text: str) -> tuple[str, tuple[tuple[int, int, bool], ...]]:
    """Take escapes and stress marks out of a text; the stressed ranges are offsets into what is left."""
    out: list[str] = []
    length = at = 0
    ranges: list[tuple[int, int, bool]] = []
    opened: tuple[int, str, int] | None = None  # where in `out` the opening mark stands, the mark, its offset
    for match in _TOKEN.finditer(text):
        start, token = match.start(), match[0]
        out.append(text[at:start])
        length += start - at
        at = match.end()
        if token[0] == "\\" and token[1] in PUNCTUATION:
            token = token[1]
        elif token[0] == "*":
            before = text[start - 1] if start else " "
            after = text[at] if at < len(text) else " "
            if opened is not None and opened[1] == token and not before.isspace() and not is_letter(after):
                index, _, begin = opened
                out[index] = ""
                length -= len(token)
                ranges.append((begin, length, token == "**"))
                opened = None
                continue
            if (opened is None or opened[1] != token) and not after.isspace() and not is_letter(before):
                opened = (len(out), token, length)
        out.append(token)
        length += len(token)
    out.append(text[at:])
    # An opening mark that was never closed stays as text; ranges after it were measured with it in place.
    return "".join(out), tuple(r for r in ranges if r[0] < r[1])


def is_unspaced(pair: str) -> bool:
    """Whether no blank stands between these two characters when a line ends there: Chinese and Japanese."""
    return len(pair) == 2 and all(
        0x2E80 <= ord(c) < 0xA4D0 or 0xF900 <= ord(c) < 0xFAFF or 0xFF00 <= ord(c) < 0xFFE0 or ord(c) >= 0x20000
        for c in pair
    )


def is_letter(character: str) -> bool:
    """Whether a letter here would make the star part of a word; scripts without spaces between words do not count."""
    return character.isalnum() and ord(character) < 0x2E80
