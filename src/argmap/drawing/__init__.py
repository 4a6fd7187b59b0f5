"""The drawing room: from an argument map to a scene, and from a scene to SVG and HTML.

The way of a picture: `plan` chooses what is shown and how large everything is, `bare_dot` asks an engine where it
should go, a `Flow` puts it there. Everything here is pure: engines and files are elsewhere.
"""

from argmap.drawing.graph import Plan, bare_dot, plan
from argmap.drawing.options import Choices, Direction, Layout, Level, LineKind, Options, OptionValues
from argmap.drawing.overlay import Flag, Overlay, OverlayMark
from argmap.drawing.scene import Part, PartKind, Scene
from argmap.drawing.theme import Hue, Theme, themes

__all__ = [
    "Choices",
    "Direction",
    "Flag",
    "Hue",
    "Layout",
    "Level",
    "LineKind",
    "OptionValues",
    "Options",
    "Overlay",
    "OverlayMark",
    "Part",
    "PartKind",
    "Plan",
    "Scene",
    "Theme",
    "bare_dot",
    "plan",
    "themes",
]
