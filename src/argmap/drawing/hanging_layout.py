"""Where everything goes in a hanging layout: trees whose children hang in columns from a trunk at their left.

A subtree can be an outline (one column), an organisation chart (a column a child) or anything between. Each has its
front: the shapes that no other shape beats in width and height at once. From the front of the whole comes the shape
with the largest text on the page aimed at. Everything is in points, the origin is the top left corner.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import fsum, inf
from operator import itemgetter
from typing import Any, NamedTuple, Protocol, TypeVar

from attrs import define, evolve, field, frozen

from argmap.drawing.hanging_tree import Forest, NodeKind, TreeFrame, TreeNode
from argmap.drawing.options import Choices, Cut
from argmap.drawing.scene import Point
from argmap.drawing.shape import Size

WIDTHS = (190.0, 178.0, 145.0, 205.0, 165.0)
"""The usual widths of boxes, points."""
MANY = ((600, 1), (300, 2))
"""Above so many nodes, no more than so many widths are tried."""
INDENT = 18.0
"""From the left side of a parent to that of its children."""
JOIN_INDENT = 14.0
"""The same for a join and its premises, which have no signs."""
TRUNK = 9.0
"""From the left side of a parent to the trunk below it."""
DROP = 7.0
"""From a parent to its first children."""
GAP = 7.0
"""Between one child and the next below it."""
COLUMNS = 12.0
"""Between columns of children."""
TREES = 12.0
"""Between the trees of a frame."""
FRAMES = 10.0
"""Between frames."""
INSIDE = 9.0
"""From the border of a frame to what is in it."""
GROUND = 7.0
"""From the edge of a ground to what is on it."""
UNDER_TITLE = 8.0
BETWEEN_RIVALS = 44.0
TAB = 8.5
"""How far the word of a gate stands out over its box."""
PORT = 14.0
"""How far below the top of a box the line to it comes in."""

_COMPACT = 0.06
# How much smaller than in the first picture the text may get before what stands where is chosen anew
_MUCH_SMALLER = 0.85
_MOST_SHAPES = 24
_MOST_FRAMED = 40
# Above so many siblings they are put in columns one after the other, without a search
_MOST_EXACT = 30
_LIMITS = 14
# The least width and height of a notch, points
_NOTCH = 150.0, 20.0
_MOST_IN_MOSAIC = 9


class Measure(Protocol):
    """What the layout asks for sizes."""

    def node(self, node: TreeNode, width: float) -> Size:
        """The size of a node without its children, of a ground its title; boxes are to be `width` wide."""

    def frame_title(self, section: int) -> Size:
        """The size of the title of a frame."""


class _Column(NamedTuple):
    """Children from `first` up to but without `last`, each in its lowest shape that is at most so wide."""

    first: int
    last: int
    width: float


class _Shape(NamedTuple):
    """One way to lay something out: in columns, or in a mosaic as two halves, which may stand side by side.

    `notch` is empty room at its left foot, in which what comes below may stand: beside a deeper column, say.
    """

    width: float
    height: float
    columns: tuple[_Column, ...] = ()
    in_rows: bool = False
    notch: Size | None = None


_Front = list[_Shape]
_Item = TreeNode | TreeFrame
# What is to be placed, its shape, its left top, and the trunk that it hangs from
_Placing = tuple[_Item, _Shape, float, float, "float | None"]
_Sized = TypeVar("_Sized", bound=tuple[Any, ...])


@frozen(eq=False)
class PlacedNode:
    """A node in its place: its box, or the title of a ground.

    Attributes:
        trunk: Where across the trunk stands that its line comes from; None for a root.
        port: Where down its line comes in.
    """

    node: TreeNode
    x: float
    y: float
    width: float
    height: float
    trunk: float | None
    port: float


@frozen(eq=False)
class Area:
    """The place of a frame or of a ground."""

    item: TreeFrame | TreeNode
    x: float
    y: float
    width: float
    height: float


@frozen(eq=False)
class Trunk:
    """A line from a parent that some of its children share."""

    points: tuple[Point, ...]
    children: tuple[TreeNode, ...]


@define(eq=False)
class Arrangement:
    """A whole picture in its places.

    Attributes:
        scale: How large it comes out on the page aimed at.
        searched: How large it came out when its cuts were searched for.
        box: How wide its boxes are.
        cuts: How siblings are cut into columns, and frames into halves.
    """

    width: float = 0.0
    height: float = 0.0
    scale: float = 0.0
    searched: float = 0.0
    box: float = 0.0
    nodes: list[PlacedNode] = field(factory=list)
    areas: list[Area] = field(factory=list)
    trunks: list[Trunk] = field(factory=list)
    cuts: list[Cut] = field(factory=list)


def arrange(
    forest: Forest,
    measure: Measure,
    page: Size,
    around: Size = (0.0, 0.0),
    widths: Sequence[float] = WIDTHS,
    keep: Choices | None = None,
) -> Arrangement:
    """Lay a forest out so that its text is as large as may be on a page.

    Args:
        page: The room on the page, points.
        around: What the margins and the heading take of the picture's width and height.
        widths: The widths that boxes may have, all in one picture the same.
        keep: What was chosen for an earlier picture. It is kept as long as the text does not get much smaller.
    """
    if keep is not None:
        fronts = _Fronts(forest, measure, widths[0], keep.cuts)
        shape = fronts.whole[0]
        scale = min(page[0] / (shape.width + around[0]), page[1] / (shape.height + around[1]))
        if scale > keep.scale * _MUCH_SMALLER:
            return evolve(fronts.place(shape, scale), searched=keep.scale)
    count = sum(1 for _ in forest.nodes())
    most = next((most for least, most in MANY if count > least), len(widths))
    widths = widths[:: -(-len(widths) // most)]
    best: tuple[float, float, _Fronts, _Shape] | None = None
    for width in widths:
        fronts = _Fronts(forest, measure, width)
        for shape in fronts.whole:
            across, along = page[0] / (shape.width + around[0]), page[1] / (shape.height + around[1])
            scale = min(across, along)
            # Of two that come out about as large, the one that takes less of the page.
            value = scale * (max(across, along) / scale) ** _COMPACT
            if best is None or value > best[0] + 1e-6:
                best = value, scale, fronts, shape
    assert best is not None
    return best[2].place(best[3], best[1])


class _Fronts:
    """The fronts of everything, for one width of boxes."""

    def __init__(self, forest: Forest, measure: Measure, width: float, kept: Sequence[Cut] | None = None) -> None:
        self.outermost = forest.frame
        self.measure = measure
        self.box = width
        self.kept = None if kept is None else _KeptCuts(kept)
        self.sizes: dict[TreeNode | TreeFrame, Size] = {}
        self.fronts: dict[TreeNode | TreeFrame, _Front] = {}
        self.mosaics: dict[TreeFrame, dict[tuple[int, int], _Front]] = {}
        for node in reversed([*forest.nodes()]):
            self.fronts[node] = self._node(node)
        for frame in reversed([*self.outermost.frames()]):
            self.fronts[frame] = self._frame(frame)
        self.whole = self.fronts[self.outermost]

    # Fronts

    def _node(self, node: TreeNode) -> _Front:
        below = [self.fronts[child] for child in node.children]
        if node.kind is NodeKind.RIVALS:
            return _beside(below)
        size = self.sizes[node] = self.measure.node(node, self.box)
        around = GROUND if node.kind is NodeKind.GROUND else 0.0
        tab = _tab(node)
        if not below:
            return [_Shape(size[0], size[1] + tab)]
        shapes = []
        for way in self._ways(node, below, GAP, COLUMNS, _indent(node)):
            if node.is_main:
                size = self.measure.node(node, max(way.width, self.box))
            width = max(size[0] + around, way.width) + around
            height = size[1] + tab + DROP + way.height + 2 * around
            shapes.append(_Shape(width, height, way.columns, False, None if around else way.notch))
        return _best(shapes)

    def _frame(self, frame: TreeFrame) -> _Front:
        below = [self.fronts[item] for item in frame.items]
        gap = _gap(frame)
        if len(below) <= _MOST_IN_MOSAIC:
            mosaic = _mosaic(below, gap) if self.kept is None else self.kept.mosaic(frame, below, gap)
            self.mosaics[frame] = mosaic
            shapes = mosaic[0, len(below)]
        else:
            shapes = self._ways(frame, below, gap, gap, 0.0)
        if frame.section is not None:
            inside, title = _inside(frame), self.measure.frame_title(frame.section)
            self.sizes[frame] = title
            shapes = [
                _Shape(
                    max(width, title[0]) + 2 * inside, height + title[1] + UNDER_TITLE + 2 * inside, columns, in_rows
                )
                for width, height, columns, in_rows, _ in shapes
            ]
        return _best(shapes, _MOST_FRAMED)

    def _ways(self, owner: _Item, fronts: Sequence[_Front], gap: float, between: float, indent: float) -> list[_Shape]:
        if self.kept is None:
            return _columns(fronts, gap, between, indent)
        return [_in_columns(self.kept.columns(owner, fronts), fronts, gap, between, indent)]

    # Places

    def place(self, shape: _Shape, scale: float) -> Arrangement:
        """Everything in its place, for a shape of the whole."""
        made = Arrangement(shape.width, shape.height, scale, scale, self.box)
        pending: list[_Placing] = [(self.outermost, shape, 0.0, 0.0, None)]
        while pending:
            item, shape, x, y, trunk = pending.pop()
            if isinstance(item, TreeFrame):
                pending.extend(reversed(self._place_frame(made, item, shape, x, y)))
            elif item.kind is NodeKind.RIVALS:
                pending.extend(reversed(self._place_rivals(item, shape, x, y)))
            else:
                pending.extend(reversed(self._place_node(made, item, shape, x, y, trunk)))
        return made

    def _place_frame(self, made: Arrangement, frame: TreeFrame, shape: _Shape, x: float, y: float) -> list[_Placing]:
        inner_width, inner_height = shape.width, shape.height
        if frame.section is not None:
            made.areas.append(Area(frame, x, y, shape.width, shape.height))
            inside = _inside(frame)
            over = self.sizes[frame][1] + UNDER_TITLE + inside
            x, y = x + inside, y + over
            inner_width, inner_height = shape.width - 2 * inside, shape.height - over - inside
        cells = self._mosaic_cells if frame in self.mosaics else self._column_cells
        placed: list[_Placing] = []
        for item, left, top, width, height in cells(made, frame, shape, x, y, inner_width, inner_height):
            own = _lowest(self.fronts[item], width)
            if isinstance(item, TreeFrame):
                own = own._replace(width=width, height=height)
            placed.append((item, own, left, top, None))
        return placed

    def _column_cells(
        self, made: Arrangement, frame: TreeFrame, shape: _Shape, x: float, y: float, width: float, height: float
    ) -> Iterator[tuple[_Item, float, float, float, float]]:
        """The items of a frame and the room of each, in columns."""
        gap, left = _gap(frame), 0.0
        made.cuts += [_cut(frame, column.first) for column in shape.columns[1:]]
        for column in shape.columns:
            room = column.width if column is not shape.columns[-1] else max(column.width, width - left)
            items = frame.items[column.first : column.last]
            pile = _pile([self.fronts[item] for item in items], column.width, gap)
            for item, (own, top, is_in_notch) in zip(items, pile.places, strict=True):
                is_filled = isinstance(item, TreeFrame) and not is_in_notch
                yield item, x + left, y + top, room if is_filled else own.width, own.height
            left += column.width + gap

    def _mosaic_cells(
        self, made: Arrangement, frame: TreeFrame, shape: _Shape, x: float, y: float, width: float, height: float
    ) -> Iterator[tuple[_Item, float, float, float, float]]:
        """The items of a frame and the room of each, in a mosaic that fills the frame."""
        gap, mosaic = _gap(frame), self.mosaics[frame]
        pending = [(0, len(frame.items), 0, x, y, width, height)]
        while pending:
            first, last, depth, x, y, width, height = pending.pop()
            if last - first == 1:
                yield frame.items[first], x, y, width, height
                continue
            split = _lowest(mosaic[first, last], width)
            cut = split.columns[0].last
            made.cuts.append(_cut(frame, cut, depth, split.in_rows))
            if split.in_rows:
                own = _narrowest(mosaic[first, cut], height).width
                pending.append((cut, last, depth + 1, x + own + gap, y, width - own - gap, height))
                pending.append((first, cut, depth + 1, x, y, own, height))
            else:
                one, other = mosaic[first, cut], mosaic[cut, last]
                (upper, (lower, top, is_in_notch)), _, notch = _pile((one, other), split.width, gap)
                if notch is not None or is_in_notch:
                    width = split.width  # wider shapes have other notches
                lower_width = lower.width if is_in_notch else width
                pending.append((cut, last, depth + 1, x, y + top, lower_width, height - top))
                pending.append((first, cut, depth + 1, x, y, width, upper[0].height))

    def _place_rivals(self, node: TreeNode, shape: _Shape, x: float, y: float) -> list[_Placing]:
        first, second = node.children
        one = _lowest(self.fronts[first], shape.columns[0].width)
        other = _lowest(self.fronts[second], shape.columns[1].width)
        return [(first, one, x, y, None), (second, other, x + one.width + BETWEEN_RIVALS, y, None)]

    def _place_node(
        self, made: Arrangement, node: TreeNode, shape: _Shape, x: float, y: float, trunk: float | None
    ) -> list[_Placing]:
        width, height = self.sizes[node]
        if node.is_main and node.children:
            width, height = self.measure.node(node, shape.width)
        if node.kind is NodeKind.GROUND:
            made.areas.append(Area(node, x, y, shape.width, shape.height))
            made.nodes.append(PlacedNode(node, x + GROUND, y + GROUND, width, height, trunk, y + GROUND + height / 2))
            x, bottom = x + GROUND - TRUNK + 3.0, y + GROUND + height
        else:
            top = y + _tab(node)
            made.nodes.append(PlacedNode(node, x, top, width, height, trunk, top + min(height / 2, PORT)))
            bottom = top + height
        placed: list[_Placing] = []
        made.cuts += [_cut(node, column.first) for column in shape.columns[1:]]
        left, indent = x, _indent(node)
        for column in shape.columns:
            children = node.children[column.first : column.last]
            last = bottom
            pile = _pile([self.fronts[child] for child in children], column.width, GAP)
            for child, (own, down, _) in zip(children, pile.places, strict=True):
                at = bottom + DROP + down
                placed.append((child, own, left + indent, at, left + TRUNK))
                last = at + _tab(child) + self._port(child)
            top = bottom if left == x else bottom + DROP / 2
            made.trunks.append(Trunk(((left + TRUNK, top), (left + TRUNK, last)), tuple(children)))
            if left != x and column is shape.columns[-1]:
                points = ((x + TRUNK, bottom + DROP / 2), (left + TRUNK, bottom + DROP / 2))
                made.trunks.append(Trunk(points, tuple(node.children)))
            left += indent + column.width + COLUMNS
        return placed

    def _port(self, node: TreeNode) -> float:
        height = self.sizes[node][1]
        return GROUND + height / 2 if node.kind is NodeKind.GROUND else min(height / 2, PORT)


class _KeptCuts:
    """What was cut where in an earlier picture."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self.after = {cut.after: cut for cut in cuts}
        self.before = {cut.before: cut for cut in cuts}

    def _cuts(self, owner: _Item) -> list[Cut | None]:
        """The cut before each item. What is new, or has other words, is known by what stands beside it."""
        found: list[Cut | None] = [None]
        for one, other in pairwise(_names(owner)):
            after, before = self.after.get(one), self.before.get(other)
            # A cut is made once, though something new stands in it.
            found.append(after or (before if before not in found[-1:] else None))
        return found

    def columns(self, owner: _Item, fronts: Sequence[_Front]) -> tuple[_Column, ...]:
        """The columns of items that have one shape each."""
        firsts = [0, *(place for place, cut in enumerate(self._cuts(owner)) if cut is not None), len(fronts)]
        return tuple(_Column(one, two, max(each[0].width for each in fronts[one:two])) for one, two in pairwise(firsts))

    def mosaic(self, frame: TreeFrame, fronts: Sequence[_Front], gap: float) -> dict[tuple[int, int], _Front]:
        """As `_mosaic`, of items that have one shape each."""
        mosaic = {(place, place + 1): front for place, front in enumerate(fronts)}
        cuts = self._cuts(frame)

        def cut(first: int, last: int) -> _Front:
            if last - first > 1:
                depths = [each.depth if (each := cuts[place]) else inf for place in range(first + 1, last)]
                at = first + 1 + depths.index(min(depths))
                halves, found = (cut(first, at), cut(at, last)), cuts[at]
                split = _split(*halves, (first, at, last), gap, in_rows=found is not None and found.in_rows)
                mosaic[first, last] = split
            return mosaic[first, last]

        cut(0, len(fronts))
        return mosaic


