"""Statements, steps and maps are plain attrs values, and one built in Python is checked as one from a file."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

import argmap
from argmap.errors import ArgmapError, InvalidTypeError, InvalidValueError
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Emphasis,
    Fact,
    Quotation,
    Role,
    Section,
    Stance,
    Statement,
    Step,
    StepKind,
)  # fmt: skip

TEXT = """(a) Plain words.
    + (b) Words *stressed*. {probably, implicit, #tag, url: x}
        unless: (c) Something else.
    > "Quoted" (p. 1)
    > A note.
"""


@pytest.fixture
def map() -> ArgumentMap:
    return argmap.parse(TEXT)


def test_read_and_built_are_equal(map: ArgumentMap) -> None:
    built = Statement(id="a", text="Plain words.", label="a", quotations=map["a"].quotations, notes=("A note.",))
    assert built == map["a"]
    assert hash(built) == hash(map["a"])
    assert repr(built) == repr(map["a"])
    assert Statement(id="a", text="Plain words") != built
    step = Step(kind=StepKind.REASON, ground=("b",), target="a", exceptions=("c",))
    assert step == map.steps[0]
    assert hash(step) == hash(map.steps[0])


def test_places_are_those_of_the_text(map: ArgumentMap) -> None:
    b = map["b"]
    assert b.span is not None
    assert TEXT[b.span.start : b.span.end] == "+ (b) Words *stressed*. {probably, implicit, #tag, url: x}"
    assert map.steps[0].span == b.span
    assert Statement(id="x", text="").span is None


@pytest.mark.parametrize("name", ["text", "id", "notes", "span", "role", "anything"])
def test_a_read_statement_is_frozen(map: ArgumentMap, name: str) -> None:
    for statement in map.statements:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(statement, name, "x")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(statement, name)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        map.steps[0].rule = "x"  # type: ignore[misc]


def test_evolve_changes_what_is_named_and_nothing_else(map: ArgumentMap) -> None:
    for statement in map.statements:
        other = attrs.evolve(statement, text="Other.", emphasis=(), tags=("new",))
        assert (other.text, other.tags) == ("Other.", ("new",))
        back = attrs.evolve(other, text=statement.text, emphasis=statement.emphasis, tags=statement.tags)
        assert back == statement
        assert back.span == statement.span
    step = attrs.evolve(map.steps[0], rule="by default")
    assert (step.rule, step.exceptions, step.span) == ("by default", ("c",), map.steps[0].span)


def test_fields_are_the_public_ones() -> None:
    names = [field.name for field in attrs.fields(Statement)]
    assert "text" in names
    assert "quotations" in names
    assert not [name for name in names if name.startswith("_")]
    assert attrs.asdict(Statement(id="a", text="x"), recurse=False)["role"] is Role.CLAIM


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda map: pickle.loads(pickle.dumps(map))])
def test_copies_are_equal(map: ArgumentMap, again: object) -> None:
    other = again(map)  # type: ignore[operator]
    assert other == map
    assert [s.span for s in other.statements] == [s.span for s in map.statements]
    assert [s.span for s in other.steps] == [s.span for s in map.steps]


def test_a_text_with_a_character_that_no_text_has(map: ArgumentMap) -> None:
    read = argmap.parse("(a) One\x00two.\n    + (b) Three.\n")
    assert read["a"].text == "One\ufffdtwo."
    assert read["b"].text == "Three."


def test_a_statement_keeps_no_more_than_it_was_given() -> None:
    statement = Statement(id="a", text="x", emphasis=(Emphasis(0, 1),), missing=True)
    assert statement.emphasis == (Emphasis(0, 1),)
    assert statement.missing
    assert not hasattr(statement, "__dict__")


A = Statement(id="a", text="One.")
B = Statement(id="b", text="Two.")


@pytest.mark.parametrize(
    ("cls", "values", "error", "complaint"),
    [
        (Step, {"kind": "reason", "ground": ("a",), "target": "b"}, InvalidTypeError,
         "Step.kind: must be a StepKind such as StepKind.REASON, not 'reason'"),
        (Step, {"kind": StepKind.REASON, "ground": (), "target": "b"}, InvalidValueError,
         "Step.ground: must not be empty"),
        (Step, {"kind": StepKind.REASON, "ground": "ab", "target": "b"}, InvalidTypeError,
         "Step.ground: must be a tuple of strings, not 'ab'"),
        (Step, {"kind": StepKind.REASON, "ground": ("a", 1), "target": "b"}, InvalidTypeError,
         "Step.ground: must be a tuple of strings, not ('a', 1)"),
        (Statement, {"id": "", "text": "x"}, InvalidValueError, "Statement.id: must not be empty"),
        (Statement, {"id": "a", "text": None}, InvalidTypeError, "Statement.text: must be a string, not nothing"),
        (Statement, {"id": "a", "text": "x", "section": True}, InvalidTypeError,
         "Statement.section: must be a whole number, not true"),
        (Statement, {"id": "a", "text": "x", "section": -1}, InvalidValueError,
         "Statement.section: must be at least 0, not -1"),
        (Statement, {"id": "a", "text": "x", "missing": 1}, InvalidTypeError,
         "Statement.missing: must be true or false, not 1"),
        (Statement, {"id": "a", "text": "x", "quotations": ("words",)}, InvalidTypeError,
         "Statement.quotations: must be a tuple of Quotation, not ('words',)"),
        (Statement, {"id": "a", "text": "x", "data": (("key",),)}, InvalidTypeError,
         "Statement.data: must be pairs of strings, not (('key',),)"),
        (Statement, {"id": "a", "text": "abc", "emphasis": (Emphasis(1, 4),)}, InvalidValueError,
         "Statement.emphasis: 1 to 4 is outside the text, or not after the one before"),
        (Stance, {"holder": "", "attitude": Attitude.DOUBT, "statement": "a"}, InvalidValueError,
         "Stance.holder: must not be empty"),
        (Section, {"title": "x", "level": 0}, InvalidValueError, "Section.level: must be at least 1, not 0"),
        (Quotation, {"words": 3}, InvalidTypeError, "Quotation.words: must be a string, not 3"),
        (Fact, {"key": "", "value": ""}, InvalidValueError, "Fact.key: must not be empty"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(
    cls: type, values: dict[str, object], error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error) as refused:
        cls(**values)
    assert str(refused.value) == complaint
    assert isinstance(refused.value, ArgmapError)
    assert isinstance(refused.value, TypeError if error is InvalidTypeError else ValueError)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"statements": (A, B, A)}, "statements[2].id: “a” is the id of an earlier statement"),
        ({"statements": (Statement(id="%1", label="a", text=""),)},
         "statements[0].label: must be the same as the id, “%1”"),
        ({"statements": (Statement(id="a", text="", section=1),), "sections": (Section(title="x"),)},
         "statements[0].section: there is no section 1"),
        ({"sections": (Section(title="x", parent=0),)}, "sections[0].parent: there is no earlier section 0"),
        ({"statements": (A,), "steps": (Step(kind=StepKind.REASON, ground=("x",), target="a"),)},
         "steps[0].ground: there is no statement “x”"),
        ({"statements": (A,), "steps": (Step(kind=StepKind.REASON, ground=("a",), target="x"),)},
         "steps[0].target: there is no statement “x”"),
        ({"statements": (A, Statement(id="c", text="", exceptions=("x",)))},
         "statements[1].exceptions: there is no statement “x”"),
        ({"statements": (A,), "contradictions": (Contradiction(left="a", right="x"),)},
         "contradictions[0].right: there is no statement “x”"),
        ({"statements": (A,), "stances": (Stance(holder="H", attitude=Attitude.ACCEPT, statement="x"),)},
         "stances[0].statement: there is no statement “x”"),
        ({"statements": [A]}, "ArgumentMap.statements: must be a tuple of Statement, not ["),
        ({"statements": (A,), "steps": (A,)}, "ArgumentMap.steps: must be a tuple of Step"),
    ],
)  # fmt: skip
def test_a_map_that_does_not_hold_together_is_refused(values: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        ArgumentMap(**values)  # type: ignore[arg-type]
    assert str(refused.value).startswith(complaint)


def test_a_map_of_a_broken_file_can_be_made_again() -> None:
    map = argmap.parse("(a) A.\n    + (b)\n    + (a) Again.\n@ Smith: accept (c)\n")
    assert not map.ok
    assert attrs.evolve(map, facts=()) == map


def test_representations_are_short(map: ArgumentMap) -> None:
    assert repr(map) == "<ArgumentMap: 3 statements, 1 step>"
    titled = argmap.parse("title: Tea\n\n(a) A.\n    + (b)\n")
    assert repr(titled) == '<ArgumentMap "Tea": 2 statements, 1 step, 1 error>'
    assert repr(map["a"]) == "<Statement (a) Plain words.>"
    assert repr(map.steps[0]) == "<Step reason: (b) to (a)>"
    assert len(repr(Statement(id="a", text="word " * 100))) < 90


def test_a_notebook_shows_the_picture_where_there_is_one(map: ArgumentMap) -> None:
    shown = map._repr_mimebundle_(include=None, exclude=None)
    assert shown["text/plain"] == repr(map)
    assert "<svg" in shown["image/svg+xml"]
    assert list(argmap.parse("+\n")._repr_mimebundle_()) == ["text/plain"]
