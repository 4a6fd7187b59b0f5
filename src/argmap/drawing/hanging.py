"""A map as a scene of hanging trees: what `hanging_tree` and `hanging_layout` decide, painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from attrs import evolve

from argmap.drawing import looks
from argmap.drawing.boxes import MARGIN as SLACK
from argmap.drawing.boxes import PADDING, RING, SIZE, Box, BoxContent, BoxStyle, Painting, box, lay_out
from argmap.drawing.captions import rivals_text, step_text
from argmap.drawing.compose import compose, extent, frame_fill, frame_part, node_part, title_part
from argmap.drawing.graph import Node, Planner, Subject, bare_dot, frame_of
from argmap.drawing.hanging_layout import GROUND, INSIDE, MANY, TAB, WIDTHS, Area, Arrangement, PlacedNode, arrange
from argmap.drawing.hanging_tree import Bond, NodeKind, TreeFrame, TreeNode
from argmap.drawing.heading import MARGIN
from argmap.drawing.looks import LineStyle, Plate, Sign
from argmap.drawing.options import Choices, Direction, Layout, Options
from argmap.drawing.scene import Outline, Part, PartKind, Point, Scene, polyline, rectangle
from argmap.drawing.shape import Size
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrapping import rows_of
from argmap.drawing.wrapping import width as width_of
from argmap.errors import EngineError
from argmap.model import ArgumentMap, Emphasis
from argmap.text import Span
from argmap.text.words import unused

SMALL_MAP = 15
MOSTLY_TAGS = 0.5
MAIN_SIZE = 14.0
"""The font size of the main claim, points."""

# How much wider a box is than its words
_AROUND = 2 * PADDING + SLACK
# How much lower boxes are than in the flow layout, points: there are no heads of lines at their sides
_TIGHTER = 4.0
_SIGN = 13.0
_TITLE = 11.0
_GROUND_TITLE = 9.5
_LINE = 1.4
# The longest line of a frame's title, points
_TITLE_WIDTH = 280.0
# How much of the colour of frames is in a ground
_TINT = 0.15

_LINES: Mapping[Bond, LineStyle] = {
    **{Bond(kind.value): line for kind, line in looks.LINES.items()},
    Bond.CONDITION: looks.CONDITION,
    Bond.EXCEPTION: looks.EXCEPTION,
    Bond.CONTRADICTION: looks.CONTRADICTION,
}
_PAINTED = {kind.value: place for place, kind in enumerate(PartKind)}
# What has a filled square for its sign, so that sides differ without colour
_SQUARE = (Bond.OBJECTION, Bond.CONTRADICTION)


class _Packed(Subject):
    """A picture whose frames are packed on a page."""

    @cached_property
    def arrangement(self) -> Arrangement:
        around = (2 * MARGIN, 2 * MARGIN + self.heading(900.0).height)
        return arrange(self.forest, self, self.options.page_size, around, self._widths(), self.options.keep)

    def scene(self) -> Scene:
        """The picture."""
        made = self.arrangement
        heading = self.heading(made.width)
        self.dx, self.dy = MARGIN, MARGIN + heading.height
        self.taken = {*self.ids.values()}
        self.counts: dict[str, int] = {}
        parts = [heading.part] if heading.part is not None else []
        for area in made.areas:
            if isinstance(area.item, TreeFrame):
                parts += self._frame(area)[area.item.is_bare :]
        parts += self._contents_of(made)
        parts.sort(key=lambda part: _PAINTED[part.kind.value])
        return Scene(
            width=round(max(made.width, heading.width) + 2 * MARGIN),
            height=round(made.height + heading.height + 2 * MARGIN),
            parts=tuple(parts),
            title=self.title or "Argument map",
            description=self.description(),
            lang=self.map.fact("lang"),
            author=self.map.author,
            background=self.theme.background,
            choices=self._choices(),
            families=self.font.families,
        )

    def node(self, node: TreeNode, width: float) -> Size:
        raise NotImplementedError

    def frame_title(self, section: int) -> Size:
        return _title_size(self.map.sections[section].title, _TITLE_WIDTH, _TITLE)

    def _widths(self) -> Sequence[float]:
        """The widths that boxes may have."""
        return (0.0,)

    def _contents_of(self, made: Arrangement) -> Iterable[Part]:
        raise NotImplementedError

    def _choices(self) -> Choices:
        raise NotImplementedError

    def _id(self, wanted: str) -> str:
        return unused(wanted, self.taken, self.counts)

    def _frame(self, area: Area) -> tuple[Part, Part]:
        """The frame of a section, and its title."""
        index = area.item.section
        assert index is not None
        assert isinstance(area.item, TreeFrame)
        x, y = area.x + self.dx, area.y + self.dy
        title = self.map.sections[index].title
        rows = _title_rows(title, _TITLE_WIDTH, _TITLE)
        frame = frame_of(self.map, index, rows)
        fill = frame_fill(frame, self.theme) if not area.item.is_bare else self.theme.background
        inset = 0.0 if area.item.is_bare else INSIDE
        at, right = (x + inset, y + inset), x + area.width - inset
        part = title_part(f"title-{index + 1}", rows, at, _TITLE, self.theme.frame, fill, right)
        around = frame_part(frame, self.theme, (x, y, x + area.width, y + area.height))
        # A section can also have a ground, in the tree of another section's claim.
        return evolve(around, id=self._id(around.id)), part


class Flow(_Packed, Planner):
    """A picture with a line for each relation. An engine places what is in a frame.

    Args:
        place: From a graph in Graphviz' language to what an engine makes of it.

    Raises:
        EngineError: the engine's answer lacks something that is in the map.
    """

    def __init__(self, map: ArgumentMap, options: Options, place: Callable[[str], Mapping[str, Any]]) -> None:
        super().__init__(map, options)
        self.blocks = {frame: (plan, place(bare_dot(plan))) for frame, plan in self.plans().items()}
        for frame in self.forest.frame.frames():
            inner = [item for item in frame.items if isinstance(item, TreeFrame)]
            block = TreeNode(NodeKind.BLOCK, section=frame.section)
            frame.items = [block, *inner] if frame.section in self.blocks else [*inner]

    def scene(self) -> Scene:
        try:
            return super().scene()
        except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise EngineError(f"the layout engine's answer is incomplete: {error!r}") from None

    def _choices(self) -> Choices:
        return Choices(Layout.FLOW, self.shape.direction, self.shape.characters)

    def node(self, node: TreeNode, width: float) -> Size:
        return extent(self.blocks[node.section][1])

    def _contents_of(self, made: Arrangement) -> Iterator[Part]:
        for each in made.nodes:
            for part in compose(*self.blocks[each.node.section], each.x + self.dx, each.y + self.dy):
                yield part if part.kind is PartKind.STATEMENT else evolve(part, id=self._id(part.id))


class Hanging(_Packed):
    """A picture of hanging trees; each step to it is made when it is needed.

    Raises:
        UnknownStatementError: an option names a label, section or tag that the map does not have.
        NothingToDrawError: the options choose nothing.
        ConfigError: there is no such theme or font.
    """

    @property
    def is_small(self) -> bool:
        """Whether there are so few boxes, and at most one section, that a flow is as easy to take in."""
        sections = {self.map.by_id[id].section for id in self.view.statements} - {None}
        return len(self.view.statements) <= SMALL_MAP and len(sections) <= 1

    @property
    def is_web(self) -> bool:
        """Whether most relations would be tags, so that a flow shows more."""
        return self.forest.tags > MOSTLY_TAGS * self.forest.relations

    def _choices(self) -> Choices:
        made = self.arrangement
        # Boxes that are only as wide as their texts may be wider after the next edit.
        width = (made.box - _AROUND) * 2 / SIZE if made.box in WIDTHS else None
        return Choices(Layout.HANGING, Direction.AUTO, width, made.searched, tuple(made.cuts))

    def _contents_of(self, made: Arrangement) -> Iterator[Part]:
        depths: dict[int, int] = {}
        rivals: list[TreeNode] = []
        for node in self.forest.nodes():
            depth = depths.get(id(node), 0) + (node.kind is NodeKind.GROUND)
            depths.update((id(child), depth) for child in node.children)
            depths[id(node)] = depth
            if node.kind is NodeKind.RIVALS:
                rivals.append(node)
        for area in made.areas:
            if isinstance(area.item, TreeNode):
                yield from self._ground(area, depths[id(area.item)])
        for trunk in made.trunks:
            yield self._line("trunk", trunk.points, self._common(trunk.children))
        beside = self._beside(made)
        for placed in made.nodes:
            if placed.trunk is not None:
                yield self._branch(beside.get(placed, placed))
            if placed.node.kind is not NodeKind.GROUND and placed not in beside:
                yield self._box_part(placed)
            yield from self._signs(beside.get(placed, placed))
        places = {id(each.node): each for each in made.nodes}
        for each in rivals:
            yield from self._rivals(*(places[id(child)] for child in each.children))

    def _beside(self, made: Arrangement) -> dict[PlacedNode, PlacedNode]:
        """Tags from which a straight line leads to what they stand for: the line takes their place."""
        boxes = {each.node.id: each for each in made.nodes if each.node.kind is NodeKind.STATEMENT}
        walls: list[tuple[float, float, float, float, PlacedNode | None]]
        walls = [(each.x, each.y, each.x + each.width, each.y + each.height, each) for each in made.nodes]
        walls += [(*trunk.points[0], *trunk.points[1], None) for trunk in made.trunks]
        for area in made.areas:
            sides = (area.x, area.x + area.width) if isinstance(area.item, TreeFrame) else ()
            walls += [(x, area.y, x, area.y + area.height, None) for x in sides]
        found = {}
        for tag in made.nodes:
            to, bond, y = boxes.get(tag.node.id), tag.node.bond, tag.port
            if tag.node.kind is not NodeKind.TAG or tag.trunk is None or to is None or bond is None or bond.is_gate:
                continue
            end = to.x if to.x > tag.trunk else to.x + to.width + 4
            left, right = sorted((end, tag.trunk))
            is_level = to.y + 8 < y < to.y + to.height - 8
            if is_level and not any(
                x0 < right - 1 and x1 > left + 1 and y0 - 4 < y < y1 + 4 and each not in (tag, to)
                for x0, y0, x1, y1, each in walls
            ):
                found[tag] = evolve(tag, x=end)
        return found

    # Shapes and sizes

    def node(self, node: TreeNode, width: float) -> Size:
        if node.kind is NodeKind.GROUND:
            return _title_size(node.text, width, _GROUND_TITLE)
        # A box whose lines are balanced is as large, and takes longer: only where no other width is tried.
        shape = self._shape(node, width, is_balanced=bool(self.options.keep) or len(self._contents) > MANY[0][0])
        return shape.width, shape.height

    @cached_property
    def _contents(self) -> Mapping[str, BoxContent]:
        contents = {}
        for id in self.view.statements:
            content, also = self.content(id), self.forest.also.get(id)
            contents[id] = evolve(content, holders=(*content.holders, *also)) if also else content
        if self.forest.main is not None:
            main = contents[self.forest.main]
            stressed = (Emphasis(0, len(main.text), strong=True),) if main.text else ()
            contents[self.forest.main] = evolve(main, size=MAIN_SIZE, emphasis=stressed)
        return contents

    def _widths(self) -> Sequence[float]:
        """The widths that boxes may have: none wider than the longest text needs."""
        if self.options.width is not None:
            return (self.options.width * SIZE / 2 + _AROUND,)
        needed = max(
            width_of(f"{each.label} {each.asides}: {each.text}", True) * SIZE + _AROUND + 6
            for each in self._contents.values()
        )
        return tuple(dict.fromkeys(min(each, max(needed, 90.0)) for each in WIDTHS))

    def _shape(self, node: TreeNode, width: float, *, is_balanced: bool = False) -> Box | Sign | Plate:
        if node.kind is NodeKind.STATEMENT:
            content, style = self._contents[node.id], self.styles[node.id]
            return _box(content, style, self.theme, width, is_balanced and not node.is_main)
        hue, bond = self._hue(node), node.bond
        blocked = node.step in self.palette.blocked
        if node.kind is NodeKind.GHOST:
            return looks.tag("▲", node.text, hue, self.theme, width, is_dashed=True, size=SIZE)
        if bond is None:
            return looks.tag("▸", node.text, hue, self.theme, width)
        if node.kind is NodeKind.TAG:
            word = f"{self._gate_word(bond)} →" if bond.is_gate else "→"
            return looks.tag(word, node.text, hue, self.theme, width, is_dashed=blocked)
        sign = _LINES[bond].sign
        if node.step is not None and not set(self.map.steps[node.step].ground) <= self.view.statements.keys():
            sign += "…"
        if node.text:
            return looks.tag(sign, node.text, hue, self.theme, width, is_dashed=blocked)
        return Sign(text=sign, hue=hue, theme=self.theme, is_blocked=blocked, is_square=bond in _SQUARE)

    def _gate_word(self, bond: Bond) -> str:
        return self.words.get(_LINES[bond].sign, _LINES[bond].sign)

    def _hue(self, node: TreeNode) -> Hue:
        """The hue of a node, and of the line to it."""
        if node.kind is NodeKind.GROUND:
            return self._common(node.children)
        if not node.id:
            return self.theme.condition
        if node.bond is Bond.CONTRADICTION:
            return self.theme.objection
        if node.step is not None and node.bond is not Bond.PREMISE and not (node.bond and node.bond.is_gate):
            return self.palette.step_hue(node.step)
        return self.palette.hue(node.id)

    def _common(self, nodes: Iterable[TreeNode]) -> Hue:
        """The hue of some nodes, if they have one."""
        hues = {hue.line: hue for hue in map(self._hue, nodes)}
        return next(iter(hues.values())) if len(hues) == 1 else self.theme.condition

    # Parts

    def _ground(self, area: Area, depth: int) -> tuple[Part, Part]:
        """The ground of a section inside a tree, and its title."""
        index = area.item.section
        assert index is not None
        x, y = area.x + self.dx, area.y + self.dy
        title = self.map.sections[index].title
        # A theme of pure black and white, for printers, has no colour for what is inside of frames.
        strong = _TINT if self.theme.frame.fill != self.theme.background else _TINT / 2
        tint = strong if depth % 2 else strong / 2
        fill = _mixed(self.theme.background, self.theme.frame.line, tint)
        around = rectangle(x, y, area.width, area.height, is_rounded=self.theme.rounded)
        name = self._id(f"section-{index + 1}")
        ground = Part(id=name, kind=PartKind.GROUND, outlines=(Outline(segments=around, fill=fill),), title=title)
        rows = _title_rows(title, self.arrangement.box, _GROUND_TITLE)
        at, right = (x + GROUND, y + GROUND), x + area.width - GROUND
        return ground, title_part(f"title-of-{name}", rows, at, _GROUND_TITLE, self.theme.frame, fill, right)

    def _line(self, name: str, points: Iterable[Point], hue: Hue, *, dashes: tuple[float, ...] = ()) -> Part:
        path = polyline(*((x + self.dx, y + self.dy) for x, y in points))
        outline = Outline(segments=path, stroke=hue.line, width=_LINE, dashes=dashes)
        return Part(id=self._id(name), kind=PartKind.EDGE, outlines=(outline,))

    def _branch(self, placed: PlacedNode) -> Part:
        assert placed.trunk is not None
        end = placed.x - (GROUND if placed.node.kind is NodeKind.GROUND else 0.0)
        points = ((placed.trunk, placed.port), (end, placed.port))
        is_gate = placed.node.bond is not None and placed.node.bond.is_gate
        return self._line("branch", points, self._hue(placed.node), dashes=(3.0, 2.0) if is_gate else ())

    def _box_part(self, placed: PlacedNode) -> Part:
        """A statement, a tag or a join."""
        node, x, y = placed.node, placed.x + self.dx, placed.y + self.dy
        room = placed.width if node.is_main else self.arrangement.box
        shape = self._shape(node, room, is_balanced=True)
        place = (x, y, x + placed.width, y + placed.height)
        if node.kind is NodeKind.STATEMENT and isinstance(shape, Box):
            return node_part(self.statement(node.id, shape), place)
        title, text = self._words(node)
        if node.kind is NodeKind.JOIN:
            name, kind, target = f"step-{(node.step or 0) + 1}", PartKind.STEP, None
        else:
            name, kind, target = "tag", PartKind.TAG, self.ids.get(node.id)
        return node_part(Node(id=self._id(name), kind=kind, shape=shape, target=target, title=title, text=text), place)

    def _words(self, node: TreeNode) -> tuple[str, str]:
        """What a node is called, and what is said of it."""
        if node.kind is not NodeKind.JOIN:
            if not node.id:
                return node.text, ""
            statement = self.map.by_id[node.id]
            return statement.name, f"{statement.name} {statement.text}" if statement.label else statement.text
        step = self.map.steps[node.step or 0]
        return step_text(self.map, step, self.words)

    def _signs(self, placed: PlacedNode) -> Iterator[Part]:
        """The sign of a step, or the word of a gate, on the border of what it comes from."""
        node, bond = placed.node, placed.node.bond
        # A little to the left of the border, so that the sign keeps off the words.
        x, y = placed.x + self.dx - 2.0, placed.port + self.dy
        if bond is None or bond is Bond.PREMISE or node.kind is NodeKind.JOIN or placed.trunk is None:
            return
        hue = self._hue(node)
        if bond.is_gate:
            if node.kind is NodeKind.STATEMENT:
                plate = looks.plate(self._gate_word(bond), hue, self.theme)
                outlines, lines = plate.paint(x + 11, placed.y + self.dy - TAB)
                yield Part(id=self._id("gate"), kind=PartKind.STEP, outlines=outlines, lines=lines)
            return
        title = text = ""
        name, span = "contradiction", None
        if node.step is not None:
            step = self.map.steps[node.step]
            name, span = f"step-{node.step + 1}", step.span
            title, text = step_text(self.map, step, self.words)
        yield self._sign(name, bond, hue, (x, y), title, text, span)

    def _sign(
        self, name: str, bond: Bond, hue: Hue, at: Point, title: str, text: str, span: Span | None = None
    ) -> Part:
        words = _LINES[bond].sign
        wide, is_square = _SIGN + 4 * (len(words) - 1), bond in _SQUARE
        outlines, lines = _painted_sign(words, hue, self.theme, is_square, wide, at)
        id, kind = self._id(name), PartKind.STEP
        return Part(id=id, kind=kind, outlines=outlines, lines=lines, title=title, text=text, span=span)

    def _rivals(self, one: PlacedNode, other: PlacedNode) -> Iterator[Part]:
        """The line between two roots that contradict each other, and its sign."""
        hue, end = self.theme.objection, one.x + one.width
        y = min(one.port, other.port)
        yield self._line("contradiction-line", ((end, y), (other.x, y)), hue)
        names = (self.map.by_id[one.node.id].name, self.map.by_id[other.node.id].name)
        at = (end + other.x) / 2 + self.dx, y + self.dy
        yield self._sign("contradiction", Bond.CONTRADICTION, hue, at, *rivals_text(*names, self.words))


@lru_cache(maxsize=4096)  # an edit leaves most boxes and signs as they are, and where they are
def _box(content: BoxContent, style: BoxStyle, theme: Theme, width: float, is_balanced: bool) -> Box:
    """A box of a width. Balanced, its lines are as many, and about equally long."""
    around = 2 * style.border + (0 if style.ring is None else RING)
    room = width - 2 * PADDING - SLACK - around
    made = box(content, lay_out(content, 2 * room / content.size, balance=is_balanced), style, theme, room)
    made.width = width if made.width < width + 2 else made.width
    made.height, made.extra = made.height - _TIGHTER, -_TIGHTER
    return made


@lru_cache(maxsize=4096)
def _painted_sign(text: str, hue: Hue, theme: Theme, is_square: bool, width: float, middle: Point) -> Painting:
    sign = Sign(text=text, hue=hue, theme=theme, is_square=is_square, width=width, height=_SIGN)
    return sign.paint(middle[0] - width / 2, middle[1] - _SIGN / 2)


def _title_rows(text: str, width: float, size: float) -> tuple[str, ...]:
    return rows_of(text, width / size / 1.1)


def _title_size(text: str, width: float, size: float) -> Size:
    rows = _title_rows(text, width, size)
    return max(width_of(row, True) for row in rows) * size, 1.25 * size * len(rows)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two, `share` of the way to the other."""
    parts = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)
