"""What every command does alike: help, exit codes, messages instead of tracebacks, UTF-8."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import COMMANDS, cli

CONTEXT = cli.make_context("argmap", [], resilient_parsing=True)
NAMES = cli.list_commands(CONTEXT)


def run(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "argmap", *arguments],
        input=given,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_help_lists_every_command_with_its_line() -> None:
    shown = CliRunner().invoke(cli, ["--help"], terminal_width=120).output
    for name in NAMES:
        assert COMMANDS[name][1] in shown


@pytest.mark.parametrize("name", NAMES)
def test_each_command_s_help_has_examples(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert f"Examples:\n    argmap {name}" in result.output


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["chekc"], "There is no command 'chekc'. Did you mean 'check'?"),
        (["check"], "Missing argument"),
        (["check", "--bogus", "x"], "No such option"),
        (["check", "--select", "E501", "x"], "there is no code 'E501'"),
        (["check", "no-such-file.argmap"], "argmap: there is no file no-such-file.argmap"),
        (["render", "no-such-file.argmap"], "argmap: there is no file no-such-file.argmap"),
        (["check", "."], "argmap: . is a folder, not a file"),
        (["render", "x.argmap", "-o", "x.docx"], "a picture cannot be written as .docx"),
        (["explain", "AM999"], "there is no code AM999"),
    ],
)
def test_mistakes_of_use_exit_with_2_and_a_message(arguments: list[str], complaint: str) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_no_command_shows_the_help() -> None:
    result = CliRunner().invoke(cli, [])
    assert "Commands:" in result.output


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "x.argmap"
    file.touch(mode=0)
    result = CliRunner().invoke(cli, ["check", str(file)])
    assert result.exit_code == 2
    assert "permission denied" in result.stderr


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00", b"\x00" * 50, bytes(range(256)), b"\xff\xfeh\x00i\x00"])
def test_binary_files_are_faults_not_crashes(data: bytes) -> None:
    for command in (["check", "-"], ["render", "-"], ["fmt", "-"]):
        result = CliRunner().invoke(cli, command, input=data)
        assert result.exit_code == 1, (command, result.output)
        assert "Traceback" not in result.output


def test_a_fault_of_argmap_itself_says_so_and_exits_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    import argmap

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(argmap, "check", broken)
    result = CliRunner().invoke(cli, ["check", "-"], input="(a) One.\n")
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr
    assert "this is a bug in argmap" in result.stderr


def test_output_is_utf8_whatever_the_locale() -> None:
    done = run("check", "-", given="(ä) שלום 日本.\n    - (b)\n".encode(), LC_ALL="C", PYTHONUTF8="0", LANG="C")
    assert done.returncode == 1
    assert b"(b)" in done.stdout
    done = run("fmt", "-", given="(ä) שלום 日本.\n".encode(), LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.stdout.decode() == "(ä) שלום 日本.\n"


def test_colour_only_where_wanted() -> None:
    bad = b"(a) One.\n    - (b)\n"
    assert b"\x1b" not in run("check", "-", given=bad).stdout
    assert b"\x1b[1;31m" in run("check", "-", given=bad, FORCE_COLOR="1", NO_COLOR="").stdout
    assert b"\x1b" not in run("check", "-", given=bad, FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_closed_pipe_ends_in_silence() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        [sys.executable, "-m", "argmap", "explain"], stdout=writer, stderr=subprocess.PIPE
    ) as process:
        os.close(writer)
        _, words = process.communicate(timeout=30)
    assert (process.returncode, words) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_ends_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "argmap", "check", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        for _ in range(100):  # until it reads, and no earlier
            time.sleep(0.1)
            state = Path(f"/proc/{process.pid}/wchan")
            if not state.exists() or "pipe" in state.read_text():
                break
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=30)
    assert (process.returncode, words) == (130, b"\nargmap: interrupted\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "."], ". is a folder, not a file"),
        (["render", "map.argmap", "-o", "."], ". is a folder, not a file"),
        (["new", ""], "give the map a name"),
        (["new", ".argmap"], "give the map a name"),
        (
            ["convert", "map.argmap", "map.argmap"],
            "map.argmap is the file being read; give another name to write to",
        ),
    ],
)
def test_a_wrong_file_name_is_told_plainly(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.argmap").write_text("(a) It rains.\n    + (b) The street is wet.\n", encoding="utf-8")
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["map.argmap"]


def test_a_file_in_another_format_is_checked_as_what_it_is_and_not_formatted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("map.argmap").write_text("(a) It rains.\n    + (b) The street is wet.\n        + (a)\n", encoding="utf-8")
    assert CliRunner().invoke(cli, ["convert", "map.argmap", "map.json"]).exit_code == 0
    before = Path("map.json").read_bytes()
    checked = CliRunner().invoke(cli, ["check", "--fix", "map.json"])
    assert checked.exit_code == 1
    assert "AM106" in checked.output
    formatted = CliRunner().invoke(cli, ["fmt", "map.json"])
    assert formatted.exit_code == 2
    assert "argmap convert map.json OUT.argmap" in formatted.output
    assert Path("map.json").read_bytes() == before


def test_a_code_that_does_not_exist_is_not_selected_in_silence(tmp_path: Path) -> None:
    for option in ("--select", "--ignore"):
        result = CliRunner().invoke(cli, ["check", option, "AM999", str(tmp_path / "x.argmap")])
        assert result.exit_code == 2
        assert "there is no code 'AM999'" in result.output


def test_a_picture_is_not_converted_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("map.argmap").write_text("(a) It rains.\n    + (b) The street is wet.\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["convert", "map.argmap", "map.svg"])
    assert result.exit_code == 2
    assert "argmap render draws those" in result.output


STEERING = "\n::add-mask::x\n##[add-mask]y\x1b]52;c;eA==\x07\x9b2J\u202e\u2028"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder of files that try to steer whatever shows their words."""
    step = {"kind": "reason", "ground": ["a"], "target": STEERING}
    text = {"argmap": 1, "statements": [{"id": "a", "text": STEERING}]}
    (tmp_path / "unknown.json").write_text(json.dumps(text | {"steps": [step]}))
    (tmp_path / "words.json").write_text(json.dumps(text))
    (tmp_path / "key").mkdir()
    (tmp_path / "key" / "argmap.toml").write_text(f"{json.dumps(STEERING)} = 1\n")
    (tmp_path / "key" / "map.argmap").write_text("(a) x\n")
    (tmp_path / "fixed.argmap").write_text(
        "(a) x \x1b]52;c;eA==\x07\x9b2J \u202e\n    + y\n   ::add-mask::x ##[add-mask]y\n     -> z\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "check --format github unknown.json",
        "check unknown.json words.json",
        "check --format github words.json",
        "check key/map.argmap",
        "render key/map.argmap",
        "check NAME",
        "render NAME -o x.svg",
        "NAME",
        "check --format NAME words.json",
        "check --select NAME words.json",
        "explain NAME",
        "new NAME/NAME",
        "status words.json",
        "status words.json --of NAME",
        "status words.json --format json",
        "check --format json words.json",
        "check --format sarif fixed.argmap",
        "check fixed.argmap",
        "check --diff fixed.argmap",
        "fmt --diff fixed.argmap",
        "coverage words.json",
        "gallery NAME -o x.html",
        "convert words.json --to aif",
        "convert words.json --to json",
        "convert words.json --to argdown",
        "convert words.json --to prose",
        "convert words.json --to outline",
        "convert words.json --to argmap",
        "convert words.json --to graphml",
        "convert words.json --to mermaid",
        "convert words.json --to standard-form-text",
        "render words.json -o -",
        "render words.json --format dot -o -",
    ],
)
def test_no_text_steers_the_terminal_or_the_log(command: str, hostile: Path) -> None:
    arguments = [word.replace("NAME", STEERING.replace("/", "")) for word in command.split()]
    result = subprocess.run(
        [sys.executable, "-m", "argmap", *arguments],
        capture_output=True,
        cwd=hostile,
        env={**os.environ, "GITHUB_ACTIONS": "true"},
        check=False,
    )
    shown = result.stdout + result.stderr
    assert shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown.decode())
    log = result.stderr if command.startswith(("convert", "render words")) else shown
    assert not re.search(r"##\[|^\s*::(?!(?:error|warning|notice) file=)", log.decode(), re.MULTILINE)
