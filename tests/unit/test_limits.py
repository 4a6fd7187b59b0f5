"""Limits on what a small file can ask for: sums, not items."""

from __future__ import annotations

import pytest

import argmap
from argmap.errors import FormatError


def codes(text: str) -> list[str]:
    return [found.code for found in argmap.parse(text).diagnostics]


def test_a_line_of_stances_is_no_product() -> None:
    holders = ", ".join(f"h{n}" for n in range(400))
    labels = " ".join(f"(a{n})" for n in range(400))
    statements = "".join(f"(a{n}) Statement {n}.\n\n" for n in range(400))
    map = argmap.parse(f"{statements}@ {holders}: accept {labels}\n")
    assert [found.code for found in map.diagnostics] == ["AM004"]
    assert not map.ok
    assert len(map.stances) <= 100_000


def test_problems_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.syntax.lexer.MAX_DIAGNOSTICS", 10)
    assert codes("(a) x\n" + "    +b\n" * 50) == ["AM026"] * 10 + ["AM004"]


@pytest.mark.parametrize("text", ["(a) x\n\n\n\n\n\n\n", "(a) *a *a *a *a *a *a", "(a) {a} {b} {c} {d} {e} {f}"])
def test_lines_and_marks_are_counted(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.syntax.parser.MAX_MARKS", 5)
    assert codes(text) == ["AM004"]
    assert codes("(a) x\n") == []


def test_values_and_elements_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.formats.json_text.MOST", 10)
    with pytest.raises(FormatError, match="too large: more than 10 values"):
        argmap.parse('{"argmap": 1, "statements": [' + "{}," * 9 + "{}]}", format="json")
    monkeypatch.setattr("argmap.formats.arggraph.MOST", 10)
    with pytest.raises(FormatError, match="too large: more than 10 elements"):
        argmap.parse("<arggraph>" + "<edu/>" * 10 + "</arggraph>", format="arggraph")
