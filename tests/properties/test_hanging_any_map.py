"""The hanging layout of any map: everything is shown, once, in order, and nothing lies on anything else."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from random_maps import maps

from argmap.drawing.hanging import Hanging
from argmap.drawing.hanging_layout import Arrangement, arrange
from argmap.drawing.hanging_tree import Bond, Forest, NodeKind, TreeFrame, TreeNode, plant
from argmap.drawing.levels import fold
from argmap.drawing.options import Choices, Cut, Layout, Level, Options
from argmap.drawing.shape import Size
from argmap.drawing.svg import to_svg
from argmap.model import ArgumentMap


class _Sizes:
    """Boxes as high as their names are long."""

    def node(self, node: TreeNode, width: float) -> Size:
        if node.kind is NodeKind.STATEMENT:
            return width, 20.0 + 13.0 * (1 + len(node.id) * 60 // int(width))
        return min(width, 24.0 + 4.0 * len(node.text)), 16.0

    def frame_title(self, section: int) -> Size:
        return 80.0, 14.0


def _planted(map: ArgumentMap) -> Forest:
    return plant(
        map,
        {statement.id: None for statement in map.statements},
        range(len(map.steps)),
        range(len(map.contradictions)),
    )


def _arranged(map: ArgumentMap) -> Arrangement:
    return arrange(_planted(map), _Sizes(), PAGE, AROUND)


PAGE, AROUND = (1134.0, 785.0), (36.0, 80.0)


Box = tuple[float, float, float, float]


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    along = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > 0.01 and along > 0.01


def _inside(one: Box, other: Box) -> bool:
    return (
        one[0] >= other[0] - 0.01
        and one[1] >= other[1] - 0.01
        and one[0] + one[2] <= other[0] + other[2] + 0.01
        and one[1] + one[3] <= other[1] + other[3] + 0.01
    )


MAPS = maps(largest=14)


@given(MAPS)
@settings(max_examples=150, deadline=None)
def test_every_statement_is_shown_once_and_every_step_at_least_once(map: ArgumentMap) -> None:
    nodes = list(_planted(map).nodes())
    shown = [node.id for node in nodes if node.kind is NodeKind.STATEMENT]
    assert sorted(shown) == sorted(statement.id for statement in map.statements)
    signs = {node.step for node in nodes if node.bond is not None and not node.bond.is_gate}
    assert signs >= set(range(len(map.steps)))


@given(MAPS)
@settings(max_examples=150, deadline=None)
def test_a_statement_in_another_role_says_so(map: ArgumentMap) -> None:
    forest = _planted(map)
    for node in forest.nodes():
        if node.kind is NodeKind.TAG:
            drawn = next(each for each in forest.nodes() if each.kind is NodeKind.STATEMENT and each.id == node.id)
            assert node.id in forest.also or drawn.bond is node.bond


@given(MAPS)
@settings(max_examples=150, deadline=None)
def test_no_two_boxes_overlap_and_all_lie_in_the_picture(map: ArgumentMap) -> None:
    _has_no_overlaps(_arranged(map))


def _has_no_overlaps(made: Arrangement) -> None:
    boxes = [(each.x, each.y, each.width, each.height) for each in made.nodes]
    assert all(_inside(box, (0.0, 0.0, made.width, made.height)) for box in boxes)
    assert not any(_overlap(one, other) for one, other in combinations(boxes, 2))


@given(MAPS)
@settings(max_examples=150, deadline=None)
def test_what_is_in_a_frame_lies_in_its_frame_and_frames_do_not_cut_each_other(map: ArgumentMap) -> None:
    forest = _planted(map)
    made = _arranged(map)
    places = {each.node.id: each for each in made.nodes if each.node.kind is NodeKind.STATEMENT}
    areas = {
        each.item.section: (each.x, each.y, each.width, each.height)
        for each in made.areas
        if isinstance(each.item, TreeFrame) and not each.item.is_bare
    }
    for area, other in combinations(areas.values(), 2):
        assert not _overlap(area, other) or _inside(area, other) or _inside(other, area)
    pending: list[tuple[TreeFrame | TreeNode, int | None]] = [(forest.frame, None)]
    while pending:
        item, section = pending.pop()
        if isinstance(item, TreeFrame):
            section = item.section if item.section is not None and not item.is_bare else section
            pending.extend((each, section) for each in item.items)
            continue
        pending.extend((each, section) for each in item.children)
        if section is not None and item.kind is NodeKind.STATEMENT:
            place = places[item.id]
            assert _inside((place.x, place.y, place.width, place.height), areas[section])


@given(MAPS)
@settings(max_examples=150, deadline=None)
def test_children_stand_under_their_parent_in_the_order_of_the_author(map: ArgumentMap) -> None:
    made = _arranged(map)
    places = {id(each.node): each for each in made.nodes}
    for each in made.nodes:
        steps = [child for child in each.node.children if child.kind is NodeKind.STATEMENT and child.step is not None]
        steps = [child for child in steps if child.bond is not None and not child.bond.is_gate]
        assert [child.step for child in steps] == sorted(child.step or 0 for child in steps)
        for child in each.node.children:
            assert places[id(child)].y >= each.y + each.height
            assert places[id(child)].x > each.x
        for one, other in zip(each.node.children, each.node.children[1:], strict=False):
            first, second = places[id(one)], places[id(other)]
            assert second.x > first.x or second.y > first.y


@given(MAPS, st.sampled_from([(1134.0, 785.0), (912.0, 492.0)]))
@settings(max_examples=60, deadline=None)
def test_the_same_map_gives_the_same_picture(map: ArgumentMap, page: Size) -> None:
    one, other = (arrange(_planted(map), _Sizes(), page) for _ in range(2))
    assert _flat(one) == _flat(other)
    assert [each.points for each in one.trunks] == [each.points for each in other.trunks]


def _flat(made: Arrangement) -> list[tuple[object, ...]]:
    return [(each.node.kind, each.node.id, each.x, each.y, each.width, each.height) for each in made.nodes]


NAMES = st.sampled_from(["statement a", "statement b", "statement c", "join statement b", "frame statement a", "x"])
CUTS = st.builds(Cut, NAMES, NAMES, st.integers(-3, 9), st.booleans())


@given(MAPS, st.lists(CUTS, max_size=8), st.sampled_from([0.0, 1.0]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_kept_no_two_boxes_overlap(map: ArgumentMap, cuts: list[Cut], scale: float) -> None:
    _has_no_overlaps(arrange(_planted(map), _Sizes(), PAGE, AROUND, keep=Choices(scale=scale, cuts=tuple(cuts))))


@given(MAPS)
@settings(max_examples=100, deadline=None)
def test_rivals_that_hang_from_nothing_stand_side_by_side(map: ArgumentMap) -> None:
    for node in _planted(map).nodes():
        if node.kind is NodeKind.RIVALS:
            one, other = (child.id for child in node.children)
            pairs = [{each.left, each.right} for each in map.contradictions]
            assert {one, other} in pairs
            assert node.children[1].bond is Bond.CONTRADICTION


@given(MAPS)
@settings(max_examples=60, deadline=None)
def test_any_map_becomes_a_well_formed_picture(map: ArgumentMap) -> None:
    hung = Hanging(map, Options(layout=Layout.HANGING))
    scene = hung.scene()
    ElementTree.fromstring(to_svg(scene))
    ids = [part.id for part in scene.parts]
    assert len(ids) == len(set(ids))
    assert {part.target for part in scene.parts} - {None} <= set(ids)
    for part in scene.parts:
        for line in part.lines:
            assert -1 <= line.x <= scene.width + 1
            assert 0 <= line.y <= scene.height + 1


@given(MAPS)
@settings(max_examples=60, deadline=None)
def test_folded_into_arguments_every_statement_is_shown_or_inside_one(map: ArgumentMap) -> None:
    folding = fold(map)
    shown = {statement.id for statement in folding.map.statements}
    written = {statement.id for statement in map.statements} - {*folding.argument}
    assert written >= shown - {*folding.premises}
    assert len(written) == len(shown - {*folding.premises}) + folding.left_out
    assert {*folding.argument.values()} == {*folding.premises} <= shown
    assert sum(len(each) for each in folding.premises.values()) == len(folding.argument)
    assert all(step.target not in step.ground or step in map.steps for step in folding.map.steps)
    for level in (Level.ARGUMENTS, Level.CLAIMS):
        scene = Hanging(map, Options(layout=Layout.HANGING, level=level)).scene()
        assert {part.target for part in scene.parts} - {None} <= {part.id for part in scene.parts}