def _cut(owner: _Item, place: int, depth: int = 0, in_rows: bool = False) -> Cut:
    names = _names(owner)
    return Cut(names[place - 1], names[place], depth, in_rows)


def _names(owner: _Item) -> list[str]:
    """What each item is known by from one picture to the next: a box by its statement, a tag also by where it hangs."""
    names = [_name(item) for item in _items(owner)]
    return [name if name.startswith(("frame", "statement")) else f"{name} in {_name(owner)}" for name in names]


def _name(item: _Item) -> str:
    """The kind of an item, and the first statement in it."""
    name = "frame" if isinstance(item, TreeFrame) else item.kind.value
    while isinstance(item, TreeFrame) or not item.id:
        if not (below := _items(item)):
            return name
        item = below[0]
    return f"{name} {item.id}"


def _items(owner: _Item) -> Sequence[_Item]:
    return owner.items if isinstance(owner, TreeFrame) else owner.children


def _gap(frame: TreeFrame) -> float:
    return FRAMES if all(isinstance(item, TreeFrame) for item in frame.items) else TREES


def _inside(frame: TreeFrame) -> float:
    return 0.0 if frame.is_bare else INSIDE


def _indent(node: TreeNode) -> float:
    return JOIN_INDENT if node.kind is NodeKind.JOIN else INDENT


