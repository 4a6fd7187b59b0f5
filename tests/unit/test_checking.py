"""`argmap.check` gathers what every room says, once, in the order of the text."""

from __future__ import annotations

import argmap
from argmap.checking import check
from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.text import Source, Span


def test_in_the_order_of_the_text_whoever_says_it() -> None:
    map = argmap.parse("(a) One.\n    + (a)\n(b) Two.\n    - (c)\n    – (d) Dash.\n")
    found = check(map)
    places = [each.span.start for each in found if each.span is not None]
    assert places == sorted(places)
    assert {"AM025", "AM101", "AM107"} <= {each.code for each in found}


def test_a_fault_told_twice_is_shown_once() -> None:
    fault = Diagnostic("AM101", Severity.ERROR, "m", (Label(Span(0, 1)),))
    assert check(ArgumentMap(source=Source("x", "(a)"), diagnostics=(fault, fault))) == (fault,)


def test_a_map_built_in_python_is_checked_too() -> None:
    statement = Statement(id="a", label="a", text="One.")
    step = Step(kind=StepKind.REASON, ground=("a",), target="a")
    found = check(ArgumentMap(statements=(statement,), steps=(step,)))
    assert "AM107" in {each.code for each in found}
    assert all(each.span is None for each in found)


def test_select_and_ignore_reach_every_room() -> None:
    map = argmap.parse("(a) One.\n    + (a)\n    - (c)\n")
    assert {each.code for each in check(map, select=["AM101"])} == {"AM101"}
    assert "AM101" not in {each.code for each in check(map, ignore=["AM101"])}
