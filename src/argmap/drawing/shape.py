"""Choose the direction and the width of the text that suit a map's shape.

Layered layouts of argument trees are strips: a hundred statements drawn upwards are forty times as wide as
high. So a few
combinations are laid out roughly (subtrees packed against each other's outlines, after Reingold and Tilford
1981),
and the one nearest to a page is taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from argmap.drawing.options import Direction
from argmap.drawing.view import View, tops
from argmap.model import ArgumentMap, StepKind
from argmap.text.words import by_key

Size = tuple[float, float]

# Beyond this many boxes nothing fits a page in any case, and estimating costs more than it brings.
MOST_ESTIMATED = 400

NEVER_UPRIGHT = 60
"""Above so many boxes an upright picture is a strip, unless it was asked for."""

UPRIGHT_WIDTHS = (34, 28)
SIDEWAYS_WIDTHS = (38, 52, 70, 30, 24)

GAP_UPRIGHT = 15.0
RANK_UPRIGHT = 45.0
GAP_SIDEWAYS = 12.0
RANK_SIDEWAYS = 58.0


@frozen(eq=False)
class Shape:
    """How a map is laid out: `characters` is the longest line of text."""

    direction: Direction
    characters: int

    @property
    def upright(self) -> bool:
        return self.direction in (Direction.UP, Direction.DOWN)


@frozen(eq=False, repr=False)
class Tree:
    """A map as a layout sees it: for each box its children, with how many layers down each is (up, if
    negative)."""

    roots: Sequence[str]
    children: Mapping[str, Sequence[tuple[str, int]]]


def tree(map: ArgumentMap, view: View) -> Tree:
    """The map as an outline has it, for estimating its shape."""
    shown = view.statements
    children = by_key(
        (above, (below, down)) for above, below, down in _layers(map, view) if above in shown and below in shown
    )
    roots = [id for id in tops(map) if id in shown] + list(shown)
    return Tree(roots, children)


def _layers(map: ArgumentMap, view: View) -> Iterator[tuple[str, str, int]]:
    """What bears on what, shown or not, and how many layers further down."""
    for statement in map.statements:
        yield from ((statement.id, gate, 1) for gate in (*statement.conditions, *statement.exceptions))
    for step in (map.steps[index] for index in view.steps):
        if step.kind is StepKind.COROLLARY:
            yield from ((id, step.target, -1) for id in step.ground)
        else:
            yield from ((step.target, id, 1) for id in step.ground)
        yield from ((step.target, gate, 1) for gate in (*step.conditions, *step.exceptions))
    for pair in (map.contradictions[index] for index in view.contradictions):
        yield pair.left, pair.right, 1


def choose(
    tree: Tree,
    count: int,
    direction: Direction,
    characters: int | None,
    sizes: Callable[[int, bool], Mapping[str, Size]],
) -> Shape:
    """The shape nearest to a page.

    Args:
        count: How many boxes there are.
        direction, characters: What was asked for; `auto` and None leave the choice open.
        sizes: The size of every box, given the characters of a line and whether the picture is upright.
    """
    if count > MOST_ESTIMATED:
        chosen = Direction.LEFT if direction is Direction.AUTO else direction
        return Shape(chosen, characters or 48)
    best: tuple[float, Shape] | None = None
    for shape, penalty in _candidates(direction, characters):
        if count > NEVER_UPRIGHT and shape.upright and direction is Direction.AUTO:
            continue
        if best is not None and penalty >= best[0]:
            continue  # however near to a page's shape it is
        size = estimate(tree, shape, sizes(shape.characters, shape.upright))
        if shape.upright:
            # Engines pack an upright picture less tightly than the outlines allow (measured: by about a
            # fifth).
            size = (size[0] * 1.2, size[1])
        cost = penalty + _cost(size, count)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, shape)
    assert best is not None
    return best[1]


def _candidates(direction: Direction, characters: int | None) -> Iterator[tuple[Shape, float]]:
    either = [(Direction.UP, 0.0), (Direction.LEFT, 0.15)]
    directions = either if direction is Direction.AUTO else [(direction, 0.0)]
    for each, penalty in directions:
        upright = each in (Direction.UP, Direction.DOWN)
        usual = UPRIGHT_WIDTHS if upright else SIDEWAYS_WIDTHS
        for place, width in enumerate(usual if characters is None else (characters,)):
            yield Shape(each, width), penalty + 0.06 * place


def _cost(size: Size, count: int) -> float:
    """How far from a page's shape: nothing between 2:3 and 3:2, then by the logarithm."""
    ratio = math.log(size[0] / size[1])
    low, high = math.log(0.7), math.log(1.55)
    beyond = max(low - ratio, ratio - high, 0.0)
    # A small map may be any shape that fits a page's width.
    if count <= 12 and size[0] <= 1100:
        beyond = max(0.0, beyond - 0.2)
    return beyond


