"""The box of a statement: what it says, broken into lines, and how large it will be."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import fsum
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from argmap.drawing.overlay import Flag, OverlayMark
from argmap.drawing.scene import Outline, TextLine, TextRun, rectangle
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrapping import Run, Words, is_exact, is_right_to_left, length, wrap
from argmap.drawing.wrapping import width as width_of
from argmap.model import Attitude, Emphasis, Statement
from argmap.text.words import by_key

SIZE = 11.0
"""The font size of a statement, points."""
SMALL = 9.0
LEADING = 13 / SIZE
"""The height of a line, in multiples of the font's size."""
BASE_LINE = 0.8 * LEADING
"""How far under its top the letters of a line stand, in multiples of the font's size."""
SIGN_MIDDLE = 0.34
"""How far the middle of + − ~ lies over the base line, in multiples of the font's size."""
PARAGRAPH = SIZE * 0.6
"""The gap between two paragraphs, points."""
MARGIN = 4
"""How much wider than its words and padding a box is, points."""
PADDING = 7
RING = 11
"""The room of a second border on both sides together, points."""
RING_LINE = 2.4
DASHES = (5.0, 2.0)
DOTS = (1.0, 5.0)
CORNER = 7.0
"""How much of a side is left to each of its corners where lines come in at it, points."""
# How far apart heads are at the least, points; of very many, boxes would be too high
_AT_LEAST = 5.0
_HIGHEST = 150.0
FOOT_PITCH = SMALL * LEADING + 1
AVERAGE = 0.5
"""The width of an average character, in multiples of the font's size; turns characters into a length."""

Painting = tuple[tuple[Outline, ...], tuple[TextLine, ...]]
"""What something looks like at its place."""

ATTITUDE_SIGNS = {Attitude.ACCEPT: "✓", Attitude.REJECT: "✕", Attitude.DOUBT: "?"}


@frozen(repr=False)
class BoxContent:
    """What a box says, before it is broken into lines."""

    label: str
    asides: str
    text: str
    emphasis: tuple[Emphasis, ...]
    holders: tuple[str, ...]
    """A line for each attitude: its sign, and who takes it."""
    flags: tuple[Flag, ...]
    hidden: int
    words: Mapping[str, str] = field(factory=dict, hash=False)
    """argmap's own words in the map's language."""
    size: float = SIZE
    """The font size of the text, points."""


def content(
    statement: Statement,
    held: Sequence[tuple[Attitude, str]] = (),
    flags: Sequence[Flag] = (),
    hidden: int = 0,
    lang: str = "",
    words: Mapping[str, str] = {},
    *,
    quotes: bool = False,
) -> BoxContent:
    """What the box of a statement says, and who holds what of it.

    Long words are hyphenated if `lang`, a BCP 47 tag, is known.
    """
    asides = [statement.qualifier.value] if statement.qualifier is not None else []
    said_of_it = {
        "left unsaid": statement.implicit,
        "open": statement.open,
        "unproved": statement.unproved,
        "not written": statement.missing,
    }
    asides += [words for words, is_so in said_of_it.items() if is_so]
    text, emphasis = ("", ()) if statement.missing else _hyphenated(statement, lang)
    return BoxContent(
        label=f"({statement.label})" if statement.label is not None else "",
        asides=", ".join(words.get(each, each) for each in asides),
        text=text,
        emphasis=emphasis if text else (),
        holders=(*(_quoted(statement) if quotes else ()), *_holders(held)),
        flags=tuple(flag for flag in flags if flag.mark is not OverlayMark.STANDS or flag.note),
        hidden=hidden,
        words=words,
    )


_LONG_WORD = re.compile(r"[^\W\d_]{20,}")


def _hyphenated(statement: Statement, lang: str) -> tuple[str, tuple[Emphasis, ...]]:
    """A statement's text with soft hyphens in long words, and its emphasis moved along."""
    text = statement.text
    words = list(_LONG_WORD.finditer(text)) if lang else []
    hyphenator = _hyphenator(lang) if words else None
    if hyphenator is None:
        return text, statement.emphasis
    places = [word.start() + at for word in words for at in hyphenator.positions(word[0])]
    parts = [text[start:end] for start, end in pairwise([0, *places, len(text)])]
    moved = (
        evolve(mark, start=mark.start + bisect_right(places, mark.start), end=mark.end + bisect_left(places, mark.end))
        for mark in statement.emphasis
    )
    return "\u00ad".join(parts), tuple(moved)


@cache
def _hyphenator(lang: str) -> Any:
    import pyphen

    found = pyphen.language_fallback(lang.replace("-", "_"))
    return pyphen.Pyphen(lang=found) if found else None


def _quoted(statement: Statement) -> Iterator[str]:
    """The quotations of a statement, each with where it is from."""
    for quotation in statement.quotations:
        yield f"“{' '.join(quotation.words.split())}”" + (f" ({quotation.where})" if quotation.where else "")


