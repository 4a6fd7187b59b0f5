"""Put the parts of a drawing together: an argument map in, DOT out. The same map gives the same text."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.diagnostics import Diagnostic, Severity
from argmap.drawing import outline
from argmap.drawing import steps as looks
from argmap.drawing.boxes import Body, Box, Content, box, content, height_for, lay_out, rough_size
from argmap.drawing.captions import byline, legend, step_sentence, step_title, tooltip, web_address
from argmap.drawing.description import describe
from argmap.drawing.drawing import Drawing, Element, ElementKind
from argmap.drawing.frames import frames
from argmap.drawing.heading import heading
from argmap.drawing.markup import identifier
from argmap.drawing.options import Direction, Kind, Options
from argmap.drawing.outline import is_plain, section_of
from argmap.drawing.palette import Palette
from argmap.drawing.selection import View, select
from argmap.drawing.shape import Shape, Size, choose, estimate
from argmap.drawing.sides import closing_steps
from argmap.drawing.theme import Theme, find, font
from argmap.model import ArgumentMap, Attitude

MANY = 150
"""Above so many boxes a picture is hard to take in, and the author is told of the overview."""
SIGNS_IN_BOXES = 250
"""Above so many, a plain step's sign moves into the box it comes from: half the nodes, half the wait."""

# The side of a box that lines leave by, so that they leave in the middle and not at a corner.
_EXIT = {Direction.UP: "n", Direction.DOWN: "s", Direction.LEFT: "w", Direction.RIGHT: "e"}
# The side of a box that lines sideways come in by, along which they are spread once it is laid out (`fans.py`).
# Upright, lines come in where they arrive.
_ENTRY = {Direction.LEFT: "headport=e", Direction.RIGHT: "headport=w"}
_RANKDIR = {Direction.UP: "BT", Direction.DOWN: "TB", Direction.LEFT: "RL", Direction.RIGHT: "LR"}


def draw(map: ArgumentMap, options: Options | None = None) -> Drawing:
    """Draw a map, or the part of it that the options choose.

    Raises:
        UnknownStatementError: an option names a label, section or tag that the map does not have.
        ConfigError: there is no such theme or font.
    """
    return _Draughtsman(map, options or Options()).drawing()


