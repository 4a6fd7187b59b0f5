"""`argmap new` writes maps without fault; `argmap explain` has a text for every code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap.checking import explanations
from argmap.cli import cli
from argmap.diagnostics import Explanation, Severity

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


def test_every_code_is_explained_once() -> None:
    codes = [text.code for text in explanations()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"AM[0-9]{3}", code) for code in codes)
    listed = CliRunner().invoke(cli, ["explain"]).stdout
    assert [line.split()[0] for line in listed.splitlines()] == codes


def test_every_code_that_the_source_speaks_of_is_explained() -> None:
    root = Path(argmap.__file__).parent
    spoken = {
        code
        for path in root.rglob("*.py")
        for code in re.findall(r'"(AM[0-9]{3})"', path.read_text(encoding="utf-8"))
    }
    assert spoken - {text.code for text in explanations()} == set()


@pytest.mark.parametrize("asked", ["AM101", "am101", "unknown-label"])
def test_explain_one(asked: str) -> None:
    result = CliRunner().invoke(cli, ["explain", asked])
    assert result.exit_code == 0
    assert result.stdout.startswith("AM101 unknown-label (error): ")


EXAMPLES = [
    (text.code, kind, example)
    for text in explanations()
    for kind, example in re.findall(r"```argmap (bad|good)\n(.*?)```", text.text, re.DOTALL)
]


@pytest.mark.parametrize(
    ("code", "kind", "example"), EXAMPLES, ids=[f"{c}-{k}-{n}" for n, (c, k, _) in enumerate(EXAMPLES)]
)
def test_the_examples_of_a_code_are_true(code: str, kind: str, example: str) -> None:
    map = argmap.parse(example)
    found = {fault.code for fault in argmap.check(map, select=[code])}
    assert found == ({code} if kind == "bad" else set())


@pytest.mark.parametrize("text", explanations(), ids=lambda text: text.code)
def test_a_summary_is_one_sentence(text: Explanation) -> None:
    assert "\n" not in text.summary
    assert re.fullmatch("[a-z0-9-]+", text.name)
    assert text.text.strip()


def test_every_summary_is_a_sentence() -> None:
    for one in explanations():
        assert one.summary[0].isupper() or one.summary[0] == "`", one.code
        assert one.summary.endswith((".", ")")), one.code