def _tab(node: TreeNode) -> float:
    is_box = node.kind in (NodeKind.STATEMENT, NodeKind.JOIN)
    return TAB if is_box and node.bond is not None and node.bond.is_gate else 0.0


def _lowest(front: _Front, width: float) -> _Shape:
    """The lowest shape that is at most so wide."""
    if len(front) == 1 or front[1][0] > width + 1e-6:
        return front[0]
    return front[bisect_right(front, width + 1e-6, key=itemgetter(0)) - 1]


def _narrowest(front: _Front, height: float) -> _Shape:
    """The narrowest shape that is at most so high."""
    return front[min(len(front) - 1, bisect_left(front, -height - 1e-6, key=lambda each: -each.height))]


def _best(shapes: list[_Shape], most: int = _MOST_SHAPES) -> _Front:
    """The shapes that no other beats, from the narrowest to the widest; not too many."""
    front: _Front = []
    for shape in sorted(shapes, key=itemgetter(0, 1)) if len(shapes) > 1 else shapes:
        if not front or shape.height < front[-1].height - 0.5:
            front.append(shape)
    return _thinned(front, most)


def _thinned(front: list[_Sized], most: int = _MOST_SHAPES) -> list[_Sized]:
    """The narrowest and the lowest, and of the others those with the least area."""
    if len(front) <= most:
        return front
    inner = sorted(front[1:-1], key=lambda each: each[0] * each[1])[: most - 2]
    return [front[0], *sorted(inner, key=itemgetter(0)), front[-1]]


