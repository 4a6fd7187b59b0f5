"""The Argument Interchange Format, as AIFdb exports it and as xAIF wraps it, in and out.

I nodes are statements, and all of them asserted: one that also undercuts something counts from the start.
Several I nodes into one RA or CA are joined. A CA on an RA, or on a CA that attacks a statement, is an
exception to that step; a CA on a CA that is itself an exception is an exception to the statement that makes
it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from typing import Any

from attrs import define, evolve, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format, Written
from argmap.formats.json_text import Path, Places, load
from argmap.formats.labels import is_label
from argmap.formats.losses import Feature, Losses, report
from argmap.formats.node_graph import Link, NodeGraph, as_text, objects
from argmap.model import ArgumentMap, Attitude, Contradiction, Quotation, Role, Statement, Step, StepKind
from argmap.text import Source
from argmap.text.display import as_json

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
    reading = _Reading(value, base, NodeGraph(Places(source)))
    return Conversion(reading.map(), reading.graph.losses.diagnostics)


@define(eq=False)
class _Reading:
    value: dict[str, Any]
    base: Path
    graph: NodeGraph
    nodes: dict[str, dict[str, Any]] = field(factory=dict)
    out: dict[str, list[str]] = field(factory=dict)
    into: dict[str, list[str]] = field(factory=dict)

    def map(self) -> ArgumentMap:
        self.read_nodes()
        self.read_edges()
        self.read_dialogue()
        self.read_attacks_on_attacks()
        return _with_contradictions(self.graph.build())

    def read_nodes(self) -> None:
        graph = self.graph
        labels: set[str] = set()
        for index, node in enumerate(self.value["nodes"]):
            path: Path = (*self.base, "nodes", index)
            key = graph.new_key(node, "nodeID", path)
            if key is None:
                continue
            self.nodes[key] = node
            kind = _kind(node)
            if kind == "I":
                label = node.get("label")
                label = label if isinstance(label, str) and is_label(label) and label not in labels else None
                labels.add(label or "")
                graph.add_statement(key, _paragraphs(as_text(node.get("text"))), path, label)
            elif kind in ("RA", "CA"):
                graph.links[key] = Link(f"{kind} {key}", kind == "RA", _rule(node), path)
            else:
                graph.others[key] = path

    def read_edges(self) -> None:
        graph = self.graph
        edges = self.value.get("edges")
        for index, edge in enumerate(edges if isinstance(edges, list) else ()):
            path: Path = (*self.base, "edges", index)
            ends = edge if isinstance(edge, dict) else {}
            source, target = as_text(ends.get("fromID")), as_text(ends.get("toID"))
            if target in self.out.get(source, ()):
                continue
            if source in graph.statements and target in graph.statements:
                graph.left_out("an edge from statement to statement, with no RA or CA between", path)
            else:
                graph.add_edge(source, target, f"from {source} to {target}", path)
            if source in self.nodes and target in self.nodes:
                self.out.setdefault(source, []).append(target)
                self.into.setdefault(target, []).append(source)

    def read_dialogue(self) -> None:
        """Make utterances and acts of speech stances; what cannot be one is reported."""
        names = self.speakers()
        used: set[str] = set()
        for key, node in self.nodes.items():
            if _kind(node) != "YA":
                continue
            said = [one for one in self.out.get(key, ()) if one in self.graph.statements]
            for locution in self.into.get(key, ()) if said else ():
                if _kind(self.nodes[locution]) != "L":
                    continue
                used.add(locution)
                text = " ".join(as_text(self.nodes[locution].get("text")).split())
                before, colon, words = (part.strip() for part in text.partition(":"))
                holder = names.get(locution) or (before if colon and len(before) < 60 else "")
                if not holder:
                    self.graph.left_out("an utterance (L) with no speaker", self.graph.others[locution])
                    continue
                used.add(key)
                if not colon or (before != holder and locution in names):
                    words = text
                for one in said:
                    draft = self.graph.statements[one]
                    self.graph.stances[holder, _attitude(as_text(node.get("text"))), one] = None
                    if words not in ("", "…", holder, draft.text):
                        draft.quotations.append(Quotation(words=words, where=holder))
        for key, path in self.graph.others.items():
            if key not in used:
                kind = _kind(self.nodes[key])
                self.graph.left_out(_LEFT_OUT.get(kind, f"a node of type {kind or 'unknown'}"), path)

    def speakers(self) -> dict[str, str]:
        """Who speaks each locution."""
        people: dict[str, str] = {}
        for person in objects(self.value.get("participants")):
            parts = (as_text(person.get(part)).strip() for part in ("firstname", "surname", "name"))
            people[as_text(person.get("participantID"))] = " ".join(p for p in parts if p and p != "None")
        pairs = (
            (as_text(each.get("nodeID")), people.get(as_text(each.get("personID"))))
            for each in objects(self.value.get("locutions"))
        )
        return {key: name for key, name in pairs if name}

    def read_attacks_on_attacks(self) -> None:
        """Move what speaks for or against a node that is itself an exception or condition to the statements
        that make it one."""
        graph = self.graph
        uses = Counter(key for link in graph.links.values() for key in link.ground)
        bare = {id(link) for link in graph.links.values() if link.ground and not link.targets and link.links}
        for link in graph.links.values():
            moved = [target for target in link.links if link.ground and id(target) in bare]
            for target in moved:
                for key in target.ground:
                    if uses[key] > 1:
                        graph.changed(
                            f"{link.name} speaks of {target.name}; read as about its statement everywhere",
                            link.path,
                        )
                    draft = graph.statements[key]
                    (draft.conditions if link.supports else draft.exceptions).extend(link.ground)
            link.links = [target for target in link.links if target not in moved]
        for key, link in list(graph.links.items()):
            # With its statement's condition or exception made, nothing of it is left to build.
            if (
                not link.targets
                and not link.links
                and (id(link) in bare or (link.ground and self.out.get(key)))
            ):
                del graph.links[key]


def _with_contradictions(map: ArgumentMap) -> ArgumentMap:
    """Two plain CAs, one each way, are how AIF says that two statements contradict each other."""
    plain = {
        (step.ground[0], step.target): index
        for index, step in enumerate(map.steps)
        if step.kind is StepKind.OBJECTION and len(step.ground) == 1 and not step.exceptions + step.conditions
    }
    taken: set[int] = set()
    found: list[Contradiction] = []
    for (left, right), index in plain.items():
        other = plain.get((right, left))
        if other is not None and index < other:
            taken |= {index, other}
            found.append(Contradiction(left=left, right=right))
    steps = tuple(step for index, step in enumerate(map.steps) if index not in taken)
    return evolve(map, steps=steps, contradictions=tuple(found))


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


def _paragraphs(text: str) -> str:
    """A text with its lines joined and its paragraphs, with a blank line between, kept."""
    joined = (" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t\r]*\n", text))
    return "\n\n".join(paragraph for paragraph in joined if paragraph)


# Writing, in AIFdb's form: nodes, edges, locutions, and who the participants are.

_CARRIED = frozenset(
    {
        Feature.RULES, Feature.EXCEPTIONS, Feature.CONDITIONS, Feature.CONTRADICTIONS, Feature.STANCES,
        Feature.LABELS, Feature.GATES, Feature.ROLES,
    }
)  # fmt: skip
_ILLOCUTIONS = {Attitude.ACCEPT: "Asserting", Attitude.DOUBT: "Challenging", Attitude.REJECT: "Disagreeing"}


def write(map: ArgumentMap) -> Written:
    """The map as AIF JSON."""
    losses = Losses()
    report(map, _CARRIED, "AIF", losses)
    return Written(_Writing(map, losses).text(), losses.diagnostics)


@define(eq=False)
class _Writing:
    map: ArgumentMap
    losses: Losses
    nodes: list[dict[str, Any]] = field(factory=list)
    edges: list[dict[str, Any]] = field(factory=list)
    of: dict[str, str] = field(factory=dict)  # the node of each statement
    made: dict[str, list[str]] = field(factory=dict)  # RA and CA nodes by which a statement gates something

    def text(self) -> str:
        for statement in self.map.statements:
            self.of[statement.id] = self.node("I", statement.text)
            if statement.label is not None:
                self.nodes[-1]["label"] = statement.label
            if statement.role in (Role.CONDITION, Role.EXCEPTION):
                self.losses.changed(f"{statement.name} is only supposed; AIF sees it asserted", statement)
        for step in self.map.steps:
            self.step(step)
        for pair in self.map.contradictions:
            self.link("CA", (pair.left,), self.of[pair.right])
            self.link("CA", (pair.right,), self.of[pair.left])
        self.gates()
        locutions, participants = self.stances()
        value: dict[str, Any] = {"nodes": self.nodes, "edges": self.edges, "locutions": locutions}
        if participants:
            value["participants"] = participants
        return as_json(value, indent=1) + "\n"

    def node(self, kind: str, text: str) -> str:
        key = str(len(self.nodes) + 1)
        self.nodes.append({"nodeID": key, "text": text, "type": kind, "timestamp": ""})
        return key

    def edge(self, source: str, target: str) -> None:
        key = str(len(self.edges) + 1)
        self.edges.append({"edgeID": key, "fromID": source, "toID": target, "formEdgeID": None})

    def link(self, kind: str, ground: tuple[str, ...], target: str, rule: str | None = None) -> str:
        """An RA or CA node, from statements to a node."""
        node = self.node(kind, rule or ("Default Inference" if kind == "RA" else "Default Conflict"))
        if rule:
            self.nodes[-1]["scheme"] = rule
        for id in ground:
            self.edge(self.of[id], node)
        self.edge(node, target)
        return node

    def step(self, step: Step) -> None:
        target = self.map[step.target].name
        supports = step.kind.supports
        rule = step.rule if supports else None
        node = self.link("RA" if supports else "CA", step.ground, self.of[step.target], rule)
        if step.rule is not None and not supports:
            self.losses.left_out(f"the rule “{step.rule}” of an objection", step)
        if step.kind is StepKind.CONCESSION:
            self.losses.changed(f"a point against {target} that is granted; AIF sees a conflict", step)
        elif step.kind is StepKind.COROLLARY or (step.kind is StepKind.INFERENCE and not step.rule):
            self.losses.changed(
                f"a step to {target} that binds whoever grants its ground; AIF sees a reason", step
            )
        self.gate(step, node)

    def gate(self, gated: Step | Statement, node: str) -> None:
        """Links from the conditions and exceptions of a step or statement to its node."""
        for kind, ids in (("RA", gated.conditions), ("CA", gated.exceptions)):
            for id in ids:
                self.made.setdefault(id, []).append(self.link(kind, (id,), node))

    def gates(self) -> None:
        """Conditions and exceptions of a statement that is itself an exception speak of what makes it one."""
        pending = deque(self.made)
        gated: set[str] = set()
        while pending:
            statement = self.map[pending.popleft()]
            if statement.id not in gated:
                gated.add(statement.id)
                for node in list(self.made[statement.id]):
                    self.gate(statement, node)
                pending += (*statement.conditions, *statement.exceptions)
        for statement in self.map.statements:
            if statement.id not in gated and (statement.conditions or statement.exceptions):
                self.losses.changed(
                    f"what {statement.name} depends on; AIF sees plain support and conflict", statement
                )
                self.gate(statement, self.of[statement.id])

    def stances(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        people = {holder: str(number) for number, holder in enumerate(self.map.holders, 1)}
        locutions: list[dict[str, Any]] = []
        for stance in self.map.stances:
            locution = self.node("L", f"{stance.holder}: {self.map[stance.statement].text}")
            act = self.node("YA", _ILLOCUTIONS[stance.attitude])
            self.edge(locution, act)
            self.edge(act, self.of[stance.statement])
            locutions.append({"nodeID": locution, "personID": people[stance.holder], "timestamp": "",
                              "start": None, "end": None, "source": None})  # fmt: skip
        participants = [
            {"participantID": number, "firstname": holder, "surname": ""} for holder, number in people.items()
        ]
        return locutions, participants


def _sniff(source: Source) -> bool:
    text = source.text
    keys = r'"nodeID"\s*:|"fromID"\s*:|"formEdgeID"\s*:|"locutions"\s*:'
    starts = text.lstrip("\ufeff \t\r\n").startswith("{") and re.search(r'"nodes"\s*:', text)
    return bool(starts and re.search(keys, text))


FORMAT = Format(
    "aif",
    "AIF JSON (AIFdb, xAIF)",
    (".aif.json", ".aif", ".json"),
    "Linked premises, objections, exceptions (CA to RA, CA to CA), schemes as the name of a rule,"
    " who says what as stances. Turns of a dialogue, preferences and rephrasings are not kept.",
    read,
    write,
    _sniff,
)
