"""`argmap render`: where the picture goes, and when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap.cli import cli
from argmap.errors import ConfigError, DocumentError, FileError, FormatError

GOOD = "(a) One thing.\n    + (b) Another.\n"
BAD = GOOD + "    - (pakt)\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.argmap").write_text(GOOD)
    (tmp_path / "bad.argmap").write_text(BAD)
    return tmp_path


def render(*arguments: str, given: str | None = None) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(cli, ["render", *arguments], input=given)
    return result.exit_code, result.stdout_bytes, result.stderr


def test_beside_the_map_as_svg(folder: Path) -> None:
    assert render("good.argmap") == (0, b"", "argmap: drew good.svg\n")
    assert (folder / "good.svg").read_bytes().rstrip().endswith(b"</svg>")


@pytest.mark.parametrize(
    ("name", "start"),
    [("x.png", b"\x89PNG"), ("x.pdf", b"%PDF-"), ("x.dot", b"digraph"), ("X.SVG", b"<?xml")],
)
def test_the_suffix_tells_the_format(name: str, start: bytes, folder: Path) -> None:
    assert render("good.argmap", "-o", name)[0] == 0
    data = (folder / name).read_bytes()
    assert data.startswith(start) or (name == "X.SVG" and data.startswith(b"<svg"))


@pytest.mark.usefixtures("folder")
def test_standard_input_and_output() -> None:
    code, out, err = render("-", given=GOOD)
    assert (code, err) == (0, "")
    assert b"<svg" in out
    assert render("-", "--format", "png", given=GOOD)[1].startswith(b"\x89PNG")
    assert render("good.argmap", "-o", "-", "--format", "dot")[1].startswith(b"digraph")


@pytest.mark.usefixtures("folder")
def test_a_name_that_says_another_format_is_refused() -> None:
    code, _, err = render("good.argmap", "-o", "x.svg", "--format", "png")
    assert code == 2
    assert "x.svg would be svg, not png" in err
    assert render("good.argmap", "--format", "png") == (0, b"", "argmap: drew good.png\n")


def test_a_map_with_errors_is_not_drawn(folder: Path) -> None:
    code, out, err = render("bad.argmap")
    assert (code, out) == (1, b"")
    assert "AM101" in err
    assert not (folder / "bad.svg").exists()


def test_unless_part_of_it_is_asked_for(folder: Path) -> None:
    code, _, err = render("bad.argmap", "--partial")
    assert code == 0
    assert "AM101" in err
    assert (folder / "bad.svg").exists()


def test_the_map_is_never_overwritten(folder: Path) -> None:
    (folder / "map.svg").write_text(GOOD)
    code, _, err = render("map.svg")
    assert code == 2
    assert "map.svg is the file being read" in err
    assert (folder / "map.svg").read_text() == GOOD


def test_other_formats_are_drawn_too(folder: Path) -> None:
    assert CliRunner().invoke(cli, ["convert", "good.argmap", "good.json"]).exit_code == 0
    assert render("good.json", "-o", "from-json.dot")[0] == render("good.argmap", "-o", "good.dot")[0] == 0
    assert (folder / "from-json.dot").read_text() == (folder / "good.dot").read_text()
    (folder / "picture.png").write_bytes(b"nonsense")
    code, _, err = render("picture.png", "-o", "x.svg")
    assert code == 2
    assert "cannot determine the format" in err


def test_settings_are_used_and_the_command_line_comes_first(folder: Path) -> None:
    (folder / "argmap.toml").write_text('direction = "right"\nwidth = 8\n')
    render("good.argmap", "-o", "set.dot")
    assert "rankdir=LR" in (folder / "set.dot").read_text()
    render("good.argmap", "-o", "told.dot", "--direction", "down")
    assert "rankdir=LR" not in (folder / "told.dot").read_text()
    (folder / "argmap.toml").write_text('direction = "sideways"\n')
    assert render("good.argmap")[0] == 2
    (folder / "argmap.toml").write_text('theme = "nonesuch"\n')
    code, _, err = render("good.argmap")
    assert code == 2
    assert "nonesuch" in err


def test_the_missing_engine_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    code, _, err = render("good.argmap", "--engine", "system")
    assert code == 2
    assert "install" in err
    assert not (folder / "good.svg").exists()


def test_from_python(folder: Path) -> None:
    map = argmap.load("good.argmap")
    svg = argmap.render(map)
    assert argmap.render(map, folder / "out.svg") == svg == (folder / "out.svg").read_bytes()
    with pytest.raises(FormatError):
        argmap.render(map, "out.docx")
    with pytest.raises(FileError):
        argmap.render(argmap.parse("(a) x", "good.argmap"), "nowhere/out.svg")
    with pytest.raises(ConfigError):
        argmap.render(map, direction="sideways")
    bad = argmap.load("bad.argmap")
    with pytest.raises(DocumentError):
        argmap.render(bad)
    assert b"<svg" in argmap.render(bad, partial=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--page", "A4"], "--page is for a PDF"),
        (["--dpi", "200"], "--dpi is for a PNG"),
        (["--depth", "1"], "--depth goes with --focus"),
        (["--only", "resons"], "choose from reasons, objections"),
        (["--stdout", "-o", "x.svg"], "choose one"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.argmap").write_text("(a) It rains.\n    + (b) The street is wet.\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["render", "m.argmap", *options])
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not Path("m.svg").exists()


def test_labels_may_be_given_in_parentheses_and_the_picture_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.argmap").write_text("(a) It rains.\n    + (b) The street is wet.\n", encoding="utf-8")
    for options in (["--focus", "(b)"], ["--withdraw", "(b)"], ["--fold", "(a)"]):
        result = CliRunner().invoke(cli, ["render", "m.argmap", "--stdout", "--format", "dot", *options])
        assert result.exit_code == 0, result.output
        assert "digraph" in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.argmap"]


def test_a_picture_of_many_boxes_is_drawn_and_the_way_out_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = "".join(f"    + (r{number}) Reason {number}.\n" for number in range(160))
    Path("m.argmap").write_text("(a) One.\n" + lines, encoding="utf-8")
    result = CliRunner().invoke(cli, ["render", "m.argmap", "-o", "m.dot"])
    assert result.exit_code == 0
    assert "161 boxes" in result.output
    assert "--overview" in result.output


def test_a_choice_that_leaves_nothing_is_told(tmp_path: Path) -> None:
    lesson = Path(__file__).parents[2] / "examples" / "lesson.argmap"
    arguments = ["render", str(lesson), "--section", "4. A circle", "--focus", "picnic"]
    told = CliRunner().invoke(cli, [*arguments, "-o", str(tmp_path / "x.svg")])
    assert told.exit_code == 2
    assert "nothing to draw" in told.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["--compare", "Ann", "Ann"], "nobody else"),
        (["--compare", "Ann", "Bob", "--holder", "Ann"], "one at a time"),
    ],
)
def test_two_holders_are_two(tmp_path: Path, names: list[str], words: str) -> None:
    file = tmp_path / "m.argmap"
    file.write_text("(a) One.\n    + (b) Two.\n@ Ann: accept (a)\n@ Bob: reject (a)\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["render", str(file), *names, "-o", str(tmp_path / "x.svg")])
    assert told.exit_code == 2
    assert words in told.output