def _beside(fronts: Sequence[_Front]) -> _Front:
    """Two trees side by side."""
    shapes = [
        _Shape(
            one.width + BETWEEN_RIVALS + other.width,
            max(one.height, other.height),
            (_Column(0, 1, one.width), _Column(1, 2, other.width)),
        )
        for one in fronts[0]
        for other in fronts[1]
    ]
    return _best(shapes)


def _mosaic(fronts: Sequence[_Front], gap: float) -> dict[tuple[int, int], _Front]:
    """By first and last: the front of some of the items, cut in two again and again.

    What comes first in reading order is always at the left of the rest, or above it.
    """
    mosaic = {(place, place + 1): front for place, front in enumerate(fronts)}
    for size in range(2, len(fronts) + 1):
        for first in range(len(fronts) - size + 1):
            last = first + size
            shapes = []
            for cut in range(first + 1, last):
                halves = mosaic[first, cut], mosaic[cut, last]
                shapes += _split(*halves, (first, cut, last), gap, in_rows=False)
                shapes += _split(*halves, (first, cut, last), gap, in_rows=True)
            mosaic[first, last] = _best(shapes, _MOST_FRAMED)
    return mosaic


def _split(one: _Front, other: _Front, places: tuple[int, int, int], gap: float, *, in_rows: bool) -> _Front:
    """Two halves, one under the other or side by side."""
    first, cut, last = places
    halves = _Column(first, cut, 0.0), _Column(cut, last, 0.0)
    if in_rows:
        turned = _under(_stack(_turned(one)), _turned(other), gap)
        return [_Shape(width, height, halves, in_rows=True) for height, width, _ in turned]
    return [_Shape(width, height, halves, notch=notch) for width, height, notch in _under(_stack(one), other, gap)]


