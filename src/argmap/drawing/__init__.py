"""The drawing room: an argument map in, Graphviz' DOT out. Pure functions; layout and files are elsewhere."""

from argmap.drawing.draw import draw
from argmap.drawing.drawing import Drawing, Element, ElementKind
from argmap.drawing.options import Direction, Kind, Options
from argmap.drawing.overlay import Flag, Mark, Overlay
from argmap.drawing.theme import THEMES, Hue, Theme

__all__ = [
    "THEMES",
    "Direction",
    "Drawing",
    "Element",
    "ElementKind",
    "Flag",
    "Hue",
    "Kind",
    "Mark",
    "Options",
    "Overlay",
    "Theme",
    "draw",
]
