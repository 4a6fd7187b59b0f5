"""A finished SVG as a list of things to paint, in points from the top left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import hypot

from attrs import define, field, frozen

from argmap.drawing.faces import Faces
from argmap.drawing.picture import (
    Matrix,
    apply,
    multiply,
    read_text,
    size_in_points,
    transformation,
    view_box,
)
from argmap.drawing.svg_tree import Node
from argmap.drawing.typesetting import Line, ascent_and_descent

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Point = tuple[float, float]

_COLOURS = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000", "blue": "#0000ff", "gray":
    "#808080", "grey": "#808080", "lightgrey": "#d3d3d3", "lightgray": "#d3d3d3", "yellow": "#ffff00",
    "orange": "#ffa500",
}  # fmt: skip
# A circle's quarter as a Bézier curve: the usual distance of its control points.
_ROUND = 0.5522847498


@frozen
class Outline:
    """A path: its segments (`M`, `L`, `C`, `Z`) and how they are painted."""

    segments: tuple[tuple[str, tuple[Point, ...]], ...]
    bounds: Bounds
    fill: str | None
    stroke: str | None
    width: float
    dashes: tuple[float, ...]
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0


@frozen
class Words:
    """A line of text, its left end on the base line, and how much it is enlarged."""

    line: Line
    x: float
    y: float
    scale: float
    bounds: Bounds


@frozen
class Area:
    """A known part of the picture: its kind (`statement`, `step`, `section`, `link`), and its text."""

    kind: str
    bounds: Bounds
    text: str


@define
class Painting:
    """All of a picture, in the order in which it is painted."""

    width: float
    height: float
    title: str = ""
    description: str = ""
    lang: str | None = None
    items: list[Outline | Words] = field(factory=list)
    areas: list[Area] = field(factory=list)

    def of_kind(self, kind: str) -> list[Area]:
        return [area for area in self.areas if area.kind == kind]


def paint(root: Node, faces: Faces) -> Painting:
    """Lay out all text, and work every coordinate out."""
    width, height = size_in_points(root)
    x, y, wide, high = view_box(root)
    scale = (width / wide if wide else 1.0, height / high if high else 1.0)
    start: Matrix = (scale[0], 0.0, 0.0, scale[1], -x * scale[0], -y * scale[1])
    painting = Painting(width, height, lang=root.attributes.get("lang"))
    for child in root.elements:
        if child.tag == "title":
            painting.title = child.content
        elif child.tag == "desc":
            painting.description = child.content
    pending: list[tuple[Node, Matrix]] = [(root, start)]
    # A group is known once all in it is painted: what comes after it on the stack closes it.
    open_groups: list[tuple[Node, int]] = []
    while pending:
        node, matrix = pending.pop()
        if node.tag == "/":
            group, first = open_groups.pop()
            _add_area(painting, group, first)
            continue
        if "transform" in node.attributes:
            matrix = multiply(matrix, transformation(node.attributes["transform"]))
        if node.tag == "text":
            _add_words(painting, node, matrix, faces)
        elif node.tag in ("svg", "g", "a"):
            if node.tag == "a" or node.attributes.get("class") in ("statement", "section", "step"):
                open_groups.append((node, len(painting.items)))
                pending.append((Node("/"), matrix))
            pending.extend((child, matrix) for child in reversed(list(node.elements)))
        elif node.tag not in ("title", "desc", "defs"):
            outline = _outline(node, matrix)
            if outline is not None:
                painting.items.append(outline)
    return painting


def _add_area(painting: Painting, group: Node, first: int) -> None:
    items = painting.items[first:]
    if not items:
        return
    bounds = around(item.bounds for item in items)
    if group.tag == "a":
        painting.areas.append(Area("link", bounds, group.attributes.get("href", "")))
        return
    title = next((child.content for child in group.elements if child.tag == "title"), "")
    painting.areas.append(Area(group.attributes["class"], bounds, title))


def around(boxes: Iterator[Bounds] | list[Bounds]) -> Bounds:
    """The smallest bounds that hold all of these."""
    found = list(boxes)
    return (
        min(box[0] for box in found),
        min(box[1] for box in found),
        max(box[2] for box in found),
        max(box[3] for box in found),
    )


def _add_words(painting: Painting, node: Node, matrix: Matrix, faces: Faces) -> None:
    text = read_text(node)
    if not text.spans:
        return
    line, left = text.line(faces)
    x, y = apply(matrix, left, text.y)
    scale = hypot(matrix[2], matrix[3])
    up, down = ascent_and_descent(max(span.size for span in text.spans))
    bounds = (x, y - up * scale, x + line.width * scale, y + down * scale)
    painting.items.append(Words(line, x, y, scale, bounds))


def _outline(node: Node, matrix: Matrix) -> Outline | None:
    style = {**_declarations(node.attributes.get("style", "")), **node.attributes}
    fill = colour(style.get("fill", "black"))
    stroke = colour(style.get("stroke", "none"))
    segments = tuple(
        (command, tuple(apply(matrix, x, y) for x, y in points)) for command, points in _segments(node)
    )
    if not segments or (fill is None and stroke is None):
        return None
    scale = hypot(matrix[0], matrix[1])
    width = _number(style.get("stroke-width"), 1.0) * scale
    xs = [x for _, points in segments for x, _ in points]
    ys = [y for _, points in segments for _, y in points]
    edge = width / 2 if stroke else 0.0
    dashes = style.get("stroke-dasharray", "none")
    return Outline(
        segments,
        (min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge),
        fill,
        stroke,
        width,
        () if dashes == "none" else tuple(float(n) * scale for n in re.findall(r"[0-9.]+", dashes)),
        _number(style.get("fill-opacity"), 1.0) * _number(style.get("opacity"), 1.0),
        _number(style.get("stroke-opacity"), 1.0) * _number(style.get("opacity"), 1.0),
    )


def _declarations(style: str) -> Mapping[str, str]:
    parts = (part.partition(":") for part in style.split(";") if part)
    return {name.strip(): value.strip() for name, _, value in parts}


def colour(text: str) -> str | None:
    """A colour as `#rrggbb`; None where nothing is painted. An unknown one is black, not left out."""
    text = text.strip().casefold()
    if text in ("none", "transparent"):
        return None
    if re.fullmatch(r"#[0-9a-f]{3,4}", text):
        return "#" + "".join(2 * digit for digit in text[1:4])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", text):
        return text[:7]
    return _COLOURS.get(text, "#000000")


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default


def _segments(node: Node) -> list[tuple[str, list[Point]]]:
    """The path of any shape, in the shape's own coordinates."""
    number = node.number
    if node.tag == "path":
        return _path(node.attributes.get("d", ""))
    if node.tag in ("polygon", "polyline"):
        numbers = [float(n) for n in re.findall(_NUMBER, node.attributes.get("points", ""))]
        points = list(zip(numbers[0::2], numbers[1::2], strict=False))
        if not points:
            return []
        found = [("M", [points[0]]), *(("L", [point]) for point in points[1:])]
        return [*found, ("Z", [])] if node.tag == "polygon" else found
    if node.tag in ("ellipse", "circle"):
        rx, ry = (number("rx"), number("ry")) if node.tag == "ellipse" else (number("r"), number("r"))
        return _ellipse(number("cx"), number("cy"), rx, ry)
    if node.tag == "rect":
        x, y, w, h = number("x"), number("y"), number("width"), number("height")
        return [("M", [(x, y)]), ("L", [(x + w, y)]), ("L", [(x + w, y + h)]), ("L", [(x, y + h)]), ("Z", [])]
    if node.tag == "line":
        return [("M", [(number("x1"), number("y1"))]), ("L", [(number("x2"), number("y2"))])]
    return []


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> list[tuple[str, list[Point]]]:
    a, b = rx * _ROUND, ry * _ROUND
    return [
        ("M", [(cx + rx, cy)]),
        ("C", [(cx + rx, cy + b), (cx + a, cy + ry), (cx, cy + ry)]),
        ("C", [(cx - a, cy + ry), (cx - rx, cy + b), (cx - rx, cy)]),
        ("C", [(cx - rx, cy - b), (cx - a, cy - ry), (cx, cy - ry)]),
        ("C", [(cx + a, cy - ry), (cx + rx, cy - b), (cx + rx, cy)]),
        ("Z", []),
    ]


