"""`argmap coverage` as it is typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argmap.cli import cli

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the Declaration and its map, where the command is typed."""
    for name in ("declaration.argmap", "declaration.txt"):
        shutil.copy(EXAMPLES / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["coverage", *arguments], input=text)


def test_table() -> None:
    result = run("declaration.argmap")
    assert result.exit_code == 0
    assert "\n  21  For imposing Taxes on us without our Consent:         (taxes)\n" in result.output
    assert "The map rests on 32 of the 34 paragraphs of declaration.txt (94%)" in result.output


def test_only_what_is_passed_over() -> None:
    lines = run("declaration.argmap", "--passed-over").output.splitlines()
    assert [line[:6] for line in lines[1:3]] == ["   1  ", "   2  "]
    assert len(lines) == 5


def test_json() -> None:
    data = json.loads(run("declaration.argmap", "--format", "json").output)
    assert data["sources"][0]["paragraphs_used"] == 32


def test_from_standard_input_the_source_is_looked_for_here() -> None:
    text = Path("declaration.argmap").read_text(encoding="utf-8")
    assert "32 of the 34" in run("-", text=text).output


def test_a_page_is_written_and_never_over_the_map() -> None:
    assert run("declaration.argmap", "--html", "page.html").exit_code == 0
    assert Path("page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    before = Path("declaration.argmap").read_bytes()
    assert run("declaration.argmap", "--html", "./declaration.argmap").exit_code == 2
    assert run("declaration.argmap", "--html", "declaration.txt").exit_code == 2
    assert Path("declaration.argmap").read_bytes() == before


def test_a_map_without_a_source_says_what_to_do() -> None:
    Path("bare.argmap").write_text("(a) It is so.\n", encoding="utf-8")
    result = run("bare.argmap")
    assert result.exit_code == 2
    assert "source: essay.txt" in result.output
