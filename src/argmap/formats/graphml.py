"""GraphML: the map as a graph, for yEd, networkx, Gephi and their kin.

Statements and holders are nodes. A step from one statement is an edge; one from several, or with conditions,
exceptions or a rule, is a node of its own (`kind` is `step`) with edges into it and one to its target.
"""

from __future__ import annotations

import re

from argmap.formats.format import Format, WriteOptions, Written
from argmap.formats.losses import ALL, Feature, Losses, report
from argmap.model import ArgumentMap, Role, Section, Statement

_NODE_KEYS = (
    "kind", "text", "label", "role", "qualifier", "implicit", "open", "tags", "attributes", "quotations",
    "notes", "section", "relation", "rule",
)  # fmt: skip
_GRAPH_KEYS = ("facts", "sections")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LOST = {Feature.EMPHASIS}


def text_of(text: str) -> str:
    """A text as XML has it, in an element or a quoted attribute."""
    text = _CONTROL.sub("\ufffd", text)
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(sign, f"&{name};")
    return text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def write(map: ArgumentMap, options: WriteOptions) -> Written:
    """Write a map as GraphML."""
    losses = Losses()
    report(map, ALL - _LOST, "GraphML", losses)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
    ]
    out += [f'  <key id="g-{key}" for="graph" attr.name="{key}" attr.type="string"/>' for key in _GRAPH_KEYS]
    out += [f'  <key id="{key}" for="node" attr.name="{key}" attr.type="string"/>' for key in _NODE_KEYS]
    out.append('  <key id="e-relation" for="edge" attr.name="relation" attr.type="string"/>')
    out.append('  <key id="box" for="node" yfiles.type="nodegraphics"/>')
    out.append('  <key id="line" for="edge" yfiles.type="edgegraphics"/>')
    out.append('  <graph id="map" edgedefault="directed">')
    facts = "\n".join(f"{fact.key}: {fact.value}" for fact in map.facts)
    sections = "\n".join(f"{'#' * section.level} {section.title}" for section in map.sections)
    out += [
        f'    <data key="g-{key}">{text_of(value)}</data>'
        for key, value in (("facts", facts), ("sections", sections))
        if value
    ]
    names = {statement.id: f"n{number}" for number, statement in enumerate(map.statements, 1)}
    paths = section_paths(map.sections)
    for statement in map.statements:
        out += _statement(statement, names[statement.id], paths)
    edges: list[tuple[str, str, str]] = []
    for number, step in enumerate(map.steps, 1):
        target, relation = names[step.target], step.kind.value
        if len(step.ground) == 1 and not (step.conditions or step.exceptions or step.rule):
            edges.append((names[step.ground[0]], target, relation))
            continue
        joint = f"j{number}"
        out += _node(
            joint, {"kind": "step", "relation": relation, "rule": step.rule or ""}, step.rule or relation
        )
        edges += [(names[id], joint, "ground") for id in step.ground]
        edges += [(names[id], joint, "condition") for id in step.conditions]
        edges += [(names[id], joint, "exception") for id in step.exceptions]
        edges.append((joint, target, relation))
    for statement in map.statements:
        edges += [(names[id], names[statement.id], "condition") for id in statement.conditions]
        edges += [(names[id], names[statement.id], "exception") for id in statement.exceptions]
    edges += [(names[pair.left], names[pair.right], "contradiction") for pair in map.contradictions]
    holders = {holder: f"h{number}" for number, holder in enumerate(map.holders, 1)}
    for holder, name in holders.items():
        out += _node(name, {"kind": "holder", "text": holder}, holder)
    edges += [
        (holders[stance.holder], names[stance.statement], stance.attitude.value) for stance in map.stances
    ]
    for number, (source, target, relation) in enumerate(edges, 1):
        out += [
            f'    <edge id="e{number}" source="{source}" target="{target}">',
            f'      <data key="e-relation">{relation}</data>',
            f'      <data key="line"><y:PolyLineEdge><y:Arrows source="none" target="standard"/>'
            f"<y:EdgeLabel>{relation}</y:EdgeLabel></y:PolyLineEdge></data>",
            "    </edge>",
        ]
    out += ["  </graph>", "</graphml>"]
    return Written("\n".join(out) + "\n", losses.diagnostics)


def section_paths(sections: tuple[Section, ...]) -> list[str]:
    """Each section's title behind those of the sections it lies in; deep ones keep their nearest eight."""
    paths: list[list[str]] = []
    for section in sections:
        above = [] if section.parent is None else paths[section.parent]
        paths.append([*above[-7:], section.title])
    return [" / ".join(path) for path in paths]


def _statement(statement: Statement, name: str, paths: list[str]) -> list[str]:
    values = {
        "kind": "statement",
        "text": statement.text,
        "label": statement.label or "",
        "role": "" if statement.role is Role.CLAIM else statement.role.value,
        "qualifier": statement.qualifier.value if statement.qualifier is not None else "",
        "implicit": "true" if statement.implicit else "",
        "open": "true" if statement.open else "",
        "tags": " ".join(statement.tags),
        "attributes": "\n".join(f"{key}: {value}" for key, value in statement.data),
        "quotations": "\n".join(
            f"“{quotation.words}”" + (f" ({quotation.where})" if quotation.where else "")
            for quotation in statement.quotations
        ),
        "notes": "\n".join(statement.notes),
        "section": "" if statement.section is None else paths[statement.section],
    }
    return _node(name, values, f"({statement.label}) {statement.text}" if statement.label else statement.text)


def _node(name: str, values: dict[str, str], label: str) -> list[str]:
    return [
        f'    <node id="{name}">',
        *(f'      <data key="{key}">{text_of(value)}</data>' for key, value in values.items() if value),
        '      <data key="box"><y:ShapeNode>'
        f"<y:NodeLabel>{text_of(label)}</y:NodeLabel></y:ShapeNode></data>",
        "    </node>",
    ]


FORMAT = Format(
    "graphml",
    "GraphML",
    (".graphml",),
    "Everything a map says but stress, as nodes and edges with attributes; yEd and networkx read it.",
    None,
    write,
)
