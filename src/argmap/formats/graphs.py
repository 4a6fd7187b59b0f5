"""GraphML and Mermaid: the map as nodes and edges.

Statements are nodes. A step from one statement is an edge; one from several, or with conditions, exceptions
or a rule, is a node of its own, with edges into it and one to its target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import SubElement

from attrs import frozen

from argmap.formats.format import Format, Written
from argmap.formats.losses import ALL, Feature, Losses, report
from argmap.formats.page import CONTROL, flat
from argmap.model import ArgumentMap, Role, Section, Statement, Step, StepKind
from argmap.syntax.marks import FLAGS
from argmap.text.words import by_key


@frozen
class _Joint:
    """A step that is a node."""

    name: str
    step: Step


@frozen
class _Edge:
    """From one node to another; `relation` is a step's kind, `ground`, `condition`, `exception` or
    `contradiction`."""

    source: str
    target: str
    relation: str


def _names(map: ArgumentMap) -> dict[str, str]:
    return {statement.id: f"n{number}" for number, statement in enumerate(map.statements, 1)}


def _links(map: ArgumentMap, names: dict[str, str]) -> Iterator[_Joint | _Edge]:
    """The steps, and what statements depend on and contradict; each joint comes before its edges."""
    for number, step in enumerate(map.steps, 1):
        source = names[step.ground[0]]
        if len(step.ground) > 1 or step.conditions or step.exceptions or step.rule:
            source = f"j{number}"
            yield _Joint(source, step)
            yield from (_Edge(names[id], source, "ground") for id in step.ground)
            yield from (_Edge(names[id], source, "condition") for id in step.conditions)
            yield from (_Edge(names[id], source, "exception") for id in step.exceptions)
        yield _Edge(source, names[step.target], step.kind.value)
    for statement in map.statements:
        target = names[statement.id]
        yield from (_Edge(names[id], target, "condition") for id in statement.conditions)
        yield from (_Edge(names[id], target, "exception") for id in statement.exceptions)
    yield from (_Edge(names[pair.left], names[pair.right], "contradiction") for pair in map.contradictions)


# GraphML, for yEd, networkx, Gephi and their kin. Holders are nodes as well, and what they hold is an edge.

_NODE_KEYS = (
    "kind", "text", "label", "role", "qualifier", "implicit", "open", "unproved", "tags", "attributes", "quotations",
    "notes", "section", "relation", "rule",
)  # fmt: skip
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def write_graphml(map: ArgumentMap) -> Written:
    """Write a map as GraphML."""
    losses = Losses()
    lost = {Feature.EMPHASIS, Feature.STEP_STANCES, Feature.STANCE_DETAILS, Feature.EVIDENCE}
    report(map, ALL - lost, "GraphML", losses)
    spaces = {"xmlns": "http://graphml.graphdrawing.org/xmlns", "xmlns:y": "http://www.yworks.com/xml/graphml"}
    root = ElementTree.Element("graphml", spaces)
    keys = [("graph", f"g-{key}", key) for key in ("facts", "sections")]
    keys += [*(("node", key, key) for key in _NODE_KEYS), ("edge", "e-relation", "relation")]
    for owner, id, name in keys:
        SubElement(root, "key", {"id": id, "for": owner, "attr.name": name, "attr.type": "string"})
    SubElement(root, "key", {"id": "box", "for": "node", "yfiles.type": "nodegraphics"})
    SubElement(root, "key", {"id": "line", "for": "edge", "yfiles.type": "edgegraphics"})
    graph = SubElement(root, "graph", {"id": "map", "edgedefault": "directed"})
    _data(graph, "g-facts", "\n".join(f"{fact.key}: {fact.value}" for fact in map.facts))
    _data(graph, "g-sections", "\n".join(f"{'#' * each.level} {each.title}" for each in map.sections))
    names = _names(map)
    holders = {holder: f"h{number}" for number, holder in enumerate(map.holders, 1)}
    links = [*_links(map, names)]
    for statement in map.statements:
        text = f"({statement.label}) {statement.text}" if statement.label else statement.text
        _node(graph, names[statement.id], _values(statement, map.sections), text)
    for joint in links:
        if isinstance(joint, _Joint):
            relation, rule = joint.step.kind.value, joint.step.rule or ""
            values = {"kind": "step", "relation": relation, "rule": rule}
            _node(graph, joint.name, values, rule or relation)
    for holder, name in holders.items():
        _node(graph, name, {"kind": "holder", "text": holder}, holder)
    edges = [link for link in links if isinstance(link, _Edge)]
    edges += (
        _Edge(holders[each.holder], names[each.statement], each.attitude.value)
        for each in map.stances
        if each.statement is not None
    )
    for number, edge in enumerate(edges, 1):
        element = SubElement(graph, "edge", id=f"e{number}", source=edge.source, target=edge.target)
        _data(element, "e-relation", edge.relation)
        line = SubElement(SubElement(element, "data", key="line"), "y:PolyLineEdge")
        SubElement(line, "y:Arrows", source="none", target="standard")
        SubElement(line, "y:EdgeLabel").text = edge.relation
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return Written(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', losses.diagnostics)


def _values(statement: Statement, sections: tuple[Section, ...]) -> dict[str, str]:
    quotations = (f"“{each.words}”" + (f" ({each.where})" if each.where else "") for each in statement.quotations)
    return {
        "kind": "statement",
        "text": statement.text,
        "label": statement.label or "",
        "role": "" if statement.role is Role.CLAIM else statement.role.value,
        "qualifier": statement.qualifier.value if statement.qualifier is not None else "",
        **{flag: "true" if getattr(statement, flag) else "" for flag in FLAGS},
        "tags": " ".join(statement.tags),
        "attributes": "\n".join(f"{key}: {value}" for key, value in statement.data),
        "quotations": "\n".join(quotations),
        "notes": "\n".join(statement.notes),
        "section": _section_path(statement.section, sections),
    }


def _section_path(section: int | None, sections: tuple[Section, ...]) -> str:
    """A section's title behind those of the nearest seven sections that it lies in."""
    titles: list[str] = []
    while section is not None and len(titles) < 8:
        titles.insert(0, sections[section].title)
        section = sections[section].parent
    return " / ".join(titles)


