"""What is to be laid out: the boxes, signs, lines and frames of a map, and the graph that an engine places them by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from math import ceil
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.drawing import captions, looks
from argmap.drawing.boxes import Box, BoxContent, BoxStyle, BoxText, box, content, height_for, lay_out, rough_size
from argmap.drawing.hanging_tree import Bond, Forest, counted, plant, tag_text
from argmap.drawing.heading import PictureHeading, byline, heading, legend
from argmap.drawing.levels import at_level
from argmap.drawing.looks import LineStyle, Plate, Sign
from argmap.drawing.options import Direction, Level, LineKind, Options
from argmap.drawing.palette import Palette
from argmap.drawing.scene import PartKind, printable
from argmap.drawing.shape import Shape, Size, choose, tree
from argmap.drawing.theme import Font, Hue, Theme, find, font
from argmap.drawing.view import View, as_shown, select, tops
from argmap.drawing.wrapping import REGULAR, rows_of, width
from argmap.model import ArgumentMap, Attitude, Statement, Step, StepKind, counting
from argmap.text import Span
from argmap.text.words import by_key

MANY = 150
"""Above so many boxes a picture is hard to take in, and a notice offers the overview."""

# The side of a box that lines leave by, so that they leave in the middle and not at a corner.
_EXIT = {Direction.UP: "n", Direction.DOWN: "s", Direction.LEFT: "w", Direction.RIGHT: "e"}
# The side of a box that lines sideways come in by, along which they are spread once it is laid out.
# Upright, lines come in where they arrive.
_ENTRY = {Direction.LEFT: "e", Direction.RIGHT: "w"}
RANKDIR = {Direction.UP: "BT", Direction.DOWN: "TB", Direction.LEFT: "RL", Direction.RIGHT: "LR"}

_TAG_WIDTH = 200.0
"""The longest line of a tag, points."""
TITLE_SIZE = 11.0
"""The font size of a frame's title, points."""
TITLE_LINE = 15.2
"""The height of a line of it, points."""

_UNSAFE_IN_ID = re.compile(r"[^\w.-]")


@frozen(kw_only=True, eq=False, repr=False)
class Node:
    """A box, sign or plate.

    Attributes:
        frame: The section in whose frame it is drawn, which may be another than the one it is written in.
        order: The side whose lines keep the author's order: `in`, `out` or none.
        target: The id of what it leads to.
    """

    id: str
    kind: PartKind
    shape: Box | Sign | Plate
    section: int | None = None
    frame: int | None = None
    order: str = ""
    title: str = ""
    text: str = ""
    url: str | None = None
    target: str | None = None
    inside: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@frozen(eq=False, repr=False)
class Edge:
    """A line from one node to another, by their ids.

    Attributes:
        head_at: The end that has the head, if any.
        layout: What else the engine has to know of it.
        spreads: Whether it comes in at the side of a box, along which such lines are spread.
    """

    id: str
    start: str
    end: str
    style: LineStyle
    hue: Hue
    head_at: Literal["start", "end", ""] = ""
    layout: Mapping[str, str] = field(factory=dict)
    is_blocked: bool = False
    spreads: bool = False

    def attributes(self) -> dict[str, str]:
        """What an engine has to know of the line to lay it out."""
        found = {"id": self.id}
        if self.style.thickness != 1.4:
            found["penwidth"] = f"{self.style.thickness:g}"
        if not self.head_at:
            found["arrowhead"] = "none"
        else:
            if self.style.head is not looks.Head.NORMAL:
                found["arrowhead" if self.head_at == "end" else "arrowtail"] = self.style.head.value
            if self.style.head_size != looks.HEAD_SIZE:
                found["arrowsize"] = f"{self.style.head_size:g}"
            if self.head_at == "start":
                found["dir"] = "back"
        return {**found, **self.layout}


@frozen(kw_only=True, eq=False, repr=False)
class Frame:
    """The frame of a section, by the section's index."""

    section: int
    parent: int | None
    depth: int
    title: str
    rows: tuple[str, ...]
    span: Span | None = None

    @property
    def id(self) -> str:
        return f"section-{self.section + 1}"

    @property
    def width(self) -> float:
        """The room of its title, points."""
        return max(width(row, bold=True) * TITLE_SIZE + 4 for row in self.rows)


