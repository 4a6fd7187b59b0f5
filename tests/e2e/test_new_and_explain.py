"""`argmap new` writes maps without fault; `argmap explain` has a text for every code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap.cli import cli
from argmap.diagnostics import Severity
from argmap.diagnostics.explanation import codes

STARTERS = [[], ["--example", "op-ed"], ["--example", "debate"], ["--example", "lesson"]]


@pytest.mark.parametrize("options", STARTERS)
def test_a_starter_has_no_fault_and_is_in_order(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["new", "mine", *options])
    assert result.exit_code == 0, result.output
    map = argmap.load("mine.argmap")
    assert [found for found in argmap.check(map) if found.severity is not Severity.NOTE] == []
    assert len(map.statements) > 5
    assert "//" in (tmp_path / "mine.argmap").read_text(encoding="utf-8")
    assert CliRunner().invoke(cli, ["fmt", "--check", "mine.argmap"]).exit_code == 0


def test_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.argmap").write_text("mine")
    result = CliRunner().invoke(cli, ["new", "mine.argmap"])
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert (tmp_path / "mine.argmap").read_text() == "mine"


def test_to_standard_output() -> None:
    assert "(claim)" in CliRunner().invoke(cli, ["new", "-"]).stdout


def test_explain_alone_lists_every_code() -> None:
    listed = CliRunner().invoke(cli, ["explain"]).stdout
    assert tuple(line.split()[0] for line in listed.splitlines()) == codes()


@pytest.mark.parametrize("asked", ["AM101", "am101", "unknown-label"])
def test_explain_one(asked: str) -> None:
    result = CliRunner().invoke(cli, ["explain", asked])
    assert result.exit_code == 0
    assert result.stdout.startswith("AM101 unknown-label (error): ")


def test_explain_lists_a_set_and_what_begins_so() -> None:
    for given in ("teaching", "AM30", "am30"):
        lines = CliRunner().invoke(cli, ["explain", given]).output.splitlines()
        assert [line.split()[2] for line in lines] == [
            "golden",
            "rabbit",
            "holding-hands",
            "question-as-claim",
        ]
