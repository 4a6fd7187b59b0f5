"""Lines that come in at one side of a box each have a place of their own there."""

from __future__ import annotations

import itertools
import re

import pytest

import argmap
from argmap.drawing import Options, draw
from argmap.drawing.options import Direction
from argmap.drawing.svg_tree import Node, read
from argmap.graphviz import finished_svg

REASONS = "(a) A claim that is told in a few words.\n" + "".join(
    f"    {'+-'[n % 2]} (r{n}) Reason number {n}.\n" for n in range(6)
)


def groups(svg: str) -> dict[str, Node]:
    return {name: node for node in read(svg).walk() if (name := node.attributes.get("id"))}


def numbers(text: str) -> list[tuple[float, float]]:
    found = [float(number) for number in re.findall(r"-?[\d.]+", text)]
    return list(zip(found[0::2], found[1::2], strict=True))


def heads(svg: str) -> list[list[tuple[float, float]]]:
    """The outlines of the lines' heads, from top to bottom."""
    found = []
    for node in read(svg).walk():
        inside = list(node.elements)
        if node.tag == "g" and "id" not in node.attributes and inside and inside[0].tag == "path":
            found += [numbers(head.attributes["points"]) for head in inside[1:] if head.tag == "polygon"]
    return sorted(found, key=lambda points: sum(y for _, y in points) / len(points))


@pytest.mark.parametrize("direction", [Direction.LEFT, Direction.RIGHT])
def test_each_line_ends_at_a_place_of_its_own_on_the_side(direction: Direction) -> None:
    svg, notices = finished_svg(draw(argmap.parse(REASONS), Options(direction=direction)))
    assert notices == ()
    box = [
        pair
        for node in groups(svg)["statement-a"].elements
        if node.tag == "path"
        for pair in numbers(node.attributes["d"])
    ]
    side = max(x for x, _ in box) if direction is Direction.LEFT else min(x for x, _ in box)
    top, bottom = min(y for _, y in box), max(y for _, y in box)
    found = heads(svg)
    assert len(found) == 6
    tips = []
    for head in found:
        near = min(abs(x - side) for x, _ in head)
        assert near < 4
        middle = sum(y for _, y in head) / len(head)
        assert top < middle < bottom
        tips.append(middle)
    assert min(low - high for high, low in itertools.pairwise(tips)) > 2


def test_lines_do_not_cross_on_their_way() -> None:
    svg, _ = finished_svg(draw(argmap.parse(REASONS), Options(direction=Direction.LEFT)))
    ends = []
    for node in read(svg).walk():
        inside = list(node.elements)
        if node.tag == "g" and len(inside) > 1 and inside[0].tag == "path" and "class" not in node.attributes:
            points = numbers(inside[0].attributes["d"])
            ends.append((points[0][1], points[-1][1]))
    ends.sort()
    assert [end for _, end in ends] == sorted(end for _, end in ends)
    assert len(ends) == 6


def test_upright_pictures_are_left_as_the_engine_drew_them() -> None:
    drawing = draw(argmap.parse(REASONS), Options(direction=Direction.UP))
    assert drawing.ends == {}
