"""The scene: a picture as plain data, after layout and before any file format.

Painters take a `Scene` and nothing else. Everything is in points; the origin is the top left corner, y grows downwards.
Colours are `#rrggbb`. Every text is as the author wrote it: escaping is a painter's business.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from attrs import frozen

from argmap.text import Span

Point = tuple[float, float]


class PartKind(Enum):
    """What a part of a picture stands for; the class of its group in an SVG."""

    HEADING = "heading"
    """Title, byline, caption and legend."""
    SECTION = "section"
    """The frame of a section."""
    TITLE = "titles"
    """The title of a section, painted over the lines."""
    EDGE = "edge"
    """A line between boxes and signs, with its head."""
    STEP = "step"
    """The sign of a step, or the plate of a condition, exception or contradiction."""
    STATEMENT = "statement"
    """The box of a statement."""


@frozen
class Segment:
    """One piece of a path: move, line, cubic curve or close. `points` has 1, 1, 3 or 0 of them."""

    command: Literal["M", "L", "C", "Z"]
    points: tuple[Point, ...] = ()


@frozen(kw_only=True)
class Outline:
    """A filled or stroked path. `fill` or `stroke` is None where it has none; `dashes` is empty for a solid line."""

    segments: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    is_head: bool = False
    """Whether this is the head of a line."""


@frozen
class TextRun:
    """A stretch of a line of text in one style."""

    text: str
    colour: str
    bold: bool = False
    italic: bool = False
    struck: bool = False


@frozen(kw_only=True)
class TextLine:
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
        id: Unique in its scene; a painter puts its own prefix before it.
        title: A short name: `(a)`, `reason (lives) for (a)`. Empty for decoration, which no reader needs to hear of.
        text: What is read out or shown on hover: a statement with all that is said about it.
        url: Where a click leads (http, https or mailto), or None.
        span: Where in the map's source it is written, or None.
    """

    id: str
    kind: PartKind
    outlines: tuple[Outline, ...] = ()
    lines: tuple[TextLine, ...] = ()
    title: str = ""
    text: str = ""
    url: str | None = None
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
    """

    width: float
    height: float
    parts: tuple[Part, ...]
    title: str = "Argument map"
    description: str = ""
    lang: str | None = None
    author: str | None = None
    background: str = "#ffffff"
    families: tuple[str, ...] = ("Arial", "Liberation Sans", "sans-serif")
