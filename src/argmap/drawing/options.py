"""What can be asked of a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypedDict, TypeVar

from attrs import field, frozen

from argmap.drawing.overlay import Overlay
from argmap.drawing.theme import Theme
from argmap.validators import a


class Direction(Enum):
    """Which way the lines point, from reasons to what they are reasons for."""

    AUTO = "auto"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


class Layout(Enum):
    """How a map is laid out."""

    AUTO = "auto"
    """What suits the map: `flow` where it is small, otherwise `hanging`."""
    FLOW = "flow"
    """Lines from box to box, all in one direction."""
    HANGING = "hanging"
    """What bears on a statement hangs below it, in columns; made for a page."""


class Level(Enum):
    """How much of each argument is shown."""

    AUTO = "auto"
    """Every statement; of an imported map with many inferences, its arguments."""
    STATEMENTS = "statements"
    """A box for every statement."""
    ARGUMENTS = "arguments"
    """A box for each inference with its premises, and for every other statement."""
    CLAIMS = "claims"
    """Only the main claims, and the arguments that bear on them directly."""


PAGES: Mapping[str, tuple[float, float]] = {"page": (1134.0, 785.0), "slide": (912.0, 492.0), "wide": (1440.0, 618.0)}
"""The room on the pages that a hanging picture can aim at, points: A3 on its side, a slide of 16:9, a wide screen."""


class LineKind(Enum):
    """The kinds of line that `only` chooses from."""

    REASONS = "reasons"
    OBJECTIONS = "objections"
    CONCESSIONS = "concessions"
    COROLLARIES = "corollaries"
    INFERENCES = "inferences"
    CONDITIONS = "conditions"
    EXCEPTIONS = "exceptions"
    CONTRADICTIONS = "contradictions"


_Choice = TypeVar("_Choice", bound=Enum)


def _chosen(choices: type[_Choice], value: _Choice | str, what: str) -> _Choice:
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(each.value for each in choices)
        raise ValueError(f"there is no {what} called {value!r}: choose from {known}") from None


def _direction(value: Direction | str) -> Direction:
    return _chosen(Direction, value, "direction")


def _layout(value: Layout | str) -> Layout:
    return _chosen(Layout, value, "layout")


def _level(value: Level | str) -> Level:
    return _chosen(Level, value, "level")


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _kinds(value: str | LineKind | Iterable[LineKind | str]) -> tuple[LineKind, ...]:
    if isinstance(value, str):
        value = [word.strip() for word in value.split(",") if word.strip()]
    elif isinstance(value, LineKind):
        value = [value]
    return tuple(_chosen(LineKind, each, "kind of line") for each in value)


@frozen
class Cut:
    """Where the layout cut a row of siblings, or of frames, in two, by what stands on both sides.

    Attributes:
        depth: How many cuts its frame was cut by before; 0 between the columns below a statement.
        in_rows: Whether what comes after stands beside what comes before.
    """

    after: str = field(validator=a(str))
    before: str = field(validator=a(str))
    depth: int = field(default=0, validator=a(int))
    in_rows: bool = field(default=False, validator=a(bool))


@frozen
class Choices:
    """What was chosen for a picture. With them, an edited map is laid out alike.

    Attributes:
        layout, direction, width: As the options of these names.
        scale: How large hanging trees came out on the page when the cuts were searched for.
        cuts: Of hanging trees: how they were cut into columns, and frames into halves.
    """

    layout: Layout = Layout.FLOW
    direction: Direction = Direction.AUTO
    width: float | None = field(default=None, validator=a(float, optional=True))
    scale: float = field(default=0.0, validator=a(float))
    cuts: tuple[Cut, ...] = ()


@frozen(kw_only=True, eq=False)
class Options:
    """How to draw a map, and which part of it.

    Attributes:
        theme: A theme, or the name of one of `argmap.drawing.themes()`.
        themes: The user's own themes, by name, as data.
        layout: `flow` or `hanging` trees; `auto` goes by the map and its size on the page.
        shape: The page that hanging trees are laid out for: `page`, `slide`, `wide`, or its width and height (`4:3`).
        level: `statements`, or a box for each of the `arguments`, or only main `claims` and what bears on them.
        direction: Which way the lines point; `auto` goes by the map's shape.
        width: The longest line of text in a box, in characters; None goes by the map's shape.
        font: A font family. Boxes are measured as for Arial.
        legend: Whether to explain the signs that occur.
        title: The picture's title where the map has none.
        focus: Show these statements and what bears on them, directly or through others…
        depth: …through at most so many steps.
        sections: Show only what is in sections of these titles.
        only: Show only lines of these kinds, and what they join.
        fold: Put away what is under these statements, and say how much it is.
        tags: Show only statements with one of these tags.
        overview: Show the top claims and what bears on them directly, the rest folded.
        quotations: Whether boxes show what their statements quote.
        overlay: What stands, or who holds what, laid over the map.
        keep: What was chosen for an earlier picture of the map: layout, direction, width, and what stands where.
    """

    theme: Theme | str = "default"
    themes: Mapping[str, Mapping[str, object]] = field(factory=dict)
    layout: Layout = field(default=Layout.AUTO, converter=_layout)
    shape: str = "page"
    level: Level = field(default=Level.AUTO, converter=_level)
    direction: Direction = field(default=Direction.AUTO, converter=_direction)
    width: float | None = None
    font: str = "Arial"
    legend: bool = True
    title: str | None = None
    focus: tuple[str, ...] = field(default=(), converter=_names)
    depth: int | None = None
    sections: tuple[str, ...] = field(default=(), converter=_names)
    only: tuple[LineKind, ...] = field(default=(), converter=_kinds)
    fold: tuple[str, ...] = field(default=(), converter=_names)
    tags: tuple[str, ...] = field(default=(), converter=_names)
    overview: bool = False
    quotations: bool = False
    overlay: Overlay | None = None
    keep: Choices | None = None

    def __attrs_post_init__(self) -> None:
        if self.layout is Layout.HANGING and self.direction is not Direction.AUTO:
            raise ValueError("a direction is for the flow layout; leave it out, or use layout=flow")
        _ = self.page_size  # raises where the shape is none
        if self.width is not None and not 8 <= self.width <= 200:
            raise ValueError("width must be from 8 to 200 characters")
        if self.depth is not None and self.depth < 0:
            raise ValueError("depth must not be negative")

    @property
    def page_size(self) -> tuple[float, float]:
        """The room on the page that hanging trees are laid out for, points."""
        if self.shape in PAGES:
            return PAGES[self.shape]
        found = re.fullmatch(r"(\d{1,5}(?:\.\d{1,4})?):(\d{1,5}(?:\.\d{1,4})?)", self.shape)
        wide, high = (float(found[1]), float(found[2])) if found is not None else (0.0, 0.0)
        if not (wide and high and 0.1 <= wide / high <= 10):
            known = ", ".join(PAGES)
            raise ValueError(f"{self.shape!r} is no shape: choose {known} or WIDTH:HEIGHT, such as 4:3")
        area = PAGES["page"][0] * PAGES["page"][1]
        return (area * wide / high) ** 0.5, (area * high / wide) ** 0.5


class OptionValues(TypedDict, total=False):
    """The options by name, each as `Options` takes it."""

    theme: Theme | str
    themes: Mapping[str, Mapping[str, object]]
    layout: Layout | str
    shape: str
    level: Level | str
    direction: Direction | str
    width: float | None
    font: str
    legend: bool
    title: str | None
    focus: str | Iterable[str]
    depth: int | None
    sections: str | Iterable[str]
    only: str | LineKind | Iterable[LineKind | str]
    fold: str | Iterable[str]
    tags: str | Iterable[str]
    overview: bool
    quotations: bool
    overlay: Overlay | None
    keep: Choices | None
