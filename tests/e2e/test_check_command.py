"""`argmap check`: what it prints, what it mends, how it exits."""

from __future__ import annotations

import json
import re
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
    assert check("good.argmap") == (0, "no problems in 1 file\n", "")
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


def test_names_and_sets_are_taken_where_codes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.argmap"
    path.write_text("(a) We should go.\n    + (b) It rains.\n    - (b)\n", encoding="utf-8")

    def codes(*options: str) -> list[str]:
        output = check(str(path), *options)[1]
        return sorted(set(re.findall(r"\[(AM\d+)\]", output)))

    assert codes("--ignore", "AM2") == ["AM110"]
    assert codes("--select", "golden") == ["AM301"]
    assert codes("--select", "teaching", "--ignore", "AM2") == ["AM110", "AM301"]
    assert codes("--select", "teaching", "--ignore", "AM2,both-for-and-against") == ["AM301"]
    (tmp_path / "argmap.toml").write_text('select = ["teaching"]\nignore = ["Golden", "unanswered"]\n')
    assert codes() == ["AM110"]


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
    assert "did you mean “ignore”?" in err


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


def test_a_code_that_there_is_not_is_told_wherever_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "m.argmap"
    file.write_text("// argmap: ignore AM999\n(a) One.\n    + (b) Two.\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["check", str(file)])
    assert told.exit_code == 1
    assert "AM090" in told.output
    assert "there is no code AM999" in told.output
    (tmp_path / "argmap.toml").write_text('ignore = ["AM999"]\n', encoding="utf-8")
    told = CliRunner().invoke(cli, ["check", str(file)])
    assert told.exit_code == 2
    assert "argmap.toml: there is no code 'AM999'" in told.output


def test_a_tag_on_a_line_of_its_own_stays_a_tag(tmp_path: Path) -> None:
    file = tmp_path / "m.argmap"
    text = "(a) One. {probably,\n    #tag}\n    + (b) Two.\n"
    file.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(cli, ["check", "--fix", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == text


def test_errors_that_a_file_ignores_are_told_where_they_matter(tmp_path: Path) -> None:
    file = tmp_path / "m.argmap"
    file.write_text("// argmap: ignore AM101\n(a) One.\n    + (nope)\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["render", str(file)])
    assert told.exit_code == 1
    assert "AM101" in told.output


def test_a_heading_alone_is_no_argument(tmp_path: Path) -> None:
    file = tmp_path / "m.argmap"
    file.write_text("# One\n", encoding="utf-8")
    assert "AM003" in CliRunner().invoke(cli, ["check", str(file)]).output
    assert CliRunner().invoke(cli, ["render", str(file)]).exit_code == 1


@pytest.mark.parametrize(
    ("stance", "codes"),
    [
        ("accept a", ["AM053"]),
        ("accept (a).", ["AM053"]),
        ("accept", ["AM052"]),
        ("accept (what?)", ["AM053"]),
    ],
)
def test_one_mistake_in_a_stance_is_told_once(tmp_path: Path, stance: str, codes: list[str]) -> None:
    file = tmp_path / "m.argmap"
    file.write_text(f"(a) One.\n    + (b) Two.\n\n@ Ed: {stance}\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["check", "--format", "json", str(file)])
    assert [each["code"] for each in json.loads(told.output)["diagnostics"]] == codes


def test_attributes_that_are_surely_meant_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "m.argmap"
    file.write_text('(a) One. {implicit: no}\n    + (b) Two. {x: "abc}\n', encoding="utf-8")
    told = CliRunner().invoke(cli, ["check", "--format", "json", str(file)])
    assert [each["code"] for each in json.loads(told.output)["diagnostics"]] == ["AM041", "AM043"]
