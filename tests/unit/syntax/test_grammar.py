"""The parser that Lark makes of the grammar, kept between runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import argmap
from argmap.syntax.parser import grammar

TEXT = "(a) Tea. {probably}\n    + (b) Warm.\n@ Ann: accept (a)\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    grammar.cache_clear()
    return tmp_path / "argmap"


def test_the_parser_is_kept_and_found_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = argmap.parse(TEXT)
    assert len(list(kept.iterdir())) == 1
    grammar.cache_clear()
    monkeypatch.setattr("lark.Lark.__init__", lambda *_, **__: pytest.fail("made again"))
    assert argmap.parse(TEXT) == first


@pytest.mark.parametrize("damage", [b"", b"\x80\x04.", b"x" * 100_000])
def test_a_damaged_file_is_made_anew(kept: Path, damage: bytes) -> None:
    first = argmap.parse(TEXT)
    (file,) = kept.iterdir()
    good = file.read_bytes()
    for content in (damage, good[:-1], good[:32] + damage + good[32:]):
        file.write_bytes(content)
        grammar.cache_clear()
        assert argmap.parse(TEXT) == first
        assert len(file.read_bytes()) > 1000


def test_a_pipe_in_its_place_does_not_hang(kept: Path) -> None:
    first = argmap.parse(TEXT)
    (file,) = kept.iterdir()
    file.unlink()
    os.mkfifo(file)
    grammar.cache_clear()
    assert argmap.parse(TEXT) == first


def test_no_cache_folder_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/dev/null")
    grammar.cache_clear()
    assert argmap.parse(TEXT).ok


@pytest.mark.parametrize("unit", ["{} ", "\\", '> "', "a {b} ", "((", "@ a: accept b, "])
def test_time_grows_with_the_length_of_a_line_and_not_faster(unit: str) -> None:
    def seconds(times: int) -> float:
        text = f'(a) Tea.\n    {unit * times}\n    > "{unit * times}\n    + {unit * times}\n'
        start = time.process_time()
        argmap.parse(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 40 * max(seconds(500), 0.002)
