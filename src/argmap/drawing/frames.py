"""The frames of sections, one inside another, with the nodes that lie in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.drawing.boxes import Box
from argmap.drawing.drawing import Element, ElementKind
from argmap.drawing.markup import html
from argmap.drawing.options import Direction
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrap import wrap
from argmap.model import ArgumentMap

Node = str | tuple[str, Box]


def frames(
    map: ArgumentMap,
    nodes: Mapping[int | None, Sequence[Node]],
    theme: Theme,
    direction: Direction,
    *,
    backwards: bool,
) -> tuple[list[Node], dict[str, Element]]:
    """The lines of the graph that are its nodes, each inside the frame of its section; and the frames' elements.

    Args:
        nodes: By the index of the section that they lie in.
        backwards: Give the frames in a frame, the last first.
    """
    sections = map.sections
    elements: dict[str, Element] = {}
    needed: set[int] = set()
    current: int | None
    for start in nodes:
        current = start
        while current is not None and current not in needed:
            needed.add(current)
            current = sections[current].parent
    inside: dict[int | None, list[int]] = {}
    for index in sorted(needed):
        title = sections[index].title
        elements[f"section-{index + 1}"] = Element(kind=ElementKind.SECTION, title=title, text=title)
        inside.setdefault(sections[index].parent, []).append(index)
    lines: list[Node] = [_indented("  ", node) for node in nodes.get(None, ())]
    hue = theme.frame
    # In a picture drawn upwards an engine takes a frame's bottom for its top.
    top = "b" if direction is Direction.UP else "t"
    justify = "r" if direction is Direction.LEFT else "l"
    if backwards:
        inside = {parent: each[::-1] for parent, each in inside.items()}
    stack: list[tuple[int, int, bool]] = [(index, 1, False) for index in reversed(inside.get(None, []))]
    while stack:
        index, depth, done = stack.pop()
        indent = "  " * depth
        if done:
            lines.append(indent + "}")
            continue
        name = f"section-{index + 1}"
        title = sections[index].title
        fill = hue.fill if depth % 2 else theme.background
        style = "rounded,filled" if theme.rounded else "filled"
        lines.append(f'{indent}subgraph "cluster_{name}" {{')
        lines.append(
            f'{indent}  graph [id="{name}" style="{style}" color="{hue.line}" fillcolor="{fill}" '
            f"penwidth=0.8 margin=12 labelloc={top} labeljust={justify} "
            f"label=<{_title(title, hue)}>]"
        )
        lines.extend(_indented(indent + "  ", node) for node in nodes.get(index, ()))
        stack.append((index, depth, True))
        stack.extend((each, depth + 1, False) for each in reversed(inside.get(index, [])))
    return lines, elements


def _title(title: str, hue: Hue) -> str:
    rows = "".join(
        f'<tr><td align="left" width="{round(sum(run.width for run in line) * 11.5 + 4)}">'
        f'<font point-size="11" color="{hue.text}">'
        f"<b>{html(''.join(run.text for run in line)) or ' '}</b></font></td></tr>"
        for line in wrap(title, 40)
    )
    return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{rows}</table>'


def _indented(indent: str, node: Node) -> Node:
    return indent + node if isinstance(node, str) else (indent + node[0], node[1])