def _holders(held: Sequence[tuple[Attitude, str]]) -> tuple[str, ...]:
    names = by_key(held)
    signs = ((sign, names[attitude]) for attitude, sign in ATTITUDE_SIGNS.items() if attitude in names)
    return tuple(f"{sign}\u00a0{', '.join(dict.fromkeys(holders))}" for sign, holders in signs)


def flag_text(flag: Flag, own: Mapping[str, str] = {}) -> str:
    """A flag in words, with its sign; `own` are argmap's words in the map's language."""
    mark, holder = flag.mark, f"{flag.holder}:" if flag.holder else ""
    text = " ".join(filter(None, (mark.sign, holder, own.get(mark.meaning, mark.meaning))))
    return f"{text}, {flag.note}" if flag.note else text


@frozen(eq=False, repr=False)
class BoxText:
    """A text broken into lines, and its size in points."""

    rows: list[Words]
    """An empty line is a gap between paragraphs."""
    width: float
    height: float


def lay_out(content: BoxContent, characters: float, balance: bool) -> BoxText:
    """Break a statement's text into lines. Everything is in points."""
    limit = characters * AVERAGE
    head: list[Run] = []
    if content.label:
        head.append(Run(content.label + " ", bold=True, accent=True))
    if content.asides:
        head.append(Run(content.asides + ": ", italic=True, accent=True))
    taken = length(tuple(head))
    rows: list[Words] = []
    paragraphs = [part for part in content.text.split("\n\n") if part.strip()] or [""]
    if taken > limit * 0.7 or is_right_to_left(content.text):
        # A head that leaves no room, or reads the other way, stands by itself, broken like any other text.
        for run in head:
            rows.extend(
                tuple(Run(each.text, run.bold, run.italic, True) for each in line) for line in wrap(run.text, limit)
            )
        head, taken = [], 0.0
    offset = 0
    for number, paragraph in enumerate(paragraphs):
        start = content.text.find(paragraph, offset) if paragraph else 0
        offset = start + len(paragraph)
        marks = _within(content.emphasis, start, offset) if content.emphasis else ()
        lines = wrap(paragraph, limit, marks, taken if number == 0 else 0.0, balance)
        if number == 0 and head:
            lines = ((*head, *lines[0]), *lines[1:])
        if number:
            rows.append(())
        rows.extend(line for line in lines if line or (len(lines) == 1 and not rows))
    if len(rows) > 1:
        rows = [row for index, row in enumerate(rows) if row or 0 < index < len(rows) - 1]
    widest = max(map(length, rows), default=0.0) * content.size
    height = fsum(content.size * LEADING if row else PARAGRAPH for row in rows)
    return BoxText(rows, widest, height)


def _within(emphasis: Sequence[Emphasis], start: int, end: int) -> tuple[Emphasis, ...]:
    return tuple(
        Emphasis(max(mark.start, start) - start, min(mark.end, end) - start, mark.strong)
        for mark in emphasis
        if mark.start < end and mark.end > start
    )


@frozen(kw_only=True, repr=False)
class BoxStyle:
    """How a box is painted."""

    hue: Hue
    border: float = 1.3
    dashed: bool = False
    dotted: bool = False
    struck: bool = False
    ring: str | None = None
    """The colour of a second border, around everything."""


@define(kw_only=True, eq=False, repr=False)
class Box:
    """A box ready to be drawn; sizes are in points, borders included."""

    content: BoxContent
    body: BoxText
    foot: tuple[tuple[Words, bool], ...]
    """The small lines under the text, and whether each is strong."""
    style: BoxStyle
    theme: Theme
    width: float
    height: float
    extra: float
    """How much of the height is left free over and under the words together."""
    right_to_left: bool
    painted: tuple[float, float, Painting] | None = field(default=None, init=False)
    """Where it was painted last, and what that gave."""

    def paint(self, x: float, y: float) -> Painting:
        """The box with its left top corner at a point: its outline first, then what it says."""
        found = self.painted
        if found is None or found[:2] != (x, y):
            found = self.painted = x, y, self._paint(x, y)
        return found[2]

    def _paint(self, x: float, y: float) -> Painting:
        style, hue, theme = self.style, self.style.hue, self.theme
        width, height, border = self.width, self.height, self.style.border
        outlines: list[Outline] = []
        if style.ring is not None:
            around = rectangle(x, y, width, height, is_rounded=theme.rounded, border=RING_LINE)
            outlines.append(Outline(segments=around, fill=theme.background, stroke=style.ring, width=RING_LINE))
            x, y, width, height = x + RING / 2, y + RING / 2, width - RING, height - RING
        inside = rectangle(x, y, width, height, is_rounded=theme.rounded, border=border)
        dashes = DASHES if style.dashed else DOTS if style.dotted else ()
        outlines.append(Outline(segments=inside, fill=hue.fill, stroke=hue.line, width=border, dashes=dashes))
        lines: list[TextLine] = []
        backwards = self.right_to_left
        at = (x + width - border - PADDING) if backwards else x + border + PADDING
        colour, size = hue.text if style.struck else theme.text, self.content.size
        top = y + border + PADDING + self.extra / 2
        for line in self.body.rows:
            if not line:
                top += PARAGRAPH
                continue
            runs = tuple(
                TextRun(run.text, hue.text if run.accent else colour, run.bold, run.italic, style.struck)
                for run in line
            )
            lines.append(text_line(runs, at, top + BASE_LINE * size, size, is_right_to_left=backwards))
            top += size * LEADING
        top += PADDING - 2
        for line, strong in self.foot:
            words = "".join([run.text for run in line])
            runs = signed_runs(words, hue.text if strong else theme.quiet, strong)
            lines.append(text_line(runs, at, top + BASE_LINE * SMALL, SMALL, is_right_to_left=backwards))
            top += FOOT_PITCH
        return tuple(outlines), tuple(lines)


