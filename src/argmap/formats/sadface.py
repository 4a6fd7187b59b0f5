"""SADFace JSON (Wells 2020): atoms, schemes between them, and the resources they were taken from."""

from __future__ import annotations

import re
from typing import Any

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.json_text import Path, Places, load
from argmap.formats.node_graph import Link, NodeGraph, as_text, objects
from argmap.model import Fact, Quotation
from argmap.text import Source

_PLAIN_SUPPORT = frozenset(("support", "pro", "default support", "default inference", "inference", ""))
_ATTACK = ("conflict", "attack", "con", "undercut", "rebut", "undermine", "disagree")
_FACTS = {"title": "title", "analyst_name": "analyst", "created": "created"}


def read(source: Source) -> Conversion:
    """Read a document.

    Raises:
        FormatError: it is not JSON, or not SADFace.
    """
    value = load(source)
    if not _is_sadface(value):
        raise FormatError(
            f"{source.name}: not SADFace: it has no lists of nodes (atoms and schemes) and edges"
        )
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


def _sniff(source: Source) -> bool:
    return '"nodes"' in source.text and re.search(r'"type"\s*:\s*"(?:atom|scheme)"', source.text) is not None


FORMAT = Format(
    "sadface",
    "SADFace JSON",
    (".sadface.json", ".json"),
    "Atoms, supports and conflicts, linked premises, undercuts; other schemes as the rule of an inference;"
    " the words of sources as quotations. Metadata are not kept.",
    read,
    None,
    _sniff,
)
