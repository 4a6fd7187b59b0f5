"""A picture as a `graphviz.Digraph`: for anyone who wants to change it in Graphviz' own language.

Everything an author wrote is escaped, so that none of it is read as Graphviz' language or as HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import pairwise

from graphviz import Digraph, escape

from argmap.drawing.boxes import DOTS, PADDING, SIZE, Box
from argmap.drawing.graph import Frame, Node, Plan, unique_names
from argmap.drawing.looks import HEAD_SIZE
from argmap.drawing.scene import Outline, Part, PartKind, Scene, TextLine, one_line, printable

_ESCAPE_SEQUENCE = re.compile(r"\\([A-Za-z\\])")


def digraph(plan: Plan) -> Digraph:
    """The picture's graph, with names and labels that can be read and changed."""
    labels = (node.shape.content.label[1:-1] if isinstance(node.shape, Box) else "" for node in plan.nodes)
    names = unique_names((node.id, label or node.id) for node, label in zip(plan.nodes, labels, strict=True))
    theme, font = plan.theme, plan.font.name
    graph = Digraph(
        graph_attr={
            **plan.graph_attributes(),
            "pad": "0.25",
            "bgcolor": theme.background,
            "fontname": font,
            "fontcolor": theme.text,
        },
        node_attr={"fontname": font, "fontsize": f"{SIZE:g}", "fontcolor": theme.text},
        edge_attr={"arrowsize": f"{HEAD_SIZE:g}", "penwidth": "1.4"},
    )
    if plan.heading.part is not None:
        graph.attr(label=_heading(plan), labelloc="t", labeljust="l")

    def add_nodes(into: Digraph, section: int | None) -> None:
        for node in plan.nodes_in(section):
            into.node(names[node.id], **_node(node))

    add_nodes(graph, None)
    built: dict[int, Digraph] = {}
    for frame in reversed(plan.frames):
        inside = Digraph(name=f"cluster_{frame.id}", graph_attr=_frame(frame, plan))
        add_nodes(inside, frame.section)
        for each in plan.frames_in(frame.section):
            inside.subgraph(built[each.section])
        built[frame.section] = inside
    for frame in plan.frames_in(None):
        graph.subgraph(built[frame.section])
    for edge in plan.edges_for_engine():
        style = edge.style.style if edge.style.style != "solid" or not edge.is_blocked else "dashed"
        look = {**edge.attributes(), "color": edge.hue.line, "style": style}
        graph.edge(names[edge.start], names[edge.end], **look)
    return graph


def pinned(scene: Scene) -> Digraph:
    """The graph of a picture that is laid out: everything has its place, which `neato -n2` keeps."""
    graph = Digraph(
        graph_attr={
            "layout": "neato",
            "inputscale": "72",
            "splines": "false",
            "outputorder": "nodesfirst",
            "bgcolor": scene.background,
        },
        node_attr={"fontname": scene.families[0], "fontsize": f"{SIZE:g}", "fixedsize": "true"},
        edge_attr={"arrowhead": "none"},
    )

    def at(x: float, y: float) -> str:
        return f"{x:.2f},{scene.height - y:.2f}!"

    for part in scene.parts:
        if part.kind is PartKind.EDGE:
            line = part.outlines[0]
            names = [f"{part.id}.{number}" for number in range(len(line.segments))]
            for name, segment in zip(names, line.segments, strict=True):
                graph.node(name, pos=at(*segment.points[-1]), shape="point", style="invis", width="0.01")
            dashed = {"style": "dashed"} if line.dashes else {}
            for one, other in pairwise(names):
                graph.edge(one, other, color=line.stroke or "", penwidth=f"{line.width:g}", **dashed)
        elif part.kind in (PartKind.HEADING, PartKind.TITLE):
            for number, text in enumerate(part.lines):
                x = text.x + (0 if text.anchor == "middle" else text.width / 2)
                place = at(x, text.y - 0.35 * text.size)
                graph.node(f"{part.id}.{number}", label=f"<{_words(text)}>", pos=place, shape="plaintext")
        else:
            graph.node(part.id, **_pinned_node(part, at))
    return graph