class _Draughtsman:
    """The state of one drawing while it is put together."""

    def __init__(self, map: ArgumentMap, options: Options) -> None:
        self.map = map
        self.options = options
        self.theme: Theme = (
            find(options.theme, options.themes) if isinstance(options.theme, str) else options.theme
        )
        self.font = font(options.font)
        self.view: View = select(map, options)
        self.turned = closing_steps(map, self.view.steps)
        self.palette = Palette(map, self.theme, self.view.statements, options.overlay)
        self.signs_in_boxes = len(self.view.statements) > SIGNS_IN_BOXES
        self.badges: dict[str, int] = self._badges() if self.signs_in_boxes else {}
        self.held: dict[str, list[tuple[Attitude, str]]] = {}
        if options.overlay is None or not options.overlay.holders:
            for stance in map.stances:
                self.held.setdefault(stance.statement, []).append((stance.attitude, stance.holder))
        self.contents: dict[str, Content] = {
            id: content(
                map.by_id[id],
                self.held.get(id, ()),
                self.palette.flags.get(id, ()),
                self.view.hidden.get(id, 0),
                looks.LINES[map.steps[self.badges[id]].kind].sign if id in self.badges else "",
            )
            for id in self.view.statements
        }
        self.names = self._names()
        self.elements: dict[str, Element] = {}
        self.nodes: dict[int | None, list[str | tuple[str, Box]]] = {}
        self.edges: list[str] = []
        self.ends: dict[str, tuple[str, str]] = {}
        self.styles = {id: self.palette.style(id) for id in self.view.statements}
        self._laid_out: dict[tuple[int, bool], tuple[dict[str, Body], float]] = {}

    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        taken: set[str] = set()
        for id in self.view.statements:
            name = identifier("statement", id) if not id.startswith("%") else identifier("unlabelled", id[1:])
            while name in taken:
                name += "_"
            taken.add(name)
            names[id] = name
        return names

    def _badges(self) -> dict[str, int]:
        """Statements that are the whole ground of just one plain step, which may then have its sign in the
        box."""
        count: dict[str, int] = {}
        for index in self.view.steps:
            for id in self.map.steps[index].ground:
                count[id] = count.get(id, 0) + 1
        return {
            step.ground[0]: index
            for index in self.view.steps
            if is_plain(step := self.map.steps[index]) and count[step.ground[0]] == 1
        }

    # Sizes and shape

    def _bodies(self, characters: int, upright: bool) -> tuple[dict[str, Body], float]:
        """Every text broken into lines, and the least width of a box."""
        key = (characters, upright)
        if key not in self._laid_out:
            bodies = {id: lay_out(each, characters, balance=upright) for id, each in self.contents.items()}
            # Side by side in a column, boxes look best alike; under one another, each as wide as it needs.
            widest = max((body.width for body in bodies.values()), default=0.0)
            self._laid_out[key] = bodies, 0.0 if upright else min(widest, characters * 5.5)
        return self._laid_out[key]

    def boxes(self, characters: int, upright: bool) -> dict[str, Box]:
        bodies, room = self._bodies(characters, upright)
        lines: dict[str, int] = {}
        for index in self.view.steps if not upright else ():
            target = self.map.steps[index].target
            lines[target] = lines.get(target, 0) + 1
        return {
            id: box(self.contents[id], body, self.styles[id], self.theme, room, height_for(lines.get(id, 0)))
            for id, body in bodies.items()
        }

    def sizes(self, characters: int, upright: bool) -> dict[str, Size]:
        bodies, room = self._bodies(characters, upright)
        return {id: rough_size(self.contents[id], body, room) for id, body in bodies.items()}

    # Assembly

    def drawing(self) -> Drawing:
        options, theme = self.options, self.theme
        tree = outline.tree(self.map, self.view)
        shape = choose(tree, len(self.contents), options.direction, options.width, self.sizes)
        boxes = self.boxes(shape.characters, shape.upright)
        size = estimate(tree, shape, self.sizes(shape.characters, shape.upright))
        late: dict[str, int] = {}
        if shape.stagger > 1:
            for siblings in tree.leaves.values():
                if len(siblings) > 2:
                    late.update((id, index % shape.stagger) for index, id in enumerate(siblings))
        self._statements(boxes)
        for index in self.view.steps:
            self._step(index, shape, late)
        self._gates()
        self._contradictions()
        title = self.map.title or options.title or ""
        label = heading(
            title,
            byline(self.map),
            options.overlay.caption if options.overlay else "",
            legend(self.map, self.view, self.styles, options.overlay, theme, self.palette.hue)
            if options.legend
            else (),
            # Of a small upright picture the estimate is too wide, and the heading should not be the widest part.
            size[0] * (0.88 if shape.upright else 1.0),
            theme,
        )
        if not shape.upright and any(section is not None for section in self.nodes):
            # Engines draw the inside of frames from the bottom up where the picture is sideways.
            self.edges.reverse()
            for nodes in self.nodes.values():
                nodes.reverse()
        self._folded_sections()
        # Engines put frames that no line orders from the bottom up where the picture is sideways.
        backwards = not shape.upright and not outline.frames_are_joined(self.map, self.view)
        framed, sections = frames(self.map, self.nodes, theme, shape.direction, backwards=backwards)
        lines = ["digraph {", *self._settings(shape, label), *framed, *self.edges, "}"]
        # Frames first, then what lies in them, all in the author's order: the order of reading.
        return Drawing(
            lines=lines,
            ends=self.ends,
            boxes={self.names[id]: each for id, each in boxes.items()},
            elements={**sections, **self.elements},
            title=title or "Argument map",
            description=self._description(),
            lang=self.map.fact("lang"),
            font=self.font.name,
            font_families=self.font.families,
            background=theme.background,
            notices=self._notices(),
        )

    def _settings(self, shape: Shape, label: str) -> list[str]:
        theme = self.theme
        nodesep, ranksep = (0.26, 0.27) if shape.upright else (0.13, 0.38)
        # A second search for fewer crossings, over all frames at once, gives up the author's order inside them.
        kept = " remincross=false" if any(section is not None for section in self.nodes) else ""
        lines = [
            f"  graph [rankdir={_RANKDIR[shape.direction]} nodesep={nodesep} ranksep={ranksep}{kept} pad=0.25 "
            f'bgcolor="{theme.background}" fontname="{self.font.name}" fontcolor="{theme.text}"]',
            f'  node [shape=plain fontname="{self.font.name}" fontsize=11 fontcolor="{theme.text}"]',
            f'  edge [fontname="{self.font.name}" fontsize=9 arrowsize=0.65 penwidth=1.4]',
        ]
        if label:
            lines.insert(1, f"  graph [labelloc=t labeljust=l label={label}]")
        return lines

    def _place(self, section: int | None, node: str | tuple[str, Box]) -> None:
        self.nodes.setdefault(section, []).append(node)

    def _statements(self, boxes: Mapping[str, Box]) -> None:
        into: dict[str, int] = {}
        out: dict[str, int] = {}
        for index in self.view.steps:
            step = self.map.steps[index]
            into[step.target] = into.get(step.target, 0) + 1
            for id in step.ground:
                out[id] = out.get(id, 0) + 1
        for id in self.view.statements:
            statement = self.map.by_id[id]
            name = self.names[id]
            # Engines keep the author's order among the lines on one side of a box; the fuller side gets it.
            ordering = ""
            if into.get(id, 0) > 1:
                ordering = " ordering=in"
            elif out.get(id, 0) > 1:
                ordering = " ordering=out"
            self._place(statement.section, (f'"{name}" [id="{name}"{ordering} ', boxes[id]))
            self.elements[name] = Element(
                kind=ElementKind.STATEMENT,
                title=statement.name,
                text=statement.text,
                tooltip=tooltip(
                    statement,
                    self.held.get(id, ()),
                    self.view.hidden.get(id, 0),
                    self.palette.flags.get(id, ()),
                ),
                url=web_address(statement),
            )

    def _step(self, index: int, shape: Shape, late: Mapping[str, int]) -> None:
        step = self.map.steps[index]
        view = self.view.statements
        line = looks.LINES[step.kind]
        hue = self.palette.step_hue(step, index)
        blocked = index in self.palette.blocked
        name = f"step-{index + 1}"
        ground = [id for id in dict.fromkeys(step.ground) if id in view]
        self.elements[name] = Element(
            kind=ElementKind.STEP, title=step_title(self.map, step), text=step_sentence(self.map, step)
        )
        gates = [
            (id, looks.CONDITION)
            for id in step.conditions
            if id in view and Kind.CONDITIONS in self.view.kinds
        ]
        gates += [
            (id, looks.EXCEPTION)
            for id in step.exceptions
            if id in view and Kind.EXCEPTIONS in self.view.kinds
        ]
        extra = 2 * late.get(ground[0], 0) if len(ground) == 1 else 0
        entry = [_ENTRY[shape.direction]] if shape.direction in _ENTRY else []
        if self.badges.get(ground[0]) == index:
            attributes = looks.line_attributes(line, hue, head=True, blocked=blocked)
            minlen = 1 + extra // 2 if self.signs_in_boxes else 2 + extra
            more = (
                [f"minlen={2 * minlen}"]
                if self._has_junctions()
                else ([f"minlen={minlen}"] if minlen > 1 else [])
            )
            if entry:
                more.extend(entry)
                self.ends[name] = self.names[ground[0]], self.names[step.target]
            self.edges.append(
                "  "
                + looks.edge(
                    self.names[ground[0]], self.names[step.target], [f'id="{name}"', *attributes, *more]
                )
            )
            return
        back = index in self.turned
        # Beside its ground, so that only its line leaves the frame of a section.
        place = section_of(self.map, ground)
        partial = len(ground) < len(dict.fromkeys(step.ground))
        self._place(place, looks.sign_node(name, step, hue, self.theme, shape.characters, partial, blocked))
        tight = f"{'weight=8' if len(ground) == 1 else 'weight=3'} tailport={_EXIT[shape.direction]}"
        for number, id in enumerate(ground):
            attributes = looks.line_attributes(line, hue, head=False, blocked=blocked)
            own = f'id="line-{index + 1}.{number + 1}"'
            if back:
                self.edges.append("  " + looks.edge(name, self.names[id], [own, *attributes]))
            else:
                self.edges.append("  " + looks.edge(self.names[id], name, [own, *attributes, tight]))
        attributes = looks.line_attributes(line, hue, head=True, blocked=blocked)
        if extra:
            attributes.append(f"minlen={1 + extra}")
        if back:
            attributes = [each.replace("arrowhead=", "arrowtail=") for each in attributes]
            ends, more = (self.names[step.target], name), ["dir=back"]
        else:
            ends, more = (name, self.names[step.target]), entry
            if entry:
                self.ends[f"line-{index + 1}"] = ends
        self.edges.append("  " + looks.edge(*ends, [f'id="line-{index + 1}"', *attributes, *more]))
        for number, (id, gate) in enumerate(gates):
            self._gate(f"gate-{index + 1}.{number + 1}", id, name, gate, beside=True, section=place)

    def _has_junctions(self) -> bool:
        if not hasattr(self, "_junctions"):
            self._junctions = any(
                self.badges.get(self.map.steps[index].ground[0]) != index for index in self.view.steps
            )
        return self._junctions

    def _gate(
        self, name: str, id: str, target: str, gate: looks.LineStyle, *, beside: bool, section: int | None
    ) -> None:
        """A condition or exception: its box, a plate with the word, and what it bears on."""
        hue = self.palette.hue(id)
        self._place(section, looks.plate(name, gate.sign, hue, self.theme))
        attributes = looks.line_attributes(gate, hue, head=False)
        self.edges.append(
            "  " + looks.edge(self.names[id], name, [f'id="line-{name}"', *attributes, "weight=4"])
        )
        attributes = looks.line_attributes(gate, hue, head=True)
        if beside:
            # On one level with the sign, to its right, which an engine does for a line that starts there.
            attributes = [each.replace("arrowhead=", "arrowtail=") for each in attributes]
            self.edges.append(
                "  "
                + looks.edge(target, name, [f'id="line-{name}.1"', *attributes, "dir=back minlen=0 weight=2"])
            )
        else:
            self.edges.append("  " + looks.edge(name, target, [f'id="line-{name}.1"', *attributes]))

    def _gates(self) -> None:
        view = self.view.statements
        for position, id in enumerate(view):
            statement = self.map.by_id[id]
            gates = [
                (each, looks.CONDITION) for each in statement.conditions if Kind.CONDITIONS in self.view.kinds
            ]
            gates += [
                (each, looks.EXCEPTION) for each in statement.exceptions if Kind.EXCEPTIONS in self.view.kinds
            ]
            for number, (each, gate) in enumerate(gates):
                if each in view:
                    self._gate(
                        f"gate-s{position + 1}.{number + 1}",
                        each,
                        self.names[id],
                        gate,
                        beside=False,
                        section=section_of(self.map, [each, id]),
                    )

    def _contradictions(self) -> None:
        for index in self.view.contradictions:
            contradiction = self.map.contradictions[index]
            name = f"contradiction-{index + 1}"
            hue = self.theme.objection
            both = [contradiction.left, contradiction.right]
            self._place(
                section_of(self.map, both), looks.plate(name, looks.CONTRADICTION.sign, hue, self.theme)
            )
            one, other = self.map.by_id[both[0]].name, self.map.by_id[both[1]].name
            self.elements[name] = Element(
                kind=ElementKind.STEP,
                title=f"{one} contradicts {other}",
                text=f"{one} and {other} cannot both be held.",
            )
            left, right = self.names[both[0]], self.names[both[1]]
            attributes = looks.line_attributes(looks.CONTRADICTION, hue, head=True)
            back = [each.replace("arrowhead=", "arrowtail=") for each in attributes]
            self.edges.append("  " + looks.edge(right, name, [f'id="line-{name}.2"', *back, "dir=back"]))
            self.edges.append("  " + looks.edge(name, left, [f'id="line-{name}.1"', *attributes]))

    def _folded_sections(self) -> None:
        """A plate in each section none of whose statements are shown, with their number."""
        for index, count in sorted(self.view.hidden_in_section.items()):
            name = f"folded-section-{index + 1}"
            words = f"▸ {count:,} statement{'s' if count != 1 else ''}"
            self._place(index, looks.plate(name, words, self.theme.condition, self.theme))

    def _description(self) -> str:
        text = describe(self.map)
        left = len(self.map.statements) - len(self.view.statements)
        if left:
            text += f" {left:,} of its statements are not shown."
        if self.options.overlay is not None and self.options.overlay.caption:
            text += f" Shown: {self.options.overlay.caption}."
        return text

    def _notices(self) -> tuple[Diagnostic, ...]:
        count = len(self.view.statements)
        if count <= MANY:
            return ()
        return (
            Diagnostic(
                "AM390",
                Severity.NOTE,
                f"the picture has {count:,} boxes, more than anyone takes in at a glance",
                hint="try --overview, or --focus, --section, --fold and --only to show a part",
            ),
        )