@define(kw_only=True, eq=False, repr=False)
class Plan:
    """A picture before layout: what is in it, in the author's order.

    Attributes:
        frames: Each after the one that it lies in.
    """

    shape: Shape
    theme: Theme
    font: Font
    nodes: list[Node]
    edges: list[Edge]
    frames: list[Frame]
    heading: PictureHeading

    def nodes_in(self, section: int | None) -> list[Node]:
        """The nodes right in a section, in the order for the engine."""
        found = [node for node in self.nodes if node.section == section]
        # Sideways, engines draw from the bottom up.
        return found if self.shape.upright else found[::-1]

    def frames_in(self, section: int | None) -> list[Frame]:
        """The frames right in a section, in the order for the engine."""
        return [frame for frame in self.frames if frame.parent == section]

    def edges_for_engine(self) -> list[Edge]:
        """The lines in the order for the engine."""
        return self.edges[::-1] if self.frames and not self.shape.upright else self.edges

    def graph_attributes(self) -> dict[str, str]:
        """How the engine is to lay out the whole."""
        nodesep, ranksep = ("0.16", "0.18") if self.shape.upright else ("0.11", "0.3")
        found = {"rankdir": RANKDIR[self.shape.direction], "nodesep": nodesep, "ranksep": ranksep}
        if self.frames:
            # A second search for fewer crossings, over all frames at once, gives up the author's order inside them.
            found["remincross"] = "false"
        return found

    def frame_attributes(self) -> dict[str, str]:
        """How the engine is to lay out a frame and its title."""
        return {
            "margin": "12",
            # In a picture drawn upwards an engine takes a frame's bottom for its top.
            "labelloc": "b" if self.shape.direction is Direction.UP else "t",
            "labeljust": "r" if self.shape.direction is Direction.LEFT else "l",
        }


def plan(map: ArgumentMap, options: Options | None = None) -> Plan:
    """Plan the picture of a map, or of the part of it that the options choose.

    Raises:
        UnknownStatementError: an option names a label, section or tag that the map does not have.
        NothingToDrawError: the options choose nothing.
        ConfigError: there is no such theme or font.
    """
    return Planner(map, options or Options()).plan()


