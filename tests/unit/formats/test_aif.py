"""AIF in and out, on graphs made here."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from argmap.errors import FormatError
from argmap.formats import registry
from argmap.formats.format import Conversion
from argmap.formats.losses import grouped
from argmap.model import Attitude, Contradiction, Role, StepKind
from argmap.text import Source


def read(value: Any) -> Conversion:
    source = Source("x.json", json.dumps(value))
    format = registry.for_reading(source)
    assert format.name == "aif"
    assert format.read is not None
    return format.read(source)


def graph(nodes: dict[Any, str], edges: list[tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    return {
        "nodes": [
            {"nodeID": key, "type": said.split(" ", 1)[0], "text": said.partition(" ")[2]}
            for key, said in nodes.items()
        ],
        "edges": [{"edgeID": n, "fromID": a, "toID": b, "formEdgeID": None} for n, (a, b) in enumerate(edges)],
        "locutions": None,
        **more,
    }


def test_linked_premises_and_a_scheme() -> None:
    map = read(graph({1: "I a", 2: "I b", 3: "I c", 4: "RA Modus Ponens"}, [(1, 4), (2, 4), (4, 3)])).map
    (step,) = map.steps
    a, b, c = (statement.id for statement in map.statements)
    assert (step.kind, step.ground, step.target, step.rule) == (
        StepKind.INFERENCE, (a, b), c, "Modus Ponens",
    )  # fmt: skip


def test_an_undercut_counts_from_the_start() -> None:
    value = graph(
        {1: "I a", 2: "I b", 3: "I c", 4: "RA Default Inference", 5: "CA Default Conflict"},
        [(1, 4), (4, 2), (3, 5), (5, 4)],
    )
    map = read(value).map
    c = map.statements[2]
    assert map.steps[0].exceptions == (c.id,)
    assert c.role is Role.CLAIM


def test_what_a_condition_cannot_keep_of_an_argument_on_an_argument_is_reported() -> None:
    value = graph(
        {1: "I a", 2: "I b", 3: "I c", 4: "I d", 5: "RA Default Inference", 6: "RA Analogy"},
        [(1, 5), (5, 2), (3, 6), (4, 6), (6, 5)],
    )
    found = read(value)
    a, _, c, d = (statement.id for statement in found.map.statements)
    assert [(step.ground, step.conditions) for step in found.map.steps] == [((a,), (c, d))]
    together, rule = (each.message for each in found.diagnostics)
    assert "only together" in together
    assert "Analogy" in rule
    assert all(each.span for each in found.diagnostics)


def test_an_attack_on_an_undercut_is_an_exception_to_what_undercuts() -> None:
    value = graph(
        {1: "I a", 2: "I b", 3: "I c", 4: "I d", 5: "RA ", 6: "CA ", 7: "CA "},
        [(1, 5), (5, 2), (3, 6), (6, 5), (4, 7), (7, 6)],
    )
    conversion = read(value)
    assert not conversion.diagnostics
    _, _, c, d = conversion.map.statements
    assert c.exceptions == (d.id,)


def test_conflict_both_ways_is_a_contradiction() -> None:
    map = read(graph({1: "I a", 2: "I b", 3: "CA ", 4: "CA "}, [(1, 3), (3, 2), (2, 4), (4, 1)])).map
    a, b = map.statements
    assert map.contradictions == (Contradiction(left=a.id, right=b.id),)
    assert not map.steps


def test_dialogue_becomes_who_says_what_and_the_rest_is_told() -> None:
    value = {
        "AIF": graph(
            {
                "i": "I It rains.",
                "l": "L Ann Lee: It's raining!",
                "y": "YA Asserting",
                "t": "TA ",
                "m": "L Bo: Hm.",
            },
            [("l", "y"), ("y", "i"), ("l", "t"), ("t", "m")],
            participants=[{"participantID": 7, "firstname": "Ann", "surname": "Lee"}],
        )
    }
    value["AIF"]["locutions"] = [{"nodeID": "l", "personID": 7}]
    conversion = read(value)
    (stance,) = conversion.map.stances
    (rain,) = conversion.map.statements
    assert (stance.holder, stance.attitude, stance.statement) == ("Ann Lee", Attitude.ACCEPT, rain.id)
    assert [q.words for q in rain.quotations] == ["It's raining!"]
    assert sorted(d.message.split(" (")[0] for d in conversion.diagnostics) == [
        "a transition from turn to turn", "an utterance",
    ]  # fmt: skip
    assert all(d.span for d in conversion.diagnostics)


def test_odd_graphs_are_told_not_dropped() -> None:
    value = graph({1: "I a", 2: "I b", 3: "RA ", 4: "PA "}, [(1, 2), (1, 9), (1, 3), (1, 4), (4, 2)])
    messages = " / ".join(d.message for d in read(value).diagnostics)
    for part in ("no RA or CA between", "not there", "leads nowhere", "preference"):
        assert part in messages


@pytest.mark.parametrize("text", ["[]", "{}", '{"nodes": 3}', "no", '{"AIF": {"nodes": null}}'])
def test_what_is_not_aif_is_refused(text: str) -> None:
    read_ = registry.by_name("aif").read
    assert read_ is not None
    with pytest.raises(FormatError):
        read_(Source("x.aif", text))


def test_a_map_goes_out_and_comes_back() -> None:
    format = registry.by_name("aif")
    assert format.read is not None
    assert format.write is not None
    value = graph(
        {1: "I a", 2: "I b", 3: "I c", 4: "RA Rule of thumb", 5: "CA ", 6: "L Ann: b", 7: "YA Disagreeing"},
        [(1, 4), (4, 2), (3, 5), (5, 4), (6, 7), (7, 2)],
    )
    map = read(value).map
    written = format.write(map)
    assert not written.diagnostics
    assert format.read(Source("x.aif", written.text)).map == map


def _links(text: str) -> tuple[Any, ...]:
    """The nodes of a graph by their type and text, without speakers, and its edges between these."""
    value = json.loads(text)
    what = {
        node["nodeID"]: (node["type"], re.sub("Default Conflict|^(Ann|Bo) ?: ", "", node["text"]))
        for node in value["nodes"]
    }
    return sorted(what.values()), sorted((what[each["fromID"]], what[each["toID"]]) for each in value["edges"])


@pytest.mark.parametrize(
    "edges",
    [
        [("l", "r"), ("r", "i")],
        [("i", "r"), ("r", "l")],
        [("l", "r"), ("r", "i"), ("l", "y"), ("y", "j")],
        [("l", "c"), ("c", "r"), ("i", "r"), ("r", "j")],
        [("l", "c"), ("c", "i"), ("m", "y"), ("y", "i"), ("l", "z"), ("z", "j")],
        [("l", "r"), ("i", "r"), ("r", "m")],
    ],
)
@pytest.mark.parametrize("speaker", ["Ann: ", "Ann : ", "", "Bo: "])
def test_an_utterance_that_argues_stays_the_same_node(edges: list[tuple[str, str]], speaker: str) -> None:
    nodes = {"i": "I Yes", "j": "I No", "l": f"L {speaker}so it is", "m": f"L {speaker}perhaps", "r": "RA Rule",
             "c": "CA ", "y": "YA Asserting", "z": "YA Disagreeing"}  # fmt: skip
    nodes = {key: said for key, said in nodes.items() if key in "ij" or any(key in edge for edge in edges)}
    people = {"participants": [{"participantID": 1, "firstname": "Ann", "surname": ""}]}
    value = graph(nodes, edges, **people)
    value["locutions"] = [{"nodeID": key, "personID": 1} for key in "lm"] if speaker != "Bo: " else None
    conversion = read(value)
    assert not conversion.diagnostics
    written = registry.by_name("aif").write(conversion.map)  # type: ignore[misc]
    assert not written.diagnostics
    assert _links(written.text) == _links(json.dumps(value))
    assert nodes["l"][2:] in [node["text"] for node in json.loads(written.text)["nodes"]]


@pytest.mark.parametrize(
    ("act", "attitude"),
    [("Asserting", "accept"), ("Agreeing", "accept"), ("Rhetorical Questioning", "accept"),
     ("Assertive Questioning", "accept"), ("Disagreeing", "reject"), ("Ironic Asserting", "reject"),
     ("Pure Questioning", "doubt"), ("Assertive Challenging", "doubt"), ("Default Illocuting", "accept"),
     ("Promising", None), ("Directive Questioning", None)],
)  # fmt: skip
def test_what_an_act_of_speech_says(act: str, attitude: str | None) -> None:
    conversion = read(graph({1: "I It rains", 2: "L Ann: It rains", 3: f"YA {act}"}, [(2, 3), (3, 1)]))
    assert [stance.attitude.value for stance in conversion.map.stances] == ([attitude] if attitude else [])
    assert bool(conversion.diagnostics) == (attitude is None)
    assert all(found.span for found in conversion.diagnostics)


def test_no_edge_is_lost_in_silence() -> None:
    nodes = {"i": "I Yes", "r": "RA ", "j": "I No", "l": "L Ann: Yes", "m": "L Bo: Hm", "y": "YA Asserting"}
    kept = [("i", "r"), ("r", "j"), ("l", "y"), ("y", "i")]
    for more in [
        ("l", "m"),
        ("l", "i"),
        ("i", "y"),
        ("r", "y"),
        ("y", "r"),
        ("y", "l"),
        ("i", "j"),
        ("j", "r"),
    ]:
        conversion = read(graph(nodes, [*kept, ("m", "y"), more]))
        found = {each.message for each in conversion.diagnostics}
        assert found or more in (("j", "r"), ("y", "r")), more  # a second premise, a stance on the step
        assert all(each.span for each in conversion.diagnostics)


def test_the_scheme_of_a_conflict_is_kept() -> None:
    value = graph({1: "I a", 2: "I b", 3: "CA Bias", 4: "CA "}, [(1, 3), (3, 2), (2, 4), (4, 1)])
    map = read(value).map
    assert [(step.kind, step.rule) for step in map.steps] == [
        (StepKind.OBJECTION, "Bias"),
        (StepKind.OBJECTION, None),
    ]
    assert _links(registry.by_name("aif").write(map).text) == _links(json.dumps(value))  # type: ignore[misc]


def test_xaif_is_aif_with_its_text() -> None:
    map = read(graph({1: "I a < b", 2: "I b", 3: "RA Rule", 4: "L Ann: b", 5: "YA Asserting"},
                     [(1, 3), (3, 2), (4, 5), (5, 2)])).map  # fmt: skip
    format = registry.by_name("xaif")
    assert format.read is not None
    assert format.write is not None
    written = format.write(map)
    value = json.loads(written.text)
    assert {"AIF", "OVA", "text", "dialog"} <= value.keys()
    assert "a &lt; b</span>" in value["text"]["txt"]
    assert format.read(Source("x.xaif", written.text)).map == map
    assert registry.for_reading(Source("x.json", written.text)).name == "aif"


def test_what_a_graph_becomes_knows_its_place() -> None:
    map = read(graph({1: "I a", 2: "I b", 3: "CA Bias", 4: "L Ann: b", 5: "YA Asserting"},
                     [(1, 3), (3, 2), (4, 5), (5, 2)])).map  # fmt: skip
    assert all(each.span for each in (*map.statements, *map.steps, *map.stances))
    for format in registry.formats():
        if format.write is not None:
            assert all(each.span for each in format.write(map).diagnostics), format.name


def test_a_dialogue_of_many_turns_is_read_and_told_in_few_words() -> None:
    nodes: dict[Any, str] = {}
    edges: list[tuple[Any, Any]] = []
    for turn in range(60):
        nodes |= {f"l{turn}": f"L Ann: in my view point {turn} holds", f"y{turn}": "YA Asserting",
                  f"i{turn}": f"I Point {turn} holds", f"t{turn}": "TA Default Transition"}  # fmt: skip
        edges += [(f"l{turn}", f"y{turn}"), (f"y{turn}", f"i{turn}"), (f"l{turn}", f"t{turn}")]
    conversion = read(graph(nodes, edges))
    assert len(conversion.diagnostics) == 60
    (one,) = grouped(conversion.diagnostics)
    assert one.message.endswith("“t0” (and 59 more of this kind)")
    assert [label.span.start for label in one.labels] == [
        found.labels[0].span.start for found in conversion.diagnostics[:3]
    ]
    prose = registry.by_name("prose").write(conversion.map)  # type: ignore[misc]
    assert max(len(sentence.split()) for sentence in re.split(r"(?<=[.!?])\s", prose.text)) < 60