def _turned(front: _Front) -> _Front:
    """A front turned on its side."""
    return [_Shape(each.height, each.width) for each in reversed(front)]


class _Pile(NamedTuple):
    """Things under one another: the shape of each, its top, and whether it stands in a notch; and of all of them."""

    places: list[tuple[_Shape, float, bool]]
    height: float
    notch: Size | None


def _pile(fronts: Sequence[_Front], width: float, gap: float) -> _Pile:
    """Things under one another, each in its lowest shape, or in a notch of what is above where it ends higher up."""
    places, height, notch = [], -gap, None
    for front in fronts:
        shape, top = _lowest(front, width), height + gap
        if notch is None:
            places.append((shape, top, False))
            height, notch = top + shape.height, shape.notch
            continue
        shape, top = _next(height, notch, front, shape, gap)
        places.append((shape, top, top < height))
        height, notch = _with(height, notch, shape, top)
    return _Pile(places, height, notch)


def _next(height: float, notch: Size, front: _Front, plain: _Shape, gap: float) -> tuple[_Shape, float]:
    """The shape of what comes next in a pile with a notch, and its top."""
    if front[0].width <= notch[0] - gap:
        shape, top = _lowest(front, notch[0] - gap), height - notch[1] + gap
        if top + shape.height < height + gap + plain.height - 0.5:
            return shape, top
    return plain, height + gap


