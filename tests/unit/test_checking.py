"""`argmap.check` gathers what every room says, once, in the order of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_quotation_that_is_never_closed_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Words of the source.\n", encoding="utf-8")
    text = 'source: s.txt\n\n(a) It rains.\n    > "never closed\n    > "not in it"\n'
    told = argmap.check(argmap.parse(text), folder=tmp_path)
    assert [(one.code, one.labels[0].span.start) for one in told if one.code in ("AM043", "AM501")] == [
        ("AM043", text.index('"never')),
        ("AM501", text.index('> "not')),
    ]


def test_a_file_in_another_encoding_is_not_told_to_lack_an_argument(tmp_path: Path) -> None:
    path = tmp_path / "m.argmap"
    path.write_bytes("(a) It rains.\n".encode("utf-16"))
    assert [fault.code for fault in argmap.load(path).diagnostics] == ["AM001"]


def test_a_label_with_half_its_parentheses_in_a_stance_is_one_fault() -> None:
    for half in ("(b", "b)", "b"):
        map = argmap.parse(f"(a) One.\n    + (b) Two.\n\n@ Joe: doubt (a), {half}\n")
        (fault,) = [each for each in map.diagnostics if each.code == "AM053"]
        assert (fault.hint or "").startswith("write `(b)`")
        assert fault.message.startswith(f"`{half}` is not")


@pytest.mark.parametrize("unknown", ["AM999", "no-such-rule", "E501", ""])
def test_a_code_that_does_not_exist_is_an_error(unknown: str) -> None:
    for option in ("select", "ignore"):
        with pytest.raises(argmap.ArgmapError, match=f"there is no code '{unknown}': write AM201"):
            check(argmap.parse("(a) x"), **{option: ["AM1", unknown]})