_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}


def _path(data: str) -> list[tuple[str, list[Point]]]:
    """Path data (SVG 1.1, 8.3) but for arcs and the short forms of curves, which no layout engine writes."""
    found: list[tuple[str, list[Point]]] = []
    x = y = begin_x = begin_y = 0.0
    for letter, rest in re.findall(r"([MLHVCQZmlhvcqz])([^MLHVCQZmlhvcqz]*)", data):
        numbers = [float(n) for n in re.findall(_NUMBER, rest)]
        command, relative = letter.upper(), letter.islower()
        if command == "Z":
            found.append(("Z", []))
            x, y = begin_x, begin_y
            continue
        takes = _TAKES[command]
        for at in range(0, len(numbers) - takes + 1, takes):
            part = numbers[at : at + takes]
            dx, dy = (x, y) if relative else (0.0, 0.0)
            if command == "H":
                points = [(part[0] + dx, y)]
            elif command == "V":
                points = [(x, part[0] + dy)]
            else:
                points = [(part[i] + dx, part[i + 1] + dy) for i in range(0, takes, 2)]
            if command == "Q":
                (qx, qy), (ex, ey) = points
                points = [
                    (x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y)),
                    (ex + 2 / 3 * (qx - ex), ey + 2 / 3 * (qy - ey)),
                    (ex, ey),
                ]
            kind = "C" if command in "CQ" else "M" if command == "M" and at == 0 else "L"
            found.append((kind, points))
            x, y = points[-1]
            if kind == "M":
                begin_x, begin_y = x, y
    return found