def _with(height: float, notch: Size, shape: _Shape, top: float) -> tuple[float, Size | None]:
    """The height and the notch of a pile that had a notch, with one more."""
    bottom = top + shape.height
    if bottom < height:
        return height, (notch[0], height - bottom)
    return bottom, shape.notch


def _columns(fronts: Sequence[_Front], gap: float, between: float, indent: float) -> list[_Shape]:
    """Good ways to set things in consecutive columns.

    From the highest way down: each time the narrowest that is lower than the one before.
    """
    if not fronts:
        return []
    least = max(front[-1].height for front in fronts)
    limit = fsum(front[0].height for front in fronts) + gap * (len(fronts) - 1)
    step = min(0.97, (least / limit) ** (1 / _LIMITS))
    fill = _search(fronts, gap, between, indent) if len(fronts) <= _MOST_EXACT else _filling(fronts, gap, indent)
    found = {}
    while limit > least - 1e-6:
        columns = fill(limit)
        found[columns] = shape = _in_columns(columns, fronts, gap, between, indent)
        limit = max(min(shape.height - 0.5, limit * step), least) if limit > least else 0.0
    return list(found.values())


def _in_columns(
    columns: tuple[_Column, ...], fronts: Sequence[_Front], gap: float, between: float, indent: float
) -> _Shape:
    piles = [_pile(fronts[column.first : column.last], column.width, gap) for column in columns]
    height = max([pile.height for pile in piles])
    width = fsum([indent + column.width for column in columns]) + between * (len(columns) - 1)
    return _Shape(width, height, columns, False, _notch(columns, piles, between, indent))


