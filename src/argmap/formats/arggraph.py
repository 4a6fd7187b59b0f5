"""arggraph XML, the format of the argumentative microtext corpora (Peldszus and Stede 2016).

Segments (`edu`) make up argument units (`adu`), which support (`sup`, `exa`), rebut (`reb`) or undercut
(`und`, an edge to an edge) one another; `add` joins a unit to another's edge. Units of type `opp` are the
opponent's: what the author raises and never answers counts as granted.

Units, support, linked premises, rebuttals and undercuts; the opponent's points as a stance, granted where they are
never answered. The cutting into segments is not kept.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from attrs import define, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.losses import Losses
from argmap.model import ArgumentMap, Attitude, Fact, Role, Stance, Statement, Step, StepKind
from argmap.text import Source, Span

OPPONENT = "the opponent"
LARGEST = 100_000_000
"""Most characters of a file that is read at all."""
DEEPEST = 100
"""Most elements one inside another."""
MOST = 1_000_000
"""Most elements."""


@define(eq=False)
class _Element:
    """An element: its name, its attributes, its own text, and its opening tag's place."""

    name: str
    attributes: dict[str, str]
    span: Span
    parts: list[str] = field(factory=list)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


@define(eq=False)
class _Unit:
    element: _Element
    segments: list[str] = field(factory=list)
    text: str = ""
    implicit: bool = False
    conditions: list[str] = field(factory=list)
    undercuts: bool = False

    @property
    def opposes(self) -> bool:
        return self.element.attributes.get("type") == "opp"


@define(eq=False)
class _Edge:
    id: str
    type: str
    source: str
    target: str
    span: Span
    ground: list[str] = field(factory=list)
    exceptions: list[str] = field(factory=list)


def read(source: Source) -> Conversion:
    """Read one text's graph.

    Raises:
        FormatError: it is not XML, or not an arggraph.
    """
    found = _elements(source)
    if not found or found[0].name != "arggraph":
        raise FormatError(f"{source.name}: its outermost element is not arggraph")
    return _Reader(found).read()


def _elements(source: Source) -> list[_Element]:
    """All elements, in the order in which they begin.

    A file may name its document type, as those of the corpora do; it is not fetched. Declarations inside the
    file are refused, and with them every way of making a small file large.

    Raises:
        FormatError: it is not XML, too large or too deep, or declares entities.
    """
    text = source.text.removeprefix("\ufeff")
    shift = len(source.text) - len(text)
    if len(text) > LARGEST:
        raise FormatError(f"{source.name}: too large: more than {LARGEST:,} characters")
    lines = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    found: list[_Element] = []
    open_: list[_Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_) >= DEEPEST:
            raise FormatError(f"{source.name}:{parser.CurrentLineNumber}: too deep: more than {DEEPEST} elements")
        if len(found) >= MOST:
            raise FormatError(f"{source.name}: too large: more than {MOST:,} elements")
        begin = lines[parser.CurrentLineNumber - 1] + parser.CurrentColumnNumber
        end = text.find(">", begin) + 1
        open_.append(_Element(name, attributes, Span(shift + begin, shift + max(begin, end))))
        found.append(open_[-1])

    def refuse(*declared: object) -> None:
        raise FormatError(f"{source.name}:{parser.CurrentLineNumber}: it declares entities, which are not read")

    def doctype(name: str, system: str | None, public: str | None, has_declarations: int) -> None:
        if has_declarations:
            refuse()

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_.pop()
    parser.CharacterDataHandler = lambda words: open_[-1].parts.append(words)
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not well-formed")
        raise FormatError(f"{source.name}:{error.lineno}:{error.offset + 1}: not XML: {reason}") from None
    return found


