"""arggraph XML, the format of the argumentative microtext corpora (Peldszus and Stede 2016).

Segments (`edu`) make up argument units (`adu`), which support (`sup`, `exa`), rebut (`reb`) or undercut
(`und`, an edge to an edge) one another; `add` joins a unit to another's edge. Units of type `opp` are the
opponent's: what the author raises and never answers counts as granted.
"""

from __future__ import annotations

import re

from attrs import define, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.losses import Losses
from argmap.formats.xml_text import Element, elements
from argmap.model import ArgumentMap, Attitude, Fact, Role, Stance, Statement, Step, StepKind
from argmap.text import Source

OPPONENT = "the opponent"


@define
class _Unit:
    element: Element
    texts: list[str] = field(factory=list)
    implicit: bool = False
    conditions: list[str] = field(factory=list)
    undercuts: bool = False

    @property
    def opposes(self) -> bool:
        return self.element.attributes.get("type") == "opp"


@define
class _Edge:
    element: Element
    id: str
    type: str
    source: str
    target: str
    ground: list[str] = field(factory=list)
    exceptions: list[str] = field(factory=list)


def read(source: Source) -> Conversion:
    """Read one text's graph.

    Raises:
        FormatError: it is not XML, or not an arggraph.
    """
    found = elements(source)
    if not found or found[0].name != "arggraph":
        raise FormatError(f"{source.name}: its outermost element is not arggraph")
    return _Reader(found).read()


