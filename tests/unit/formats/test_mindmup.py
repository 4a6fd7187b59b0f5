"""MindMup's maps in and out."""

from __future__ import annotations

import json
from typing import Any

import pytest

import argmap
from argmap.errors import FormatError
from argmap.formats import registry
from argmap.formats.format import Conversion
from argmap.model import ArgumentMap, Step, StepKind
from argmap.text import Source

FORMAT = registry.by_name("mindmup")


def read(value: Any) -> Conversion:
    assert FORMAT.read is not None
    return FORMAT.read(Source("x.mup", json.dumps(value)))


def idea(title: str, *below: Any, **attributes: Any) -> dict[str, Any]:
    ideas = {str(rank): each for rank, each in enumerate(below, 1)}
    return {"title": title, "id": title, "attr": attributes, "ideas": ideas}


def group(side: object, *below: Any, **attributes: Any) -> dict[str, Any]:
    return idea("group", *below, group=side, contentLocked="true", **attributes)


def whole(*tops: Any, **more: Any) -> dict[str, Any]:
    return {**idea("Title", *tops), "id": "root", "formatVersion": 3, **more}


def test_groups_are_reasons_and_objections() -> None:
    conversion = read(
        whole(
            idea(
                "Main\n",
                group("opposing", idea("Joined"), idea("Unsaid", styleNames=["attr_implicit_claim"])),
                group(
                    "supporting",
                    idea("Yes", group("opposing", idea("No"))),
                    parentConnector={"label": "Rule"},
                ),
            ),
            theme={"name": "x"},
        )
    )
    map = conversion.map
    assert not conversion.diagnostics
    said = {one.id: one.text for one in map.statements}
    assert [(s.kind, [said[id] for id in s.ground], said[s.target], s.rule) for s in map.steps] == [
        (StepKind.OBJECTION, ["Joined", "Unsaid"], "Main", None),
        (StepKind.INFERENCE, ["Yes"], "Main", "Rule"),
        (StepKind.OBJECTION, ["No"], "Yes", None),
    ]
    assert [one.implicit for one in map.statements] == [False, False, True, False, False]
    assert [(fact.key, fact.value) for fact in map.facts] == [("title", "Title")]
    assert all(one.span for one in (*map.statements, *map.steps))


def test_ranks_order_ideas_and_old_files_have_one_root() -> None:
    value = {
        "title": "Root",
        "id": 1,
        "ideas": {"10": group(True, idea("Last")), "2.5": group(True, idea("First"))},
    }
    map = read(value).map
    assert [one.text for one in map.statements] == ["Root", "First", "Last"]
    assert [step.kind for step in map.steps] == [StepKind.REASON] * 2


def test_a_group_under_a_group_speaks_of_the_step() -> None:
    map = read(whole(idea("a", group(True, idea("b"), group("opposing", idea("x")), group(True, idea("c")))))).map
    (step,) = map.steps
    assert [len(ids) for ids in (step.ground, step.exceptions, step.conditions)] == [1, 1, 1]


def test_notes_and_what_is_lost() -> None:
    value = whole(
        idea(
            "a",
            idea("sticky", styleNames=["sticky_note"]),
            idea("plain"),
            note={"index": 1, "text": "a note"},
        ),
        idea("b", group("neutral", idea("c")), attachment={"content": "x"}),
        group("supporting", idea("d")),
        links=[{"ideaIdFrom": 1, "ideaIdTo": 2}],
    )
    conversion = read(value)
    assert sorted(conversion.map.statements[0].notes) == ["a note", "sticky"]
    assert not conversion.map.steps
    assert sorted(found.code for found in conversion.diagnostics) == ["AM401"] * 2 + ["AM402"] * 3
    assert all(found.span for found in conversion.diagnostics)


@pytest.mark.parametrize("text", ["[]", "{}", "no", '{"ideas": 3}'])
def test_what_is_no_map_of_mindmup_is_refused(text: str) -> None:
    assert FORMAT.read is not None
    with pytest.raises(FormatError):
        FORMAT.read(Source("x.mup", text))


def _steps(map: ArgumentMap) -> set[Any]:
    def form(step: Step) -> tuple[Any, ...]:
        return step.kind.supports, set(step.ground) and tuple(sorted(step.ground)), step.target, step.conditions, \
            step.exceptions, step.rule  # fmt: skip

    return {form(step) for step in map.steps}


def test_a_tree_comes_back() -> None:
    map = argmap.parse(
        "title: T\n\n(a) A.\n    > A note.\n    + (b) B. {implicit}\n    & (c) C.\n        unless: (d) D.\n"
        "        provided: (e) E.\n    - (f) F.\n        + (g) G.\n"
    )
    assert FORMAT.write is not None
    written = FORMAT.write(map)
    back = read(json.loads(written.text)).map
    assert _steps(back) == _steps(map)

    def form(map: ArgumentMap) -> set[Any]:
        return {(one.label, one.text, one.implicit, one.notes) for one in map.statements}

    assert form(back) == form(map)


def test_only_trees() -> None:
    map = argmap.parse("(a) A.\n    + (b) B.\n\n(c) C.\n    - (b)\n\n(x) X.\n    + (y) Y.\n        + (x)\n")
    assert FORMAT.write is not None
    written = FORMAT.write(map)
    assert sum("stands in two places" in found.message for found in written.diagnostics) == 2
    back = read(json.loads(written.text)).map
    assert [one.text for one in back.statements] == ["A.", "B.", "C.", "B.", "X.", "Y.", "X."]
    assert len(back.steps) == len(map.steps)