@define(eq=False)
class _Reader:
    found: list[_Element]
    losses: Losses = field(factory=Losses)
    units: dict[str, _Unit] = field(factory=dict)
    edges: dict[str, _Edge] = field(factory=dict)

    def read(self) -> Conversion:
        self._collect()
        self._join()
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
        steps = tuple(self._steps())
        statements = tuple(self._statement(id, unit) for id, unit in self.units.items())
        map = ArgumentMap(statements=statements, steps=steps, stances=stances, facts=facts)
        return Conversion(map, self.losses.diagnostics)

    def _collect(self) -> None:
        segments: dict[str, _Element] = {}
        members: dict[str, list[str]] = {}  # the segments of each segment (itself) and joint
        belongs: list[_Edge] = []
        for element in self.found[1:]:
            id, given = element.id, element.attributes
            if element.name not in ("edu", "joint", "adu", "edge"):
                self.losses.left_out(f"the element <{element.name}>", element.span)
                continue
            ends = given.get("type", ""), given.get("src", ""), given.get("trg", "")
            if element.name == "edge" and ends[0] == "seg":
                belongs.append(_Edge(id, *ends, element.span))
                continue
            used = id in self.edges if element.name == "edge" else id in members or id in self.units
            if not id or used:
                fault = "an id used before" if id else "no id"
                self.losses.skipped(f"an {element.name} has {fault}", element.span)
            elif element.name == "edge":
                self.edges[id] = _Edge(id, *ends, element.span)
            elif element.name == "adu":
                self.units[id] = _Unit(element)
            else:
                members[id] = [id] if element.name == "edu" else []
                if element.name == "edu":
                    segments[id] = element
        order = {id: place for place, id in enumerate(segments)}
        into_joints = [edge for edge in belongs if edge.source in segments and edge.target in members]
        for edge in into_joints:
            members[edge.target].append(edge.source)
        for edge in belongs:
            if edge.target in self.units and edge.source in members:
                self.units[edge.target].segments += members[edge.source]
            elif edge not in into_joints:
                self.losses.skipped(f"the edge {edge.id or '?'} leads nowhere", edge.span)
        for unit in self.units.values():
            unit.segments.sort(key=order.__getitem__)
            said = [segments[id] for id in unit.segments]
            unit.text = " ".join(segment.text for segment in said if segment.text)
            unit.implicit = any(segment.attributes.get("implicit") == "true" for segment in said)
        last = len(order)
        self.units = dict(
            sorted(self.units.items(), key=lambda pair: order[pair[1].segments[0]] if pair[1].segments else last)
        )

    def _join(self) -> None:
        """Follow `add` and `und` edges to the step they speak of."""
        for edge in self.edges.values():
            if edge.source not in self.units:
                self.losses.skipped(f"the edge {edge.id} comes from nowhere", edge.span)
            elif edge.type in ("sup", "exa", "reb") or (edge.type == "und" and edge.target in self.edges):
                edge.ground.insert(0, edge.source)
        for edge in self.edges.values():
            if edge.type not in ("add", "und") or edge.source not in self.units:
                continue
            target = self._base(edge)
            if target is None:
                self.losses.skipped(f"the edge {edge.id} leads to no edge", edge.span)
            elif edge.type == "add" and target.type == "und":
                self.units[target.source].conditions.append(edge.source)
                self.losses.changed(
                    f"({edge.source}) undercuts together with ({target.source}): written as its condition", edge.span
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
                    f"({edge.source}) undercuts an undercut: written as an objection to ({target})", edge.span
                )
            else:
                self.losses.skipped(f"the edge {edge.id} of type “{edge.type}” leads to no unit", edge.span)
                continue
            steps.append(
                Step(
                    kind=kind,
                    ground=tuple(dict.fromkeys(edge.ground)),
                    target=target,
                    exceptions=tuple(dict.fromkeys(edge.exceptions)),
                    span=edge.span,
                )
            )
        return steps

    def _statement(self, id: str, unit: _Unit) -> Statement:
        span = unit.element.span
        if not unit.text:
            self.losses.skipped(f"the unit {id} has no text", span)
        presumed_not = unit.undercuts and unit.opposes
        return Statement(
            id=id,
            label=id,
            text=unit.text or "…",
            role=Role.EXCEPTION if presumed_not else Role.CLAIM,
            implicit=unit.implicit,
            conditions=tuple(dict.fromkeys(unit.conditions)),
            span=span,
        )


def _sniff(source: Source) -> bool:
    return re.search(r"<arggraph[\s>]", source.text[:20_000]) is not None


FORMAT = Format("arggraph", "arggraph XML (microtexts)", (".arggraph.xml", ".xml"), __doc__, read, None, _sniff)
