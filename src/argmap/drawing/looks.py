"""How each kind of line looks: always by sign, arrowhead and line style, and only then by hue."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from math import cos, sin

from attrs import field, frozen

from argmap.drawing.boxes import AVERAGE, DASHES, DOTS, LEADING, SMALL, Painting, sign_line, signed_runs, text_line
from argmap.drawing.scene import Outline, Point, Segment, TextRun, circle, polygon, polyline, rectangle
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrapping import length, rows_of, width, wrap
from argmap.model import Step, StepKind

BAR_SIZE = 0.75
"""The size of a bar as a head: the smallest of heads, and it has to be seen in grey."""
HEAD_SIZE = 0.65


class Head(Enum):
    """The heads of lines, by their names in Graphviz."""

    NORMAL = "normal"
    HOLLOW = "onormal"
    VEE = "vee"
    BAR = "tee"
    TWO_BARS = "teetee"
    RING = "odot"
    SQUARE = "obox"


@frozen(kw_only=True, eq=False, repr=False)
class LineStyle:
    """A line's looks; `word` names it in the legend. `style` is `solid`, `dashed` or `dotted`."""

    sign: str
    word: str
    style: str = "solid"
    head: Head = Head.NORMAL
    thickness: float = 1.4

    @property
    def head_size(self) -> float:
        """The head's size, as Graphviz measures it."""
        return BAR_SIZE if self.head is Head.BAR else HEAD_SIZE


LINES: Mapping[StepKind, LineStyle] = {
    StepKind.REASON: LineStyle(sign="+", word="reason"),
    StepKind.OBJECTION: LineStyle(sign="−", word="objection", head=Head.BAR, thickness=2.0),
    StepKind.CONCESSION: LineStyle(
        sign="~", word="granted, outweighed", style="dotted", head=Head.HOLLOW, thickness=1.8
    ),
    StepKind.COROLLARY: LineStyle(sign="⇒", word="corollary", style="dashed", head=Head.VEE),
    StepKind.INFERENCE: LineStyle(sign="∴", word="inference", head=Head.VEE, thickness=2.0),
}
CONDITION = LineStyle(sign="provided", word="condition", style="dashed", head=Head.RING, thickness=1.2)
EXCEPTION = LineStyle(sign="unless", word="exception", style="dashed", head=Head.SQUARE, thickness=1.2)
CONTRADICTION = LineStyle(sign="><", word="contradiction", head=Head.TWO_BARS)

SIGN_WIDTH = 17.0
"""The diameter of a sign, points."""
SIGN_BORDER = 1.3
PLATE_SIZE = 8.0


@frozen(kw_only=True, eq=False, repr=False)
class Sign:
    """The sign of a step: round, or a filled square."""

    text: str
    hue: Hue
    theme: Theme
    is_blocked: bool = False
    is_square: bool = False
    width: float = SIGN_WIDTH
    height: float = SIGN_WIDTH

    def paint(self, x: float, y: float) -> Painting:
        """The sign with its left top corner at a point."""
        left, top, x, y = x, y, x + self.width / 2, y + self.height / 2
        if self.is_square:
            square = Outline(segments=rectangle(left, top, self.width, self.height), fill=self.hue.line)
            return (square,), (sign_line(self.text, x, y, self.theme.background),)
        outline = Outline(
            segments=circle(x, y, self.width / 2),
            fill=self.theme.background,
            stroke=self.hue.line,
            width=SIGN_BORDER,
            dashes=DASHES if self.is_blocked else (),
        )
        return (outline,), (sign_line(self.text, x, y, self.hue.text),)


@frozen(kw_only=True, eq=False, repr=False)
class Plate:
    """A small plate with words on it: the name of a rule after its sign, `provided`, `unless`, `><`."""

    sign: str = ""
    rows: tuple[str, ...]
    size: float
    hue: Hue
    theme: Theme
    border: float
    padding: float
    width: float
    is_blocked: bool = False
    height: float = field(init=False)

    @height.default
    def _height(self) -> float:
        return len(self.rows) * self.size * 1.2 + 2 * (self.padding + self.border)

    def paint(self, x: float, y: float) -> Painting:
        """The plate with its left top corner at a point."""
        border = self.border
        outline = Outline(
            segments=rectangle(x, y, self.width, self.height, is_rounded=True, border=border),
            fill=self.theme.background,
            stroke=self.hue.line,
            width=border,
            dashes=DASHES if self.is_blocked else (),
        )
        lines = []
        top = y + border + self.padding
        for number, row in enumerate(self.rows):
            runs = signed_runs(row, self.hue.text)
            if self.sign and number == 0:
                sign = TextRun(self.sign, self.hue.text, True, is_sign=True)
                runs = sign, TextRun(f" {row}", self.hue.text)
            base = top + (number + 0.82) * self.size * LEADING
            if len(self.rows) == 1:
                lines.append(text_line(runs, x + self.width / 2, base, self.size, anchor="middle"))
            else:
                lines.append(text_line(runs, x + border + 12, base, self.size))
        return (outline,), tuple(lines)


