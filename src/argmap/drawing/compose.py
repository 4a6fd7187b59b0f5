"""From a plan and the places that an engine gave to what is in it, to the parts of a scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import atan2, hypot
from typing import Any

from attrs import define

from argmap.drawing.boxes import CORNER, Box, text_line
from argmap.drawing.graph import TITLE_LINE, TITLE_SIZE, Edge, Frame, Node, Plan
from argmap.drawing.looks import Head, Sign, head_outlines, line_outline
from argmap.drawing.scene import Outline, Part, PartKind, Point, Segment, TextRun, rectangle
from argmap.drawing.shape import Size
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrapping import is_right_to_left, width

_TITLE_INSET = 9.0
# How far apart heads on one side of a box are where there is room, points
_APART = 13.0
# The widest gap that is closed at the end of a line, points
_GAP = 4.0
# A line no longer than this across goes straight over from one column to the next, points
_NEAR = 70.0

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@define(eq=False, repr=False)
class _Curve:
    """A line in its place: its points, and the tip of its head, where it has one."""

    points: list[Point]
    tip: Point | None


def extent(layout: Mapping[str, Any]) -> Size:
    """The width and height of what an engine laid out."""
    left, bottom, right, top = _numbers(layout["bb"])
    return right - left, top - bottom


def compose(plan: Plan, layout: Mapping[str, Any], dx: float, dy: float) -> list[Part]:
    """Put everything in its place.

    Args:
        plan: What was laid out.
        layout: What the engine made of `bare_dot(plan)`, in its `json0` format.
        dx, dy: The left top corner of it all.
    """
    left, _, _, top = _numbers(layout["bb"])
    dx, dy = dx - left, dy + top
    objects = {each["name"]: each for each in layout.get("objects", ())}
    parts: list[Part] = []
    titles: list[Part] = []
    for frame in plan.frames:
        x0, y0, x1, y1 = _numbers(objects[f"cluster_{frame.id}"]["bb"])
        place = (x0 + dx, dy - y1, x1 + dx, dy - y0)
        parts.append(frame_part(frame, plan.theme, place))
        at = place[0] + _TITLE_INSET, place[1] + 13.9 - 0.85 * TITLE_SIZE
        hue, fill = plan.theme.frame, frame_fill(frame, plan.theme)
        right = place[2] - _TITLE_INSET
        name = f"title-{frame.section + 1}"
        titles.append(title_part(name, frame.rows, at, TITLE_SIZE, hue, fill, right))
    places: dict[str, Bounds] = {}
    for node in plan.nodes:
        x, y = _numbers(objects[node.id]["pos"])
        half_width, half_height = node.shape.width / 2, node.shape.height / 2
        x, y = x + dx, dy - y
        places[node.id] = (x - half_width, y - half_height, x + half_width, y + half_height)
    found = {each["id"]: each["pos"] for each in layout.get("edges", ())}
    curves = {edge.id: _curve(found[edge.id], dx, dy) for edge in plan.edges}
    _spread(plan, curves, places)
    _finish(plan, curves, places)
    parts += [_edge_part(edge, curves[edge.id]) for edge in plan.edges]
    parts += titles
    boxes_first = sorted(plan.nodes, key=lambda node: node.kind is not PartKind.STATEMENT)
    return parts + [node_part(node, places[node.id]) for node in boxes_first]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]


def node_part(node: Node, place: Bounds) -> Part:
    """A box, sign or plate in its place."""
    outlines, lines = node.shape.paint(place[0], place[1])
    return Part(
        id=node.id,
        kind=node.kind,
        outlines=outlines,
        lines=lines,
        title=node.title,
        text=node.text,
        url=node.url,
        target=node.target,
        inside=node.inside,
        span=node.span,
    )


def frame_fill(frame: Frame, theme: Theme) -> str:
    """The colour inside a frame: frames in frames take turns."""
    return theme.frame.fill if frame.depth % 2 else theme.background


def frame_part(frame: Frame, theme: Theme, place: Bounds) -> Part:
    """The frame of a section."""
    left, top, right, bottom = place
    around = rectangle(left, top, right - left, bottom - top, is_rounded=theme.rounded)
    fill = frame_fill(frame, theme)
    return Part(
        id=frame.id,
        kind=PartKind.SECTION,
        outlines=(Outline(segments=around, fill=fill, stroke=theme.frame.line, width=0.8),),
        title=frame.title,
        text=frame.title,
        span=frame.span,
    )


def title_part(
    id: str, rows: Sequence[str], at: Point, size: float, hue: Hue, fill: str, right: float | None = None
) -> Part:
    """The title of a section on a ground of its own, so that no line runs through it.

    Args:
        at: Its left top corner.
        right: Where rows that read right to left begin; by default as far to the right as they are long.
    """
    grounds, lines = [], []
    for number, row in enumerate(rows):
        x, y = at[0], at[1] + 0.85 * size + number * TITLE_LINE * size / TITLE_SIZE
        wide = width(row, True) * size
        backwards = is_right_to_left(row)
        if backwards and right is not None:
            x = right - wide
        grounds.append(Outline(segments=rectangle(x - 2, y - 0.85 * size, wide + 4, 1.15 * size), fill=fill))
        run = TextRun(row, hue.text, True)
        lines.append(text_line((run,), x + wide if backwards else x, y, size, is_right_to_left=backwards))
    return Part(id=id, kind=PartKind.TITLE, outlines=tuple(grounds), lines=tuple(lines))


def _edge_part(edge: Edge, curve: _Curve) -> Part:
    points = curve.points
    bends = [Segment("C", (points[n], points[n + 1], points[n + 2])) for n in range(1, len(points) - 2, 3)]
    path = (Segment("M", (points[0],)), *bends)
    outlines = [line_outline(path, edge.style, edge.hue, is_blocked=edge.is_blocked)]
    if curve.tip is not None:
        end = points[-1] if edge.head_at == "end" else points[0]
        angle = atan2(end[1] - curve.tip[1], end[0] - curve.tip[0])
        outlines += head_outlines(edge.style, edge.hue, curve.tip, angle)
    return Part(id=edge.id, kind=PartKind.EDGE, outlines=tuple(outlines))


def _curve(text: str, dx: float, dy: float) -> _Curve:
    """A line as Graphviz writes it: `e,x,y` or `s,x,y` for the tip of a head, then the points of the curve."""
    tip: Point | None = None
    points: list[Point] = []
    for word in text.partition(";")[0].split():
        mark, _, pair = word.partition(",") if word[0] in "es" else ("", "", word)
        x, y = _numbers(pair)
        if mark:
            tip = (x + dx, dy - y)
        else:
            points.append((x + dx, dy - y))
    return _Curve(points, tip)


# Lines that come in at the side of a box. An engine leads them all to the middle of the side, where their heads would
# lie on top of one another. Here each gets a place of its own along the side and comes in at a right angle to it.


def _spread(plan: Plan, curves: Mapping[str, _Curve], places: Mapping[str, Bounds]) -> None:
    fans: dict[str, list[tuple[_Curve, Bounds]]] = {}
    for edge in plan.edges:
        curve = curves[edge.id]
        if edge.spreads and curve.tip is not None and len(curve.points) >= 4:
            fans.setdefault(edge.end, []).append((curve, places[edge.start]))
    for name, lines in fans.items():
        left, top, right, bottom = places[name]
        across, middle = (left + right) / 2, (top + bottom) / 2
        for side, towards in ((right, 1.0), (left, -1.0)):
            here = [each for each in lines if (each[0].points[-1][0] - across) * towards > 0]
            # By the angle they come from: what runs beside the box comes in over what runs further out.
            here.sort(key=lambda each, x=side, way=towards: _angle(each[0].points[-4], (x, middle), way))  # type: ignore[misc]
            room = max(bottom - top - 2 * CORNER, 0.0)
            apart = min(_APART, room / max(len(here) - 1, 1))
            for number, (curve, start) in enumerate(here):
                tip = (side, middle + (number - (len(here) - 1) / 2) * apart)
                _lead(curve, tip, towards, start)


def _finish(plan: Plan, curves: Mapping[str, _Curve], places: Mapping[str, Bounds]) -> None:
    """Let the ends of lines run to the border, and bars lie along it: engines leave room for a border of their own."""
    shapes = {node.id: node.shape for node in plan.nodes}
    for edge in plan.edges:
        curve = curves[edge.id]
        for name, at, end in ((edge.start, 0, "start"), (edge.end, -1, "end")):
            left, top, right, bottom = places[name]
            x, y = curve.points[at]
            if edge.head_at == end:
                tip, is_box = curve.tip, isinstance(shapes[name], Box)
                if tip is not None and is_box and edge.style.head in (Head.BAR, Head.TWO_BARS):
                    length = hypot(x - tip[0], y - tip[1])
                    sides = (
                        (tip[0] - left, -1.0, 0.0),
                        (right - tip[0], 1.0, 0.0),
                        (tip[1] - top, 0.0, -1.0),
                        (bottom - tip[1], 0.0, 1.0),
                    )
                    _, across, along = min(sides, key=lambda side: abs(side[0]))
                    curve.points[at] = tip[0] + across * length, tip[1] + along * length
                continue
            border = min(max(x, left), right), min(max(y, top), bottom)
            if isinstance(shapes[name], Sign):
                across, along = x - (left + right) / 2, y - (top + bottom) / 2
                beyond = 1 - (right - left) / 2 / max(hypot(across, along), 0.01)
                border = x - across * beyond, y - along * beyond
            if hypot(border[0] - x, border[1] - y) <= _GAP:
                curve.points[at] = border


def _angle(point: Point, port: Point, towards: float) -> float:
    return atan2(point[1] - port[1], (point[0] - port[0]) * towards)


def _lead(curve: _Curve, tip: Point, towards: float, start: Bounds) -> None:
    """Let a line end at `tip`, level; `towards` is the way out from the box, 1 or -1."""
    points = curve.points
    assert curve.tip is not None
    length = hypot(points[-1][0] - curve.tip[0], points[-1][1] - curve.tip[1])
    base = (tip[0] + towards * length, tip[1])
    # The middle of the side that faces the box.
    begin = (start[0] if towards > 0 else start[2], (start[1] + start[3]) / 2)
    if len(points) == 4 and 0 < (begin[0] - base[0]) * towards < _NEAR:
        bend = (begin[0] - base[0]) / 2
        curve.points = [begin, (begin[0] - bend, begin[1]), (base[0] + bend, base[1]), base]
    else:
        reach = (points[-4][0] - base[0]) * towards
        bend = towards * (min(reach / 2, 20.0) if reach > 0 else 8.0)
        curve.points = [*points[:-2], (base[0] + bend, base[1]), base]
    curve.tip = tip