def _notch(columns: Sequence[_Column], piles: Sequence[_Pile], between: float, indent: float) -> Size | None:
    """The largest notch under the first columns."""
    height = max([pile.height for pile in piles])
    found = []
    if piles[0].notch is not None:
        across, along = piles[0].notch
        found.append((indent + across, height - piles[0].height + along))
    width = deepest = 0.0
    for column, pile in zip(columns, piles, strict=True):
        width += indent + column.width + between
        deepest = max(deepest, pile.height)
        if height - deepest < _NOTCH[1]:
            break
        found.append((width, height - deepest))
    large = [each for each in found if each[0] >= _NOTCH[0] and each[1] >= _NOTCH[1]]
    return max(large, key=lambda each: each[0] * each[1], default=None)


def _search(
    fronts: Sequence[_Front], gap: float, between: float, indent: float
) -> Callable[[float], tuple[_Column, ...]]:
    """A function that finds the narrowest columns for a limit of height."""
    # By the last child: the columns that end with it, from the shortest, each with the first child, the widths it may
    # have, and its least height for each, negated.
    ending: list[list[tuple[int, list[float], list[float]]]] = [[] for _ in fronts]
    for first in reversed(range(len(fronts))):
        stack = _stack(fronts[first])
        for last in range(first, len(fronts)):
            if last > first:
                stack = _thinned(_under(stack, fronts[last], gap))
            ending[last].append((first, [width for width, _, _ in stack], [-height for _, height, _ in stack]))

    def narrowest(limit: float) -> tuple[_Column, ...]:
        lowest = -limit - 1e-6
        lefts, columns = [indent], []
        for last, stacks in enumerate(ending, 1):
            least = inf
            for first, widths, heights in stacks:
                place = bisect_left(heights, lowest)
                if place == len(heights):
                    break
                right = lefts[first] + widths[place]
                if right < least - 1e-6:
                    least, column = right, (first, last, widths[place])
            lefts.append(least + between + indent)
            columns.append(column)
        found = [_Column(*columns[-1])]
        while found[-1].first:
            found.append(_Column(*columns[found[-1].first - 1]))
        return tuple(reversed(found))

    return narrowest


# The widths that things under one another may have, and the height and the notch that they have then
_Stack = list[tuple[float, float, "Size | None"]]


def _stack(front: _Front) -> _Stack:
    return [(shape.width, shape.height, shape.notch) for shape in front]


def _under(upper: _Stack, lower: _Front, gap: float) -> _Stack:
    """A stack with one more below."""
    found: _Stack = []
    one = other = 0
    width = max(upper[0][0], lower[0].width)
    while True:
        while one + 1 < len(upper) and upper[one + 1][0] <= width:
            one += 1
        while other + 1 < len(lower) and lower[other + 1].width <= width:
            other += 1
        height, notch, shape = upper[one][1], upper[one][2], lower[other]
        if notch is None:
            found.append((width, height + gap + shape.height, shape.notch))
        else:
            found.append((width, *_with(height, notch, *_next(height, notch, lower, shape, gap))))
        width = min(
            upper[one + 1][0] if one + 1 < len(upper) else inf,
            lower[other + 1].width if other + 1 < len(lower) else inf,
        )
        if width == inf:
            return found


def _filling(fronts: Sequence[_Front], gap: float, indent: float) -> Callable[[float], tuple[_Column, ...]]:
    """A function that fills columns one after the other up to a limit of height, and keeps the narrowest of a few."""
    widest = sorted(front[-1].width for front in fronts)
    shapes = [
        [_lowest(front, most) for front in fronts]
        for most in dict.fromkeys((widest[0], widest[len(widest) // 2], widest[-1]))
    ]

    def filled(limit: float) -> tuple[_Column, ...]:
        found: list[tuple[float, tuple[_Column, ...]]] = []
        for chosen in shapes:
            columns: list[_Column] = []
            first, width, height = 0, 0.0, -gap
            for place, shape in enumerate(chosen):
                if place > first and height + gap + shape.height > limit:
                    columns.append(_Column(first, place, width))
                    first, width, height = place, 0.0, -gap
                width = max(width, shape.width)
                height += gap + shape.height
            columns.append(_Column(first, len(chosen), width))
            found.append((fsum(each.width + indent for each in columns), tuple(columns)))
        return min(found, key=lambda each: each[0])[1]

    return filled
