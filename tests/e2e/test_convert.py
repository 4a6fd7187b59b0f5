"""`argmap convert` and `argmap formats`, as somebody at a shell meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import argmap
from argmap.cli import cli
from argmap.errors import DocumentError, FormatError, UnknownStatementError

ESSAY = """\
title: Tea
(a) Tea is better than coffee.
    + (b) It keeps you calm. {#health}
    - (c) It costs more.
        - (d) Not by the cup.
    => (e) Order tea.
"""


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["convert", *arguments], input=given, standalone_mode=False)


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.argmap"
    path.write_text(ESSAY, encoding="utf-8")
    return path


def test_by_suffix_there_and_back(essay: Path) -> None:
    there = essay.with_suffix(".json")
    assert run(str(essay), str(there)).return_value == 0
    assert json.loads(there.read_text(encoding="utf-8"))["argmap"] == 2
    back = essay.with_name("back.argmap")
    assert run(str(there), str(back)).return_value == 0
    assert argmap.load(back) == argmap.load(essay)


def test_standard_input_and_output() -> None:
    assert run("-", "--to", "outline", given=ESSAY).stdout.startswith("# Tea\n\n- **(a)** Tea")
    result = run("-", "--to", "json", given=ESSAY)
    assert result.return_value == 0
    assert json.loads(result.stdout)["statements"][0]["id"] == "a"


def test_each_loss_is_told_and_the_exit_code_says_so(essay: Path) -> None:
    out = essay.with_suffix(".mmd")
    result = run(str(essay), str(out))
    assert result.return_value == 1
    assert result.stderr.count("AM401") == 1
    assert "#health" in result.stderr
    assert "essay.argmap:3:" in result.stderr
    assert out.read_text(encoding="utf-8").startswith("---\ntitle")


def test_strict_writes_nothing_when_something_would_be_lost(essay: Path) -> None:
    out = essay.with_suffix(".mmd")
    result = run(str(essay), str(out), "--strict")
    assert result.return_value == 1
    assert not out.exists()
    assert run(str(essay), str(essay.with_suffix(".json")), "--strict").return_value == 0


def test_focus_leaves_out_what_only_follows(essay: Path) -> None:
    result = run(str(essay), "--to", "argmap", "--focus", "c")
    assert result.stdout == "title: Tea\n\n(c) It costs more.\n    - (d) Not by the cup.\n"


def test_never_over_the_file_it_comes_from(essay: Path) -> None:
    result = run(str(essay), str(essay), "--to", "json")
    assert result.return_value == 2
    assert "is the file being read" in result.stderr
    assert essay.read_text(encoding="utf-8") == ESSAY


def test_replacing_another_file_is_told(essay: Path) -> None:
    out = essay.with_suffix(".json")
    out.write_text("mine", encoding="utf-8")
    assert f"replaced {out}" in run(str(essay), str(out)).stderr


def test_a_file_with_errors_is_not_converted(essay: Path) -> None:
    essay.write_text("(a) One.\n    + (nobody)\n", encoding="utf-8")
    out = essay.with_suffix(".json")
    result = run(str(essay), str(out))
    assert result.return_value == 1
    assert "AM101" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["essay.argmap", "out.xyz"], "says no format"),
        (["essay.argmap", "--to", "mermade"], "did you mean mermaid"),
        (["essay.argmap", "--to", "kialo"], "can be read but not written"),
        (["essay.argmap", "out.json", "--from", "mermaid"], "can be written but not read"),
        (["essay.argmap"], "--to"),
        (["essay.argmap", "out.json", "--focus", "x"], "no statement (x)"),
    ],
)
def test_what_cannot_be_done_is_said(
    essay: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(essay.parent)
    result = run(*arguments)
    assert words in result.stderr
    assert result.return_value == 2


def test_formats_lists_them_all() -> None:
    result = CliRunner().invoke(cli, ["formats"], standalone_mode=False)
    for name in (
        "argmap",
        "json",
        "argdown",
        "kialo",
        "arggraph",
        "sadface",
        "arguebuf",
        "outline",
        "prose",
        "mermaid",
    ):
        assert f"\n{name} " in f"\n{result.stdout}"


def test_read_and_write_in_python(tmp_path: Path) -> None:
    map = argmap.parse(ESSAY)
    assert argmap.write(map, tmp_path / "x.json") == ()
    assert argmap.load(tmp_path / "x.json") == map
    lost = argmap.write(map, tmp_path / "x.mmd")
    assert [found.code for found in lost] == ["AM401"]
    with pytest.raises(FormatError, match="#health"):
        argmap.write(map, tmp_path / "y.mmd", strict=True)
    assert not (tmp_path / "y.mmd").exists()
    with pytest.raises(UnknownStatementError):
        argmap.write(map, tmp_path / "y.json", focus="x")
    with pytest.raises(DocumentError):
        argmap.write(argmap.parse("(a) A.\n    + (x)\n"), tmp_path / "y.json")


def test_a_file_that_is_no_json_is_told_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "map.json"
    broken.write_text('{"argmapp": [\n', encoding="utf-8")
    result = CliRunner().invoke(cli, ["convert", str(broken), "--to", "argmap"])
    assert result.exit_code == 2
    assert "map.json:2:1: not JSON" in result.output


@pytest.mark.parametrize("name", ["essay.argmap", "essay.txt", "essay", "essay.json", "essay.argdown", "essay.aif"])
def test_load_reads_every_format_by_name_and_content(name: str, tmp_path: Path) -> None:
    map = argmap.parse(ESSAY)
    format = "argmap" if name in ("essay", "essay.txt") else None
    argmap.write(map, tmp_path / name, format=format)
    back = argmap.load(tmp_path / name)
    assert {each.text for each in back.statements} == {each.text for each in map.statements}
    assert len(back.steps) == len(map.steps)


def test_parse_takes_a_text_and_never_a_path(tmp_path: Path) -> None:
    path = tmp_path / "essay.argmap"
    path.write_text(ESSAY, encoding="utf-8")
    assert [statement.text for statement in argmap.parse(str(path)).statements] == [str(path)]
    assert argmap.parse("1. A claim.\n1.1. Pro: A reason.\n", format="kialo")["1.1"].text == "A reason."
    with pytest.raises(FormatError, match="kialoo"):
        argmap.parse("x", format="kialoo")


def test_a_file_whose_format_nothing_says_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "essay.xyz"
    path.write_text(ESSAY, encoding="utf-8")
    with pytest.raises(FormatError, match="neither its name nor its content"):
        argmap.load(path)
    assert argmap.load(path, "argmap").ok


def test_reports_of_a_kind_are_one_and_all_are_in_the_report(tmp_path: Path) -> None:
    map = tmp_path / "m.argmap"
    map.write_text("(a) A. {#x}\n    ~ (b) B. {#y}\n    ~ (c) C. {#z, probably}\n    ~ (d) D. {#w}\n", encoding="utf-8")
    report = tmp_path / "report.json"
    result = run(str(map), str(tmp_path / "m.aif"), "--report", str(report))
    assert result.return_value == 1
    shown = [line for line in result.stderr.splitlines() if line.startswith(("warning", "argmap:"))]
    assert shown == [
        "warning[AM401]: the tag #x of (a): AIF has no place for tags (and 3 more of this kind)",
        "warning[AM401]: the qualifier “probably” of (c): AIF has no place for qualifiers",
        "warning[AM402]: a point against (a) that is granted; AIF sees a conflict (and 2 more of this kind)",
        "argmap: AIF JSON (AIFdb): 4 statements, 3 relations, 3 changed, 5 lost",
    ]
    value = json.loads(report.read_text(encoding="utf-8"))
    assert value["summary"] == {"statements": 4, "relations": 3, "changed": 3, "lost": 5}
    assert len(value["diagnostics"]) == 8
    assert all(found["line"] for found in value["diagnostics"])


def test_what_is_only_changed_is_no_failure(tmp_path: Path) -> None:
    map = tmp_path / "m.argmap"
    map.write_text("(a) A.\n    ~ (b) B.\n", encoding="utf-8")
    assert run(str(map), str(tmp_path / "m.aif")).return_value == 0
    assert run(str(map), str(tmp_path / "n.aif"), "--strict").return_value == 1
    assert not (tmp_path / "n.aif").exists()
