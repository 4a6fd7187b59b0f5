"""Statements and steps behave as attrs classes do, however compactly they are kept."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

import argmap
from argmap.model import ArgumentMap, Emphasis, Role, Statement, Step, StepKind

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
    built = Statement(
        id="a", text="Plain words.", label="a", quotations=map["a"].quotations, notes=("A note.",)
    )
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
        other = attrs.evolve(statement, text="Other.", tags=("new",))
        assert (other.text, other.tags) == ("Other.", ("new",))
        back = attrs.evolve(other, text=statement.text, tags=statement.tags)
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
