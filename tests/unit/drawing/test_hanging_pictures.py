"""Pictures of hanging trees: which maps are drawn so, and what is seen."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest

import argmap
from argmap.drawing import hanging, svg, wrapping
from argmap.drawing.hanging import Hanging
from argmap.drawing.options import Layout, Level, Options
from argmap.drawing.scene import PartKind, Scene
from argmap.engine import layout
from argmap.errors import ConfigError
from argmap.rendering import draw, lay_out, status_overlay, to_digraph

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.argmap"))


def example(name: str) -> argmap.ArgumentMap:
    return argmap.load(EXAMPLES / f"{name}.argmap")


def scene(name: str, **options: Any) -> Scene:
    return lay_out(example(name), **options)[0]


def hangs(made: Scene) -> bool:
    return any(part.id == "trunk" for part in made.parts)


def test_small_maps_flow_and_larger_ones_hang_unless_asked_otherwise() -> None:
    assert not hangs(lay_out(argmap.parse("(a) One.\n    + (b) Two.\n    - (c) Three.\n"))[0])
    assert hangs(scene("withdrawal")), "on a page the letters of a flow would be a third smaller"
    assert hangs(scene("lesson")), "small, but of several sections"
    assert not hangs(scene("withdrawal", layout="flow"))
    assert hangs(scene("debate"))
    assert not hangs(scene("debate", layout="flow"))
    assert not hangs(scene("debate", direction="left"))


def test_a_web_of_relations_flows() -> None:
    lines = ["(a) A.", *(f"    + (x{n}) X{n}." for n in range(18))]
    lines += [f"\n(x{n})\n    - (x{m})" for n in range(18) for m in range(n)]
    assert not hangs(lay_out(argmap.parse("\n".join(lines)))[0])


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_named_once_and_tags_lead_to_statements(name: str) -> None:
    made = scene(name, layout="hanging")
    ids = [part.id for part in made.parts]
    assert len(ids) == len(set(ids))
    shown = {part.id for part in made.parts if part.kind is PartKind.STATEMENT}
    assert len(shown) == len(example(name).statements)
    for part in made.parts:
        if part.kind is PartKind.TAG:
            assert part.target in shown


def test_a_tag_is_a_link_in_svg_html_and_pdf() -> None:
    map = example("declaration")
    assert b'<a href="#statement-consent">' in argmap.render(map, "svg", layout="hanging")
    html = argmap.render(map, "html", layout="hanging", id_prefix="x-").decode()
    assert '<a href="#x-statement-consent">' in html
    assert b"/Link" in argmap.render(map, "pdf", layout="hanging")
    assert b"/Link" in argmap.render(map, "pdf", layout="hanging", page="A4")


def test_the_main_claim_is_large_and_as_wide_as_its_tree() -> None:
    made = scene("debate")
    main = next(part for part in made.parts if part.id == "statement-motion")
    assert main.lines[0].size == 14
    assert all(run.bold for run in main.lines[0].runs)
    points = [x for segment in main.outlines[0].segments for x, _ in segment.points]
    assert max(points) - min(points) > 0.9 * (made.width - 36)


def test_an_objection_has_a_filled_square_and_a_reason_a_ring() -> None:
    made = scene("debate")
    signs = {part.title: part for part in made.parts if part.kind is PartKind.STEP}
    objection = signs["objection (bus) to (motion)"].outlines[0]
    assert [segment.command for segment in objection.segments] == ["M", "L", "L", "L", "Z"]
    assert objection.fill not in (None, made.background)
    reason = signs["reason (traffic) for (safe-road)"].outlines[0]
    assert reason.fill == made.background


def test_a_statement_says_its_second_role() -> None:
    made = scene("declaration", layout="hanging")
    consent = next(part for part in made.parts if part.id == "statement-consent")
    assert any("also a premise for (pretended)" in run.text for line in consent.lines for run in line.runs)


def test_what_comes_next_stands_beside_a_deep_column_not_under_it() -> None:
    places = Hanging(example("declaration"), Options(layout=Layout.HANGING)).arrangement
    people = next(each for each in places.nodes if each.node.id == "people")
    facts = next(each for each in places.areas if each.height > 3 * people.height and each.x > people.x)
    assert people.y + people.height < facts.y + facts.height


def test_the_shape_of_the_page_is_followed() -> None:
    slide, tall = scene("declaration", shape="16:9"), scene("declaration", shape="1:2")
    assert slide.width / slide.height > 1.3
    assert tall.width / tall.height < 0.75


@pytest.mark.parametrize("shape", ["round", "4:0", "0:3", "1:1000", "4x3", ""])
def test_a_shape_that_is_none_is_refused(shape: str) -> None:
    with pytest.raises(ConfigError, match="choose page, slide, wide or WIDTH:HEIGHT"):
        lay_out(example("debate"), shape=shape)


def test_hanging_trees_have_no_direction() -> None:
    with pytest.raises(ConfigError, match="a direction is for the flow layout"):
        lay_out(example("debate"), layout="hanging", direction="left")


def test_an_overlay_is_seen_in_a_hanging_picture() -> None:
    map = example("debate")
    made, _ = lay_out(map, overlay=status_overlay(map, ["sleep"]))
    fallen = next(part for part in made.parts if part.id == "statement-sleep")
    assert all(run.struck for run in fallen.lines[0].runs)


def test_what_is_folded_away_is_counted() -> None:
    made = scene("jaw-jaw", layout="hanging", overview=True)
    words = [run.text for part in made.parts for line in part.lines for run in line.runs]
    assert any("more inside" in text for text in words)


def test_a_second_relation_is_a_line_where_a_straight_one_crosses_nothing() -> None:
    text = "(m) A main claim of so many words.\n    + (a) One.\n        + (x) Shared.\n    + (b) Two.\n        + (x)\n"
    for more, is_line in (("", True), ("    - (c) Three.\n        + (d) Four.\n        + (e) Five.\n", False)):
        made = lay_out(argmap.parse(text + more), layout="hanging", shape="wide")[0]
        assert any(part.kind is PartKind.TAG for part in made.parts) is not is_line
        names = [part.title for part in made.parts if part.kind is PartKind.STEP]
        assert {"reason (x) for (a)", "reason (x) for (b)"} <= {*names}


def test_the_graph_of_a_hanging_picture_keeps_every_place() -> None:
    map = example("debate")
    made = lay_out(map)[0]
    placed = layout(draw(map, "dot", layout="hanging").data.decode(), program="nop2")
    found = {each["name"]: each["pos"] for each in placed.graph["objects"] if "pos" in each}

    offsets = set()
    for part in made.parts:
        if part.kind is PartKind.STATEMENT:
            points = [point for segment in part.outlines[-1].segments for point in segment.points]
            x = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
            y = (min(y for _, y in points) + max(y for _, y in points)) / 2
            at = [float(number) for number in found[part.id].rstrip("!").split(",")]
            offsets.add((round(at[0] - x, 1), round(at[1] + y, 1)))
    assert len(offsets) == 1


def test_a_graph_to_go_on_with_is_laid_out_by_graphviz_unless_hanging_trees_are_asked_for() -> None:
    map = example("debate")
    assert "pos=" not in to_digraph(map).source
    assert "pos=" in to_digraph(map, layout="hanging").source


@pytest.mark.parametrize("length", range(12, 40))
@pytest.mark.parametrize("width", [23, 28])
def test_a_box_is_as_high_as_its_place_however_wide_its_label_is(length: int, width: int) -> None:
    text = f"(p) They do so.\n(q) It is seen to.\n--- Students {'i' * length} 1\n(r) It is so."
    hung = Hanging(argmap.parse(text), Options(layout=Layout.HANGING, level=Level.ARGUMENTS, width=width))
    heights = {hung.ids[each.node.id]: each.height for each in hung.arrangement.nodes}
    for part in hung.scene().parts:
        if part.kind is PartKind.STATEMENT:
            ys = [y for segment in part.outlines[0].segments for _, y in segment.points]
            assert max(ys) - min(ys) == pytest.approx(heights[part.id], abs=3)


@pytest.mark.parametrize("name", NAMES)
def test_with_what_was_chosen_for_it_a_map_gives_the_same_picture(name: str) -> None:
    made = scene(name)
    again = scene(name, keep=made.choices)
    assert (again.parts, again.choices) == (made.parts, made.choices)


def test_with_what_was_chosen_before_an_edit_only_the_neighbours_move() -> None:
    made, text = scene("lesson"), (EXAMPLES / "lesson.argmap").read_text("utf-8")
    words = "Whales feed their young on milk."
    edited = argmap.parse(text.replace(words, f"{words} Everybody has seen it in films."))
    before, anew, kept = (places(each) for each in (made, lay_out(edited)[0], lay_out(edited, keep=made.choices)[0]))
    assert {id for id in before if kept[id] != before[id]} == {"statement-fish-milk"}
    assert all(anew[id] != before[id] for id in before)


def test_what_was_chosen_is_given_up_where_the_text_would_get_much_smaller() -> None:
    made = scene("lesson")
    edited = argmap.parse(
        (EXAMPLES / "lesson.argmap").read_text("utf-8") + "".join(f"    + Once more, {n}.\n" for n in range(30))
    )
    kept = lay_out(edited, keep=made.choices)[0]
    assert kept.parts == lay_out(edited, layout="hanging", width=made.choices.width)[0].parts


def places(made: Scene) -> dict[str, tuple[float, float]]:
    return {each.id: each.outlines[0].segments[0].points[0] for each in made.parts if each.kind is PartKind.STATEMENT}


def test_what_is_kept_of_earlier_pictures_shows_in_none() -> None:
    reasons = [f"    + (r{n}) Reason {n} is **one** of {'so very ' * n}many.\n" for n in range(1, 20)]
    texts = [
        "(a) One.\n" + "".join(reasons),
        "(a) One is moved.\n" + "".join(reversed(reasons)) + "@ Ann: accept (r3)\n",
    ]
    texts.append(f"lang: de\n\n{texts[0]}")
    asked = [(argmap.parse(text), theme) for text in texts for theme in ("default", "dark")]

    def forget() -> None:
        svg._KEPT.clear()
        for kept in (wrapping.wrap, wrapping.width, hanging._box, hanging._painted_sign):
            kept.cache_clear()

    fresh = []
    for map, theme in asked:
        forget()
        fresh.append(argmap.render(map, theme=theme))
    forget()
    again = [argmap.render(map, theme=theme) for map, theme in asked]
    assert again == fresh
    assert [argmap.render(map, theme=theme) for map, theme in reversed(asked)] == fresh[::-1]


def test_a_picture_lets_go_of_its_map_at_once() -> None:
    # The live server collects no cycles.
    map = argmap.parse("(a) One.\n" + "".join(f"    + (r{n}) Reason {n}.\n" for n in range(20)))
    gc.disable()
    try:
        argmap.render(map)
        left = weakref.ref(map)
        del map
        assert left() is None
    finally:
        gc.enable()
