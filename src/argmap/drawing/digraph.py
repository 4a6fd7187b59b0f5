"""A plan as a `graphviz.Digraph`: for anyone who wants to change the picture in Graphviz' own language.

Everything an author wrote is escaped, so that none of it is read as Graphviz' language or as HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from argmap.drawing.boxes import PADDING, SIZE, SMALL, Box
from argmap.drawing.graph import Frame, Line, Node, Plan
from argmap.drawing.looks import HEAD_SIZE, SIGN_BORDER, Plate, Sign
from argmap.drawing.scene import PartKind, Scene, TextLine, one_line, printable
from argmap.drawing.wrapping import Run

if TYPE_CHECKING:
    from graphviz import Digraph

_ESCAPE_SEQUENCE = re.compile(r"\\([A-Za-z\\])")
_NOT_IN_NAMES = re.compile(r"[^\w.'*-]")


def digraph(plan: Plan) -> Digraph:
    """The picture's graph, with names and labels that can be read and changed."""
    from graphviz import Digraph, escape

    names = _names(plan.nodes)
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
    if plan.heading.words or plan.heading.legend:
        graph.attr(label=_heading(plan), labelloc="t", labeljust="l")

    def add_nodes(into: Digraph, section: int | None) -> None:
        for node in plan.nodes_in(section):
            look = _node(node)
            if node.text:
                look["tooltip"] = escape(printable(node.text))
            if node.url is not None:
                look["URL"] = escape(node.url)
            into.node(names[node.id], **look)

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
    for line in plan.lines_for_engine():
        graph.edge(names[line.start], names[line.end], **_line(line))
    return graph


def pinned(scene: Scene) -> Digraph:
    """The graph of a picture that is laid out: everything has its place, which `neato -n2` keeps."""
    from graphviz import Digraph, escape

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
            continue
        if part.kind in (PartKind.HEADING, PartKind.TITLE):
            for number, text in enumerate(part.lines):
                x = text.x + (0 if text.anchor == "middle" else text.width / 2)
                place = at(x, text.y - 0.35 * text.size)
                graph.node(
                    f"{part.id}.{number}", label=_lines_label((text,), 0), pos=place, shape="plaintext"
                )
            continue
        points = [
            point
            for outline in part.outlines[-1:]
            for segment in outline.segments
            for point in segment.points
        ]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        look = part.outlines[-1]
        curved = any(segment.command == "C" for segment in look.segments)
        shape = "ellipse" if curved and len(look.segments) < 7 else "box"
        style = [
            "filled",
            *(["rounded"] if curved and shape == "box" else []),
            *(["dashed"] if look.dashes else []),
        ]
        is_text = part.kind is PartKind.STATEMENT
        target = part.url or (f"#{part.target}" if part.target is not None else None)
        graph.node(
            part.id,
            label=_lines_label(part.lines, right - left - 2 * PADDING if is_text else 0),
            pos=at((left + right) / 2, (top + bottom) / 2),
            shape=shape,
            style=",".join(style),
            width=f"{(right - left) / 72:.3f}",
            height=f"{(bottom - top) / 72:.3f}",
            color=look.stroke or look.fill or "",
            fillcolor=look.fill or scene.background,
            penwidth=f"{look.width:g}" if look.stroke else "0",
            **({"tooltip": escape(part.text)} if part.text else {}),
            **({"URL": escape(target)} if target is not None else {}),
        )
    return graph


def _lines_label(lines: Sequence[TextLine], width: float) -> str:
    """Lines of text as a label, at the left of so much room."""
    rows = []
    for line in lines:
        words = ""
        for run in line.runs:
            text = _html(run.text)
            for tag, on in (("b", run.bold), ("i", run.italic), ("s", run.struck)):
                text = f"<{tag}>{text}</{tag}>" if on and text else text
            words += f'<font color="{run.colour}" point-size="{line.size:g}">{text or " "}</font>'
        rows.append(words)
    if not rows:
        return ""
    if not width:
        return f"<{'<br/>'.join(rows)}>"
    body = "".join(f'<tr><td align="left">{row}</td></tr>' for row in rows)
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" width="{width:.0f}">{body}</table>>'


