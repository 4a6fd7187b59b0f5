"""Graphs of atoms and schemes in JSON: SADFace (Wells 2020), in lists, and arguebuf (Lenz and Bergmann), by id."""

from __future__ import annotations

import re
from typing import Any

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.json_text import Path, Places, load
from argmap.formats.node_graph import Link, NodeGraph, as_text, objects
from argmap.model import Attitude, Fact, Quotation
from argmap.text import Source

# SADFace: atoms, schemes between them, and the resources they were taken from.

_PLAIN_SUPPORT = frozenset(("support", "pro", "default support", "default inference", "inference", ""))
_ATTACK = ("conflict", "attack", "con", "undercut", "rebut", "undermine", "disagree")
_FACTS = {"title": "title", "analyst_name": "analyst", "created": "created"}


def read_sadface(source: Source) -> Conversion:
    """Read a document.

    Raises:
        FormatError: it is not JSON, or not SADFace.
    """
    value = load(source)
    if not _is_sadface(value):
        raise FormatError(f"{source.name}: not SADFace: it has no lists of nodes (atoms and schemes) and edges")
    graph = NodeGraph(Places(source))
    resources = {as_text(each.get("id")): each for each in objects(value.get("resources"))}
    for number, node in enumerate(value["nodes"]):
        path: Path = ("nodes", number)
        key = graph.new_key(node, "id", path)
        if key is None:
            continue
        if node.get("type") == "atom":
            draft = graph.add_statement(key, as_text(node.get("text")).strip(), path)
            for each in node["sources"] if isinstance(node.get("sources"), list) else ():
                words = as_text(each.get("text")) if isinstance(each, dict) else ""
                if not words:
                    graph.left_out("a source without its words", (*path, "sources"))
                    continue
                resource = resources.get(as_text(each.get("resource_id")), {})
                where = as_text(resource.get("url") or resource.get("title")) or None
                draft.quotations.append(Quotation(words=words, where=where))
        elif node.get("type") == "scheme":
            graph.links[key] = _link(key, as_text(node.get("name")).strip(), path)
        else:
            graph.left_out(f"a node of type “{as_text(node.get('type'))}”", path)
            graph.others[key] = path
    for number, edge in enumerate(value["edges"]):
        path = ("edges", number)
        if not isinstance(edge, dict):
            graph.skipped("an edge is not an object", path)
            continue
        ends = as_text(edge.get("source_id")), as_text(edge.get("target_id"))
        graph.add_edge(*ends, as_text(edge.get("id")) or "?", path)
    metadata = value.get("metadata")
    core = metadata.get("core") if isinstance(metadata, dict) else None
    core = core if isinstance(core, dict) else value
    facts = (Fact(key=key, value=as_text(core.get(name)).strip()) for name, key in _FACTS.items())
    return Conversion(graph.build(fact for fact in facts if fact.value), graph.losses.diagnostics)


def _link(key: str, name: str, path: Path) -> Link:
    plain = name.lower()
    attacks = any(word == plain or f"{word} " in f"{plain} " for word in _ATTACK)
    default = plain in _PLAIN_SUPPORT or plain in _ATTACK or plain in ("default conflict", "default attack")
    return Link(f"“{name}”" if name else key, not attacks, None if default else name, path)


def _is_sadface(value: Any) -> bool:
    nodes = value.get("nodes") if isinstance(value, dict) else None
    if not isinstance(nodes, list) or not isinstance(value.get("edges"), list):
        return False
    return not nodes or any(each.get("type") in ("atom", "scheme") for each in objects(nodes))


def _is_sadface_text(source: Source) -> bool:
    return '"nodes"' in source.text and re.search(r'"type"\s*:\s*"(?:atom|scheme)"', source.text) is not None


# arguebuf: atoms and schemes by id, edges, resources, participants.