class Subject:
    """The part of a map that a picture shows, and how everything in it looks, before any layout.

    Raises:
        UnknownStatementError: an option names a label, section or tag that the map does not have.
        NothingToDrawError: the options choose nothing.
        ConfigError: there is no such theme or font.
    """

    def __init__(self, map: ArgumentMap, options: Options) -> None:
        self.folding, options = at_level(map, options)
        map = self.folding.map
        self.options = options
        theme = options.theme
        self.theme = find(theme, options.themes) if isinstance(theme, str) else theme
        self.font = font(options.font)
        self.words = captions.own_words(map)
        folded = {id: len(each) for id, each in self.folding.premises.items()}
        self.view: View = select(map, options, folded)
        self.ghosts = {id: map.by_id[id].section for id in self.view.ghosts}
        before, map = map, as_shown(map, self.view, options.focus)
        if options.focus and map is not before:
            self.view = select(map, options, folded)
        self.map = map
        self.palette = Palette(map, self.theme, self.view.statements, options.overlay)
        self.styles = {id: self.palette.style(id) for id in self.view.statements}
        for id in self.ghosts:
            hue = Hue(self.theme.muted.line, self.theme.background, self.theme.muted.text)
            self.styles[id] = BoxStyle(hue=hue, border=1.2, dashed=True)
        self.held: dict[str, list[tuple[Attitude, str]]] = {}
        self.stances: dict[str, list[str]] = {}
        if options.overlay is None or not options.overlay.holders:
            for stance in counting(map.stances):
                *ground, about = stance.ids
                step = f" on {' & '.join(map.by_id[id].name for id in ground)} ⇒" if ground else ""
                hedge = f" ({stance.hedge.value})" if stance.hedge else ""
                self.held.setdefault(about, []).append((stance.attitude, f"{stance.holder}{step}{hedge}"))
                self.stances.setdefault(about, []).append(captions.stance_text(map, stance, self.words))
        self.ids = statement_ids(self.view.statements)
        self.title = map.title or options.title or ""
        self.caption = options.overlay.caption if options.overlay else ""

    @cached_property
    def forest(self) -> Forest:
        """What hangs from what, and in which frame."""
        view = self.view
        bonds = {LineKind.CONDITIONS: Bond.CONDITION, LineKind.EXCEPTIONS: Bond.EXCEPTION}
        gates = [bond for kind, bond in bonds.items() if kind in view.kinds]
        folded = view.hidden_in_section
        return plant(self.map, view.statements, view.steps, view.contradictions, gates, folded)

    @cached_property
    def frame_of(self) -> Mapping[str, int | None]:
        """The section in whose frame each statement is drawn."""
        return self.forest.frame_of if self.map.sections else {}

    def content(self, id: str) -> BoxContent:
        """What the box of a statement says."""
        flags, hidden = self.palette.flags.get(id, ()), self.view.hidden.get(id, 0)
        lang, quotes = self.map.fact("lang") or "", self.options.quotations
        held = self.held.get(id, ())
        found = content(self.map.by_id[id], held, flags, hidden, lang, self.words, quotes=quotes)
        section = self.ghosts.get(id)
        if section is None:
            return found
        there = captions.said(self.words, "▲ in {title}", title=self.map.sections[section].title)
        return evolve(found, holders=(*found.holders, there))

    def statement(self, id: str, shape: Box, order: str = "") -> Node:
        """A statement with its box."""
        statement = self.map.by_id[id]
        stances, flags = self.stances.get(id, ()), self.palette.flags.get(id, ())
        return Node(
            id=self.ids[id],
            kind=PartKind.STATEMENT,
            shape=shape,
            section=statement.section,
            frame=self.frame_of.get(id),
            order=order,
            title=statement.name,
            text=captions.tooltip(statement, stances, self.view.hidden.get(id, 0), flags, self.words),
            url=captions.web_address(statement),
            inside=self.folding.premises.get(id, ()),
            span=statement.span,
        )

    def heading(self, room: float) -> PictureHeading:
        """What stands over the picture; its lines break where the room ends, points."""
        map, theme, overlay = self.map, self.theme, self.options.overlay
        entries = legend(map, self.view, overlay, theme, self.palette.hue, self.words)
        return heading(self.title, byline(map), self.caption, entries if self.options.legend else (), room, theme)

    def description(self) -> str:
        """The picture in sentences."""
        text = captions.describe(self.map)
        if self.folding.premises:
            text += f" {self._folded()}."
        left_out = len(self.map.statements) - len(self.view.statements)
        if left_out:
            text += f" {left_out:,} of its statements are not shown."
        return f"{text} Shown: {self.caption}." if self.caption else text

    def notices(self) -> tuple[Diagnostic, ...]:
        """What the reader of the picture should know."""
        count, said = len(self.view.statements), []
        if self.folding.premises and self.options.level is Level.AUTO:
            hint = "--level statements shows the premises, --level claims less"
            said.append(Diagnostic("AM392", Severity.NOTE, self._folded(), hint=hint))
        if count > MANY:
            message = f"the picture has {count:,} boxes, more than anyone takes in at a glance"
            hint = "try --overview, or --focus, --section, --fold and --only to show a part"
            said.append(Diagnostic("AM390", Severity.NOTE, message, hint=hint))
        return tuple(said)

    def _folded(self) -> str:
        premises = self.folding.premises.values()
        count = sum(map(len, premises))
        text = f"{count:,} premises are folded into {len(premises):,} arguments, a box each"
        bare = self.folding.left_out
        return f"{text}; what has no label and no relation is left out ({bare:,})" if bare else text