def _node(graph: ElementTree.Element, name: str, values: dict[str, str], label: str) -> None:
    node = SubElement(graph, "node", id=name)
    for key, value in values.items():
        _data(node, key, value)
    box = SubElement(SubElement(node, "data", key="box"), "y:ShapeNode")
    SubElement(box, "y:NodeLabel").text = _NO_XML.sub("\ufffd", label)


def _data(owner: ElementTree.Element, key: str, value: str) -> None:
    if value:
        SubElement(owner, "data", key=key).text = _NO_XML.sub("\ufffd", value)


# Mermaid, as Markdown pages on many sites draw it; conclusions on top, arrows pointing up.

_ARROWS = {
    "ground": "---",
    "condition": "-->|provided|",
    "exception": "--x|unless|",
    "contradiction": "x--x|contradicts|",
    StepKind.REASON.value: "-->|because|",
    StepKind.OBJECTION.value: "--x|but|",
    StepKind.CONCESSION.value: "-.-x|although|",
    StepKind.COROLLARY.value: "==>|then|",
    StepKind.INFERENCE.value: "==>|therefore|",
}
_OF_STANCES = {Feature.STANCES, Feature.STEP_STANCES, Feature.STANCE_DETAILS, Feature.EVIDENCE}
_NOT_IN_MERMAID = _OF_STANCES | {
    Feature.EMPHASIS, Feature.TAGS, Feature.DATA, Feature.QUOTATIONS, Feature.NOTES
}  # fmt: skip
_ROLES = {
    Role.CLAIM: "",
    Role.CONDITION: "presumed",
    Role.EXCEPTION: "presumed not to hold",
    Role.DERIVED: "only if shown",
}
# Everything that is not a letter, a digit, a blank or harmless is written as a number: no text can be markup.
_UNSAFE = re.compile(r"[^\w\s.,!?'’“”()–—…-]|_|^[-+*](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def write_mermaid(map: ArgumentMap) -> Written:
    """Write a map as a flowchart."""
    losses = Losses()
    report(map, ALL - _NOT_IN_MERMAID, "a Mermaid flowchart", losses)
    out: list[str] = []
    if map.title:
        title = flat(CONTROL.sub(" ", map.title)).replace("\\", "\\\\").replace('"', '\\"')
        out += ["---", f'title: "{title}"', "---"]
    out.append("flowchart BT")
    for fact in map.facts:
        if fact.key != "title" or fact.value != map.title:
            out.append(f"    %% {_comment(fact.key)}: {_comment(fact.value)}")
    names = _names(map)
    members = by_key((statement.section, _box(statement, names[statement.id])) for statement in map.statements)
    out += members.get(None, [])
    open_: list[int] = []
    for place, section in enumerate(map.sections):
        while open_ and open_[-1] != section.parent:
            open_.pop()
            out.append("    end")
        out.append(f"    subgraph s{place + 1}[{_quoted(section.title or '…')}]")
        open_.append(place)
        out += members.get(place, [])
    out += ["    end"] * len(open_)
    for link in _links(map, names):
        if isinstance(link, _Edge):
            out.append(f"    {link.source} {_ARROWS[link.relation]} {link.target}")
        else:
            out.append(f"    {link.name}({_quoted(link.step.rule) if link.step.rule else '( )'})")
    unstated = [names[statement.id] for statement in map.statements if statement.implicit]
    if unstated:
        out += ["    classDef unstated stroke-dasharray: 5 3", f"    class {','.join(unstated)} unstated"]
    return Written("\n".join(out) + "\n", losses.diagnostics)


def _box(statement: Statement, name: str) -> str:
    text = f"({statement.label}) {statement.text}" if statement.label is not None else statement.text
    said = [
        statement.qualifier.value if statement.qualifier is not None else "",
        "unstated" if statement.implicit else "",
        "open" if statement.open else "",
        "unproved" if statement.unproved else "",
        _ROLES[statement.role],
    ]
    end = f" ({', '.join(filter(None, said))})" if any(said) else ""
    return f"    {name}[{_quoted((text or '…') + end)}]"


def _quoted(text: str) -> str:
    """A text in quotation marks as Mermaid reads it: nothing in it is markup."""
    text = flat(CONTROL.sub("\ufffd", text))
    return '"' + _UNSAFE.sub(lambda match: f"#{ord(match[0])};", text) + '"'


def _comment(text: str) -> str:
    return re.sub(r"[{}%]", " ", flat(CONTROL.sub(" ", text)))


FORMAT = (
    Format(
        "graphml",
        "GraphML",
        (".graphml",),
        "Everything a map says but stress, as nodes and edges with attributes; yEd and networkx read it.",
        None,
        write_graphml,
    ),
    Format(
        "mermaid",
        "a Mermaid flowchart",
        (".mermaid", ".mmd"),
        "Statements, all steps with their conditions and exceptions, contradictions and sections, as a picture."
        " Who holds what, stress, tags, attributes, quotations and notes are left out.",
        None,
        write_mermaid,
    ),
)