def _names(nodes: Iterable[Node]) -> dict[str, str]:
    """By id, a node's name: a statement's label, where it has one."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for node in nodes:
        label = node.shape.content.label[1:-1] if isinstance(node.shape, Box) else ""
        name = base = _NOT_IN_NAMES.sub("_", label or node.id)
        count = 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        names[node.id] = name
    return names


def _node(node: Node) -> dict[str, str]:
    shape = node.shape
    hue = shape.style.hue if isinstance(shape, Box) else shape.hue
    common = {"id": node.id, "color": hue.line, "fillcolor": hue.fill}
    if isinstance(shape, Box):
        style = shape.style
        look = ["filled", *(["rounded"] if shape.theme.rounded else [])]
        look += ["dashed"] if style.dashed else ["dotted"] if style.dotted else []
        return {
            **common,
            "label": _box_label(shape),
            "shape": "box",
            "style": ",".join(look),
            "penwidth": f"{style.border:g}",
            "margin": f"{PADDING / 72:.2f}",
            # At least as large as argmap draws it: engines do not know how wide every script is.
            "width": f"{shape.width / 72:.3f}",
            "height": f"{shape.height / 72:.3f}",
            **({"ordering": node.order} if node.order else {}),
            **({"peripheries": "2"} if style.ring is not None else {}),
        }
    common |= {"fillcolor": shape.theme.background, "fontcolor": hue.text}
    common["style"] = "filled,dashed" if shape.is_blocked else "filled"
    width, height = f"{shape.width / 72:.3f}", f"{shape.height / 72:.3f}"
    if isinstance(shape, Sign):
        return {
            **common,
            "label": f"<<b>{_html(shape.text)}</b>>",
            "shape": "circle",
            "fixedsize": "true",
            "width": width,
            "penwidth": f"{SIGN_BORDER:g}",
        }
    return {
        **common,
        "label": f"<{_plate_label(shape)}>",
        "shape": "box",
        "style": f"rounded,{common['style']}",
        "fontsize": f"{shape.size:g}",
        "penwidth": f"{shape.border:g}",
        "margin": "0.05,0.02",
        "width": width,
        "height": height,
    }


def _box_label(box: Box) -> str:
    hue, theme = box.style.hue, box.theme
    end = '<br align="right"/>' if box.right_to_left else '<br align="left"/>'
    rows = (
        [f'<font color="{hue.text}"><b>{_html(box.content.badge)}</b></font> '] if box.content.badge else []
    )
    for line in box.body.rows:
        rows.append("".join(_run(run, hue.text, box.style.struck) for run in line) or " ")
        rows.append(end)
    for line, strong in box.foot:
        words = _html("".join(run.text for run in line))
        words = f"<b>{words}</b>" if strong else words
        colour = hue.text if strong else theme.quiet
        rows.append(f'<font point-size="{SMALL:g}" color="{colour}">{words}</font>{end}')
    return f"<{''.join(rows)}>"


def _run(run: Run, accent: str, struck: bool) -> str:
    text = _html(run.text)
    for tag, on in (("b", run.bold), ("i", run.italic), ("s", struck)):
        if on:
            text = f"<{tag}>{text}</{tag}>"
    return f'<font color="{accent}">{text}</font>' if run.accent or struck else text


def _plate_label(plate: Plate) -> str:
    sign = f"<b>{_html(plate.sign)}</b> " if plate.sign else ""
    rows = '<br align="left"/>'.join(_html(row) for row in plate.rows)
    return f"{sign}{rows}" + ('<br align="left"/>' if len(plate.rows) > 1 else "")


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


def _line(line: Line) -> dict[str, str]:
    style = line.style.style if line.style.style != "solid" or not line.is_blocked else "dashed"
    return {
        **line.attributes(),
        "color": line.hue.line,
        **({"style": style} if style != "solid" else {}),
    }


def _heading(plan: Plan) -> str:
    theme, end = plan.theme, '<br align="left"/>'
    rows = (
        [f'<font point-size="17"><b>{_html(plan.heading.words[0])}</b></font>'] if plan.heading.words else []
    )
    rows += [f'<font point-size="10">{_html(words)}</font>' for words in plan.heading.words[1:]]
    entries = [
        f'<font color="{entry.colour}"><b>{_html(entry.sign)}</b></font> {_html(entry.meaning)}'
        for entry in plan.heading.legend
        if entry.sign
    ]
    if entries:
        rows.append(f'<font point-size="{SMALL:g}" color="{theme.quiet}">{"   ".join(entries)}</font>')
    return f"<{end.join([*rows, ' '])}{end}>"


def _html(text: str) -> str:
    """A text for an HTML-like label."""
    text = html.escape(one_line(text))
    # Graphviz puts the names of things for `\\N` and similar, however it is written, unless it is in two pieces.
    return _ESCAPE_SEQUENCE.sub(r"&#92;<font>\1</font>", text)