class Planner(Subject):
    """The state of one plan while it is made."""

    def __init__(self, map: ArgumentMap, options: Options) -> None:
        super().__init__(map, options)
        self.contents = {id: self.content(id) for id in self.view.statements}
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.named = {node: id for id, node in self.ids.items()}
        self.beyond: dict[str, list[tuple[str, bool]]] = {}
        self.heads: dict[tuple[int | None, tuple[str, ...]], str] = {}
        self._bodies, self._sizes = cache(self._broken), cache(self._measured)

    def plan(self) -> Plan:
        map, view, options = self.map, self.view, self.options
        # The fullest frame decides, since each is laid out by itself.
        crowd = Counter(self.frame_of.get(id) for id in view.statements).most_common(1)[0][0]
        fullest = {id: None for id in view.statements if self.frame_of.get(id) == crowd}
        steps = tuple(index for index in view.steps if map.steps[index].target in fullest)
        outline = tree(map, evolve(view, statements=fullest, steps=steps))
        characters = None if options.width is None else round(options.width)
        self.shape = shape = choose(outline, len(fullest), options.direction, characters, self._sizes)
        self._add_statements(self._boxes(shape.characters, shape.upright))
        turned = closing_steps(map, view.steps)
        for index in view.steps:
            self._add_step(index, is_turned=index in turned)
        self._add_gates()
        self._add_contradictions()
        self._add_folded_sections()
        return Plan(
            shape=shape,
            theme=self.theme,
            font=self.font,
            nodes=self.nodes,
            edges=self.edges,
            frames=_frames(map, self.nodes),
            heading=self.heading(900.0),
        )

    def plans(self) -> dict[int | None, Plan]:
        """A plan for each frame. What a line leads to in another frame is a tag at both ends."""
        whole = self.plan()
        nodes = {node.id: node for node in whole.nodes}
        for edge in whole.edges:
            self.beyond.setdefault(edge.start, []).append((edge.end, edge.head_at == "end"))
            self.beyond.setdefault(edge.end, []).append((edge.start, edge.head_at == "start"))
        edges: dict[int | None, list[Edge]] = {node.frame: [] for node in whole.nodes}
        for edge in whole.edges:
            start, end = nodes[edge.start], nodes[edge.end]
            if start.frame == end.frame:
                edges[start.frame].append(edge)
                continue
            is_turned = edge.head_at == "start"
            edges[start.frame].append(evolve(edge, end=self._tag(start, end, edge, is_up=not is_turned)))
            edges[end.frame].append(evolve(edge, start=self._tag(end, start, edge, is_up=is_turned)))
        return {frame: self._part(whole, frame, each) for frame, each in edges.items()}

    def _part(self, whole: Plan, frame: int | None, edges: list[Edge]) -> Plan:
        """The plan of a frame; other sections in it have frames of their own inside."""
        own = [node for node in self.nodes if node.frame == frame]
        inner = {node.section for node in own if node.kind is PartKind.STATEMENT} - {None, frame}
        nodes = [node if node.section in inner else evolve(node, section=None) for node in own]
        within = [each for each in whole.frames if each.section in inner]
        frames = [evolve(each, parent=each.parent if each.parent in inner else None) for each in within]
        return evolve(whole, nodes=nodes, edges=edges, frames=frames)

    def _tag(self, own: Node, other: Node, edge: Edge, *, is_up: bool) -> str:
        """A tag for what a line from a node leads to in another frame; one for all lines up to the same."""
        ids = self._reached(other.id, own.id, is_up=is_up)
        key = own.frame, ids
        if is_up and key in self.heads:
            return self.heads[key]
        name = f"tag-{len(self.nodes)}"
        text = tag_text(self.map, self.words, ids, other.frame, own.frame)
        sign, hue = ("▲", self.theme.condition) if is_up else ("→", edge.hue)
        shape = looks.tag(sign, text, hue, self.theme, _TAG_WIDTH, is_dashed=is_up)
        statement = self.map.by_id[ids[0]]
        section = None if is_up else own.section
        node = evolve(own, id=name, kind=PartKind.TAG, shape=shape, section=section, order="", url=None, inside=())
        target, title, words = self.ids[statement.id], statement.name, statement.text
        self.nodes.append(evolve(node, target=target, title=title, text=words, span=None))
        if is_up:
            self.heads[key] = name
        return name

    def _reached(self, id: str, back: str, *, is_up: bool) -> tuple[str, ...]:
        """The statements that a node is, or that a sign leads to or comes from."""
        if id in self.named:
            return (self.named[id],)
        near = [each for each in self.beyond[id] if each[0] != back]
        ends = [each for each in near if each[0] in self.named]
        found = [each for each in ends if each[1] is is_up] or ends
        if found:
            return tuple(self.named[other] for other, _ in found)
        return self._reached(near[0][0], id, is_up=is_up)

    # Sizes

    def _broken(self, characters: int, upright: bool) -> tuple[dict[str, BoxText], float]:
        """Every text broken into lines, and the least width of a box."""
        bodies = {id: lay_out(each, characters, balance=upright) for id, each in self.contents.items()}
        # Side by side in a column, boxes look best alike; under one another, each as wide as it needs.
        widest = max((body.width for body in bodies.values()), default=0.0)
        return bodies, 0.0 if upright else min(widest, characters * 5.5)

    def _measured(self, characters: int, upright: bool) -> dict[str, Size]:
        bodies, room = self._bodies(characters, upright)
        return {id: rough_size(self.contents[id], body, room) for id, body in bodies.items()}

    def _boxes(self, characters: int, upright: bool) -> dict[str, Box]:
        bodies, room = self._bodies(characters, upright)
        lines = Counter(self.map.steps[index].target for index in (() if upright else self.view.steps))
        return {
            id: box(self.contents[id], body, self.styles[id], self.theme, room, height_for(lines[id]))
            for id, body in bodies.items()
        }

    # Parts

    def _add_statements(self, boxes: Mapping[str, Box]) -> None:
        steps = [self.map.steps[index] for index in self.view.steps]
        into, out = (Counter(step.target for step in steps), Counter(id for step in steps for id in step.ground))
        for id in self.view.statements:
            # Engines keep the author's order among the lines on one side of a box; the fuller side gets it.
            order = "in" if into[id] > 1 else "out" if out[id] > 1 else ""
            self.nodes.append(self.statement(id, boxes[id], order))

    def _add_step(self, index: int, *, is_turned: bool) -> None:
        step = self.map.steps[index]
        ground = [id for id in dict.fromkeys(step.ground) if id in self.view.statements]
        number, line = index + 1, looks.LINES[step.kind]
        hue = self.palette.step_hue(index)
        is_blocked = index in self.palette.blocked
        target, sign = self.ids[step.target], f"step-{number}"
        # Beside its ground, so that only its line leaves the frame of a section.
        is_partial = len(ground) < len(dict.fromkeys(step.ground))
        shape = looks.step_sign(
            step, hue, self.theme, self.shape.characters, is_partial=is_partial, is_blocked=is_blocked
        )
        title, text = captions.step_text(self.map, step, self.words)
        self._add_sign(sign, shape, ground, title=title, text=text, span=step.span)
        tight = {"weight": "8" if len(ground) == 1 else "3", "tailport": _EXIT[self.shape.direction]}
        tight = {} if is_turned else tight
        for place, id in enumerate(ground, 1):
            ends = (sign, self.ids[id]) if is_turned else (self.ids[id], sign)
            name = f"line-{number}.{place}"
            self.edges.append(Edge(name, *ends, line, hue, layout=tight, is_blocked=is_blocked))
        side = None if is_turned else _ENTRY.get(self.shape.direction)
        entry = {"headport": side} if side else {}
        if is_turned:
            edge = Edge(f"line-{number}", target, sign, line, hue, "start", entry, is_blocked)
        else:
            edge = Edge(f"line-{number}", sign, target, line, hue, "end", entry, is_blocked, spreads=bool(side))
        self.edges.append(edge)
        for place, (id, gate) in enumerate(self._gates_of(step), 1):
            if id in self.view.statements:
                self._add_gate(f"gate-{number}.{place}", id, sign, gate, ground, is_beside=True)

    def _gates_of(self, gated: Step | Statement) -> list[tuple[str, LineStyle]]:
        kinds = self.view.kinds
        gates = [(id, looks.CONDITION) for id in gated.conditions if LineKind.CONDITIONS in kinds]
        return gates + [(id, looks.EXCEPTION) for id in gated.exceptions if LineKind.EXCEPTIONS in kinds]

    def _add_gate(
        self, name: str, id: str, target: str, gate: LineStyle, beside: Sequence[str], *, is_beside: bool
    ) -> None:
        """A condition or exception: its box, a plate with the word, and what it bears on."""
        hue = self.palette.hue(id)
        self._add_sign(name, looks.plate(self.words.get(gate.sign, gate.sign), hue, self.theme), beside)
        self.edges.append(Edge(f"line-{name}", self.ids[id], name, gate, hue, layout={"weight": "4"}))
        if is_beside:
            # On one level with the sign, to its right, which an engine does for a line that starts there.
            level = {"minlen": "0", "weight": "2"}
            self.edges.append(Edge(f"line-{name}.1", target, name, gate, hue, head_at="start", layout=level))
        else:
            self.edges.append(Edge(f"line-{name}.1", name, target, gate, hue, head_at="end"))

    def _add_gates(self) -> None:
        for position, id in enumerate(self.view.statements, 1):
            for number, (each, gate) in enumerate(self._gates_of(self.map.by_id[id]), 1):
                if each in self.view.statements:
                    name = f"gate-s{position}.{number}"
                    self._add_gate(name, each, self.ids[id], gate, [id, each], is_beside=False)

    def _add_contradictions(self) -> None:
        roots = {*tops(self.map)}
        for index in self.view.contradictions:
            contradiction = self.map.contradictions[index]
            name, hue = f"contradiction-{index + 1}", self.theme.objection
            both = [contradiction.left, contradiction.right]
            one, other = (self.map.by_id[id].name for id in both)
            line, width = looks.CONTRADICTION, looks.SIGN_WIDTH + 4
            sign = Sign(text=line.sign, hue=hue, theme=self.theme, is_square=True, width=width)
            title, text = captions.rivals_text(one, other, self.words)
            self._add_sign(name, sign, both, title=title, text=text, span=contradiction.span)
            are_rivals = roots.issuperset(both)
            # Rivals stand side by side, the main claim first; of others, the first is nearer to the main claim.
            if not are_rivals or both[1] == self.forest.main:
                both.reverse()
            first, last = (self.ids[id] for id in both)
            level = {"minlen": "0"} if are_rivals else {}
            self.edges.append(Edge(f"line-{name}.2", first, name, line, hue, head_at="start", layout=level))
            self.edges.append(Edge(f"line-{name}.1", name, last, line, hue, head_at="end", layout=level))

    def _add_folded_sections(self) -> None:
        """A plate in each section none of whose statements are shown, with their number."""
        for index, count in sorted(self.view.hidden_in_section.items()):
            words = f"▸ {counted(count, self.words)}"
            plate = looks.plate(words, self.theme.condition, self.theme)
            name = f"folded-section-{index + 1}"
            self.nodes.append(Node(id=name, kind=PartKind.STEP, shape=plate, section=index, frame=index))

    def _add_sign(self, id: str, shape: Sign | Plate, beside: Sequence[str], **said: Any) -> None:
        """A sign among what it stands beside; `said`: its title, its text and its place in the source."""
        section, frame = section_of(self.map, beside), self.frame_of.get(beside[0])
        self.nodes.append(Node(id=id, kind=PartKind.STEP, shape=shape, section=section, frame=frame, **said))