def read_arguebuf(source: Source) -> Conversion:
    """Read a graph.

    Raises:
        FormatError: it is not JSON, or not arguebuf.
    """
    value = load(source)
    if not _is_arguebuf(value):
        raise FormatError(f"{source.name}: not arguebuf: it has no objects of nodes (atoms and schemes) and edges")
    graph = NodeGraph(Places(source))
    participants, resources = _objects(value.get("participants")), _objects(value.get("resources"))
    nodes = value["nodes"]
    major = as_text(value.get("majorClaim", value.get("major_claim")))
    for key in sorted(nodes, key=lambda key: key != major):
        path: Path = ("nodes", key)
        node = _objects(nodes[key])
        if "atom" in node:
            atom: dict[str, Any] = node["atom"]
            draft = graph.add_statement(key, as_text(atom.get("text")).strip(), path)
            reference = _objects(atom).get("reference", {})
            words = as_text(reference.get("text")).strip()
            if words:
                resource = resources.get(as_text(reference.get("resource")), {})
                where = as_text(resource.get("source") or resource.get("title")) or None
                draft.quotations.append(Quotation(words=words, where=where))
            participant = as_text(atom.get("participant"))
            if participant:
                holder = as_text(participants.get(participant, {}).get("name")).strip() or participant
                graph.stances[holder, Attitude.ACCEPT, key, ()] = path
        elif "scheme" in node:
            _add_scheme(graph, key, node["scheme"], path)
        else:
            graph.left_out("a node that is neither atom nor scheme", path)
            graph.others[key] = path
    for key, edge in value["edges"].items():
        ends = edge if isinstance(edge, dict) else {}
        graph.add_edge(as_text(ends.get("source")), as_text(ends.get("target")), key, ("edges", key))
    titles = [as_text(resource.get("title")).strip() for resource in resources.values()]
    map = graph.build(Fact(key="source", value=title) for title in titles if title)
    return Conversion(map, graph.losses.diagnostics)


def _add_scheme(graph: NodeGraph, key: str, scheme: dict[str, Any], path: Path) -> None:
    side = next((side for side in ("support", "attack") if side in scheme), None)
    if side is not None:
        name = as_text(scheme[side]).upper().removeprefix(f"{side.upper()}_")
        rule = None if name in ("DEFAULT", "UNSPECIFIED", "") else name.replace("_", " ").lower()
        graph.links[key] = Link(rule or side, side == "support", rule, path)
    elif scheme:
        graph.left_out(f"a scheme of the kind “{next(iter(scheme))}”: a map has only support and attack", path)
        graph.others[key] = path
    else:  # a scheme that does not say what it does leads from premises to a conclusion
        graph.links[key] = Link("scheme", True, None, path)


def _objects(value: object) -> dict[str, dict[str, Any]]:
    """The objects in an object, by key."""
    return {k: each for k, each in value.items() if isinstance(each, dict)} if isinstance(value, dict) else {}


def _is_arguebuf(value: Any) -> bool:
    nodes = value.get("nodes") if isinstance(value, dict) else None
    if not isinstance(nodes, dict) or not isinstance(value.get("edges"), dict):
        return False
    return not nodes or any("atom" in each or "scheme" in each for each in _objects(nodes).values())


def _is_arguebuf_text(source: Source) -> bool:
    return re.search(r'"nodes"\s*:\s*\{', source.text) is not None and '"atom"' in source.text


FORMAT = (
    Format(
        "sadface",
        "SADFace JSON",
        (".sadface.json", ".json"),
        "Atoms, supports and conflicts, linked premises, undercuts; other schemes as the rule of an inference;"
        " the words of sources as quotations. Metadata are not kept.",
        read_sadface,
        None,
        _is_sadface_text,
    ),
    Format(
        "arguebuf",
        "arguebuf JSON",
        (".arguebuf.json", ".json"),
        "Atoms, support and attack, linked premises, undercuts; schemes as the name of an inference's rule;"
        " participants as stances, references as quotations. Metadata and analysts are not kept.",
        read_arguebuf,
        None,
        _is_arguebuf_text,
    ),
)
