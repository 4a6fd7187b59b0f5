"""AIF in.

I nodes are statements, and all of them asserted: one that also undercuts something counts from the start.
Several I nodes into one RA or CA are joined. A CA on an RA, or on a CA that attacks a statement, is an
exception to that step; a CA on a CA that is itself an exception is an exception to the statement that makes
it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from attrs import define, evolve, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion
from argmap.formats.json_text import Path, Places, load
from argmap.formats.labels import is_label
from argmap.formats.losses import Losses
from argmap.formats.node_graph import Link, NodeGraph, as_text
from argmap.model import ArgumentMap, Attitude, Contradiction, Quotation, Stance, Step, StepKind
from argmap.model.ids import UnlabelledIds
from argmap.text import Source

_LINKS = {"RA": True, "CA": False}
_LEFT_OUT = {
    "PA": "a preference (PA)",
    "MA": "a rephrasing (MA)",
    "TA": "a transition from turn to turn (TA)",
    "YA": "an act of speech (YA) that is not somebody's saying a statement",
    "L": "an utterance (L) that says no statement",
}
_DOUBTS = ("doubt", "challeng", "question")
_REJECTS = ("disagree", "reject", "deny")


def read(source: Source) -> Conversion:
    """The map that a graph of nodes and edges says.

    Raises:
        FormatError: it is not JSON, or not AIF.
    """
    value = load(source)
    base: Path = ()
    if isinstance(value, dict) and isinstance(value.get("AIF"), dict):
        value, base = value["AIF"], ("AIF",)
    if not isinstance(value, dict) or not isinstance(value.get("nodes"), list):
        raise FormatError(f"{source.name}: not AIF: there is no list of nodes")
    reading = _Reading(value, base, Places(source))
    map = reading.map()
    return Conversion(evolve(map, source=source), reading.losses.diagnostics)


@define(eq=False)
class _Reading:
    value: dict[str, Any]
    base: Path
    places: Places
    losses: Losses = field(factory=Losses)
    nodes: dict[str, dict[str, Any]] = field(factory=dict)
    order: dict[str, int] = field(factory=dict)
    out: dict[str, list[str]] = field(factory=dict)
    into: dict[str, list[str]] = field(factory=dict)

    def map(self) -> ArgumentMap:
        self.gather()
        graph = NodeGraph(self.losses)
        labels: dict[str, str] = {}
        taken: set[str] = set()
        for key, node in self.nodes.items():
            kind = _kind(node)
            if kind == "I":
                text = _paragraphs(as_text(node.get("text")))
                if not text:
                    self.tell("skipped", "a statement (I) has no text", key)
                graph.add_statement(key, text or "…")
                label = node.get("label")
                if isinstance(label, str) and is_label(label) and label not in taken:
                    taken.add(label)
                    labels[key] = label
            elif kind in _LINKS:
                odd = (
                    not self.into.get(key)
                    or not self.out.get(key)
                    or any(_kind(self.nodes[one]) in _LINKS for one in self.out[key])
                    or (kind == "CA" and _rule(node) is not None)
                )
                span = self.places[(*self.base, "nodes", self.order[key])] if odd else None
                graph.links[key] = Link(f"{kind} {key}", _LINKS[kind], _rule(node), span)
            else:
                graph.passed_over.add(key)
        for source, targets in self.out.items():
            for target in targets:
                ends = {_kind(self.nodes[source]), _kind(self.nodes[target])}
                if ends <= {"I", "RA", "CA"}:
                    if ends == {"I"}:
                        self.tell(
                            "left_out",
                            "an edge from statement to statement, with no RA or CA between",
                            source,
                        )
                    else:
                        graph.add_edge(source, target, f"from {source} to {target}", None)
        stances, quotations = self.dialogue(graph)
        gates = self.gates(graph)
        map = graph.build((), tuple(stances))
        return _labelled(self.contradictions(map), graph, labels, gates, quotations)

    def gather(self) -> None:
        """Nodes by id, as text, and the edges between them."""
        for index, node in enumerate(self.value["nodes"]):
            key = as_text(node.get("nodeID")) if isinstance(node, dict) else ""
            if not key or key in self.nodes:
                self.losses.skipped(
                    f"the node {key} is there twice" if key else "a node without an id",
                    self.places[(*self.base, "nodes", index)],
                )
                continue
            self.nodes[key] = node
            self.order[key] = index
        edges = self.value.get("edges")
        seen: set[tuple[str, str]] = set()
        for index, edge in enumerate(edges if isinstance(edges, list) else ()):
            source, target = (
                (as_text(edge.get("fromID")), as_text(edge.get("toID")))
                if isinstance(edge, dict)
                else ("", "")
            )
            if source not in self.nodes or target not in self.nodes:
                self.losses.skipped(
                    f"an edge from “{source}” to “{target}”, one of which is not there",
                    self.places[(*self.base, "edges", index)],
                )
            elif (source, target) not in seen:
                seen.add((source, target))
                self.out.setdefault(source, []).append(target)
                self.into.setdefault(target, []).append(source)

    def tell(self, how: str, message: str, key: str) -> None:
        getattr(self.losses, how)(message, self.places[(*self.base, "nodes", self.order[key])])

    # ---- who says what ----

    def dialogue(self, graph: NodeGraph) -> tuple[list[Stance], dict[str, list[Quotation]]]:
        """Folds utterances and acts of speech into stances; what cannot be folded is reported."""
        names = self.names()
        stances: dict[tuple[str, str, Attitude], Stance] = {}
        quotations: dict[str, list[Quotation]] = {}
        folded: set[str] = set()
        for key, node in self.nodes.items():
            if _kind(node) != "YA":
                continue
            said = [one for one in self.out.get(key, ()) if one in graph.statements]
            speaking = [one for one in self.into.get(key, ()) if _kind(self.nodes[one]) == "L"]
            for locution in speaking:
                text = " ".join(as_text(self.nodes[locution].get("text")).split())
                before, colon, words = text.partition(":")
                holder = names.get(locution) or (before.strip() if colon and len(before) < 60 else "")
                words = (
                    words.strip() if colon and (before.strip() == holder or not names.get(locution)) else text
                )
                for one in said:
                    if not holder:
                        self.tell("left_out", "an utterance (L) with no speaker", locution)
                        folded.add(locution)
                        continue
                    statement = graph.statements[one]
                    attitude = _attitude(as_text(node.get("text")))
                    stance = Stance(holder=holder, attitude=attitude, statement=statement.id)
                    stances.setdefault((holder, statement.id, attitude), stance)
                    folded |= {key, locution}
                    if words and words != statement.text and words not in {"…", holder}:
                        quotations.setdefault(one, []).append(Quotation(words=words, where=holder))
        for key, node in self.nodes.items():
            kind = _kind(node)
            if kind not in ("I", "RA", "CA") and key not in folded:
                self.tell("left_out", _LEFT_OUT.get(kind, f"a node of type {kind or 'unknown'}"), key)
        return list(stances.values()), quotations

    def names(self) -> dict[str, str]:
        """Who speaks each locution."""
        people: dict[str, str] = {}
        for person in _objects(self.value.get("participants")):
            parts = (as_text(person.get(part)).strip() for part in ("firstname", "surname", "name"))
            name = " ".join(part for part in parts if part and part != "None")
            people[as_text(person.get("participantID"))] = name
        names: dict[str, str] = {}
        for locution in _objects(self.value.get("locutions")):
            name = people.get(as_text(locution.get("personID")), "")
            if name:
                names[as_text(locution.get("nodeID"))] = name
        return names

    # ---- what attacks attacks ----

    def gates(self, graph: NodeGraph) -> dict[str, tuple[list[str], list[str]]]:
        """What speaks for or against a node that is itself no step but an exception or condition of one.

        Conditions and exceptions by the id of the statement that makes the exception.
        """
        uses = Counter(id_ for link in graph.links.values() for id_ in link.ground)
        gates: dict[str, tuple[list[str], list[str]]] = {}
        bare = {id(link) for link in graph.links.values() if link.ground and not link.targets and link.links}
        for link in graph.links.values():
            kept = []
            for target in link.links:
                if id(target) not in bare or not link.ground:
                    kept.append(target)
                    continue
                for one in target.ground:
                    if uses[one] > 1:
                        self.losses.changed(
                            f"{link.name} speaks of {target.name}; read as about its statement everywhere",
                            link.span,
                        )
                    side = gates.setdefault(one, ([], []))[0 if link.supports else 1]
                    side += [each for each in link.ground if each not in side]
            link.links = kept
        for key, link in list(graph.links.items()):
            if id(link) in bare and not link.links:
                del graph.links[key]
        for key in self.nodes:
            # An attacker of an attacker leads only there: with its gate made, nothing of it is left to build.
            link_ = graph.links.get(key)
            if (
                link_ is not None
                and link_.ground
                and self.out.get(key)
                and not link_.targets
                and not link_.links
            ):
                del graph.links[key]
        return gates

    def contradictions(self, map: ArgumentMap) -> ArgumentMap:
        """Two plain CAs, one each way, are how AIF says that two statements contradict each other."""
        plain = {
            (step.ground[0], step.target): index
            for index, step in enumerate(map.steps)
            if step.kind is StepKind.OBJECTION
            and len(step.ground) == 1
            and not (step.exceptions or step.conditions)
        }
        taken: set[int] = set()
        found: list[Contradiction] = []
        for (left, right), index in plain.items():
            other = plain.get((right, left))
            if other is not None and index < other:
                taken |= {index, other}
                found.append(Contradiction(left=left, right=right))
        steps: tuple[Step, ...] = tuple(step for index, step in enumerate(map.steps) if index not in taken)
        return evolve(map, steps=steps, contradictions=tuple(found))


def _labelled(
    map: ArgumentMap,
    graph: NodeGraph,
    labels: dict[str, str],
    gates: dict[str, tuple[list[str], list[str]]],
    quotations: dict[str, list[Quotation]],
) -> ArgumentMap:
    """The map with labels in the place of numbers, where there are any, and with gates and quotations."""
    new: dict[str, str] = {}
    unlabelled = UnlabelledIds()
    for key, statement in graph.statements.items():
        new[statement.id] = labels.get(key) or unlabelled.id_of(statement.text)

    def ids(old: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        return tuple(new[one] for one in old)

    key_of = {statement.id: key for key, statement in graph.statements.items()}
    statements = []
    for statement in map.statements:
        conditions, exceptions = gates.get(statement.id, ([], []))
        key = key_of[statement.id]
        statements.append(
            evolve(
                statement,
                id=new[statement.id],
                label=labels.get(key),
                conditions=ids(conditions),
                exceptions=ids(exceptions),
                quotations=tuple(dict.fromkeys(quotations.get(key, ()))),
            )
        )
    return evolve(
        map,
        statements=tuple(statements),
        steps=tuple(
            evolve(
                step,
                ground=ids(step.ground),
                target=new[step.target],
                conditions=ids(step.conditions),
                exceptions=ids(step.exceptions),
            )
            for step in map.steps
        ),
        contradictions=tuple(
            evolve(pair, left=new[pair.left], right=new[pair.right]) for pair in map.contradictions
        ),
        stances=tuple(evolve(stance, statement=new[stance.statement]) for stance in map.stances),
    )


def _kind(node: dict[str, Any]) -> str:
    return as_text(node.get("type")).strip()


def _rule(node: dict[str, Any]) -> str | None:
    """The scheme's name; the default ones say nothing."""
    for key in ("scheme", "text"):
        name = " ".join(as_text(node.get(key)).split())
        if name and name not in {"RA", "CA", "0"} and not name.lower().startswith("default "):
            return name
    return None


def _attitude(illocution: str) -> Attitude:
    words = illocution.lower()
    if any(word in words for word in _REJECTS):
        return Attitude.REJECT
    return Attitude.DOUBT if any(word in words for word in _DOUBTS) else Attitude.ACCEPT


def _objects(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _paragraphs(text: str) -> str:
    """A text with its lines joined and its paragraphs, apart by a blank line, kept."""
    joined = (" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t\r]*\n", text))
    return "\n\n".join(paragraph for paragraph in joined if paragraph)
