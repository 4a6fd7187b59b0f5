"""The Argument Interchange Format, as AIFdb exports it and as xAIF wraps it, in and out.

I nodes are statements, and all of them asserted: one that also undercuts something counts from the start.
Several I nodes into one RA or CA are joined. A CA on an RA, or on a CA that attacks a statement, is an
exception to that step; a CA on a CA that is itself an exception is an exception to the statement that makes
it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from html import escape
from typing import Any

from attrs import define, evolve, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format, Written
from argmap.formats.json_text import Path, Places, load
from argmap.formats.labels import is_label
from argmap.formats.losses import Feature, Losses, object_of, report, report_plain_step
from argmap.formats.node_graph import Link, NodeGraph, as_text, objects, paragraphs
from argmap.model import ArgumentMap, Attitude, Contradiction, Quotation, Role, Stance, Statement, Step, StepKind
from argmap.model.step import Ends
from argmap.structuring import structured, unstructured
from argmap.text import Source
from argmap.text.display import as_json

_LEFT_OUT = {
    "PA": "a preference (PA)",
    "MA": "a rephrasing (MA)",
    "TA": "a transition from turn to turn (TA)",
    "YA": "an act of speech (YA) that is not somebody's saying a statement",
    "L": "an utterance (L) that says no statement, or has no speaker",
}
# What an act of speech (YA) says of its speaker's attitude; the first that fits counts.
_ATTITUDES = (
    (r"retract|withdraw", Attitude.RETRACT),
    (r"ironic|disagree|reject|den(?:y|ial)", Attitude.REJECT),
    (r"(?:pure )?(?:question|challeng|doubt)|(?:assertive|rhetorical) challeng", Attitude.DOUBT),
    (
        r"(?:assertive|rhetorical) question|assert|agree|argu|(?:popular )?conced|restat|default illocuting|\Z",
        Attitude.ACCEPT,
    ),
)
UTTERANCE = "utterance"
"""The attribute of a statement that is an utterance (L): its speaker, with the colon where one follows."""
# What argmap keeps of a stance that AIF has no words for, on its L node.
_KEY = "argmap"
_OWN = ("date", "hedge", "by", "quotations")


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
    edges: list[tuple[str, str, Path]] = field(factory=list)
    speakers: dict[str, str] = field(factory=dict)

    def map(self) -> ArgumentMap:
        self.read_nodes()
        self.read_speakers()
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
                graph.add_statement(key, paragraphs(as_text(node.get("text"))), path, label)
            elif kind in ("RA", "CA"):
                graph.links[key] = Link(f"{kind} “{key}”", kind == "RA", _rule(node), path)
            else:
                graph.others[key] = path

    def read_speakers(self) -> None:
        """Note who speaks each locution."""
        people: dict[str, str] = {}
        for person in objects(self.value.get("participants")):
            parts = (as_text(person.get(part)).strip() for part in ("firstname", "surname", "name"))
            people[as_text(person.get("participantID"))] = " ".join(p for p in parts if p and p != "None")
        for each in objects(self.value.get("locutions")):
            if name := people.get(as_text(each.get("personID"))):
                self.speakers[as_text(each.get("nodeID"))] = name

    def said(self, key: str) -> tuple[str, str, str]:
        """The speaker of an utterance, what stands before the words, and the words."""
        text = " ".join(as_text(self.nodes[key].get("text")).split())
        before, colon, words = (part.strip() for part in text.partition(":"))
        known = self.speakers.get(key)
        holder = known or (before if colon and len(before) < 60 else "")
        if not colon or (known and before != known):
            return holder, "", text
        return holder, text[: len(text) - len(words)].strip(), words

    def read_edges(self) -> None:
        graph = self.graph
        edges = self.value.get("edges")
        for index, edge in enumerate(edges if isinstance(edges, list) else ()):
            path: Path = (*self.base, "edges", index)
            ends = edge if isinstance(edge, dict) else {}
            source, target = as_text(ends.get("fromID")), as_text(ends.get("toID"))
            if target in self.out.get(source, ()):
                continue
            for one, other in ((source, target), (target, source)):
                if other in graph.links and one in graph.others and _kind(self.nodes[one]) == "L":
                    self.keep_utterance(one)
            if source in graph.statements and target in graph.statements:
                graph.left_out(f"an edge from “{source}” to “{target}”, two statements with no RA or CA between", path)
            else:
                graph.add_edge(source, target, f"from “{source}” to “{target}”", path)
            if source in self.nodes and target in self.nodes:
                self.out.setdefault(source, []).append(target)
                self.into.setdefault(target, []).append(source)
                self.edges.append((source, target, path))

    def keep_utterance(self, key: str) -> None:
        """Make an utterance that argues a statement."""
        holder, before, words = self.said(key)
        text = f"{holder} said: {words}" if holder and before else words
        draft = self.graph.add_statement(key, text, self.graph.others.pop(key))
        draft.data = ((UTTERANCE, before if holder and before else holder or "?"),)

    def read_dialogue(self) -> None:
        """Make utterances and acts of speech stances; what cannot be one is reported."""
        graph = self.graph
        used: set[str] = set()
        for key, node in self.nodes.items():
            if _kind(node) != "YA":
                continue
            said = [one for one in self.out.get(key, ()) if one in graph.statements or one in graph.links]
            act = as_text(node.get("text"))
            attitude = next((each for words, each in _ATTITUDES if re.match(words, act.strip().lower())), None)
            for locution in self.into.get(key, ()) if said else ():
                if _kind(self.nodes[locution]) != "L":
                    continue
                holder, _, words = self.said(locution)
                if attitude is None or not holder:
                    continue
                used |= {locution, key}
                for one in said:
                    details = _details(self.nodes[locution])
                    graph.stances.setdefault((holder, attitude, one, details), graph.others[key])
                    if one in graph.links:
                        continue
                    draft = graph.statements[one]
                    if words not in ("", "…", holder, draft.text):
                        draft.quotations.append(Quotation(words=words, where=holder))
            if said and attitude is None:
                used.add(key)
                graph.left_out(f"the act of speech “{key}”, “{act}”: it says neither yes nor no", graph.others[key])
        for key, path in graph.others.items():
            if key not in used:
                kind = _kind(self.nodes[key])
                what = _LEFT_OUT.get(kind, f"a node of type {kind or 'unknown'}")
                graph.left_out(f"{what}: “{key}”", path)
        carried = {*used, *graph.statements, *graph.links}
        for source, target, path in self.edges:
            kinds = _kind(self.nodes[source]), _kind(self.nodes[target])
            is_reported = kinds == ("L", "YA") or (kinds[0] == "YA" and target in carried - used)
            if {source, target} & used & graph.others.keys() and {source, target} <= carried and not is_reported:
                graph.left_out(f"the edge from “{source}” ({kinds[0]}) to “{target}” ({kinds[1]})", path)

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
                            f"{link.name} speaks of {target.name}; read as about its statement everywhere", link.path
                        )
                    draft = graph.statements[key]
                    (draft.conditions if link.supports else draft.exceptions).extend(link.ground)
            link.links = [target for target in link.links if target not in moved]
        for key, link in list(graph.links.items()):
            # With its statement's condition or exception made, nothing of it is left to build.
            if not link.targets and not link.links and (id(link) in bare or (link.ground and self.out.get(key))):
                del graph.links[key]


def _with_contradictions(map: ArgumentMap) -> ArgumentMap:
    """Two plain CAs, one each way, are how AIF says that two statements contradict each other."""
    held = {stance.object for stance in map.stances}
    plain = {
        (step.ground[0], step.target): index
        for index, step in enumerate(map.steps)
        if step.kind is StepKind.OBJECTION
        and len(step.ground) == 1
        and not (step.exceptions or step.conditions or step.rule)
        and step.ends not in held
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


def _details(locution: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """When, how firmly, by whose report and by which words a stance is held, if argmap wrote the node."""
    own = locution.get(_KEY)
    if not isinstance(own, dict):
        return ()
    value = {"holder": "-", "attitude": "accept", "statement": "-", **{key: own[key] for key in _OWN if key in own}}
    try:
        stance = structured(value, Stance, lambda faults: FormatError(str(faults)))
    except FormatError:
        return ()
    return tuple((key, getattr(stance, key)) for key in _OWN)


# Writing, in AIFdb's form: nodes, edges, locutions, and who the participants are.

_CARRIED = frozenset(
    {
        Feature.RULES, Feature.EXCEPTIONS, Feature.CONDITIONS, Feature.CONTRADICTIONS, Feature.STANCES,
        Feature.STEP_STANCES, Feature.STANCE_DETAILS, Feature.EVIDENCE,
        Feature.LABELS, Feature.GATES, Feature.ROLES,
    }
)  # fmt: skip
_ILLOCUTIONS = {Attitude.ACCEPT: "Asserting", Attitude.DOUBT: "Challenging", Attitude.REJECT: "Disagreeing",
                  Attitude.RETRACT: "Retracting"}  # fmt: skip


def write(map: ArgumentMap) -> Written:
    """The map as AIF JSON."""
    return _write(map, "AIF")


def write_xaif(map: ArgumentMap) -> Written:
    """The map as xAIF: the same, with its text, for OVA and the tools that find arguments."""
    return _write(map, "xAIF")


def _write(map: ArgumentMap, title: str) -> Written:
    losses = Losses()
    said = {(stance.holder, stance.statement) for stance in map.stances}
    without = tuple(
        evolve(
            one,
            quotations=tuple(each for each in one.quotations if (each.where, one.id) not in said),
            data=tuple(pair for pair in one.data if pair[0] != UTTERANCE),
        )
        for one in map.statements
    )
    report(evolve(map, statements=without), _CARRIED, title, losses)
    value = _Writing(map, losses).value()
    if title == "xAIF":
        text = "<br>".join(
            f'<span class="highlighted" id="{node["nodeID"]}">{escape(node["text"])}</span>'
            for node in value["nodes"]
            if node["type"] == "I"
        )
        value = {
            "AIF": {"participants": [], "schemefulfillments": [], **value},
            "text": {"txt": text},
            "dialog": bool(map.stances),
            "OVA": {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []},
        }
    return Written(as_json(value, indent=1) + "\n", losses.diagnostics)


@define(eq=False)
class _Writing:
    map: ArgumentMap
    losses: Losses
    nodes: list[dict[str, Any]] = field(factory=list)
    edges: list[dict[str, Any]] = field(factory=list)
    of: dict[str, str] = field(factory=dict)  # the node of each statement
    said: dict[tuple[str, str], str] = field(factory=dict)  # the node of each speaker's words
    steps: dict[Ends, list[str]] = field(factory=dict)  # the nodes of each step
    own: dict[str, dict[str, Any]] = field(factory=dict)  # of an L node, what AIF has no words for
    made: dict[str, list[str]] = field(factory=dict)  # RA and CA nodes by which a statement gates something

    def value(self) -> dict[str, Any]:
        for statement in self.map.statements:
            speaker = dict(statement.data).get(UTTERANCE)
            if speaker is None:
                self.of[statement.id] = self.node("I", statement.text)
            else:
                self.of[statement.id] = self.utterance(statement.text, speaker)
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
        return value

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
        kind = "RA" if step.kind.supports else "CA"
        node = self.link(kind, step.ground, self.of[step.target], step.rule)
        self.steps.setdefault(step.ends, []).append(node)
        report_plain_step(self.map, step, "AIF", "a conflict", self.losses)
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
                self.losses.changed(f"what {statement.name} depends on; AIF sees plain support and conflict", statement)
                self.gate(statement, self.of[statement.id])

    def utterance(self, text: str, speaker: str) -> str:
        """The node of a statement that is an utterance, as it came in."""
        before = speaker if speaker.endswith(":") else ""
        holder = speaker.removesuffix(":").strip()
        words = text.removeprefix(f"{holder} said: ") if before else text
        node = self.node("L", f"{before} {words}" if before else words)
        self.said[holder, words] = node
        return node

    def stances(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        for stance in self.map.stances:
            statement = self.map[stance.ids[-1]]
            quoted = [each.words for each in statement.quotations if each.where == stance.holder]
            own = {key: value for key, value in unstructured(stance).items() if key in _OWN}
            nodes = [self.of[statement.id]]
            if stance.step is not None:
                quoted, nodes = [object_of(self.map, stance)], self.steps[stance.step.ends]
            for words in quoted or [statement.text]:
                key = stance.holder, words + (repr(own) if own else "")
                locution = self.said.get(key) or self.node("L", f"{stance.holder}: {words}")
                self.said[key] = locution
                if own:
                    self.own[locution] = own
                act = self.node("YA", _ILLOCUTIONS[stance.attitude])
                self.edge(locution, act)
                for node in nodes:
                    self.edge(act, node)
        for written in self.nodes:
            if written["nodeID"] in self.own:
                written[_KEY] = self.own[written["nodeID"]]
        people = {holder: str(number) for number, holder in enumerate(dict.fromkeys(who for who, _ in self.said), 1)}
        locutions = [
            {
                "nodeID": node,
                "personID": people[holder],
                "timestamp": self.own.get(node, {}).get("date", ""),
                "start": None,
                "end": None,
                "source": None,
            }
            for (holder, _), node in self.said.items()
        ]
        participants = [
            {"participantID": number, "firstname": holder, "surname": ""} for holder, number in people.items()
        ]
        return locutions, participants


def _sniff(source: Source) -> bool:
    text = source.text
    keys = r'"nodeID"\s*:|"fromID"\s*:|"formEdgeID"\s*:|"locutions"\s*:'
    starts = text.lstrip("\ufeff \t\r\n").startswith("{") and re.search(r'"nodes"\s*:', text)
    return bool(starts and re.search(keys, text))


_KEPT = (
    "Linked premises, objections, exceptions (CA to RA, CA to CA), schemes as the name of a rule, who says what as"
    " stances, utterances that argue as statements. Turns of a dialogue, preferences and rephrasings are not kept."
)
FORMAT = (
    Format("aif", "AIF JSON (AIFdb)", (".aif.json", ".aif", ".json"), _KEPT, read, write, _sniff),
    Format("xaif", "xAIF JSON (OVA)", (".xaif.json", ".xaif"), f"As AIF, and its text. {_KEPT}", read, write_xaif),
)
