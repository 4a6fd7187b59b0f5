"""Any map can be drawn: no engine fails, no statement and no line is lost, and no text leaves its box."""

from __future__ import annotations

import random
import subprocess
from shutil import which

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.drawing.graph import plan
from argmap.drawing.scene import Part, PartKind
from argmap.model import ArgumentMap, Contradiction, Emphasis, Section, Statement, Step, StepKind
from argmap.rendering import lay_out, to_digraph
from typeset import out_of_their_boxes

SCRIPTS = {
    "Latin": "Straße für die naïve Ånge – “Quotation” www iii MMM WWW",
    "Vietnamese": "Tất cả mọi người sinh ra đều có quyền bình đẳng",
    "Greek": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ΊΣΟΙ",
    "Cyrillic": "Все люди рождаются свободными; ЩЖШФЮ щжшфю",
    "Hebrew": "כל בני האדם נולדו בני חורין",
    "Arabic": "يولد جميع الناس أحرارا متساوين",
    "Devanagari": "सभी मनुष्यों को गौरव और अधिकारों",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน",
    "Japanese": "すべての人間は、生まれながらにして自由であり、平等である。",
    "Chinese": "人人生而自由,在尊严和权利上一律平等。",
    "Korean": "모든 인간은 태어날 때부터 자유로우며",
    "Armenian": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար",
    "URL": "https://example.org/a/very/long/path?with=query&and=more#fragment-that-does-not-end-for-a-while",
    "emoji": "👍🏽 👩‍👩‍👧 🙂🙂🙂 reasons",
}


@st.composite
def maps(draw_from: st.DrawFn) -> ArgumentMap:
    chance = random.Random(draw_from(st.integers(0, 10**9)))
    count = chance.choice((1, 2, 5, 12, 40, 300)) if chance.random() < 0.3 else chance.randint(1, 60)
    ids = [f"s{n}" for n in range(count)]
    sections = tuple(
        Section(title=f"Part {n}", parent=chance.choice((None, *range(n)))) for n in range(chance.randint(0, 4))
    )
    words = " ".join(SCRIPTS.values()).split()
    statements, steps, rivals = [], [], []
    for number, id in enumerate(ids):
        some = chance.sample(ids[:number], min(number, 1)) if chance.random() < 0.1 else []
        statements.append(
            Statement(
                id=id,
                label=id if chance.random() < 0.7 else None,
                text=" ".join(chance.choices(words, k=chance.randint(1, 14))),
                implicit=chance.random() < 0.1,
                open=chance.random() < 0.1,
                section=chance.choice((None, *range(len(sections)))) if sections else None,
                conditions=tuple(some),
            )
        )
        if number:
            # Mostly a tree, with some lines across and back.
            target = ids[chance.randrange(number)]
            ground = [id, *(chance.sample(ids, 1) if chance.random() < 0.15 else [])]
            gates = chance.sample(ids, 1) if chance.random() < 0.15 else []
            kind = chance.choice(list(StepKind))
            rule = "modus ponens <&>" if kind is StepKind.INFERENCE and chance.random() < 0.5 else None
            split = chance.random() < 0.5
            steps.append(
                Step(
                    kind=kind,
                    ground=tuple(dict.fromkeys(ground)),
                    target=target,
                    conditions=tuple(gates if split else ()),
                    exceptions=tuple(() if split else gates),
                    rule=rule,
                )
            )
            if chance.random() < 0.05:
                rivals.append(Contradiction(left=id, right=target))
    return ArgumentMap(
        statements=tuple(statements), steps=tuple(steps), contradictions=tuple(rivals), sections=sections
    )


def written(part: Part) -> str:
    return "".join("".join(run.text for run in line.runs) for line in part.lines)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(map=maps(), direction=st.sampled_from(["auto", "up", "down", "left", "right"]))
def test_nothing_is_lost(map: ArgumentMap, direction: str) -> None:
    scene, notices = lay_out(map, direction=direction, layout="flow")
    assert [each for each in notices if each.code != "AM390"] == []
    boxes = [part for part in scene.parts if part.kind is PartKind.STATEMENT]
    assert len(boxes) == len(map.statements)
    at = {box.id: box for box in boxes}
    for statement in map.statements:
        assert "".join(statement.text.split()) in "".join(written(at[f"statement-{statement.id}"]).split())
    # A line out of every ground statement, and one into every target.
    lines = sum(len(step.ground) + 1 + 2 * len(step.conditions + step.exceptions) for step in map.steps)
    lines += 2 * (len(map.contradictions) + sum(len(s.conditions) for s in map.statements))
    edges = [part for part in scene.parts if part.kind is PartKind.EDGE]
    # A line between two frames is in both.
    twice = len(edges) - lines
    tags = sum(part.kind is PartKind.TAG for part in scene.parts)
    assert twice == 0 if tags == 0 else tags / 2 <= twice <= lines
    heads = sum(any(outline.is_head for outline in part.outlines) for part in edges)
    bearing = len(map.steps) + sum(len(s.conditions + s.exceptions) for s in map.steps)
    bearing += 2 * len(map.contradictions) + sum(len(s.conditions) for s in map.statements)
    assert bearing <= heads <= bearing + twice
    assert out_of_their_boxes(scene) == []


@pytest.mark.skipif(which("dot") is None, reason="no Graphviz on this machine to read labels")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(map=maps())
def test_the_graph_that_is_handed_out_draws_whole(map: ArgumentMap) -> None:
    """`.dot` files have the words in them, for anyone who draws them elsewhere."""
    graph = to_digraph(map).source
    done = subprocess.run(["dot", "-Tsvg"], input=graph.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    svg = done.stdout.decode().replace("&#45;", "-")
    for node in plan(map).nodes:
        assert f'id="{node.id}" class="node"' in svg


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("script", SCRIPTS)
def test_text_stays_in_its_box(script: str, strong: bool) -> None:
    text = " ".join([SCRIPTS[script]] * 3)
    stress = (Emphasis(0, len(text), True),) if strong else ()
    map = ArgumentMap(statements=(Statement(id="a", label="a", text=text, emphasis=stress),))
    for width in (14, 30, 60):
        assert out_of_their_boxes(lay_out(map, width=width)[0]) == []
