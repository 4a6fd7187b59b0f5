"""The scene: a picture as plain data, after layout and before any file format.

Painters take a `Scene` and nothing else. Everything is in points; the origin is the top left corner, y grows downwards.
Colours are `#rrggbb`. Texts are as the author wrote them, except that no text holds a character that no picture can
show, and no address leads anywhere but to the web or to mail. Escaping is a painter's business.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Literal, NamedTuple

from attrs import field, frozen

from argmap.drawing.options import Choices
from argmap.text import Span
from argmap.text.display import settled
from argmap.text.words import lazy

Point = tuple[float, float]

# What XML cannot hold at all, further controls, the byte-order mark, lone surrogates and code points that are no
# characters. Marks of direction stay where they can reorder nothing but the text between them.
_NO_TEXT = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]")
_LINE_ENDS = lazy("[\t\r\n\x85\u2028\u2029]+")
_LINK = lazy(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"\\^`{|}]+", re.IGNORECASE)


def printable(text: str) -> str:
    """The text with a replacement character (U+FFFD) for each character that no picture can show."""
    return text if text.isascii() and text.isprintable() else settled(_NO_TEXT.sub("\ufffd", text), "")


def one_line(text: str) -> str:
    """As `printable`, with a space for line ends and tabs."""
    return text if text.isascii() and text.isprintable() else _LINE_ENDS.sub(" ", printable(text))


def safe_link(url: str | None) -> str | None:
    """The address if a picture may lead there (http, https, mailto), otherwise None."""
    return url.strip() if url is not None and _LINK.fullmatch(url.strip()) else None


class PartKind(Enum):
    """What a part of a picture stands for, in the order in which hanging trees are painted; its class in an SVG."""

    HEADING = "heading"
    """Title, byline, caption and legend."""
    SECTION = "section"
    """The frame of a section."""
    GROUND = "ground"
    """The ground of a section inside the tree of another section's claim."""
    EDGE = "edge"
    """A line between boxes and signs, with its head."""
    TITLE = "titles"
    """The title of a section, painted over the lines."""
    STATEMENT = "statement"
    """The box of a statement."""
    TAG = "tag"
    """What stands for a statement that is drawn elsewhere, and leads there."""
    STEP = "step"
    """The sign of a step, or the plate of a condition, exception or contradiction."""


class Segment(NamedTuple):
    """One piece of a path: move, line, cubic curve or close. `points` has 1, 1, 3 or 0 of them."""

    command: Literal["M", "L", "C", "Z"]
    points: tuple[Point, ...] = ()


class Outline(NamedTuple):
    """A filled or stroked path. `fill` or `stroke` is None where it has none; `dashes` is empty for a solid line."""

    segments: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    is_head: bool = False
    """Whether this is part of the head of a line."""


@frozen
class TextRun:
    """A stretch of a line of text in one style; `is_sign`: one of argmap's own signs, which may be drawn as a path."""

    text: str = field(converter=one_line)
    colour: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    is_sign: bool = False


class TextLine(NamedTuple):
    """One line of text.

    Attributes:
        x, y: Its anchor on the base line. `start` is the left end, or the right end of a line that reads right to left.
        size: The font's size.
        width: How wide it was measured to be.
        is_exact: Whether `width` is what the bundled fonts give, and not an estimate.
    """

    x: float
    y: float
    size: float
    runs: tuple[TextRun, ...]
    width: float
    anchor: Literal["start", "middle", "end"] = "start"
    is_right_to_left: bool = False
    is_exact: bool = True


@frozen(kw_only=True)
class Part:
    """Something drawn: a box, a sign, a line, a frame, a heading.

    Attributes:
        id: Unique in its scene, and a name that XML and links can hold; a painter puts its own prefix before it.
        title: A short name: `(a)`, `reason (lives) for (a)`. Empty for decoration, which no reader needs to hear of.
        text: What is read out or shown on hover: a statement with all that is said about it.
        url: Where a click leads (http, https or mailto), or None.
        target: The id of the part that a click leads to, or None.
        inside: The premises that are folded into it: the id and the words of each.
        span: Where in the map's source it is written, or None.
    """

    id: str
    kind: PartKind
    outlines: tuple[Outline, ...] = ()
    lines: tuple[TextLine, ...] = ()
    title: str = field(default="", converter=printable)
    text: str = field(default="", converter=printable)
    url: str | None = field(default=None, converter=safe_link)
    target: str | None = None
    inside: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@frozen(kw_only=True)
class Scene:
    """A finished picture.

    Attributes:
        parts: In the order in which they are painted; statements among themselves stand in the order of reading.
        title, description: What a screen reader reads in place of the picture.
        lang: The language of the text (a BCP 47 tag), where the map says it.
        author: The map's author, where it says one.
        families: Font families from the first wanted to the last resort.
        choices: What was chosen for it; with them, an edited map is laid out alike.
    """

    width: float
    height: float
    parts: tuple[Part, ...]
    title: str = field(default="Argument map", converter=printable)
    description: str = field(default="", converter=printable)
    lang: str | None = None
    author: str | None = None
    background: str = "#ffffff"
    families: tuple[str, ...] = ("Arial", "Liberation Sans", "sans-serif")
    choices: Choices = field(factory=Choices)


def rectangle(
    x: float, y: float, width: float, height: float, *, is_rounded: bool = False, border: float = 0.0
) -> tuple[Segment, ...]:
    """The path around a rectangle, its corners rounded as Graphviz does it; in the middle of a border inside it."""
    x, y, width, height = x + border / 2, y + border / 2, width - border, height - border
    right, bottom = x + width, y + height
    if not is_rounded:
        corners = ((right, y), (right, bottom), (x, bottom))
        return (Segment("M", ((x, y),)), *(Segment("L", (corner,)) for corner in corners), Segment("Z"))
    far = min(12.0, width / 3, height / 3)
    near = far / 2
    return (
        Segment("M", ((x + far, y),)),
        Segment("L", ((right - far, y),)),
        Segment("C", ((right - near, y), (right, y + near), (right, y + far))),
        Segment("L", ((right, bottom - far),)),
        Segment("C", ((right, bottom - near), (right - near, bottom), (right - far, bottom))),
        Segment("L", ((x + far, bottom),)),
        Segment("C", ((x + near, bottom), (x, bottom - near), (x, bottom - far))),
        Segment("L", ((x, y + far),)),
        Segment("C", ((x, y + near), (x + near, y), (x + far, y))),
        Segment("Z"),
    )


def circle(x: float, y: float, radius: float) -> tuple[Segment, ...]:
    """The path around a circle, given its centre."""
    bend = 0.5523 * radius
    left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
    return (
        Segment("M", ((x, top),)),
        Segment("C", ((x + bend, top), (right, y - bend), (right, y))),
        Segment("C", ((right, y + bend), (x + bend, bottom), (x, bottom))),
        Segment("C", ((x - bend, bottom), (left, y + bend), (left, y))),
        Segment("C", ((left, y - bend), (x - bend, top), (x, top))),
        Segment("Z"),
    )


def polygon(*points: Point) -> tuple[Segment, ...]:
    """The closed path through some points."""
    return (*polyline(*points), Segment("Z"))


def polyline(*points: Point) -> tuple[Segment, ...]:
    """The open path through some points."""
    return (Segment("M", points[:1]), *(Segment("L", (point,)) for point in points[1:]))
