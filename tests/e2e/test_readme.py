"""What the README says is true: its commands, its map, its picture, its Python."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap.cli import cli
from argmap.project.settings import settings_from

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_map_shown_is_the_example_that_is_drawn() -> None:
    (shown,) = blocks("argmap")
    example = argmap.load(ROOT / "examples" / "withdrawal.argmap")
    assert argmap.parse(shown) == example
    assert argmap.parse(shown).diagnostics == ()


def test_the_picture_is_what_the_command_draws_today() -> None:
    drawn = argmap.render(argmap.load(ROOT / "examples" / "withdrawal.argmap"), "svg", engine="builtin")
    kept = (ROOT / "docs" / "pictures" / "withdrawal.svg").read_bytes()
    assert kept == drawn, "look at the new picture; if it is good, draw it again as the README says"


def test_the_commands_of_the_tour_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tour,) = blocks("console")
    monkeypatch.chdir(tmp_path)
    commands = [line.split("#")[0].split()[2:] for line in tour.splitlines()]
    # These run until they are stopped, or build the page.
    commands = [command for command in commands if command[0] not in ("watch", "live", "lsp", "playground")]
    assert len(commands) >= 7
    for command in commands:
        result = CliRunner().invoke(cli, command)
        assert result.exit_code == 0, (command, result.output)


def test_every_command_named_exists() -> None:
    context = cli.make_context("argmap", [], resilient_parsing=True)
    for name in re.findall(r"`argmap ([a-z]+)\b", README):
        assert name in cli.list_commands(context)


def test_the_fault_shown_looks_like_that() -> None:
    (shown, *_) = blocks("text")
    result = CliRunner().invoke(cli, ["check", "-"], input="(a) One thing.\n    - (pakt)\n")
    assert shown.replace("essay.argmap", "<stdin>") in result.output


def test_the_settings_shown_are_good() -> None:
    (shown,) = blocks("toml")
    settings_from(tomllib.loads(shown)["tool"]["argmap"], Path("pyproject.toml"))


def test_the_python_runs(tmp_path: Path) -> None:
    (shown,) = blocks("python")
    (tmp_path / "examples").mkdir()
    shutil.copy(ROOT / "examples" / "withdrawal.argmap", tmp_path / "examples")
    done = subprocess.run(
        [sys.executable, "-c", shown],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Jaw-jaw in Baghdad 12\n")


def test_the_two_commands_can_be_taken_out() -> None:
    for name, part in (("draw", "argmap render examples/withdrawal.argmap"), ("test", "pytest")):
        done = subprocess.run(
            [sys.executable, ROOT / ".ci" / "readme_command.py", name],
            capture_output=True,
            text=True,
            check=True,
        )
        assert part in done.stdout
        assert len(done.stdout.strip().splitlines()) == 1


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
