"""MindMup's argument maps (`.mup`), in and out.

An idea is a statement; a group under it joins ideas into a reason (`supporting`) or an objection (`opposing`). A group
under a group speaks of that step: an opposing one is an exception to it, a supporting one a condition.

Claims, reasons and objections with joined premises, what is left unsaid, notes; a group under a group is a condition
or an exception. A claim that leads to several others is written once for each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pkgutil import get_data
from typing import Any

from attrs import define, evolve, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format, Written
from argmap.formats.json_text import Path, Places, load
from argmap.formats.labels import is_label
from argmap.formats.losses import Feature, Losses, report, report_plain_step
from argmap.formats.node_graph import Link, NodeGraph, as_text, objects, paragraphs
from argmap.model import ArgumentMap, Fact, Role, Statement, Step
from argmap.text import Source
from argmap.text.display import as_json

_IMPLICIT, _NOTE = "attr_implicit_claim", "sticky_note"
_STEPS = {"supporting": True, True: True, "opposing": False}
# How an idea looks, which a map has no place for and nobody misses.
_LOOKS = {
    "group", "contentLocked", "parentConnector", "styleNames", "note", "collapsed", "position", "style", "theme",
    "themeOverrides", "argmap", "branchToggled", "width", "measurements-config",
}  # fmt: skip


def read(source: Source) -> Conversion:
    """The map that a tree of ideas says.

    Raises:
        FormatError: it is not JSON, or not a map of MindMup.
    """
    value = load(source)
    if not isinstance(value, dict) or not (isinstance(value.get("ideas"), dict) or "formatVersion" in value):
        raise FormatError(f"{source.name}: not a map of MindMup: there are no ideas")
    reading = _Reading(NodeGraph(Places(source)))
    facts: list[Fact] = []
    if as_text(value.get("id")) == "root" or as_text(value.get("formatVersion")) >= "3":
        title = " ".join(as_text(value.get("title")).split())
        facts += [Fact(key="title", value=title, span=reading.graph.places[("title",)])] if title else []
        reading.tree(_children(value, ()))
    else:
        reading.tree([((), value)])
    for index, _ in enumerate(objects(value.get("links"))):
        reading.graph.left_out("a link between ideas that says neither for nor against", ("links", index))
    map = reading.graph.build(facts)
    implicit = tuple(
        evolve(one, implicit=key in reading.implicit, notes=tuple(reading.notes.get(key, ())))
        for one, key in zip(map.statements, reading.graph.statements, strict=True)
    )
    return Conversion(evolve(map, statements=implicit), reading.graph.losses.diagnostics)


def _children(idea: dict[str, Any], path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The ideas under one, in their order."""
    ideas = idea.get("ideas")
    found = ideas.items() if isinstance(ideas, dict) else ()
    children = [((*path, "ideas", rank), each) for rank, each in found if isinstance(each, dict)]
    return sorted(children, key=lambda child: _rank(str(child[0][-1])))


def _rank(rank: str) -> float:
    return abs(float(rank)) if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,12})?", rank) else 1e13


@define(eq=False)
class _Reading:
    graph: NodeGraph
    implicit: set[str] = field(factory=set)
    notes: dict[str, list[str]] = field(factory=dict)
    labels: set[str] = field(factory=set)

    def tree(self, tops: list[tuple[Path, dict[str, Any]]]) -> None:
        waiting: list[tuple[Path, dict[str, Any], str | Link | None]] = [(*top, None) for top in reversed(tops)]
        while waiting:
            path, idea, above = waiting.pop()
            group = _attributes(idea).get("group")
            here = self.group(path, idea, above) if group else self.idea(path, idea, above)
            waiting += [(*child, here) for child in reversed(_children(idea, path))]

    def group(self, path: Path, group: dict[str, Any], above: str | Link | None) -> Link | None:
        """A group: a step to the statement above it, or to the step whose group it stands in."""
        attributes = _attributes(group)
        kind = attributes["group"]
        supports = _STEPS.get(kind) if isinstance(kind, (str, bool)) else None
        if above is None or supports is None:
            reason = "stands under nothing" if above is None else "is neither for nor against"
            self.graph.changed(f"a group that {reason}; its ideas are read as statements by themselves", path)
            return None
        connector = attributes.get("parentConnector")
        label = as_text(connector.get("label")).strip() if isinstance(connector, dict) else ""
        link = Link("of a group", supports, " ".join(label.split()) or None, path)
        self.graph.links[str(path)] = link
        (link.targets if isinstance(above, str) else link.links).append(above)  # type: ignore[arg-type]
        return link

    def idea(self, path: Path, idea: dict[str, Any], above: str | Link | None) -> str | None:
        """A statement, or a note on the one above it."""
        attributes = _attributes(idea)
        text = paragraphs(as_text(idea.get("title")))
        names = attributes.get("styleNames")
        styles = names if isinstance(names, list) else ()
        if _NOTE in styles and isinstance(above, str):
            self.notes.setdefault(above, []).append(" ".join(text.split()))
            return above
        key = str(path)
        own = attributes.get("argmap")
        label = own.get("label") if isinstance(own, dict) else None
        label = label if isinstance(label, str) and is_label(label) and label not in self.labels else None
        self.labels.add(label or "")
        self.graph.add_statement(key, text, path, label)
        if _IMPLICIT in styles:
            self.implicit.add(key)
        note = attributes.get("note")
        if isinstance(note, dict) and (words := " ".join(as_text(note.get("text")).split())):
            self.notes.setdefault(key, []).append(words)
        for name in attributes:
            if name not in _LOOKS:
                self.graph.left_out(f"“{name}” of an idea", (*path, "attr", name))
        if isinstance(above, Link):
            above.ground.append(key)
        elif above is not None:
            self.graph.changed("an idea under another says neither for nor against; it is read as a claim", path)
        return key