def bare_dot(plan: Plan) -> str:
    """The graph for an engine that only places: boxes of fixed size, no words but room for the frames' titles."""
    lines = [
        "digraph {",
        f'graph [{_listed(plan.graph_attributes())} fontname="Arial"]',
        'node [shape=box fixedsize=true penwidth=0 label=""]',
        f"edge [arrowsize={looks.HEAD_SIZE:g} penwidth=1.4]",
    ]
    title = _listed(plan.frame_attributes())

    def add_nodes(section: int | None) -> None:
        for node in plan.nodes_in(section):
            order = f" ordering={node.order}" if node.order else ""
            is_round = isinstance(node.shape, Sign) and not node.shape.is_square
            look = f" shape=circle penwidth={looks.SIGN_BORDER:g}" if is_round else ""
            size = f"width={node.shape.width / 72:.4f} height={node.shape.height / 72:.4f}"
            lines.append(f'"{node.id}" [{size}{order}{look}]')

    add_nodes(None)
    inside: list[Frame | None] = [*plan.frames_in(None)[::-1]]
    while inside:
        frame = inside.pop()
        if frame is None:
            lines.append("}")
            continue
        lines.append(f'subgraph "cluster_{frame.id}" {{')
        lines.append(f"graph [penwidth=0.8 {title} {_room_for(frame)}]")
        add_nodes(frame.section)
        inside += [None, *plan.frames_in(frame.section)[::-1]]
    for edge in plan.edges_for_engine():
        lines.append(f'"{edge.start}" -> "{edge.end}" [{_listed(edge.attributes())}]')  # noqa: PERF401
    return "\n".join([*lines, "}", ""])