def text_line(
    runs: tuple[TextRun, ...],
    x: float,
    y: float,
    size: float,
    *,
    anchor: Literal["start", "middle"] = "start",
    is_right_to_left: bool = False,
) -> TextLine:
    """A line of text, measured."""
    return TextLine(
        x=x,
        y=y,
        size=size,
        runs=runs,
        width=fsum([width_of(run.text, run.bold) for run in runs]) * size,
        anchor=anchor,
        is_right_to_left=is_right_to_left,
        is_exact=is_exact("".join([run.text for run in runs])),
    )


_SIGN = re.compile("(?:[▸▲↓◇✂✓✕]|→ [✓✕]|→)(?=[\u00a0 ])")


def signed_runs(text: str, colour: str, bold: bool = False) -> tuple[TextRun, ...]:
    """A text of argmap's own as a run, or as two where it begins with a sign."""
    if text[:1].isascii() or (found := _SIGN.match(text)) is None:
        return (TextRun(text, colour, bold),)
    return TextRun(found[0], colour, bold, is_sign=True), TextRun(text[found.end() :], colour, bold)


def sign_line(sign: str, x: float, y: float, colour: str) -> TextLine:
    """The sign of a step, its middle at a point."""
    return text_line((TextRun(sign, colour, True, is_sign=True),), x, y + SIGN_MIDDLE * SIZE, SIZE, anchor="middle")


def rough_size(content: BoxContent, body: BoxText, room: float) -> tuple[float, float]:
    """About the size that `box` will come to, without breaking the small lines."""
    across = max(body.width, room, 90.0 if content.holders or content.flags else 0.0) + 2 * PADDING + 4
    foot = sum(1 + width_of(flag_text(flag)) * SMALL // across for flag in content.flags)
    foot += sum(1 + width_of(line) * SMALL // across for line in content.holders)
    foot += 1 if content.hidden else 0
    high = body.height + 2 * PADDING + 3 + (foot * (SMALL * LEADING + 1) + 2 if foot else 0)
    return across, high


def box(
    content: BoxContent, body: BoxText, style: BoxStyle, theme: Theme, room: float = 0.0, least: float = 0.0
) -> Box:
    """Put a box together.

    Args:
        room: A least width for its text, points: boxes in a column may be made alike.
        least: A least height for all of it, points: many lines may have to come in at a side.
    """
    small = max(body.width, room, 90.0)
    foot: list[tuple[Words, bool]] = []
    for flag in content.flags:
        foot.extend((line, True) for line in wrap(flag_text(flag, content.words), small / SMALL))
    if content.hidden:
        inside = content.words.get("more inside", "more inside")
        foot.append(((Run(f"▸ {content.hidden:,} {inside}"),), False))
    for words in content.holders:
        foot.extend((line, False) for line in wrap(words, small / SMALL, balance=True))
    foot_width = SMALL * max((length(line) * (1.08 if strong else 1) for line, strong in foot), default=0.0)
    inner = round(max(body.width, foot_width, room) + 2 * PADDING + MARGIN)
    height = body.height + 2 * PADDING + (len(foot) * FOOT_PITCH + 2 if foot else 0)
    extra = max(0.0, least - height)
    around = 2 * style.border + (RING if style.ring is not None else 0)
    return Box(
        content=content,
        body=body,
        foot=tuple(foot),
        style=style,
        theme=theme,
        width=inner + around,
        height=height + extra + around,
        extra=extra,
        right_to_left=is_right_to_left(content.text),
    )


def height_for(lines: int) -> float:
    """How high a box should be at the least that so many lines come to on one side, points."""
    return min(2 * CORNER + _AT_LEAST * (lines - 1), _HIGHEST) if lines > 1 else 0.0
