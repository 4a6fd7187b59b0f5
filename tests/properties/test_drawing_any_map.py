"""Any map can be drawn: no engine fails, no statement and no line is lost, and no text leaves its box."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.drawing import Options, draw
from argmap.drawing.faces import Faces
from argmap.drawing.picture import read_text
from argmap.drawing.svg_tree import Node, read
from argmap.graphviz import finished_svg, lay_out
from argmap.model import ArgumentMap, Contradiction, Emphasis, Section, Statement, Step, StepKind

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
        Section(title=f"Part {n}", parent=chance.choice((None, *range(n))))
        for n in range(chance.randint(0, 4))
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


def out_of_their_boxes(svg: str, faces: Faces) -> list[str]:
    """Every line of text that, set in the fonts that come along, leaves the outline of its box."""
    out = []
    for group in read(svg).walk():
        if group.attributes.get("class") != "statement":
            continue
        inside = list(Node("g", {}, [*group.children]).walk())
        outlines = [node for node in inside if node.tag in ("path", "polygon")]
        numbers = [
            tuple(map(float, pair))
            for node in outlines
            for pair in re.findall(
                r"(-?[\d.]+),(-?[\d.]+)", node.attributes.get("d") or node.attributes["points"]
            )
        ]
        left, right = min(x for x, _ in numbers), max(x for x, _ in numbers)
        top, bottom = min(y for _, y in numbers), max(y for _, y in numbers)
        for node in inside:
            if node.tag != "text":
                continue
            words = read_text(node)
            line, start = words.line(faces)
            fits = left < start and start + line.width < right and top + 8 < words.y < bottom - 2
            if not fits:
                out.append(
                    f"{node.content!r} at {start:.0f} to {start + line.width:.0f} of {left:.0f} to {right:.0f}"
                )
    return out


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(map=maps(), direction=st.sampled_from(["auto", "up", "down", "left", "right"]))
def test_nothing_is_lost(map: ArgumentMap, direction: str) -> None:
    drawing = draw(map, Options(direction=direction))
    layout = lay_out(drawing.bare_dot)
    assert layout.notices == ()
    assert layout.engine.name == "pure"
    svg, notices = finished_svg(drawing)
    assert [each for each in notices if each.code != "AM390"] == []
    assert len(re.findall(r'<g id="[^"]*" class="statement">', svg)) == len(map.statements)
    said = {
        "".join(node.content.split())
        for node in read(svg).walk()
        if node.attributes.get("class") == "statement"
    }
    for statement in map.statements:
        assert any("".join(statement.text.split()) in words for words in said), statement
    drawn = set(
        re.findall(
            r'<g id="((?:line|step)-[^"]*)" class="edge"', layout.output.decode().replace("&#45;", "-")
        )
    )
    asked = set(re.findall(r'-> .* \[id="([^"]*)"', drawing.bare_dot))
    assert asked <= drawn
    # A line out of every ground statement, and one into every target.
    lines = sum(len(step.ground) + 1 + 2 * len(step.conditions + step.exceptions) for step in map.steps)
    lines += 2 * (len(map.contradictions) + sum(len(s.conditions) for s in map.statements))
    badges = sum(name.startswith("step-") for name in asked)
    assert len(asked) == lines - badges
    assert out_of_their_boxes(svg, Faces()) == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(map=maps())
def test_the_graph_that_is_handed_out_draws_whole(map: ArgumentMap) -> None:
    """`.dot` files have the words in them, for whoever draws them elsewhere."""
    drawing = draw(map)
    layout = lay_out(drawing.dot)
    assert layout.notices == ()
    svg = layout.output.decode().replace("&#45;", "-")
    for statement in map.statements:
        assert f'id="statement-{statement.id}"' in svg
    assert re.sub(r'(?<=\d" ).*|label=.*|shape=box.*', "", drawing.dot) == re.sub(
        r'(?<=\d" ).*|label=.*|shape=box.*', "", drawing.bare_dot
    )


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("script", SCRIPTS)
def test_text_stays_in_its_box(script: str, strong: bool) -> None:
    faces = Faces()
    text = " ".join([SCRIPTS[script]] * 3)
    stress = (Emphasis(0, len(text), True),) if strong else ()
    map = ArgumentMap(statements=(Statement(id="a", label="a", text=text, emphasis=stress),))
    for width in (14, 30, 60):
        assert out_of_their_boxes(finished_svg(draw(map, Options(width=width)))[0], faces) == []
