"""arguebuf JSON (Lenz and Bergmann): atoms and schemes by id, edges, resources, participants."""

from __future__ import annotations

from typing import Any

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.node_graph import Link, NodeGraph, as_text
from argmap.text import Source


def read(source: Source) -> Conversion:
    """Read a graph.

    Raises:
        FormatError: it is not JSON, or not arguebuf.
    """
    from argmap.formats.json_text import Places, load
    from argmap.formats.losses import Losses
    from argmap.model import Attitude, Fact, Quotation, Stance

    value = load(source)
    if not _is_arguebuf(value):
        raise FormatError(
            f"{source.name}: not arguebuf: there are no objects of nodes (atoms and schemes) and edges"
        )
    places = Places(source)
    losses = Losses()
    graph = NodeGraph(losses)
    participants = _objects(value.get("participants"))
    resources = _objects(value.get("resources"))
    stances: list[Stance] = []
    major = as_text(value.get("majorClaim", value.get("major_claim")))
    nodes = value["nodes"]
    order = [*([major] if major in nodes else []), *(key for key in nodes if key != major)]
    for key in order:
        node = nodes[key]
        path = ("nodes", key)
        if isinstance(node, dict) and isinstance(node.get("atom"), dict):
            atom = node["atom"]
            text = as_text(atom.get("text")).strip()
            if not text:
                losses.skipped("an atom has no text", places[path])
            reference = atom.get("reference")
            quotations = []
            if isinstance(reference, dict) and as_text(reference.get("text")).strip():
                resource = resources.get(as_text(reference.get("resource")), {})
                where = as_text(resource.get("source") or resource.get("title") or "") or None
                quotations.append(Quotation(words=as_text(reference["text"]).strip(), where=where))
            graph.add_statement(key, text or "…", quotations=tuple(quotations))
            participant = as_text(atom.get("participant"))
            if participant:
                name = as_text(participants.get(participant, {}).get("name")).strip() or participant
                stances.append(
                    Stance(holder=name, attitude=Attitude.ACCEPT, statement=graph.statements[key].id)
                )
        elif isinstance(node, dict) and isinstance(node.get("scheme"), dict):
            _add_scheme(graph, key, node["scheme"], places[path] if _is_odd(node["scheme"]) else None)
        else:
            losses.left_out("a node that is neither atom nor scheme", places[path])
            graph.passed_over.add(key)
    for key, edge in value["edges"].items():
        ends = (
            (as_text(edge.get("source")), as_text(edge.get("target"))) if isinstance(edge, dict) else ("", "")
        )
        before = len(losses)
        graph.add_edge(*ends, key, None)
        if len(losses) > before:
            losses.place_last(places["edges", key])
    titles = [as_text(resource.get("title")).strip() for resource in resources.values()]
    facts = tuple(Fact(key="source", value=title) for title in titles if title)
    return Conversion(graph.build(facts, tuple(stances)), losses.diagnostics)


def _is_odd(scheme: dict[str, Any]) -> bool:
    return bool(scheme) and not ({"support", "attack"} & set(scheme))


def _add_scheme(graph: NodeGraph, key: str, scheme: dict[str, Any], span: Any) -> None:
    for side, supports in (("support", True), ("attack", False)):
        if side in scheme:
            kind = as_text(scheme[side]).upper()
            name = kind.removeprefix(f"{side.upper()}_")
            rule = None if name in ("DEFAULT", "UNSPECIFIED", "") else name.replace("_", " ").lower()
            graph.links[key] = Link(rule or side, supports, rule, None)
            return
    if scheme:
        kind = next(iter(scheme))
        graph.losses.left_out(f"a scheme of the kind “{kind}”: a map has only support and attack", span)
        graph.passed_over.add(key)
    else:  # a scheme that does not say what it does leads from premises to a conclusion
        graph.links[key] = Link("scheme", True, None, None)


def _objects(value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict):
        return {}
    return {key: each for key, each in value.items() if isinstance(each, dict)}


def _is_arguebuf(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    nodes, edges = value.get("nodes"), value.get("edges")
    return (
        isinstance(nodes, dict)
        and isinstance(edges, dict)
        and (not nodes or any(isinstance(n, dict) and ("atom" in n or "scheme" in n) for n in nodes.values()))
    )


def _sniff(source: Source) -> bool:
    import re

    return re.search(r'"nodes"\s*:\s*\{', source.text) is not None and '"atom"' in source.text


FORMAT = Format(
    "arguebuf",
    "arguebuf JSON",
    (".arguebuf.json", ".json"),
    "Atoms, support and attack, linked premises, undercuts; schemes as the name of an inference's rule;"
    " participants as stances, references as quotations. Metadata and analysts are not kept.",
    read,
    None,
    _sniff,
)
