"""What hangs from what in a hanging layout, and how fast and how deep it goes."""

from __future__ import annotations

from time import process_time

import pytest

from argmap import parse
from argmap.drawing.hanging import Hanging
from argmap.drawing.hanging_layout import arrange
from argmap.drawing.hanging_tree import Forest, NodeKind, TreeFrame, TreeNode, plant
from argmap.drawing.options import Layout, Options
from argmap.drawing.shape import Size
from argmap.model import ArgumentMap, Section, Statement, Step, StepKind


class _Sizes:
    def node(self, node: TreeNode, width: float) -> Size:
        return (width, 40.0) if node.kind is NodeKind.STATEMENT else (80.0, 16.0)

    def frame_title(self, section: int) -> Size:
        return 80.0, 14.0


def _plant(map: ArgumentMap) -> Forest:
    shown = {statement.id: None for statement in map.statements}
    return plant(map, shown, range(len(map.steps)), range(len(map.contradictions)))


def _outline(text: str) -> str:
    """The forest as an indented list: what each node is, and how it bears on the one above."""
    map = parse(text)
    forest = _plant(map)
    lines = []
    pending: list[tuple[int, TreeFrame | TreeNode]] = [(0, item) for item in reversed(forest.frame.items)]
    while pending:
        depth, item = pending.pop()
        if isinstance(item, TreeFrame):
            assert item.section is not None
            words = f"[{map.sections[item.section].title}]"
            inside: list[TreeFrame | TreeNode] = [*item.items]
        else:
            words = {
                NodeKind.STATEMENT: item.id,
                NodeKind.JOIN: "join",
                NodeKind.GROUND: f"on {item.text}",
            }.get(item.kind, f"{item.kind.value} {item.text}".strip())
            words = f"{item.bond.value}: {words}" if item.bond is not None else words
            words += "".join(f" ({also})" for also in forest.also.get(item.id, ()) if item.kind is NodeKind.STATEMENT)
            inside = [*item.children]
        lines.append("  " * depth + words)
        pending.extend((depth + 1, each) for each in reversed(inside))
    return "\n".join(lines)


