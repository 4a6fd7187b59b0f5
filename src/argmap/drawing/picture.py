"""A finished SVG read back for setting in other formats: the lines of text in it, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from argmap.drawing.faces import Faces
from argmap.drawing.svg_tree import Node
from argmap.drawing.typesetting import Line, Span, set_line

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_POINTS_PER_UNIT = {"pt": 1.0, "px": 0.75, "": 0.75, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pc": 12.0}


@frozen
class Text:
    """A line of text as an SVG has it: where it begins, and its parts. Sizes are in the SVG's own units."""

    x: float
    y: float
    anchor: str
    right_to_left: bool | None
    spans: tuple[Span, ...]

    def line(self, faces: Faces) -> tuple[Line, float]:
        """The text laid out, and the x of its left edge."""
        line = set_line(self.spans, faces, self.right_to_left)
        share = {"middle": 0.5, "end": 1.0}.get(self.anchor, 0.0)
        if self.right_to_left and self.anchor != "middle":
            share = 1.0 - share
        return line, self.x - share * line.width


def read_text(node: Node) -> Text:
    """What a `text` element holds; white space is kept only where the element says so."""
    spans: list[Span] = []
    keep = node.attributes.get("xml:space") == "preserve"
    for style, text in _runs(node):
        words = text.replace("\n", " ").replace("\t", " ")
        if not keep:
            words = re.sub(" +", " ", words)
            if not spans:
                words = words.lstrip(" ")
        spans.append(
            Span(
                words,
                _number(style.get("font-size"), 16.0),
                style.get("font-weight") in ("bold", "700", "bolder"),
                style.get("font-style") in ("italic", "oblique"),
                style.get("fill", "#000000"),
                "line-through" in style.get("text-decoration", ""),
            )
        )
    direction = node.attributes.get("direction")
    return Text(
        node.number("x"),
        node.number("y"),
        node.attributes.get("text-anchor", "start"),
        direction == "rtl" if direction else None,
        tuple(span for span in spans if span.text),
    )


def _runs(node: Node) -> Iterator[tuple[Mapping[str, str], str]]:
    pending: list[tuple[Mapping[str, str], Node | str]] = [({}, node)]
    while pending:
        style, item = pending.pop()
        if isinstance(item, str):
            yield style, item
        else:
            inner = {**style, **item.attributes}
            pending.extend((inner, child) for child in reversed(item.children))


def size_in_points(root: Node) -> tuple[float, float]:
    """The natural width and height of a picture, in points."""
    return _length(root.attributes.get("width", "0")), _length(root.attributes.get("height", "0"))


def view_box(root: Node) -> tuple[float, float, float, float]:
    """The part of its own coordinates that a picture shows: x, y, width, height."""
    numbers = [
        float(number) for number in re.findall(r"-?[0-9.]+(?:e-?[0-9]+)?", root.attributes.get("viewBox", ""))
    ]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else (0.0, 0.0, 1.0, 1.0)


def transformation(text: str) -> Matrix:
    """The matrix of a `transform` attribute made of translate, scale, rotate and matrix."""
    result = IDENTITY
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", text):
        numbers = [float(number) for number in re.split(r"[\s,]+", inside.strip()) if number]
        result = multiply(result, _simple(name, numbers))
    return result


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does `inner` first and `outer` then."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _simple(name: str, numbers: list[float]) -> Matrix:
    from math import cos, radians, sin

    if name == "translate":
        return (1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1] if len(numbers) > 1 else 0.0)
    if name == "scale":
        return (numbers[0], 0.0, 0.0, numbers[1] if len(numbers) > 1 else numbers[0], 0.0, 0.0)
    if name == "rotate" and numbers:
        angle = radians(numbers[0])
        turn: Matrix = (cos(angle), sin(angle), -sin(angle), cos(angle), 0.0, 0.0)
        if len(numbers) == 3:
            there: Matrix = (1.0, 0.0, 0.0, 1.0, numbers[1], numbers[2])
            back: Matrix = (1.0, 0.0, 0.0, 1.0, -numbers[1], -numbers[2])
            return multiply(multiply(there, turn), back)
        return turn
    if name == "matrix" and len(numbers) == 6:
        return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    return IDENTITY


def _length(text: str) -> float:
    match = re.fullmatch(r"\s*([0-9.]+)\s*([a-z]*)\s*", text)
    return float(match.group(1)) * _POINTS_PER_UNIT.get(match.group(2), 0.75) if match else 0.0


def _number(text: str | None, default: float) -> float:
    match = re.match(r"[0-9.]+", text or "")
    return float(match.group()) if match else default