def _listed(attributes: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in attributes.items())


def _room_for(frame: Frame) -> str:
    """A label of the size of the frame's title: engines know how wide an `i` in Arial is."""
    size = TITLE_LINE / 1.2
    count = max(1, ceil(frame.width / (REGULAR["i"] * size)))
    words = "\\n".join(["i" * count, *("i" for _ in frame.rows[1:])])
    return f'fontsize={size:.4f} label="{words}"'


def _frames(map: ArgumentMap, nodes: Sequence[Node]) -> list[Frame]:
    """The frames of the sections that hold something, each after the one that it lies in."""
    holding = {node.section for node in nodes}
    needed = sorted({each for section in holding for each in map.sections_around(section)})
    return [frame_of(map, index, rows_of(map.sections[index].title, 40)) for index in needed]


def frame_of(map: ArgumentMap, index: int, rows: tuple[str, ...]) -> Frame:
    """The frame of a section, its title broken into rows."""
    section, depth = map.sections[index], len(map.sections_around(index))
    title, span = section.title, section.span
    return Frame(section=index, parent=section.parent, depth=depth, title=title, rows=rows, span=span)


def statement_ids(statements: Iterable[str]) -> dict[str, str]:
    """By statement, the id of its box."""
    return unique_names((id, f"unlabelled-{id[1:]}" if id[:1] == "%" else f"statement-{id}") for id in statements)


