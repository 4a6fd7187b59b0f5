"""What can be asked of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypedDict, TypeVar

from attrs import field, frozen

from argmap.drawing.overlay import Overlay
from argmap.drawing.theme import Theme


class Direction(Enum):
    """Which way the lines point, from reasons to what they are reasons for."""

    AUTO = "auto"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


class Kind(Enum):
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


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _kinds(value: str | Kind | Iterable[Kind | str]) -> tuple[Kind, ...]:
    if isinstance(value, str):
        value = [word.strip() for word in value.split(",") if word.strip()]
    elif isinstance(value, Kind):
        value = [value]
    return tuple(_chosen(Kind, each, "kind of line") for each in value)


@frozen(kw_only=True, eq=False)
class Options:
    """How to draw a map, and which part of it.

    Attributes:
        theme: A theme, or the name of one of `argmap.drawing.theme.THEMES`.
        themes: The user's own themes, by name, as data.
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
        overlay: What stands, or who holds what, laid over the map.
    """

    theme: Theme | str = "default"
    themes: Mapping[str, Mapping[str, object]] = field(factory=dict)
    direction: Direction = field(default=Direction.AUTO, converter=_direction)
    width: int | None = None
    font: str = "Arial"
    legend: bool = True
    title: str | None = None
    focus: tuple[str, ...] = field(default=(), converter=_names)
    depth: int | None = None
    sections: tuple[str, ...] = field(default=(), converter=_names)
    only: tuple[Kind, ...] = field(default=(), converter=_kinds)
    fold: tuple[str, ...] = field(default=(), converter=_names)
    tags: tuple[str, ...] = field(default=(), converter=_names)
    overview: bool = False
    overlay: Overlay | None = None

    def __attrs_post_init__(self) -> None:
        if self.width is not None and not 8 <= self.width <= 200:
            raise ValueError("width must be from 8 to 200 characters")
        if self.depth is not None and self.depth < 0:
            raise ValueError("depth must not be negative")


class OptionValues(TypedDict, total=False):
    """The options by name, each as `Options` takes it."""

    theme: Theme | str
    themes: Mapping[str, Mapping[str, object]]
    direction: Direction | str
    width: int | None
    font: str
    legend: bool
    title: str | None
    focus: str | Iterable[str]
    depth: int | None
    sections: str | Iterable[str]
    only: str | Kind | Iterable[Kind | str]
    fold: str | Iterable[str]
    tags: str | Iterable[str]
    overview: bool
    overlay: Overlay | None