def step_sign(
    step: Step, hue: Hue, theme: Theme, characters: int, *, is_partial: bool, is_blocked: bool
) -> Sign | Plate:
    """The round sign of a step, or a plate with the name of its rule.

    Args:
        characters: The longest line of a rule's name.
        is_partial: Whether some of the step's premises are not shown.
    """
    line = LINES[step.kind]
    if not step.rule:
        words, is_square = line.sign + ("…" if is_partial else ""), step.kind is StepKind.OBJECTION
        return Sign(text=words, hue=hue, theme=theme, is_blocked=is_blocked, is_square=is_square)
    return tag(line.sign, step.rule, hue, theme, characters * AVERAGE * SMALL + 24, is_dashed=is_blocked)


def tag(
    sign: str, text: str, hue: Hue, theme: Theme, limit: float, *, is_dashed: bool = False, size: float = SMALL
) -> Plate:
    """A plate with a sign and words in lines of at most `limit` points."""
    before = width(f"{sign} ", True)
    room = (limit - 24) / size - before
    widths = [*map(length, wrap(text, room))]
    return Plate(
        sign=sign,
        rows=rows_of(text, room),
        size=size,
        hue=hue,
        theme=theme,
        border=1.2,
        padding=1.5,
        width=max(widths[0] + before, *widths) * size + 24,
        is_blocked=is_dashed,
    )


def plate(words: str, hue: Hue, theme: Theme) -> Plate:
    """A small plate with a word or two on it."""
    wide = round(width(words) * PLATE_SIZE) + 14
    return Plate(rows=(words,), size=PLATE_SIZE, hue=hue, theme=theme, border=1, padding=1, width=wide)


def line_outline(segments: tuple[Segment, ...], line: LineStyle, hue: Hue, *, is_blocked: bool = False) -> Outline:
    """A line without its head."""
    dashes = {"dashed": DASHES, "dotted": DOTS}.get(line.style, DASHES if is_blocked else ())
    return Outline(segments=segments, stroke=hue.line, width=line.thickness, dashes=dashes)


def head_outlines(line: LineStyle, hue: Hue, tip: Point, angle: float) -> list[Outline]:
    """The head of a line.

    The measures are Graphviz', which leaves room for them.

    Args:
        tip: Where the line's head ends.
        angle: The direction from there back along the line, radians.
    """
    across, along = cos(angle), sin(angle)

    def at(x: float, y: float) -> Point:
        return tip[0] + x * across - y * along, tip[1] + x * along + y * across

    thick, size = line.thickness, 10.0 * line.head_size
    edge = thick / 2
    filled: list[tuple[Segment, ...]] = []
    hollow: list[tuple[Segment, ...]] = []
    if line.head in (Head.NORMAL, Head.HOLLOW):
        point = 1.514 * thick
        outline = polygon(at(point, 0), at(point + size, -0.35 * size), at(point + size, 0.35 * size))
        (filled if line.head is Head.NORMAL else hollow).append(outline)
    elif line.head is Head.VEE:
        point, shaft, notch = 1.22 * thick, (thick - 1) / 2, 0.5 * size
        wing = point + size, 0.45 * size
        filled.append(
            polygon(
                at(point, 0), at(wing[0], -wing[1]), at(notch, -shaft), at(wing[0], -shaft),
                at(wing[0], shaft), at(notch, shaft), at(*wing),
            )
        )  # fmt: skip
    elif line.head in (Head.BAR, Head.TWO_BARS):
        begin = max(edge - 0.1 * size, 0.0)
        for _ in range(2 if line.head is Head.TWO_BARS else 1):
            near, far, wide = begin + 0.1 * size, begin + 0.3 * size, 0.5 * size
            filled.append(polygon(at(near, -wide), at(near, wide), at(far, wide), at(far, -wide)))
            hollow.append(polyline(at(begin, 0), at(begin + 0.5 * size, 0)))
            begin += 0.5 * size + 0.05
    elif line.head is Head.RING:
        hollow.append(circle(*at(edge + 0.4 * size, 0), 0.4 * size))
    else:
        near, far, wide = edge, edge + 0.8 * size, 0.4 * size
        hollow.append(polygon(at(near, -wide), at(near, wide), at(far, wide), at(far, -wide)))
        hollow.append(polyline(at(far, 0), at(edge + size, 0)))
    return [
        Outline(segments=each, fill=fill, stroke=hue.line, width=thick, is_head=True)
        for each, fill in (*((each, hue.line) for each in filled), *((each, None) for each in hollow))
    ]
