"""What a picture says, and what shape it has, looked at in the engine's own output."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import argmap
from argmap.drawing import Options, draw
from argmap.drawing.overlay import Mark
from argmap.errors import EngineError, EngineMissingError, FormatError, UnknownStatementError
from argmap.graphviz import find_engines, lay_out, picture, render, to_digraph
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.overlays import position_overlay, status_overlay

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


def size(svg: bytes) -> tuple[float, float]:
    found = re.search(rb'width="([\d.]+)pt"\s+height="([\d.]+)pt"', svg)
    assert found
    return float(found[1]), float(found[2])


def places(svg: str) -> dict[str, tuple[float, float]]:
    """The left top corner of each statement's box, by its name in the DOT."""
    found = {}
    for name, body in re.findall(
        r"<title>(statement-[^<]*)</title>(.*?)</g>", svg.replace("&#45;", "-"), re.S
    ):
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", re.sub(r"<text.*", "", body, flags=re.S))]
        xs = re.findall(r"(?:points|d)=\"([^\"]*)\"", body)
        pairs = re.findall(r"(-?[\d.]+),(-?[\d.]+)", " ".join(xs))
        assert pairs, numbers
        found[name] = (min(float(x) for x, _ in pairs), min(float(y) for _, y in pairs))
    return found


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
    across, down = size(lay_out(draw(tree(count, low, high)).bare_dot).output)
    assert 1 / most <= across / down <= most


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
        at = places(lay_out(draw(map, Options(direction=direction)).bare_dot).output.decode())
        for steps in map.steps_to.values():
            order = [at[f"statement-{step.ground[0]}"][axis] for step in steps]
            assert order == sorted(order)


def test_the_withdrawal_picture_says_all_there_is() -> None:
    drawing = draw(withdrawal())
    svg = picture(withdrawal()).data.decode()
    for sign in ("+", "−", "~", "⇒", "provided"):
        assert f">{sign}<" in svg
    joined = next(i for i, s in enumerate(withdrawal().steps) if len(s.ground) == 2) + 1
    assert len(re.findall(rf'-> "step-{joined}" ', drawing.dot)) == 2
    assert 'style="rounded,dashed"' in drawing.dot
    assert "Helena Cobban, 2007-05-28" in svg
    assert "The further agenda" in svg
    assert "Republican Party" in svg
    assert "granted, outweighed" in svg
    assert "granted, outweighed" not in picture(withdrawal(), "svg", Options(legend=False)).data.decode()


def test_the_same_map_gives_the_same_text_and_picture() -> None:
    assert draw(withdrawal()).dot == draw(withdrawal()).dot
    assert render(withdrawal()) == render(withdrawal())


def test_what_an_author_writes_never_becomes_markup() -> None:
    nasty = '"]; evil [label="<b>&amp;</b>" \\N \\G <<table>> </td> \x00\x1b \u2028 ]]> <!-- '
    map = ArgumentMap(
        statements=(
            Statement(id=nasty, label=nasty, text=nasty, tags=(nasty,)),
            Statement(id="b", text=nasty),
        ),
        steps=(Step(kind=StepKind.INFERENCE, ground=("b",), target=nasty, rule=nasty),),
    )
    layout = lay_out(draw(map, Options(title=nasty)).dot)
    assert layout.notices == ()
    assert layout.output.count(b'class="node"') == 3


def test_choosing_what_to_show() -> None:
    map = withdrawal()
    focus = draw(map, Options(focus="leverage", depth=1)).elements
    assert {e.title for e in focus.values() if e.kind.value == "statement"} == {
        "(leverage)",
        "(ducks)",
        "(guarantee)",
        "(pact)",
    }
    folded = draw(map, Options(fold="leverage"))
    assert "▸ 3 more inside" in folded.dot
    assert "statement-pact" not in folded.elements
    reasons = draw(map, Options(only="reasons"))
    assert {"statement-lives", "statement-weaker"} <= set(reasons.elements)
    assert "statement-leverage" not in reasons.elements
    with pytest.raises(UnknownStatementError, match="further agenda"):
        draw(map, Options(sections="The further agendas"))
    with pytest.raises(UnknownStatementError, match="leverage"):
        draw(map, Options(focus="levrage"))


def test_a_large_map_offers_an_overview_which_counts_what_it_hides() -> None:
    map = tree(400, 3, 5)
    assert "--overview" in (draw(map).notices[0].hint or "")
    overview = draw(map, Options(overview=True))
    shown = [e for e in overview.elements.values() if e.kind.value == "statement"]
    hidden = sum(int(n.replace(",", "")) for n in re.findall(r"▸ ([\d,]+) more inside", overview.dot))
    assert len(shown) <= 36
    assert len(shown) + hidden == 400


def test_status_greys_what_falls_and_shows_the_cut() -> None:
    map = withdrawal()
    overlay = status_overlay(map, ["pact"])
    marks = {id: flags[0].mark for id, flags in overlay.flags.items()}
    assert [id for id, mark in marks.items() if mark is Mark.FALLS] == ["a", "b", "c", "d"]
    assert marks["pact"] is Mark.WITHDRAWN
    dot = draw(map, Options(overlay=overlay)).dot
    assert "<s>A broader pact" in dot
    assert "✂ withdrawn here" in dot
    assert "given (kind)" in draw(map, Options(overlay=status_overlay(map))).dot


def test_positions_show_what_is_disowned_and_two_side_by_side() -> None:
    map = withdrawal()
    one = position_overlay(map, ["Republican Party"])
    assert {flag.mark for flag in one.flags["b"]} == {Mark.DOUBTED, Mark.DISOWNED}
    both = draw(map, Options(overlay=position_overlay(map, ["Gates", "Republican Party"]))).dot
    assert "Gates: accepts" in both
    assert "Republican Party: doubts" in both


def test_a_digraph_to_go_on_with() -> None:
    graph = to_digraph(withdrawal())
    assert '"statement-a"' in graph.source
    assert lay_out(graph.source).notices == ()


def test_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_engines("auto")
    with pytest.raises(EngineError, match="no layout engine 'neato'"):
        find_engines("neato")
    with pytest.raises(FormatError):
        render(withdrawal(), "gif")
    with pytest.raises(EngineError, match="more than"):
        lay_out(draw(tree(300, 3, 5)).dot, timeout=0.01)
    monkeypatch.setattr("argmap.graphviz._pure", lambda: None)
    monkeypatch.setattr("argmap.graphviz._system", lambda: None)
    with pytest.raises(EngineMissingError, match="pip install graphviz-pure"):
        find_engines("auto")


def test_an_engine_that_panics_is_replaced_and_one_that_grumbles_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def script(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text("#!/bin/sh\ncat > /dev/null\n" + text, "utf-8")
        path.chmod(0o755)
        return str(path)

    panics = script("panics", "echo panicked >&2; exit 101\n")
    grumbles = script("grumbles", "echo '<svg></svg>'; echo lost an edge >&2; exit 1\n")
    monkeypatch.setattr("argmap.graphviz._pure", lambda: panics)
    monkeypatch.setattr("argmap.graphviz._system", lambda: grumbles)
    layout = lay_out("digraph {}")
    assert layout.engine.name == "system"
    assert "panicked" in layout.notices[0].message
    assert "lost an edge" in layout.notices[1].message
    with pytest.raises(EngineError, match="exit code 101"):
        lay_out("digraph {}", engine="pure")
