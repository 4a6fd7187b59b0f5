"""AIF in and out, on graphs made here."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argmap.errors import FormatError
from argmap.formats import registry
from argmap.formats.format import Conversion
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
        "edges": [
            {"edgeID": n, "fromID": a, "toID": b, "formEdgeID": None} for n, (a, b) in enumerate(edges)
        ],
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