def unique_names(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By key, the name wanted, with the code points of what is no letter, digit, `-`, `_` or `.`."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in wanted:
        name = _UNSAFE_IN_ID.sub(lambda found: f"_{ord(found[0]):x}_", printable(name))
        while name in taken:
            name += "_"
        taken.add(name)
        names[key] = name
    return names


def section_of(map: ArgumentMap, ids: Sequence[str]) -> int | None:
    """The innermost section that holds all of these."""
    innermost = None
    outside_in = [map.sections_around(map.by_id[id].section)[::-1] for id in ids]
    for level in zip(*outside_in, strict=False):
        if len({*level}) > 1:
            break
        innermost = level[0]
    return innermost


def closing_steps(map: ArgumentMap, shown: Sequence[int]) -> frozenset[int]:
    """Those of the steps shown that close a circle of reasoning, met from the tops down.

    A layout that puts them the other way round has the circle's two ways side by side.
    """
    out = by_key(
        (id, (index, step.target)) if step.kind is StepKind.COROLLARY else (step.target, (index, id))
        for index, step in ((index, map.steps[index]) for index in shown)
        for id in step.ground
    )
    closing: set[int] = set()
    done: set[str] = set()
    for start in [*tops(map), *out]:
        if start in done:
            continue
        open_ones = {start}
        stack = [(start, iter(out.get(start, ())))]
        while stack:
            id, rest = stack[-1]
            for index, other in rest:
                if other in open_ones:
                    closing.add(index)
                elif other not in done:
                    open_ones.add(other)
                    stack.append((other, iter(out.get(other, ()))))
                    break
            else:
                stack.pop()
                open_ones.discard(id)
                done.add(id)
    return frozenset(closing)
