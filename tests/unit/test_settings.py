"""Settings files: found upwards, read strictly, with an error that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.errors import ConfigError
from argmap.project.settings import find_settings


def test_none(tmp_path: Path) -> None:
    assert find_settings(tmp_path / "x.argmap").select == ()


def test_found_in_the_nearest_folder_upwards(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.argmap]\nselect = ["am2"]\ntimeout = 5\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'argmap-notes'\n")  # has no say
    found = find_settings(inner / "x.argmap")
    assert (found.select, found.timeout, found.file) == (("AM2",), 5.0, tmp_path / "pyproject.toml")
    (inner / "argmap.toml").write_text('engine = "system"\n')
    found = find_settings(inner / "x.argmap")
    assert (found.select, found.engine) == ((), "system")


@pytest.mark.parametrize(
    "text",
    ["[tool.argmap]\ntheme = 'x'", "[ tool . argmap ]\ntheme = 'x'", "[tool]\nargmap = {theme = 'x'}",
     "tool.argmap.theme = 'x'", "tool = {argmap = {theme = 'x'}}", "[tool]\n[tool.'argmap']\ntheme = 'x'"],
)  # fmt: skip
def test_every_way_to_write_the_table(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert find_settings(tmp_path / "x.argmap").theme == "x"


def test_standard_input_has_the_settings_of_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "argmap.toml").write_text('ignore = ["AM3"]\n')
    monkeypatch.chdir(tmp_path)
    assert find_settings("-").ignore == ("AM3",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('selct = ["AM2"]', "selct: unknown; did you mean “select”?"),
        ("zzz = 1", "zzz: unknown; there may be select, ignore"),
        ('select = "AM2"', "select: must be a list, not 'AM2'"),
        ('ignore = ["E501"]', "ignore: must be a list of codes"),
        ("timeout = true", "timeout: must be a number above 0, not true"),
        ("timeout = -1", "timeout: must be a number above 0, not -1"),
        ("timeout = nan", "timeout: must be a number above 0, not nan"),
        ("width = 2.5", "width: must be a whole number, not 2.5"),
        ("theme = {}", "theme: must be a string, not {}"),
        ("themes = {a = 1}", "themes: must be a table of tables"),
        ("select = [", "is not good TOML"),
    ],
)
def test_mistakes_are_errors(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "argmap.toml").write_text(text)
    with pytest.raises(ConfigError, match=complaint):
        find_settings(tmp_path / "x.argmap")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "argmap.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not good TOML"):
        find_settings(tmp_path / "x.argmap")
