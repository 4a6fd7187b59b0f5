"""Graphs of statements and argument nodes, as AIF and its relatives have them, turned into steps.

A statement leads into an argument node, and that to a statement (a step), or to another argument node: an
attack on it is an exception, a support of it a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import define, field

from argmap.formats.json_text import Path, Places
from argmap.formats.losses import Losses
from argmap.model import ArgumentMap, Attitude, Fact, HeldStep, Quotation, Role, Stance, Statement, Step, StepKind
from argmap.model.statement import UnlabelledIds


@define(eq=False)
class Link:
    """An argument node: what it does, and what leads into it and out of it, by key."""

    name: str
    supports: bool
    rule: str | None
    path: Path
    ground: list[str] = field(factory=list)
    targets: list[str] = field(factory=list)
    links: list[Link] = field(factory=list)  # argument nodes that it leads to
    conditions: list[str] = field(factory=list)
    exceptions: list[str] = field(factory=list)


@define(eq=False)
class Draft:
    """A statement that is not complete yet; its conditions and exceptions are keys."""

    text: str
    path: Path
    label: str | None = None
    data: tuple[tuple[str, str], ...] = ()
    quotations: list[Quotation] = field(factory=list)
    conditions: list[str] = field(factory=list)
    exceptions: list[str] = field(factory=list)


@define(eq=False)
class NodeGraph:
    """Gathers nodes and then edges; `build` makes the map.

    Keys are the other format's names for its nodes, paths where something stands in its JSON.
    """

    places: Places
    losses: Losses = field(factory=Losses)
    statements: dict[str, Draft] = field(factory=dict)
    links: dict[str, Link] = field(factory=dict)
    others: dict[str, Path] = field(factory=dict)  # nodes that are left out: an edge to one is no fault
    stances: dict[tuple[str, Attitude, str, tuple[tuple[str, Any], ...]], Path] = field(factory=dict)
    """By holder, attitude, the key of a statement or link, and the other fields of the stance: where it is said."""

    def new_key(self, node: Any, name: str, path: Path) -> str | None:
        """The key that a node has under this name; None, and reported, where it can have none."""
        key = as_text(node.get(name)) if isinstance(node, dict) else ""
        if key and key not in self.statements and key not in self.links and key not in self.others:
            return key
        fault = "is not an object" if not isinstance(node, dict) else "has no id"
        self.skipped(f"the node “{key}” has an id used before" if key else f"a node {fault}", path)
        return None

    def add_statement(self, key: str, text: str, path: Path, label: str | None = None) -> Draft:
        """A statement; by default it gets no label, since such keys are not made to be read."""
        if not text:
            self.skipped(f"the statement “{key}” has no text", path)
        draft = self.statements[key] = Draft(text or "…", path, label)
        return draft

    def add_edge(self, source: str, target: str, name: str, path: Path) -> None:
        """An edge; one that leads nowhere, or from statement to statement, is reported."""
        lost = [key for key in (source, target) if key not in self.statements and key not in self.links]
        if lost:
            if not {source, target} & self.others.keys():
                self.skipped(f"the edge {name} leads to or from “{lost[0]}”, which is not there", path)
        elif source in self.statements and target in self.links:
            self.links[target].ground.append(source)
        elif source in self.links and target in self.statements:
            self.links[source].targets.append(target)
        elif source in self.links:
            self.links[source].links.append(self.links[target])
        else:
            self.skipped(f"the edge {name} joins two statements with no argument between them", path)

    def left_out(self, message: str, path: Path) -> None:
        self.losses.left_out(message, self.places[path])

    def changed(self, message: str, path: Path) -> None:
        self.losses.changed(message, self.places[path])

    def skipped(self, message: str, path: Path) -> None:
        self.losses.skipped(message, self.places[path])

    def build(self, facts: Iterable[Fact] = ()) -> ArgumentMap:
        """The map."""
        self._gate()
        unlabelled = UnlabelledIds()
        ids = {key: draft.label or unlabelled.id_of(draft.text) for key, draft in self.statements.items()}

        def ids_of(keys: list[str]) -> tuple[str, ...]:
            return tuple(ids[key] for key in dict.fromkeys(keys))

        steps: list[Step] = []
        derived: set[str] = set()
        for link in self.links.values():
            if not link.ground or not link.targets:
                continue
            kind = StepKind.REASON if link.supports else StepKind.OBJECTION
            if link.rule and link.supports:
                kind = StepKind.INFERENCE
                derived.update(link.targets)
            steps.extend(
                Step(
                    kind=kind,
                    ground=ids_of(link.ground),
                    target=target,
                    conditions=ids_of(link.conditions),
                    exceptions=ids_of(link.exceptions),
                    rule=link.rule,
                    span=self.places[link.path],
                )
                for target in ids_of(link.targets)
            )
        statements = tuple(
            Statement(
                id=ids[key],
                label=draft.label,
                text=draft.text,
                role=Role.DERIVED if key in derived else Role.CLAIM,
                data=draft.data,
                span=self.places[draft.path],
                quotations=tuple(dict.fromkeys(draft.quotations)),
                conditions=ids_of(draft.conditions),
                exceptions=ids_of(draft.exceptions),
            )
            for key, draft in self.statements.items()
        )
        ends = {step.ends for step in steps} if self.stances else set()
        stances: list[Stance] = []
        for (holder, attitude, key, details), path in self.stances.items():
            about: list[dict[str, Any]] = [{"statement": ids[key]}] if key in ids else []
            ground = ids_of(self.links[key].ground) if key in self.links else ()
            for target in ids_of(self.links[key].targets) if ground else ():
                held = HeldStep(ground=ground, target=target)
                about += [{"step": held}] if held.ends in ends else []
            stances += (
                Stance(holder=holder, attitude=attitude, span=self.places[path], **each, **dict(details))
                for each in about
            )
        return ArgumentMap(statements=statements, steps=tuple(steps), facts=tuple(facts), stances=tuple(stances))

    def _gate(self) -> None:
        """Make argument nodes that lead to others their conditions and exceptions; report loose ends."""
        for link in self.links.values():
            if not link.ground:
                self.skipped(f"the argument node {link.name} has nothing leading into it", link.path)
            elif not link.targets and not link.links:
                self.skipped(f"the argument node {link.name} leads nowhere", link.path)
        for link in self.links.values():
            for target in link.links if link.ground else ():
                if not (target.ground and target.targets):
                    self.skipped(f"the argument node {link.name} speaks of {target.name}, which is no step", link.path)
                    continue
                kind = ("supports", "a condition") if link.supports else ("defeats", "an exception")
                if len(link.ground) > 1:
                    message = f"what {link.name} brings {kind[0]} {target.name} only together; each is {kind[1]}"
                    self.changed(message, link.path)
                if link.rule:
                    self.left_out(f"“{link.rule}” of {link.name}: {kind[1]} has no rule", link.path)
                (target.conditions if link.supports else target.exceptions).extend(link.ground)


def as_text(value: object) -> str:
    """A text or a number as a text; anything else as nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def objects(value: object) -> list[dict[str, Any]]:
    """The objects in a list; nothing where there is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def paragraphs(text: str) -> str:
    """A text with its lines joined and its paragraphs, with a blank line between, kept."""
    joined = (" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t\r]*\n", text))
    return "\n\n".join(paragraph for paragraph in joined if paragraph)
