"""Any map can be drawn: no engine fails, no statement and no line is lost, and no text leaves its box."""

from __future__ import annotations

import html
import random
import re
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.drawing import Options, draw
from argmap.graphviz import lay_out
from argmap.model import ArgumentMap, Contradiction, Section, Statement, Step, StepKind

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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(map=maps(), direction=st.sampled_from(["auto", "up", "down", "left", "right"]))
def test_nothing_is_lost(map: ArgumentMap, direction: str) -> None:
    drawing = draw(map, Options(direction=direction))
    layout = lay_out(drawing.dot)
    assert layout.notices == ()
    svg = layout.output.decode().replace("&#45;", "-").replace("&#160;", " ")
    assert layout.engine.name == "pure"
    for statement in map.statements:
        assert f'id="statement-{statement.id}"' in svg
    drawn = set(re.findall(r'<g id="((?:line|step)-[^"]*)" class="edge"', svg))
    asked = set(re.findall(r'-> .* \[id="([^"]*)"', drawing.dot))
    assert asked <= drawn
    # A line out of every ground statement, and one into every target.
    lines = sum(len(step.ground) + 1 + 2 * len(step.conditions + step.exceptions) for step in map.steps)
    lines += 2 * (len(map.contradictions) + sum(len(s.conditions) for s in map.statements))
    badges = sum(name.startswith("step-") for name in asked)
    assert len(asked) == lines - badges


def _faces() -> list[object]:
    reportlab = pytest.importorskip("reportlab.pdfbase.ttfonts")
    folder = files("argmap.fonts")
    fonts = [file for file in folder.iterdir() if file.name.lower().endswith((".ttf", ".otf"))]
    found = []
    for file in sorted(
        fonts, key=lambda f: ("Bold" in f.name, "Liberation" not in f.name and "Arimo" not in f.name)
    ):
        if "Bold" in file.name or "Italic" in file.name or "Oblique" in file.name:
            continue
        with file.open("rb") as stream:
            found.append(reportlab.TTFont(file.name, stream))
    return found


@pytest.mark.parametrize("script", SCRIPTS)
def test_text_stays_in_its_box(script: str) -> None:
    faces = _faces()
    text = " ".join([SCRIPTS[script]] * 3)
    map = ArgumentMap(statements=(Statement(id="a", label="a", text=text),))
    for width in (14, 30, 60):
        svg = lay_out(draw(map, Options(width=width)).dot).output.decode()
        node = svg[svg.index('class="node"') :]
        xs = [
            float(x)
            for points in re.findall(r'(?: d|points)="([^"]*)"', node)
            for x in re.findall(r"(-?[\d.]+),", points)
        ]
        left, right = min(xs), max(xs)
        for attributes, words in re.findall(r"<text([^>]*)>([^<]*)</text>", node):
            start = float(re.search(r' x="(-?[\d.]+)"', attributes)[1])  # type: ignore[index]
            assert 'text-anchor="start"' in attributes
            assert left < start
            advance = 0.0
            for character in html.unescape(words):
                face = next((f for f in faces if ord(character) in f.face.charToGlyph), None)  # type: ignore[attr-defined]
                # Marks take no room; a character without a glyph in any face is set as one em at most.
                advance += face.stringWidth(character, 11) if face else 0.0  # type: ignore[attr-defined]
            assert start + advance <= right + 0.5, words
