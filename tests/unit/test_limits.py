"""Limits on what a small file can ask for: sums, not items."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import argmap
from argmap.analysis.causes import Cause
from argmap.analysis.standing import status
from argmap.cli import cli
from argmap.converting import convert
from argmap.errors import FormatError
from argmap.formats import registry


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


def test_holders_times_statements_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.cli.meaning._MOST_FINDINGS", 20)
    follow = "".join(f"    => (b{n}) y\n" for n in range(5))
    text = f"(a) x\n{follow}\n" + "".join(f"@ h{n}: accept (a)\n" for n in range(5))
    for options in (["--all"], ["--format", "json"]):
        result = CliRunner().invoke(cli, ["positions", "-", *options], input=text)
        assert result.exit_code == 2
        assert "5 holders have too many findings for one answer: name one with --holder" in result.output
        assert CliRunner().invoke(cli, ["positions", "-", *options, "--holder", "h1"], input=text).exit_code == 0
    assert CliRunner().invoke(cli, ["positions", "-"], input=text).exit_code == 0


def test_a_long_circle_is_named_in_parts() -> None:
    map = argmap.parse("".join(f"(s{n}) x\n    + (s{(n + 1) % 200})\n\n" for n in range(200)))
    answers = list(status(map))
    assert {answer.cause for answer in answers} == {Cause.CIRCLE}
    assert {len(answer.by) for answer in answers} == {50}
    assert answers[-1].by[:2] == ("s0", "s1")
    assert len(list(status(map).chain("s7"))) == 200


def test_prose_says_a_long_statement_once() -> None:
    text = "(z) Much, " + "much, " * 200 + "said!\n" + "".join(f"\n(p{n}) Point {n}.\n    + (z)\n" for n in range(9))
    written = convert(argmap.parse(text), registry.by_name("prose")).text
    assert written.count("said!") == 1
    assert written.count("Much, much, ") == 9


def test_the_right_form_is_shown_for_the_first_faults_of_a_file() -> None:
    from argmap.syntax.messages import MOST_FORMS

    faults = argmap.parse("(a) One.\n" + "    * Two.\n" * (MOST_FORMS + 50)).diagnostics
    assert [fault.form is not None for fault in faults] == [True] * MOST_FORMS + [False] * 50


def test_numbered_lines_without_end_are_read_in_parts() -> None:
    assert [fault.code for fault in argmap.parse("1. All is so.\n" * 250).diagnostics] == ["AM025"] * 3
