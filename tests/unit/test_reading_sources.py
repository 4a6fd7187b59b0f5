"""Sources on disk: found beside the map, kept inside its folder, and told of once when they cannot be had."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap.checking import check_sources
from argmap.cli import cli
from argmap.errors import FileError
from argmap.pages import measure_file
from argmap.project.sources import MAX_SOURCE_BYTES, read_sources

QUOTING = '\n(a) It is so.\n    > "the very words" (p. 1)\n    + (b) And so is this.\n        > "more of them"\n'


def write_map(folder: Path, header: str, body: str = QUOTING) -> argmap.ArgumentMap:
    path = folder / "map.argmap"
    path.write_text(header + body, encoding="utf-8")
    return argmap.load(path)


def codes(map: argmap.ArgumentMap, **options: bool) -> list[str]:
    return [told.code for told in check_sources(map, **options)]


def test_a_source_beside_the_map_is_read(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("These are the very words.", encoding="utf-8")
    map = write_map(tmp_path, "source: essay.txt\n")
    assert codes(map) == ["AM501"]
    assert [told.code for told in argmap.check(map)] == ["AM501"]


def test_several_sources_with_short_names(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("These are the very words.", encoding="utf-8")
    (tmp_path / "two.md").write_text("And *more* of them.", encoding="utf-8")
    map = write_map(tmp_path, "source: one = one.txt\nsource: two = two.md\n")
    assert codes(map) == []
    found = read_sources(map, tmp_path)
    assert [(o.name, o.short, o.markdown) for o in found.originals] == [
        ("one.txt", "one", False),
        ("two.md", "two", True),
    ]


def test_a_saved_web_page_is_read_as_its_text(tmp_path: Path) -> None:
    page = "<head><style>p { }</style></head><p>It <b>rains</b> &amp; blows.<script>let no</script><p>Next."
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    body = '(a) One.\n    > "It rains & blows. Next"\n    > "let no"\n'
    map = write_map(tmp_path, "source: page.html\n", body)
    found = [each for each in argmap.check(map) if each.code == "AM501"]
    assert [each.span and map.source and map.source.place(each.span.start)[0] for each in found] == [4]


def test_a_missing_source_is_one_note_whatever_the_number_of_quotations(tmp_path: Path) -> None:
    map = write_map(tmp_path, "source: essay.txt\n")
    (told,) = check_sources(map)
    assert (told.code, told.severity) == ("AM502", argmap.Severity.NOTE)
    assert told.span is not None
    assert map.source is not None
    assert map.source.place(told.span.start)[0] == 1


def test_a_misspelt_source_is_offered_the_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("x", encoding="utf-8")
    (told,) = check_sources(write_map(tmp_path, "source: esay.txt\n"))
    assert told.hint == "did you mean essay.txt?"


def test_an_address_is_no_file(tmp_path: Path) -> None:
    assert codes(write_map(tmp_path, "source: https://example.org/a?b=c\n")) == ["AM502"]


def test_a_map_without_quotations_reads_nothing(tmp_path: Path) -> None:
    assert codes(write_map(tmp_path, "source: missing.txt\n", "\n(a) It is so.\n")) == []


@pytest.mark.parametrize("how", ["above", "absolute", "link"])
def test_sources_stay_inside_the_folder_unless_allowed(tmp_path: Path, how: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    outside = tmp_path / "secret.txt"
    outside.write_text("the very words, and more of them", encoding="utf-8")
    name = {"above": "../secret.txt", "absolute": str(outside), "link": "link.txt"}[how]
    if how == "link":
        (inside / name).symlink_to(outside)
    map = write_map(inside, f"source: {name}\n")
    assert codes(map) == ["AM504"]
    assert codes(map, allow_outside=True) == []


def test_settings_allow_nothing_outside_their_own_folder(tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_text("the very words, more of them", encoding="utf-8")
    strangers = tmp_path / "strangers" / "maps"
    strangers.mkdir(parents=True)
    (strangers.parent / "theirs.txt").write_text("the very words, more of them", encoding="utf-8")
    (strangers.parent / "argmap.toml").write_text("allow-outside = true\n", encoding="utf-8")
    for source, allowed in (("../theirs.txt", True), ("../../private.txt", False)):
        write_map(strangers, f"source: {source}\n")
        if allowed:
            assert measure_file(strangers / "map.argmap")[1][0].used
        else:
            with pytest.raises(FileError, match="outside the map's folder"):
                measure_file(strangers / "map.argmap")
        result = CliRunner().invoke(cli, ["check", str(strangers / "map.argmap")])
        assert ("AM504" in result.output) is not allowed


def test_a_folder_and_a_pipe_are_no_sources(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert codes(write_map(tmp_path, "source: folder\n")) == ["AM503"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")  # opening it would wait for ever
        assert codes(write_map(tmp_path, "source: pipe\n")) == ["AM503"]


def test_bytes_that_are_not_utf8_are_told_and_the_rest_is_searched(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_bytes(b"caf\xe9: the very words, more of them")
    (told,) = check_sources(write_map(tmp_path, "source: essay.txt\n"))
    assert told.code == "AM503"
    assert told.message == "essay.txt: byte 4 of line 1 is not UTF-8: 0xE9"


def test_a_document_that_is_not_text_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "essay.pdf").write_bytes(b"%PDF-1.7 \xff\xfe")
    (told,) = check_sources(write_map(tmp_path, "source: essay.pdf\n"))
    assert told.message == "essay.pdf: this is a PDF document, not text"


def test_a_source_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(MAX_SOURCE_BYTES + 1)
    assert codes(write_map(tmp_path, "source: big.txt\n")) == ["AM503"]


def test_a_file_is_read_and_searched_once_whatever_it_is_called(
    tmp_path: Path,
) -> None:
    (tmp_path / "s.txt").write_text("the very words, more of them", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("s.txt")
    header = "".join(f"source: n{n} = {'./' * n}s.txt\n" for n in range(100)) + "source: link.txt\n"
    map = write_map(tmp_path, header, QUOTING.replace("p. 1", "n77, p. 1"))
    assert codes(map) == []
    assert len(read_sources(map, tmp_path).originals) == 1
    wrong = write_map(tmp_path, header, '\n(a) So.\n    > "no such words" (n77)\n')
    assert codes(wrong) == ["AM501"]


def test_sources_are_limited_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.project.sources.MAX_SOURCE_BYTES", 50)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("the very words, more of them", encoding="utf-8")
    assert codes(write_map(tmp_path, "source: a.txt\nsource: b.txt\n")) == ["AM503"]
    monkeypatch.setattr("argmap.project.sources.MAX_SOURCES", 2)
    assert codes(write_map(tmp_path, "source: x.txt\nsource: y.txt\nsource: a.txt\n")) == ["AM502"] * 2 + ["AM503"]


def test_a_short_name_given_twice(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("the very words, more of them", encoding="utf-8")
    map = write_map(tmp_path, "source: a = one.txt\nsource: a = two.txt\n")
    assert codes(map) == ["AM505"]


def test_impossible_names_are_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert codes(write_map(tmp_path, "source: loop\n"))[0] in ("AM502", "AM503")
    assert codes(write_map(tmp_path, f"source: {'x' * 5000}\n"))[0] in ("AM502", "AM503")


def test_a_map_from_no_file_reads_nothing() -> None:
    assert check_sources(argmap.parse("source: pyproject.toml\n" + QUOTING)) == ()


def test_coverage_of_a_map_without_a_source_says_what_to_do(tmp_path: Path) -> None:
    write_map(tmp_path, "title: x\n")
    with pytest.raises(FileError, match="begin it with a line such as"):
        measure_file(tmp_path / "map.argmap")
    write_map(tmp_path, "source: essay.txt\n")
    with pytest.raises(FileError, match=r"there is no file essay\.txt"):
        measure_file(tmp_path / "map.argmap")
