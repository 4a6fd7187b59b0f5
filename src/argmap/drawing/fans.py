"""Lines that come in at one side of a box, spread along that side.

An engine can only be told to lead them all to the middle of a side, where their heads would lie on top of one another.
So it is told that, and here each gets a place of its own and comes in at a right angle to the box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import atan2, cos, hypot, pi, sin

from attrs import frozen

from argmap.drawing.boxes import CORNER
from argmap.drawing.svg_tree import Node, short

Point = tuple[float, float]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_APART = 13.0
"""How far apart heads are where there is room, points."""
_NEAR = 70.0
"""A line no longer than this across goes straight over from one column to the next, points."""


@frozen(eq=False, repr=False)
class _Line:
    """A line of the picture: its curve, whatever makes up its head, and the node it comes from."""

    path: Node
    head: list[Node]
    points: list[Point]
    tail: Node


def spread(root: Node, ends: Mapping[str, tuple[str, str]]) -> None:
    """Spread the lines of an engine's SVG.

    Args:
        root: The engine's SVG, as it was read; its paths are changed.
        ends: By the id of a line, the ids of the node that it comes from and of the box that it leads to, sideways.
    """
    if not ends:
        return
    groups = {name: group for group in _groups(root) if (name := group.attributes.get("id")) is not None}
    fans: dict[str, list[_Line]] = {}
    for name, (tail, box) in ends.items():
        line = _line(groups.get(name), groups.get(tail))
        if line is not None and box in groups:
            fans.setdefault(box, []).append(line)
    for box, lines in fans.items():
        outline = next((node for node in groups[box].elements if node.tag == "polygon"), None)
        if outline is not None:
            _spread_at(_points(outline.attributes["points"]), lines)


def _groups(root: Node) -> Iterable[Node]:
    for graph in root.elements:
        if graph.tag == "g":
            yield from (child for child in graph.elements if child.tag == "g")


def _points(text: str) -> list[Point]:
    numbers = [float(number) for number in _NUMBER.findall(text)]
    return list(zip(numbers[0::2], numbers[1::2], strict=True))


def _line(group: Node | None, tail: Node | None) -> _Line | None:
    if group is None or tail is None:
        return None
    shapes = [node for node in group.walk() if node.tag in ("path", "polygon", "polyline", "ellipse")]
    if not shapes or shapes[0].tag != "path":
        return None
    points = _points(shapes[0].attributes["d"])
    return _Line(shapes[0], shapes[1:], points, tail) if len(points) >= 4 else None


def _spread_at(outline: list[Point], lines: list[_Line]) -> None:
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    top, bottom = min(y for _, y in outline), max(y for _, y in outline)
    middle = (top + bottom) / 2
    for side, towards in ((right, 1.0), (left, -1.0)):
        here = [line for line in lines if (line.points[-1][0] - (left + right) / 2) * towards > 0]
        # By the angle they come from: what runs down beside the box comes in over what runs down further out.
        here.sort(key=lambda line, x=side, way=towards: _angle(line.points[-4], (x, middle), way))  # type: ignore[misc]
        room = max(bottom - top - 2 * CORNER, 0.0)
        apart = min(_APART, room / max(len(here) - 1, 1))
        for number, line in enumerate(here):
            tip = (side, middle + (number - (len(here) - 1) / 2) * apart)
            _lead(line, (side, middle), tip, towards)


def _angle(point: Point, port: Point, towards: float) -> float:
    return atan2(point[1] - port[1], (point[0] - port[0]) * towards)


def _lead(line: _Line, port: Point, tip: Point, towards: float) -> None:
    """Let a line end at `tip`, level, instead of at `port`; `towards` is the way out from the box, 1 or -1."""
    points = line.points
    end = points[-1]
    length = hypot(end[0] - port[0], end[1] - port[1])
    _turn(line.head, port, tip, (pi if towards > 0 else 0.0) - atan2(port[1] - end[1], port[0] - end[0]))
    base = (tip[0] + towards * length, tip[1])
    begin = _exit(line.tail, towards)
    if len(points) == 4 and begin is not None and 0 < (begin[0] - base[0]) * towards < _NEAR:
        bend = (begin[0] - base[0]) / 2
        points = [begin, (begin[0] - bend, begin[1]), (base[0] + bend, base[1]), base]
    else:
        reach = (points[-4][0] - base[0]) * towards
        bend = towards * (min(reach / 2, 20.0) if reach > 0 else 8.0)
        points = [*points[:-2], (base[0] + bend, base[1]), base]
    pairs = [f"{short(x)},{short(y)}" for x, y in points]
    line.path.attributes["d"] = f"M{pairs[0]}C{' '.join(pairs[1:])}"


def _exit(tail: Node, towards: float) -> Point | None:
    """The middle of the side of a node that faces the box."""
    for node in tail.walk():
        if node.tag == "ellipse":
            return node.number("cx") - towards * node.number("rx"), node.number("cy")
        if node.tag == "polygon":
            outline = _points(node.attributes["points"])
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            return (min(xs) if towards > 0 else max(xs)), (min(ys) + max(ys)) / 2
    return None


def _turn(head: list[Node], pivot: Point, to: Point, angle: float) -> None:
    """Turn a line's head about a point, and move that point elsewhere."""
    across, along = cos(angle), sin(angle)

    def moved(x: float, y: float) -> Point:
        x, y = x - pivot[0], y - pivot[1]
        return to[0] + across * x - along * y, to[1] + along * x + across * y

    for node in head:
        if node.tag == "ellipse":
            x, y = moved(node.number("cx"), node.number("cy"))
            node.attributes |= {"cx": short(x), "cy": short(y)}
        elif "points" in node.attributes:
            pairs = (moved(x, y) for x, y in _points(node.attributes["points"]))
            node.attributes["points"] = " ".join(f"{short(x)},{short(y)}" for x, y in pairs)