def _pinned_node(part: Part, at: Callable[[float, float], str]) -> dict[str, str]:
    points = [point for segment in part.outlines[-1].segments for point in segment.points]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    target = part.url or (f"#{part.target}" if part.target is not None else "")
    rows = [_words(line) for line in part.lines]
    label = "<br/>".join(rows)
    if part.kind is PartKind.STATEMENT:
        # A label in a box of fixed size stands in its middle; a table as wide as the box begins at its left.
        cells = "".join(f'<tr><td align="left">{row}</td></tr>' for row in rows)
        plain = f'border="0" cellborder="0" cellspacing="0" cellpadding="0" width="{right - left - 2 * PADDING:.0f}"'
        label = f"<table {plain}>{cells}</table>"
    look = {
        **_look(part.outlines[-1]),
        "label": f"<{label}>" if rows else "",
        "pos": at((left + right) / 2, (top + bottom) / 2),
        "width": f"{(right - left) / 72:.3f}",
        "height": f"{(bottom - top) / 72:.3f}",
    }
    more = {"tooltip": escape(printable(part.text)), "URL": escape(target)}
    return look | {name: value for name, value in more.items() if value}


def _node(node: Node) -> dict[str, str]:
    outlines, lines = node.shape.paint(0.0, 0.0)
    look = _look([each for each in outlines if each.fill is not None][-1])
    look |= {
        "id": node.id,
        "label": f"<{''.join(map(_line, lines))}>",
        "margin": "0.1" if isinstance(node.shape, Box) else "0.05,0.02",
        # At least as large as argmap draws it: engines do not know how wide every script is.
        "width": f"{node.shape.width / 72:.3f}",
        "height": f"{node.shape.height / 72:.3f}",
        "fixedsize": str(look["shape"] == "ellipse").lower(),
        "tooltip": escape(printable(node.text)),
    }
    more = {"ordering": node.order, "URL": escape(node.url or "")}
    return look | {name: value for name, value in more.items() if value}


def _look(outline: Outline) -> dict[str, str]:
    """What a box, sign or plate looks like, from how argmap paints it."""
    curves = sum(segment.command == "C" for segment in outline.segments)
    is_round = curves > 0 and len(outline.segments) < 7
    dashes = "dotted" if outline.dashes == DOTS else "dashed" if outline.dashes else ""
    return {
        "shape": "ellipse" if is_round else "box",
        "style": ",".join(filter(None, ("filled", "rounded" if curves and not is_round else "", dashes))),
        "color": outline.stroke or outline.fill or "none",
        "fillcolor": outline.fill or "none",
        "penwidth": f"{outline.width:g}" if outline.stroke else "0",
    }


def _line(line: TextLine) -> str:
    """A line of text that ends on the side where its text ends, or stands in the middle."""
    if line.anchor == "middle":
        return _words(line)
    return _words(line) + ('<br align="right"/>' if line.is_right_to_left else '<br align="left"/>')


def _words(line: TextLine) -> str:
    words = ""
    for run in line.runs:
        text = _html(run.text) or " "
        for tag, on in (("b", run.bold), ("i", run.italic), ("s", run.struck)):
            text = f"<{tag}>{text}</{tag}>" if on else text
        words += f'<font color="{run.colour}" point-size="{line.size:g}">{text}</font>'
    return words


def _frame(frame: Frame, plan: Plan) -> dict[str, str]:
    hue = plan.theme.frame
    end = '<br align="left"/>'
    return {
        **plan.frame_attributes(),
        "id": frame.id,
        "label": f"<<b>{end.join(_html(row) or ' ' for row in frame.rows)}</b>{end}>",
        "style": "rounded,filled" if plan.theme.rounded else "filled",
        "color": hue.line,
        "fillcolor": hue.fill if frame.depth % 2 else plan.theme.background,
        "fontsize": f"{SIZE:g}",
        "fontcolor": hue.text,
        "penwidth": "0.8",
    }


def _heading(plan: Plan) -> str:
    heading = plan.heading
    entries = [
        f'<font color="{entry.colour}"><b>{_html(entry.sign)}</b></font> {_html(entry.meaning)}'
        for entry in heading.legend
        if entry.sign
    ]
    return f'<{"".join(map(_line, heading.lines))}{"   ".join(entries)}<br align="left"/> <br/>>'


def _html(text: str) -> str:
    """A text for an HTML-like label."""
    text = html.escape(one_line(text))
    # Graphviz puts the names of things for `\\N` and similar, however it is written, unless it is in two pieces.
    return _ESCAPE_SEQUENCE.sub(r"&#92;<font>\1</font>", text)
