"""SADFace JSON (Wells 2020): atoms, schemes between them, and the resources they were taken from."""

from __future__ import annotations

from typing import Any

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.node_graph import NodeGraph, as_text
from argmap.text import Source

_SUPPORT = frozenset(("support", "pro", "default support", "default inference", "inference", ""))
_ATTACK = ("conflict", "attack", "con", "undercut", "rebut", "undermine", "disagree")


def read(source: Source) -> Conversion:
    """Read a document.

    Raises:
        FormatError: it is not JSON, or not SADFace.
    """
    from argmap.formats.json_text import Places, load
    from argmap.formats.losses import Losses
    from argmap.model import Fact, Quotation

    value = load(source)
    if not _is_sadface(value):
        raise FormatError(
            f"{source.name}: not SADFace: there are no lists of nodes (atoms and schemes) and edges"
        )
    places = Places(source)
    losses = Losses()
    graph = NodeGraph(losses)
    resources = {
        as_text(each.get("id")): each for each in _list(value.get("resources")) if isinstance(each, dict)
    }
    for number, node in enumerate(value["nodes"]):
        path = ("nodes", number)
        if not isinstance(node, dict):
            losses.skipped("a node is not an object", places[path])
            continue
        key, kind = as_text(node.get("id")), node.get("type")
        if not key or key in graph.statements or key in graph.links:
            losses.skipped(f"a node has {'an id used before' if key else 'no id'}", places[path])
        elif kind == "atom":
            text = as_text(node.get("text")).strip()
            if not text:
                losses.skipped("an atom has no text", places[path])
            quotations = []
            for each in _list(node.get("sources")):
                words = as_text(each.get("text")) if isinstance(each, dict) else ""
                if not words:
                    losses.left_out("a source without its words", places[(*path, "sources")])
                    continue
                resource = resources.get(as_text(each.get("resource_id")), {})
                where = as_text(resource.get("url") or resource.get("title") or "") or None
                quotations.append(Quotation(words=words, where=where))
            graph.add_statement(key, text or "…", quotations=tuple(quotations))
        elif kind == "scheme":
            _add_scheme(graph, key, as_text(node.get("name")))
        else:
            losses.left_out(f"a node of type “{as_text(kind)}”", places[path])
            graph.passed_over.add(key)
    for number, edge in enumerate(value["edges"]):
        if not isinstance(edge, dict):
            losses.skipped("an edge is not an object", places["edges", number])
            continue
        ends = as_text(edge.get("source_id")), as_text(edge.get("target_id"))
        before = len(losses)
        graph.add_edge(*ends, as_text(edge.get("id")) or "?", None)
        if len(losses) > before:
            losses.place_last(places["edges", number])
    core: dict[str, Any] = value
    if isinstance(value.get("metadata"), dict) and isinstance(value["metadata"].get("core"), dict):
        core = value["metadata"]["core"]
    facts = tuple(
        Fact(key=key, value=as_text(core.get(name)).strip())
        for name, key in (("title", "title"), ("analyst_name", "analyst"), ("created", "created"))
        if as_text(core.get(name)).strip()
    )
    return Conversion(graph.build(facts, ()), losses.diagnostics)


def _add_scheme(graph: NodeGraph, key: str, name: str) -> None:
    from argmap.formats.node_graph import Link

    plain = name.strip().lower()
    attacks = any(word == plain or f"{word} " in f"{plain} " for word in _ATTACK)
    own = (
        plain not in _SUPPORT and plain not in _ATTACK and plain not in ("default conflict", "default attack")
    )
    graph.links[key] = Link(f"“{name}”" if name else key, not attacks, name.strip() if own else None, None)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_sadface(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    nodes, edges = value.get("nodes"), value.get("edges")
    if not (isinstance(nodes, list) and isinstance(edges, list)):
        return False
    kinds = ("atom", "scheme")
    return not nodes or any(isinstance(node, dict) and node.get("type") in kinds for node in nodes)


def _sniff(source: Source) -> bool:
    import re

    head = source.text
    return '"nodes"' in head and re.search(r'"type"\s*:\s*"(?:atom|scheme)"', head) is not None


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
