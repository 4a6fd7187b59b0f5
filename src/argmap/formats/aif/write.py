"""AIF out, in AIFdb's form: nodes, edges, locutions, and who the participants are."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

from attrs import define, field

from argmap.formats.format import Written
from argmap.formats.losses import Feature, Losses, report
from argmap.model import ArgumentMap, Attitude, Role, Statement, Step, StepKind

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
            node = self.node("I", statement.text)
            self.of[statement.id] = node["nodeID"]
            if statement.label is not None:
                node["label"] = statement.label
            if statement.role in (Role.CONDITION, Role.EXCEPTION):
                self.losses.changed(f"{statement.name} is only supposed; AIF sees it asserted", statement)
        for step in self.map.steps:
            self.step(step)
        for pair in self.map.contradictions:
            self.attack((pair.left,), self.of[pair.right])
            self.attack((pair.right,), self.of[pair.left])
        self.gates()
        locutions, participants = self.stances()
        value: dict[str, Any] = {"nodes": self.nodes, "edges": self.edges, "locutions": locutions}
        if participants:
            value["participants"] = participants
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def node(self, kind: str, text: str) -> dict[str, Any]:
        node = {"nodeID": str(len(self.nodes) + 1), "text": text, "type": kind, "timestamp": ""}
        self.nodes.append(node)
        return node

    def edge(self, source: str, target: str) -> None:
        edge = {"edgeID": str(len(self.edges) + 1), "fromID": source, "toID": target, "formEdgeID": None}
        self.edges.append(edge)

    def attack(self, ground: tuple[str, ...], target: str) -> str:
        node = str(self.node("CA", "Default Conflict")["nodeID"])
        return self.join(ground, node, target)

    def support(self, ground: tuple[str, ...], target: str, rule: str | None = None) -> str:
        node = self.node("RA", rule or "Default Inference")
        if rule:
            node["scheme"] = rule
        return self.join(ground, str(node["nodeID"]), target)

    def join(self, ground: tuple[str, ...], node: str, target: str) -> str:
        for one in ground:
            self.edge(self.of[one], node)
        self.edge(node, target)
        return node

    def step(self, step: Step) -> None:
        target = self.map[step.target].name
        if step.kind.supports:
            node = self.support(step.ground, self.of[step.target], step.rule)
        else:
            node = self.attack(step.ground, self.of[step.target])
            if step.rule is not None:
                self.losses.left_out(f"the rule “{step.rule}” of an objection", step)
        if step.kind is StepKind.CONCESSION:
            self.losses.changed(f"a point against {target} that is granted; AIF sees a conflict", step)
        elif step.kind is StepKind.COROLLARY or (step.kind is StepKind.INFERENCE and not step.rule):
            self.losses.changed(
                f"a step that binds whoever grants its ground, to {target}; AIF sees a reason", step
            )
        for one in step.conditions:
            self.made.setdefault(one, []).append(self.support((one,), node))
        for one in step.exceptions:
            self.made.setdefault(one, []).append(self.attack((one,), node))

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
                    f"what {statement.name} hangs on; AIF sees plain support and conflict", statement
                )
                self.gate(statement, self.of[statement.id])

    def gate(self, statement: Statement, node: str) -> None:
        for one in statement.conditions:
            self.made.setdefault(one, []).append(self.support((one,), node))
        for one in statement.exceptions:
            self.made.setdefault(one, []).append(self.attack((one,), node))

    def stances(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        people = {holder: str(number) for number, holder in enumerate(self.map.holders, 1)}
        locutions: list[dict[str, Any]] = []
        for stance in self.map.stances:
            words = self.map[stance.statement].text
            locution = str(self.node("L", f"{stance.holder}: {words}")["nodeID"])
            act = str(self.node("YA", _ILLOCUTIONS[stance.attitude])["nodeID"])
            self.edge(locution, act)
            self.edge(act, self.of[stance.statement])
            locutions.append({"nodeID": locution, "personID": people[stance.holder], "timestamp": "",
                              "start": None, "end": None, "source": None})  # fmt: skip
        participants = [
            {"participantID": number, "firstname": holder, "surname": ""} for holder, number in people.items()
        ]
        return locutions, participants
