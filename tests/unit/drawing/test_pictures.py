"""What a picture says, and what shape it has."""

from __future__ import annotations

import json
import random
import re
import subprocess
from importlib import resources
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree

import pytest
from graphviz import Digraph

import argmap
from argmap.drawing import captions, looks
from argmap.drawing.graph import bare_dot, plan
from argmap.drawing.options import Options
from argmap.drawing.overlay import OverlayMark
from argmap.drawing.scene import PartKind, Scene
from argmap.engine import layout
from argmap.errors import EngineError, FormatError, UnknownStatementError
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.rendering import draw, lay_out, position_overlay, status_overlay, to_digraph

WITHDRAWAL = Path(__file__).parents[3] / "examples" / "withdrawal.argmap"


def withdrawal() -> ArgumentMap:
    return argmap.parse(WITHDRAWAL.read_text("utf-8"), "withdrawal.argmap")


def tree(count: int, low: int, high: int, seed: int = 1) -> ArgumentMap:
    """A tree of reasons and objections, grown breadth first."""
    chance = random.Random(seed)
    words = ["the", "of", "a", "policy", "school", "shows", "that", "taxes", "rise", "people", "vote"]
    statements, steps = [], []
    parent, room = -1, 1
    for number in range(count):
        while room == 0:
            parent, room = parent + 1, chance.randint(low, high)
        room -= 1
        text = " ".join(chance.choices(words, k=max(4, round(chance.gauss(12, 2)))))
        statements.append(Statement(id=f"S{number}", label=f"S{number}", text=text.capitalize() + "."))
        if number:
            kind = chance.choice((StepKind.REASON, StepKind.REASON, StepKind.OBJECTION))
            steps.append(Step(kind=kind, ground=(f"S{number}",), target=f"S{max(parent, 0)}"))
        if number == 0:
            parent, room = 0, chance.randint(low, high)
    return ArgumentMap(statements=tuple(statements), steps=tuple(steps))