@define
class _Reader:
    found: list[Element]
    losses: Losses = field(factory=Losses)
    units: dict[str, _Unit] = field(factory=dict)
    edges: dict[str, _Edge] = field(factory=dict)

    def read(self) -> Conversion:
        self._collect()
        self._join()
        steps = self._steps()
        statements = tuple(self._statement(id, unit) for id, unit in self.units.items())
        stances = tuple(
            Stance(holder=OPPONENT, attitude=Attitude.ACCEPT, statement=id)
            for id, unit in self.units.items()
            if unit.opposes
        )
        root = self.found[0].attributes
        facts = tuple(
            Fact(key=key, value=root[name])
            for name, key in (("id", "title"), ("topic_id", "topic"), ("stance", "stance"))
            if root.get(name, "").strip()
        )
        return Conversion(
            ArgumentMap(statements=statements, steps=tuple(steps), stances=stances, facts=facts),
            self.losses.diagnostics,
        )

    def _collect(self) -> None:
        segments: dict[str, Element] = {}
        joints: dict[str, list[str]] = {}
        into: list[_Edge] = []
        for element in self.found[1:]:
            id = element.attributes.get("id", "")
            if element.name == "edge":
                given = element.attributes
                edge = _Edge(element, id, given.get("type", ""), given.get("src", ""), given.get("trg", ""))
                if edge.type == "seg":
                    into.append(edge)
                elif id and id not in self.edges:
                    self.edges[id] = edge
                else:
                    self.losses.skipped(f"an edge has {'an id used before' if id else 'no id'}", element.span)
            elif element.name in ("edu", "joint", "adu"):
                if not id or id in segments or id in joints or id in self.units:
                    self.losses.skipped(
                        f"an {element.name} has {'an id used before' if id else 'no id'}", element.span
                    )
                elif element.name == "edu":
                    segments[id] = element
                elif element.name == "joint":
                    joints[id] = []
                else:
                    self.units[id] = _Unit(element)
            else:
                self.losses.left_out(f"the element <{element.name}>", element.span)
        order = {id: place for place, id in enumerate(segments)}
        into.sort(key=lambda edge: order.get(edge.source, len(order)))
        for edge in into:
            if edge.source in segments and edge.target in joints:
                joints[edge.target].append(edge.source)
        told: dict[str, int] = {}
        for edge in into:
            if edge.source in segments and edge.target in joints:
                continue
            unit = self.units.get(edge.target)
            if unit is None or not (edge.source in segments or edge.source in joints):
                self.losses.skipped(f"the edge {edge.id or '?'} leads nowhere", edge.element.span)
                continue
            for segment in joints.get(edge.source, [edge.source]):
                unit.texts.append(segments[segment].text)
                unit.implicit = unit.implicit or segments[segment].attributes.get("implicit") == "true"
                told.setdefault(edge.target, order[segment])
        self.units = dict(sorted(self.units.items(), key=lambda pair: told.get(pair[0], len(order))))

    def _join(self) -> None:
        """Follow `add` and `und` edges to the step they speak of."""
        for edge in self.edges.values():
            if edge.source not in self.units:
                self.losses.skipped(f"the edge {edge.id} comes from nowhere", edge.element.span)
            elif edge.type in ("sup", "exa", "reb") or (edge.type == "und" and edge.target in self.edges):
                edge.ground.insert(0, edge.source)
        for edge in self.edges.values():
            if edge.type not in ("add", "und") or edge.source not in self.units:
                continue
            target = self._base(edge)
            if target is None:
                self.losses.skipped(f"the edge {edge.id} leads to no edge", edge.element.span)
            elif edge.type == "add" and target.type == "und":
                self.units[target.source].conditions.append(edge.source)
                self.losses.changed(
                    f"({edge.source}) undercuts together with ({target.source}): written as its condition",
                    edge.element.span,
                )
            elif edge.type == "add":
                target.ground.append(edge.source)
            elif target.type != "und":
                target.exceptions.append(edge.source)
                self.units[edge.source].undercuts = True

    def _base(self, edge: _Edge) -> _Edge | None:
        """The edge that another is really about: an `add` stands for the edge that it adds to."""
        seen: set[str] = set()
        target = self.edges.get(edge.target)
        while target is not None and target.type == "add" and target.id not in seen:
            seen.add(target.id)
            target = self.edges.get(target.target)
        return None if target is None or target.type == "add" or not target.ground else target

    def _steps(self) -> list[Step]:
        answered = {edge.target for edge in self.edges.values() if edge.type in ("reb", "und")}
        steps: list[Step] = []
        for edge in self.edges.values():
            span = edge.element.span
            if not edge.ground:
                continue
            kind, target = StepKind.REASON, edge.target
            if edge.type in ("sup", "exa") and target in self.units:
                pass
            elif edge.type == "reb" and target in self.units:
                unit = self.units[edge.source]
                granted = unit.opposes and not self.units[target].opposes
                granted = granted and edge.id not in answered and edge.source not in answered
                kind = StepKind.CONCESSION if granted else StepKind.OBJECTION
            elif edge.type == "und":
                under = self._base(edge)
                if under is None or under.type != "und":
                    continue
                kind, target = StepKind.OBJECTION, under.source
                self.losses.changed(
                    f"({edge.source}) undercuts an undercut: written as an objection to ({target})", span
                )
            else:
                self.losses.skipped(f"the edge {edge.id} of type “{edge.type}” leads to no unit", span)
                continue
            steps.append(
                Step(
                    kind=kind,
                    ground=tuple(dict.fromkeys(edge.ground)),
                    target=target,
                    exceptions=tuple(dict.fromkeys(edge.exceptions)),
                    span=span,
                )
            )
        return steps

    def _statement(self, id: str, unit: _Unit) -> Statement:
        span = unit.element.span
        text = " ".join(text for text in unit.texts if text)
        if not text:
            self.losses.skipped(f"the unit {id} has no text", span)
        presumed_not = unit.undercuts and unit.opposes
        return Statement(
            id=id,
            label=id,
            text=text or "…",
            role=Role.EXCEPTION if presumed_not else Role.CLAIM,
            implicit=unit.implicit,
            conditions=tuple(dict.fromkeys(unit.conditions)),
            span=span,
        )


def _sniff(source: Source) -> bool:
    return re.search(r"<arggraph[\s>]", source.text[:20_000]) is not None


FORMAT = Format(
    "arggraph",
    "arggraph XML (microtexts)",
    (".arggraph.xml", ".xml"),
    "Units, support, linked premises, rebuttals and undercuts; the opponent's points as a stance,"
    " granted where they are never answered. The cutting into segments is not kept.",
    read,
    None,
    _sniff,
)