def estimate(tree: Tree, shape: Shape, sizes: Mapping[str, Size]) -> Size:
    """About how large the picture will be, points."""
    upright = shape.upright
    gap = GAP_UPRIGHT if upright else GAP_SIDEWAYS
    between = RANK_UPRIGHT if upright else RANK_SIDEWAYS
    layer: dict[str, int] = {}
    order: list[str] = []
    for root in tree.roots:
        if root in layer:
            continue
        layer[root] = 0
        stack = [root]
        while stack:
            id = stack.pop()
            order.append(id)
            for child, down in tree.children.get(id, ()):
                if child not in layer:
                    layer[child] = layer[id] + down
                    stack.append(child)
    parent_of: dict[str, str] = {}
    for id in order:
        for child, _ in tree.children.get(id, ()):
            parent_of.setdefault(child, id)
    outlines: dict[str, _Contour] = {}
    thickness: dict[int, float] = {}
    placed: set[str] = set()
    for id in reversed(order):
        across, along = sizes[id] if upright else (sizes[id][1], sizes[id][0])
        rank = layer[id]
        thickness[rank] = max(thickness.get(rank, 0.0), along)
        outline = _Contour()
        for child, _ in tree.children.get(id, ()):
            if parent_of.get(child) == id and child in outlines and child not in placed:
                placed.add(child)
                outline = outline.beside(outlines.pop(child), gap)
        outline.crown(rank, across)
        outlines[id] = outline
    whole = _Contour()
    for id in order:
        if id in outlines and id not in placed:
            whole = whole.beside(outlines.pop(id), gap)
    breadth = whole.breadth
    length = math.fsum(thickness.values()) + between * max(0, len(thickness) - 1)
    return (breadth, length) if upright else (length, breadth)


class _Contour:
    """The left and right edge of a subtree by layer; shifting it is free."""

    def __init__(self) -> None:
        self.edges: dict[int, tuple[float, float]] = {}
        self.shift = 0.0

    @property
    def breadth(self) -> float:
        if not self.edges:
            return 1.0
        return max(b for _, b in self.edges.values()) - min(a for a, _ in self.edges.values())

    def beside(self, other: _Contour, gap: float) -> _Contour:
        """This outline with another put to its right, as near as they go."""
        if not self.edges:
            return other
        small = self.edges if len(self.edges) <= len(other.edges) else other.edges
        distance = None
        for layer in small:
            if layer in self.edges and layer in other.edges:
                need = self.edges[layer][1] + self.shift + gap - (other.edges[layer][0] + other.shift)
                distance = need if distance is None else max(distance, need)
        other.shift += distance or 0.0
        into, from_ = (self, other) if small is other.edges else (other, self)
        for layer, (a, b) in from_.edges.items():
            a, b = a + from_.shift - into.shift, b + from_.shift - into.shift
            if layer in into.edges:
                c, d = into.edges[layer]
                a, b = min(a, c), max(b, d)
            into.edges[layer] = (a, b)
        return into

    def crown(self, layer: int, across: float) -> None:
        """Put the parent over the middle of its children."""
        if not self.edges:
            self.edges[layer] = (0.0, across)
            return
        nearest = min(self.edges, key=lambda each: abs(each - layer)) if len(self.edges) < 8 else layer + 1
        a, b = self.edges.get(nearest) or next(iter(self.edges.values()))
        middle = (a + b) / 2
        low, high = middle - across / 2, middle + across / 2
        if layer in self.edges:
            c, d = self.edges[layer]
            low, high = min(low, c), max(high, d)
        self.edges[layer] = (low, high)
