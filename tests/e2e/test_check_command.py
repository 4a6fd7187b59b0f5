"""`argmap check`: what it prints, what it mends, how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import cli

GOOD = "(a) One thing.\n    + (b) Another.\n"
BAD = "(a) One thing.\n    + (b) Another.\n    – (c) A dash.\n    - (pakt)\n"
MENDED = BAD.replace("–", "-")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.argmap").write_text(GOOD)
    (tmp_path / "bad.argmap").write_text(BAD)
    return tmp_path


def check(*arguments: str, given: str | bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["check", *arguments], input=given)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("folder")
def test_clean() -> None:
    assert check("good.argmap") == (0, "no faults in 1 file\n", "")
    assert check("-", given=GOOD)[0] == 0
    assert check("good.argmap", "--format", "github") == (0, "", "")
    assert json.loads(check("good.argmap", "--format", "json")[1]) == {"diagnostics": []}


@pytest.mark.usefixtures("folder")
def test_faults() -> None:
    code, out, _ = check("good.argmap", "bad.argmap")
    assert code == 1
    assert "error[AM101]" in out
    assert "bad.argmap:4:7" in out
    assert out.splitlines()[-1].startswith("2 errors in 2 files")


@pytest.mark.usefixtures("folder")
def test_a_missing_file_does_not_hide_the_faults_of_others() -> None:
    code, out, err = check("bad.argmap", "missing.argmap")
    assert code == 2
    assert "AM101" in out
    assert "there is no file missing.argmap" in err


@pytest.mark.usefixtures("folder")
def test_json_for_programs() -> None:
    code, out, _ = check("bad.argmap", "--format", "json")
    found = json.loads(out)["diagnostics"]
    assert code == 1
    assert [(each["code"], each["line"], each["column"]) for each in found] == [
        ("AM025", 3, 5),
        ("AM101", 4, 7),
    ]


@pytest.mark.usefixtures("folder")
def test_sarif_holds_the_explanations() -> None:
    log = json.loads(check("bad.argmap", "--format", "sarif")[1])
    assert [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]] == ["AM025", "AM101"]
    assert all("shortDescription" in rule for rule in log["runs"][0]["tool"]["driver"]["rules"])


@pytest.mark.usefixtures("folder")
def test_select_and_ignore() -> None:
    assert "AM025" not in check("bad.argmap", "--select", "AM1")[1]
    assert check("bad.argmap", "--ignore", "am0,AM101")[0] == 0
    assert check("bad.argmap", "--ignore", "AM0", "--ignore", "AM101")[0] == 0


def test_settings_choose_and_the_command_line_comes_first(folder: Path) -> None:
    (folder / "argmap.toml").write_text('ignore = ["AM0", "AM1"]\n')
    assert check("bad.argmap")[0] == 0
    assert check("bad.argmap", "--ignore", "AM101")[0] == 1
    (folder / "argmap.toml").write_text("ignroe = []\n")
    code, _, err = check("bad.argmap")
    assert code == 2
    assert "there is no setting 'ignroe'; did you mean 'ignore'?" in err


def test_a_comment_in_the_file(folder: Path) -> None:
    (folder / "bad.argmap").write_text("// argmap: ignore AM025\n" + BAD.replace("    - (pakt)\n", ""))
    assert check("bad.argmap")[0] == 0


def test_notes_do_not_count(folder: Path) -> None:
    (folder / "x.argmap").write_text('source: gone.txt\n\n(a) One.\n    > "One"\n    + (b) Two.\n')
    code, out, _ = check("x.argmap")
    assert (code, "note[AM502]" in out) == (0, True)


def test_fix_writes_and_tells_what_is_left(folder: Path) -> None:
    code, out, _ = check("bad.argmap", "--fix")
    assert code == 1
    assert "AM025" not in out
    assert "AM101" in out
    assert (folder / "bad.argmap").read_text() == MENDED


def test_diff_writes_nothing(folder: Path) -> None:
    code, out, err = check("bad.argmap", "--diff")
    assert code == 1
    assert "-    – (c) A dash.\n+    - (c) A dash.\n" in out
    assert "AM101" in err
    assert (folder / "bad.argmap").read_text() == BAD


def test_fix_from_standard_input_to_standard_output() -> None:
    code, out, err = check("-", "--fix", given=BAD)
    assert (code, out) == (1, MENDED)
    assert "AM101" in err


def test_fix_never_writes_to_a_file_that_could_not_be_read_whole(folder: Path) -> None:
    data = BAD.encode() + b"// caf\xe9\n"
    (folder / "bad.argmap").write_bytes(data)
    code, out, _ = check("bad.argmap", "--fix")
    assert code == 1
    assert "AM001" in out
    assert (folder / "bad.argmap").read_bytes() == data


def test_fix_keeps_line_ends_and_byte_order_mark(folder: Path) -> None:
    data = ("\ufeff" + BAD).replace("\n", "\r\n").encode()
    (folder / "bad.argmap").write_bytes(data)
    check("bad.argmap", "--fix")
    assert (folder / "bad.argmap").read_bytes() == data.replace("–".encode(), b"-")