CASES = {
    "a rival of another section hangs where most relations would be tags": (
        "# One\n(a) A.\n    + (b) B.\n\n# Two\n(c) C.\n    >< (b)\n",
        "[One]\n  a\n    reason: b\n      on Two\n        contradiction: c",
    ),
    "and stays by itself where few would be": (
        "# One\n(a) A.\n    + (b) B.\n    + (d) D.\n    + (e) E.\n\n# Two\n(c) C.\n    >< (b)\n",
        "[One]\n  a\n    reason: b (also contradicts (c))\n    reason: d\n    reason: e\n"
        "[Two]\n  c\n    contradiction: tag (b) in One",
    ),
    "a second role is a tag at both ends": (
        "(a) A.\n    + (b) B.\n    + (c) C.\n        - (b)\n",
        "a\n  reason: b (also against (c))\n  reason: c\n    objection: tag (b)",
    ),
    "joined premises hang from one sign, and gates come first": (
        "(a) A.\n    + (b) B.\n    & (c) C.\n        unless: (d) D.\n    => (e) E.\n        provided: (f) F.\n",
        "a\n  reason: join\n    exception: d\n    premise: b\n    premise: c\n  corollary: e\n    condition: f",
    ),
    "a section that bears on one claim elsewhere lies in its tree": (
        "# One\n\n(b) B.\n    + (c) C.\n\n(d) D.\n\n# Two\n\n(a) A.\n    + (b)\n    + (d)\n    + (e) E.\n",
        "[Two]\n  a\n    on One\n      reason: b\n        reason: c\n      reason: d\n    reason: e",
    ),
    "a section with a claim of its own is a frame, and what bears on another frame has a ghost above it": (
        "# One\n\n(a) A.\n    + (b) B.\n    + (c) C.\n    + (d) D.\n\n# Two\n\n(e) E.\n    + (f) F.\n\n"
        "(a)\n    - (g) G.\n",
        "[One]\n  a\n    reason: b\n    reason: c\n    reason: d\n    objection: tag (g) in Two\n"
        "[Two]\n  e\n    reason: f\n  ghost (a) in One\n    objection: g",
    ),
    "a subsection with a claim of its own is a frame in its section's frame": (
        "# One\n\n(a) A.\n    + (b) B.\n\n## Half\n\n(c) C.\n    + (d) D.\n",
        "[One]\n  a\n    reason: b\n  [Half]\n    c\n      reason: d",
    ),
    "rivals that hang from nothing stand side by side": (
        "(a) A.\n    + (b) B.\n    >< (c) C.\n\n(c)\n    + (d) D.\n",
        "rivals\n  a\n    reason: b\n  contradiction: c\n    reason: d",
    ),
    "a third rival hangs from the one it contradicts": (
        "(a) A.\n    >< (b) B.\n    >< (c) C.\n    + (d) D.\n    + (e) E.\n",
        "rivals\n  a\n    reason: d\n    reason: e\n    contradiction: c\n  contradiction: b",
    ),
    "the main claim is a root even where it follows from something, and comes first": (
        "(x) X.\n    => (a) A.\n        + (b) B.\n        + (c) C.\n        + (d) D.\n",
        "a (follows from (x))\n  reason: b\n  reason: c\n  reason: d\nx\n  corollary: tag (a)",
    ),
    "a circle is cut where it closes": (
        "(a) A.\n    + (b) B.\n        + (a)\n",
        "a (for (b))\n  reason: b\n    reason: tag (a)",
    ),
    "sections with too many relations between them are drawn in one tree": (
        "# One\n\n(a) A.\n    + (b) B.\n\n# Two\n\n(c) C.\n\n(a)\n    - (d) D.\n\n(b)\n    - (e) E.\n",
        "[One]\n  a\n    reason: b\n      on Two\n        objection: e\n    on Two\n      objection: d\n[Two]\n  c",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_what_hangs_from_what(text: str, expected: str) -> None:
    assert _outline(text) == expected


def _tree(count: int, branches: int) -> ArgumentMap:
    statements = tuple(Statement(id=f"s{n}", label=f"s{n}", text=f"Text {n}.") for n in range(count))
    steps = tuple(
        Step(kind=StepKind.REASON, ground=(f"s{n}",), target=f"s{(n - 1) // branches}") for n in range(1, count)
    )
    return ArgumentMap(statements=statements, steps=steps)


@pytest.mark.parametrize(
    ("count", "branches"),
    [(5000, 1), (5000, 5000), (10_000, 4), (3000, 2)],
    ids=["chain", "fan", "tree", "two"],
)
def test_deep_wide_and_large_maps_come_to_an_end(count: int, branches: int) -> None:
    begin = process_time()
    made = arrange(_plant(_tree(count, branches)), _Sizes(), (1134.0, 785.0))
    assert sum(each.node.kind is NodeKind.STATEMENT for each in made.nodes) == count
    assert process_time() - begin < 30


def test_a_fan_of_roots_is_quick() -> None:
    map = ArgumentMap(statements=tuple(Statement(id=f"s{n}", text=f"Text {n}.") for n in range(91)))
    begin = process_time()
    made = arrange(_plant(map), _Sizes(), (1134.0, 785.0))
    assert process_time() - begin < 2
    assert 0.7 < made.width / made.height < 3


def test_the_shape_follows_the_page() -> None:
    forest = _plant(_tree(60, 4))
    wide = arrange(forest, _Sizes(), (1600.0, 500.0))
    tall = arrange(forest, _Sizes(), (500.0, 1600.0))
    assert wide.width / wide.height > 1.8
    assert tall.width / tall.height < 0.9


def test_a_section_with_a_frame_and_a_ground_has_two_ids() -> None:
    labels = ("one", "two", *(f"s{number}" for number in range(3, 11)), "last")
    sections = {"one": 2, "two": 0, "last": 2}
    kinds = (
        (StepKind.INFERENCE, ("last",), "two"),
        (StepKind.COROLLARY, ("one",), "s5"),
        (StepKind.COROLLARY, ("one",), "s7"),
        (StepKind.INFERENCE, ("last",), "s8"),
        (StepKind.INFERENCE, ("s8",), "last"),
        (StepKind.INFERENCE, ("s9", "s8"), "one"),
        (StepKind.REASON, ("s8", "s10", "two"), "s3"),
        (StepKind.REASON, ("s6", "s4"), "one"),
        (StepKind.REASON, ("s9",), "one"),
    )
    map = ArgumentMap(
        statements=tuple(
            Statement(id=label, text=f"It is {label}.", label=label, section=sections.get(label)) for label in labels
        ),
        steps=tuple(Step(kind=kind, ground=ground, target=target) for kind, ground, target in kinds),
        sections=(
            Section(title="A", level=1),
            Section(title="B", level=1),
            Section(title="C", level=2, parent=1),
        ),
    )
    hung = Hanging(map, Options(layout=Layout.HANGING))
    ids = [part.id for part in hung.scene().parts]
    assert len(ids) == len(set(ids))