def drawn_by_graphviz(graph: Digraph) -> str:
    """The SVG of the machine's own Graphviz, which must have nothing to complain of."""
    done = subprocess.run(["dot", "-Tsvg"], input=graph.source.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


def scene(map: ArgumentMap, **options: Any) -> Scene:
    return lay_out(map, **options)[0]


def boxes(scene: Scene) -> dict[str, tuple[float, float]]:
    """The left top corner of each statement's box, by its id."""
    found = {}
    for part in scene.parts:
        if part.kind is PartKind.STATEMENT:
            points = [point for segment in part.outlines[0].segments for point in segment.points]
            found[part.id] = (min(x for x, _ in points), min(y for _, y in points))
    return found


def said(scene: Scene) -> str:
    """Everything written in a picture, a line each."""
    lines = [line for part in scene.parts for line in part.lines]
    return "\n".join("".join(run.text for run in line.runs) for line in lines)


@pytest.mark.parametrize(
    ("count", "low", "high", "most"),
    [
        (30, 3, 5, 2.0),
        (30, 2, 3, 2.0),
        (30, 1, 2, 2.0),
        (30, 6, 8, 2.0),
        (30, 29, 29, 2.0),
        (100, 3, 5, 3.5),
        (100, 2, 2, 3.5),
        (100, 99, 99, 3.5),
    ],
)
def test_a_tree_is_never_a_strip(count: int, low: int, high: int, most: float) -> None:
    made = scene(tree(count, low, high))
    assert 1 / most <= made.width / made.height <= most


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_siblings_keep_the_authors_order_when_a_leaf_is_added(direction: str) -> None:
    before = tree(20, 3, 3)
    more = Step(kind=StepKind.REASON, ground=("new",), target="S2")
    after = ArgumentMap(
        statements=(*before.statements, Statement(id="new", label="new", text="One more.")),
        steps=(*before.steps, more),
    )
    axis = 0 if direction in ("up", "down") else 1
    for map in (before, after):
        at = boxes(scene(map, direction=direction))
        for steps in map.steps_to.values():
            order = [at[f"statement-{step.ground[0]}"][axis] for step in steps]
            assert order == sorted(order)


def test_the_withdrawal_picture_says_all_there_is() -> None:
    made = scene(withdrawal(), layout="flow")
    words = said(made)
    for sign in ("+", "−", "~", "⇒", "provided"):
        assert sign in words.splitlines()
    joined = next(i for i, s in enumerate(withdrawal().steps) if len(s.ground) == 2) + 1
    ids = [part.id for part in made.parts]
    assert [id for id in ids if id.startswith(f"line-{joined}.")] == [f"line-{joined}.1", f"line-{joined}.2"]
    assert any(part.id == "statement-kind" and part.outlines[0].dashes for part in made.parts)
    assert "Helena Cobban, 2007-05-28" in words
    assert "The further agenda" in words
    assert "Republican Party" in words
    assert "granted, outweighed" in words
    assert "granted, outweighed" not in said(scene(withdrawal(), legend=False))


def test_the_same_map_gives_the_same_picture() -> None:
    for format in ("svg", "html", "dot"):
        assert argmap.render(withdrawal(), format) == argmap.render(withdrawal(), format)


NASTY = '"]; evil [label="<b>&amp;</b>" \\N \\G <<table>> </td> \x00\x1b \u2028 ]]> <!-- '


def test_what_an_author_writes_never_becomes_markup() -> None:
    map = ArgumentMap(
        statements=(
            Statement(id=NASTY, label=NASTY, text=NASTY, tags=(NASTY,)),
            Statement(id="b", text=NASTY),
        ),
        steps=(Step(kind=StepKind.INFERENCE, ground=("b",), target=NASTY, rule=NASTY),),
    )
    bare = layout(bare_dot(plan(map, Options(title=NASTY))))
    assert bare.notices == ()
    if which("dot") is None:
        pytest.skip("no Graphviz on this machine to read labels")
    whole = drawn_by_graphviz(to_digraph(map, title=NASTY))
    assert whole.count('class="node"') == 3
    text = "".join(ElementTree.fromstring(whole).itertext())
    assert "<<table>>" in text
    assert "\\\nG" in text


def test_choosing_what_to_show() -> None:
    map = withdrawal()
    focus = plan(map, Options(focus="leverage", depth=1))
    assert {node.title for node in focus.nodes if node.kind is PartKind.STATEMENT} == {
        "(leverage)",
        "(ducks)",
        "(guarantee)",
        "(pact)",
    }
    folded = scene(map, fold="leverage")
    assert "▸ 3 more inside" in said(folded)
    assert "statement-pact" not in boxes(folded)
    reasons = boxes(scene(map, only="reasons"))
    assert {"statement-lives", "statement-weaker"} <= set(reasons)
    assert "statement-leverage" not in reasons
    with pytest.raises(UnknownStatementError, match="further agenda"):
        plan(map, Options(sections="The further agendas"))
    with pytest.raises(UnknownStatementError, match="leverage"):
        plan(map, Options(focus="levrage"))


def test_a_large_map_offers_an_overview_which_counts_what_it_hides() -> None:
    map = tree(400, 3, 5)
    assert "--overview" in (draw(map, "dot").notices[0].hint or "")
    overview = scene(map, overview=True)
    hidden = sum(int(n.replace(",", "")) for n in re.findall(r"▸ ([\d,]+) more inside", said(overview)))
    assert len(boxes(overview)) <= 36
    assert len(boxes(overview)) + hidden == 400


def test_status_greys_what_falls_and_shows_the_cut() -> None:
    map = withdrawal()
    overlay = status_overlay(map, ["pact"])
    marks = {id: flags[0].mark for id, flags in overlay.flags.items()}
    assert [id for id, mark in marks.items() if mark is OverlayMark.FALLS] == ["a", "b", "c", "d"]
    assert marks["pact"] is OverlayMark.WITHDRAWN
    made = scene(map, overlay=overlay)
    pact = next(part for part in made.parts if part.id == "statement-pact")
    assert all(run.struck for run in pact.lines[0].runs)
    assert "✂ withdrawn here" in said(made)
    assert "given (kind)" in said(scene(map, overlay=status_overlay(map)))


def test_positions_show_what_is_disowned_and_two_side_by_side() -> None:
    map = withdrawal()
    one = position_overlay(map, ["Republican Party"])
    assert {flag.mark for flag in one.flags["b"]} == {OverlayMark.DOUBTED, OverlayMark.DISOWNED}
    both = said(scene(map, overlay=position_overlay(map, ["Gates", "Republican Party"])))
    assert "Gates: accepts" in both
    assert "Republican Party: doubts" in both


def test_a_circle_is_drawn_as_two_ways_side_by_side() -> None:
    lines = {line.id: line for line in plan(argmap.parse("(a) One.\n    + (b) Two.\n        + (a)\n")).edges}
    assert (lines["line-2.1"].start, lines["line-2.1"].end) == ("step-2", "statement-a")
    assert (lines["line-2"].start, lines["line-2"].end) == ("statement-b", "step-2")
    assert lines["line-2"].head_at == "start"


def test_upright_lines_end_where_they_arrive() -> None:
    made = plan(withdrawal(), Options(direction="up"))  # type: ignore[arg-type]
    assert not any(edge.spreads for edge in made.edges)


def test_a_digraph_to_go_on_with() -> None:
    graph = withdrawal().to_graphviz(direction="left")
    assert "rankdir=RL" in graph.source
    assert re.search(r"^\s*leverage \[", graph.source, re.MULTILINE)
    assert re.search(r"^\s*leverage -> ", graph.source, re.MULTILINE)
    assert 'subgraph "cluster_section-1"' in graph.source
    if which("dot") is not None:
        assert drawn_by_graphviz(graph).count('class="node"') == len(plan(withdrawal()).nodes)


def test_the_names_of_things_in_labels_are_only_words() -> None:
    source = argmap.parse("(a) Regex \\\\N and \\\\G.\n    + (b) x\n").to_graphviz().source
    assert "\\N" not in re.sub(r'tooltip="[^"]*"', "", source)
    assert "&#92;<font>N</font>" in source


def test_too_little_time_and_unknown_formats_are_errors() -> None:
    with pytest.raises(FormatError):
        draw(withdrawal(), "gif")
    with pytest.raises(EngineError, match="more than"):
        layout(bare_dot(plan(tree(300, 3, 5))), timeout=0.005)


def legend_of(text: str, **options: object) -> str:
    drawn = lay_out(argmap.parse(text), **options)[0]  # type: ignore[arg-type]
    (part,) = (part for part in drawn.parts if part.kind is PartKind.HEADING)
    return " | ".join("".join(run.text for run in line.runs) for line in part.lines)


ROLES = {
    "+ (b) It is so.": "reason",
    "- (b) It is not.": "objection",
    "~ (b) It may be.": "granted, outweighed",
    "=> (b) So it is.": "corollary",
    "+ (b) It is so.\n    & (c) And so.": "joined: they count only together",
    ">< (b) It is otherwise.": "not both",
    "+ (b) It is so. {implicit}": "left unsaid",
    "+ (b) It is so. {open}": "open: not asserted",
}


@pytest.mark.parametrize("layout", ["flow", "hanging"])
@pytest.mark.parametrize("role", ROLES)
def test_the_legend_explains_what_occurs_and_nothing_else(role: str, layout: str) -> None:
    said = legend_of(f"(a) A claim.\n    {role}\n", layout=layout)
    assert ROLES[role] in said
    others = {word for other, word in ROLES.items() if other != role} - {"reason" if "+ " in role else ""}
    assert not [word for word in others if word in said]
    assert ("red: against it" in said) is (role[0] in "->")
    assert ("green: for the claim" in said) is ("+ " in role)


def test_the_legend_names_the_colours_of_its_theme() -> None:
    text = "(a) A claim.\n    + (b) It is so.\n    - (c) It is not.\n"
    assert "blue: for the claim" in legend_of(text, theme="colour-blind")
    assert "for the claim" not in legend_of(text, theme="print")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("lang: de", ("Grund", "grün: für die These", "sofern", "ungesagt:", "wahrscheinlich:")),
        ("lang: fr-CA", ("raison", "vert: pour la thèse", "pourvu que", "sous-entendu:", "probablement:")),
        (
            "lang: es",
            ("razón", "verde: a favor de la tesis", "siempre que", "implícito:", "probablemente:"),
        ),
        (
            "lang: sv\nwords: reason = skäl; provided = om",
            ("skäl", "green: for the claim", "om", "left unsaid:"),
        ),
        ("lang: en", ("reason", "green: for the claim", "provided", "left unsaid:", "probably:")),
    ],
)
@pytest.mark.parametrize("layout", ["flow", "hanging"])
def test_legend_and_badges_are_in_the_maps_language(header: str, words: tuple[str, ...], layout: str) -> None:
    text = f"{header}\n\n(a) X.\n    + (b) Y. {{probably}}\n        provided: (c) Z. {{implicit}}\n    - (d) W.\n"
    drawn = lay_out(argmap.parse(text), layout=layout)[0]
    said = [run.text.strip() for part in drawn.parts for line in part.lines for run in line.runs]
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("header", "titles"),
    [
        ("lang: de", {"(b) und (c) zusammen: Grund (b) und (c) für (a), sofern (d).", "(e): Einwand (e) gegen (a)."}),
        ("lang: fr", {"(b) et (c) ensemble: raison (b) et (c) pour (a), pourvu que (d)."}),
        ("words: objection {ground} to {target} = {target} <- {ground}{x}", {"(e): (a) <- (e){x}."}),
    ],
)
@pytest.mark.parametrize("layout", ["flow", "hanging"])
def test_what_is_shown_on_hover_is_in_the_maps_language(header: str, titles: set[str], layout: str) -> None:
    text = f"{header}\n\n(a) A.\n    + (b) B.\n    & (c) C.\n        provided: (d) D. {{implicit}}\n    - (e) E.\n"
    drawn = lay_out(argmap.parse(text), layout=layout)[0]
    assert titles <= {part.text for part in drawn.parts}
    said = next(part.text for part in drawn.parts if part.id == "statement-d")
    assert ("left unsaid in the source" in said) is header.startswith("words")


def test_every_language_has_every_word() -> None:
    found = json.loads(resources.files("argmap.drawing").joinpath("words.json").read_bytes())
    english = {*found["de"]}
    assert all({*words} == english for words in found.values())
    shown = {
        *(mark.meaning for mark in OverlayMark),
        *(line.word for line in looks.LINES.values()),
        "provided",
        "unless",
    }
    shown |= {*captions._TITLES.values(), "and", "or", "together", "accept", "left unsaid in the source"}
    assert shown <= english


def test_quotations_are_shown_when_asked_for() -> None:
    text = '(a) A claim.\n    > "the very words" (p. 3)\n'
    for way in ("flow", "hanging"):
        for asked in (False, True):
            drawn = lay_out(argmap.parse(text), layout=way, quotations=asked)[0]
            said = [run.text for part in drawn.parts for line in part.lines for run in line.runs]
            assert ("“the very words” (p. 3)" in " ".join(said)) is asked
