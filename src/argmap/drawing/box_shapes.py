"""The box of a statement as shapes of an SVG.

An engine takes most of its time over the labels of boxes, and guesses the width of everything but ASCII wrong. So it
is given bare boxes of the right size, and what they say is drawn here, where it has put them.
"""

from __future__ import annotations

from argmap.drawing.boxes import BADGE, FOOT_PITCH, LEADING, PADDING, RING, SIZE, SMALL, Box
from argmap.drawing.markup import one_line
from argmap.drawing.measure import is_exact
from argmap.drawing.svg_tree import Node, short
from argmap.drawing.wrap import Line

_BASE_LINE = 0.8
"""Where a line's letters stand, as a share of its height."""
SIGN_MIDDLE = 0.34
"""How far the middle of + − ~ lies over the base line, in multiples of the font's size."""
_RADIUS = 12.0
_RING_LINE = 2.4
_DASHES = "5,2"
_DOTS = "1,5"


def shapes(box: Box, x: float, y: float) -> list[Node]:
    """The box with its left top corner at a point."""
    style, hue = box.style, box.style.hue
    found: list[Node] = []
    width, height = box.width, box.height
    if style.ring is not None:
        inset = _RING_LINE / 2
        ring = {"fill": box.theme.background, "stroke": style.ring, "stroke-width": short(_RING_LINE)}
        found.append(
            _outline(x + inset, y + inset, width - _RING_LINE, height - _RING_LINE, ring, box.theme.rounded)
        )
        x, y, width, height = x + RING / 2, y + RING / 2, width - RING, height - RING
    border = style.border
    look = {"fill": hue.fill, "stroke": hue.line, "stroke-width": short(border)}
    if style.dashed or style.dotted:
        look["stroke-dasharray"] = _DASHES if style.dashed else _DOTS
    found.append(
        _outline(x + border / 2, y + border / 2, width - border, height - border, look, box.theme.rounded)
    )
    left = x + border
    if box.content.badge:
        found += _badge(box, left, y + border, height - 2 * border)
        left += BADGE
    at = (x + width - border - PADDING) if box.right_to_left else left + PADDING
    decoration = {"text-decoration": "line-through"} if style.struck else {}
    top = y + border + PADDING + box.spare / 2
    for line, size in box.body.rows:
        if not line:
            top += SIZE * 0.6
            continue
        base = top + _BASE_LINE * size * LEADING
        colour = hue.text if style.struck else box.theme.text
        found.append(_text(line, at, base, size, colour, hue.text, decoration, box.right_to_left))
        top += size * LEADING
    top += PADDING - 2
    for line, strong in box.foot:
        weight = {"font-weight": "bold"} if strong else {}
        colour = hue.text if strong else box.theme.quiet
        base = top + _BASE_LINE * SMALL * LEADING
        found.append(_text(line, at, base, SMALL, colour, colour, weight, box.right_to_left))
        top += FOOT_PITCH
    return found


def length(text: str, width: float) -> dict[str, str]:
    """Attributes that hold a text to its width, points, where a viewer has none of the fonts that it is meant for."""
    return {"textLength": short(width), "lengthAdjust": "spacingAndGlyphs"} if is_exact(text) else {}


def _outline(x: float, y: float, width: float, height: float, look: dict[str, str], rounded: bool) -> Node:
    left, top, right, bottom = short(x), short(y), short(x + width), short(y + height)
    if not rounded:
        return Node(
            "polygon", {**look, "points": f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"}
        )
    radius = min(_RADIUS, width / 3, height / 3)
    far, near = radius, radius / 2
    one, other = short(x + far), short(x + width - far)
    bend_one, bend_other = short(x + near), short(x + width - near)
    high, low = short(y + far), short(y + height - far)
    bend_high, bend_low = short(y + near), short(y + height - near)
    return Node(
        "path",
        {
            **look,
            "d": f"M{one},{top}L{other},{top}C{bend_other},{top} {right},{bend_high} {right},{high}"
            f"L{right},{low}C{right},{bend_low} {bend_other},{bottom} {other},{bottom}"
            f"L{one},{bottom}C{bend_one},{bottom} {left},{bend_low} {left},{low}"
            f"L{left},{high}C{left},{bend_high} {bend_one},{top} {one},{top}Z",
        },
    )


def _badge(box: Box, left: float, top: float, height: float) -> list[Node]:
    """The sign of the step that comes from the box, set off by a line."""
    hue = box.style.hue
    middle = top + height / 2 + SIGN_MIDDLE * SIZE
    edge = short(left + BADGE - 1)
    points = f"{edge},{short(top)} {edge},{short(top + height)}"
    return [
        Node("polyline", {"fill": "none", "stroke": hue.line, "points": points}),
        Node(
            "text",
            {
                "text-anchor": "middle", "x": short(left + (BADGE - 1) / 2), "y": short(middle),
                "font-weight": "bold", "font-size": short(SIZE), "fill": hue.text,
            },
            [box.content.badge],
        ),
    ]  # fmt: skip


def _text(
    line: Line,
    x: float,
    y: float,
    size: float,
    colour: str,
    accent: str,
    look: dict[str, str],
    right_to_left: bool,
) -> Node:
    attributes = {
        "text-anchor": "start",
        "x": short(x),
        "y": short(y),
        "font-size": short(size),
        "fill": colour,
        **look,
    }
    if right_to_left:
        attributes["direction"] = "rtl"
    children: list[Node | str] = []
    for run in line:
        own: dict[str, str] = {}
        if run.bold:
            own["font-weight"] = "bold"
        if run.italic:
            own["font-style"] = "italic"
        if run.accent and accent != colour:
            own["fill"] = accent
        words = one_line(run.text)
        if not own:
            children.append(words)
        elif len(line) == 1:
            attributes |= own
            children.append(words)
        else:
            children.append(Node("tspan", own, [words]))
    whole = "".join([run.text for run in line])
    attributes |= length(whole, sum([run.width for run in line]) * size)
    if "  " in whole or whole[:1] == " " or whole[-1:] == " ":
        attributes["xml:space"] = "preserve"
    return Node("text", attributes, children)