def _attributes(idea: dict[str, Any]) -> dict[str, Any]:
    attributes = idea.get("attr")
    return attributes if isinstance(attributes, dict) else {}


# Writing.

_CARRIED = frozenset(
    {Feature.RULES, Feature.EXCEPTIONS, Feature.CONDITIONS, Feature.IMPLICIT, Feature.NOTES, Feature.LABELS,
     Feature.ROLES, Feature.FACTS}
)  # fmt: skip
# Most statements one under another, since each takes four levels of JSON
_DEEPEST = 40


def write(map: ArgumentMap) -> Written:
    """The map as a tree of ideas."""
    losses = Losses()
    title = next((fact.value for fact in map.facts if fact.key == "title"), "")
    for fact in map.facts:
        if fact.key != "title":
            losses.left_out(f"the header line “{fact.key}”: MindMup has no place for the header", fact)
    report(map, _CARRIED, "MindMup", losses)
    writing = _Writing(map, losses)
    ideas = writing.ideas()
    value = {
        "title": title or next((one.text for one in map.statements), ""),
        "id": "root",
        "formatVersion": 3,
        "attr": {"theme": "argmap"},
        "ideas": ideas,
        "links": [],
        "theme": json.loads(get_data("argmap.formats", "mindmup_theme.json") or b""),  # how MindMup draws the map
    }
    return Written(as_json(value, indent=1) + "\n", losses.diagnostics)


@define(eq=False)
class _Writing:
    map: ArgumentMap
    losses: Losses
    number: int = 0
    written: set[str] = field(factory=set)

    def ideas(self) -> dict[str, Any]:
        """The statements that lead nowhere, and under each what bears on it; then whatever is left, as in circles."""
        leading = {id for step in self.map.steps for id in (*step.ground, *step.conditions, *step.exceptions)}
        tops: dict[str, Any] = {}
        for tree in (True, False):
            for statement in self.map.statements:
                if statement.id not in self.written and (statement.id not in leading) is tree:
                    tops[str(len(tops) + 1)] = self.tree(statement)
        return tops

    def tree(self, top: Statement) -> dict[str, Any]:
        root: dict[str, Any] = {"ideas": {}}
        waiting = [(self.place(root, top.id, 0), top.id, 0)]
        while waiting:
            idea, id, depth = waiting.pop()
            below: list[tuple[dict[str, Any], str]] = []
            for step in self.map.steps_to.get(id, ()) if idea else ():
                below += self.step(step, idea, depth + 1)
            waiting += ((*pair, depth + 1) for pair in reversed(below))
        (whole,) = root["ideas"].values()
        return whole  # type: ignore[no-any-return]

    def place(self, above: dict[str, Any], id: str, depth: int) -> dict[str, Any]:
        """Adds a statement; gives back its idea, or nothing where what is below it stands elsewhere."""
        statement = self.map[id]
        again = id in self.written or (depth > _DEEPEST and id in self.map.steps_to)
        attributes: dict[str, Any] = {}
        if statement.label and not again:
            attributes["argmap"] = {"label": statement.label}
        if statement.implicit:
            attributes["styleNames"] = [_IMPLICIT]
        if statement.notes:
            attributes["note"] = {"index": self.number + 1, "text": "\n".join(statement.notes)}
        idea = self.add(above, statement.text, attributes)
        if again:
            self.losses.changed(f"{statement.name} stands in two places; MindMup has only trees", statement)
            return {}
        self.written.add(id)
        if statement.role in (Role.CONDITION, Role.EXCEPTION):
            self.losses.changed(f"{statement.name} is only supposed; MindMup sees it asserted", statement)
        return idea

    def step(self, step: Step, idea: dict[str, Any], depth: int) -> Iterator[tuple[dict[str, Any], str]]:
        """Adds the groups of a step and the statements in them; gives back these."""
        report_plain_step(self.map, step, "MindMup", "an objection", self.losses)
        group = self.group(idea, step.kind.supports, step.rule)
        yield from [(self.place(group, id, depth), id) for id in step.ground]
        for supports, ids in ((True, step.conditions), (False, step.exceptions)):
            yield from [(self.place(self.group(group, supports), id, depth), id) for id in ids]

    def group(self, above: dict[str, Any], supports: bool, rule: str | None = None) -> dict[str, Any]:
        attributes: dict[str, Any] = {"group": "supporting" if supports else "opposing", "contentLocked": True}
        if rule:
            attributes["parentConnector"] = {"label": rule}
        return self.add(above, "group", attributes)

    def add(self, above: dict[str, Any], title: str, attributes: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        idea = {"title": title, "id": self.number, "attr": attributes, "ideas": {}}
        above["ideas"][str(len(above["ideas"]) + 1)] = idea
        return idea


FORMAT = Format("mindmup", "MindMup", (".mup",), __doc__, read, write)
