"""Graphs of statements and argument nodes, as AIF's relatives draw them, turned into steps.

A statement leads into an argument node, and that to a statement (a step), or to another argument node: an
attack on it is an exception, a support of it a condition.
"""

from __future__ import annotations

from attrs import define, evolve, field

from argmap.formats.losses import Losses
from argmap.model import ArgumentMap, Fact, Quotation, Role, Stance, Statement, Step, StepKind
from argmap.model.ids import UnlabelledIds
from argmap.text import Span


@define
class Link:
    """An argument node: what it does, and what leads into it and out of it."""

    name: str
    supports: bool
    rule: str | None
    span: Span | None
    ground: list[str] = field(factory=list)
    targets: list[str] = field(factory=list)
    links: list[Link] = field(factory=list)  # argument nodes that it leads to
    conditions: list[str] = field(factory=list)
    exceptions: list[str] = field(factory=list)


@define
class NodeGraph:
    """Gathers nodes and edges in any order; `build` makes the map.

    The keys are the other format's names for its nodes.
    """

    losses: Losses
    statements: dict[str, Statement] = field(factory=dict)
    links: dict[str, Link] = field(factory=dict)
    ids: UnlabelledIds = field(factory=UnlabelledIds)
    passed_over: set[str] = field(factory=set)  # nodes left out on purpose: an edge to one is no fault

    def add_statement(
        self, key: str, text: str, span: Span | None = None, quotations: tuple[Quotation, ...] = ()
    ) -> None:
        """A statement; it gets no label, since such keys are not made to be read."""
        id = self.ids.id_of(text)
        self.statements[key] = Statement(id=id, text=text, quotations=quotations, span=span)

    def add_edge(self, source: str, target: str, name: str, span: Span | None) -> None:
        """An edge; one that leads nowhere, or from statement to statement, is reported."""
        lost = next(
            (key for key in (source, target) if key not in self.statements and key not in self.links), None
        )
        if lost is not None:
            if not {source, target} & self.passed_over:
                self.losses.skipped(f"the edge {name} leads to or from “{lost}”, which is not there", span)
        elif source in self.statements and target in self.links:
            self.links[target].ground.append(self.statements[source].id)
        elif source in self.links and target in self.statements:
            self.links[source].targets.append(self.statements[target].id)
        elif source in self.links:
            self.links[source].links.append(self.links[target])
        else:
            self.losses.skipped(f"the edge {name} joins two statements with no argument between them", span)

    def build(self, facts: tuple[Fact, ...], stances: tuple[Stance, ...]) -> ArgumentMap:
        """The map."""
        for link in self.links.values():
            if not link.ground:
                self.losses.skipped(f"the argument node {link.name} has nothing leading into it", link.span)
            elif not link.targets and not link.links:
                self.losses.skipped(f"the argument node {link.name} leads nowhere", link.span)
        for link in self.links.values():
            for target in link.links:
                if not link.ground:
                    continue
                if not (target.ground and target.targets):
                    self.losses.skipped(
                        f"the argument node {link.name} speaks of {target.name}, which is no step", link.span
                    )
                    continue
                if len(link.ground) > 1 and not link.supports:
                    self.losses.changed(
                        f"what {link.name} brings defeats {target.name} only together; each is an exception",
                        link.span,
                    )
                (target.conditions if link.supports else target.exceptions).extend(link.ground)
        steps: list[Step] = []
        derived: set[str] = set()
        for link in self.links.values():
            if not link.ground or not link.targets:
                continue
            kind = StepKind.REASON if link.supports else StepKind.OBJECTION
            if link.rule and link.supports:
                kind = StepKind.INFERENCE
                derived.update(link.targets)
            elif link.rule:
                self.losses.left_out(f"the scheme “{link.rule}”: an objection names no rule", link.span)
            steps.extend(
                Step(
                    kind=kind,
                    ground=tuple(dict.fromkeys(link.ground)),
                    target=conclusion,
                    conditions=tuple(dict.fromkeys(link.conditions)),
                    exceptions=tuple(dict.fromkeys(link.exceptions)),
                    rule=link.rule if kind is StepKind.INFERENCE else None,
                    span=link.span,
                )
                for conclusion in dict.fromkeys(link.targets)
            )
        statements = tuple(
            evolve(statement, role=Role.DERIVED) if statement.id in derived else statement
            for statement in self.statements.values()
        )
        return ArgumentMap(statements=statements, steps=tuple(steps), facts=facts, stances=stances)


def as_text(value: object) -> str:
    """A text or a number as a text; anything else as nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
