"""What is kept between runs: found again whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from argmap import cache


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "argmap"


def test_what_is_kept_is_found_again_in_a_private_folder(kept: Path) -> None:
    assert cache.read("a") is None
    cache.write("a", b"content")
    assert cache.read("a") == b"content"
    assert [file.name for file in kept.iterdir()] == ["a"]
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"short", b"\x00" * 40])
def test_a_damaged_file_is_as_good_as_none(kept: Path, damage: bytes) -> None:
    cache.write("a", b"content")
    (kept / "a").write_bytes(damage)
    assert cache.read("a") is None
    cache.write("a", b"again")
    assert cache.read("a") == b"again"


def test_a_pipe_in_its_place_does_not_hang(kept: Path) -> None:
    cache.write("b", b"")
    os.mkfifo(kept / "a")
    assert cache.read("a") is None


def test_a_folder_that_others_can_write_to_is_not_used(kept: Path) -> None:
    cache.write("a", b"content")
    kept.chmod(0o777)
    assert cache.read("a") is None
    assert cache.folder() is None


def test_no_folder_is_no_hindrance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    (tmp_path / "file").write_text("")
    for base in ("relative", str(tmp_path / "file"), ""):
        monkeypatch.setenv("XDG_CACHE_HOME", base)
        monkeypatch.setenv("HOME", str(tmp_path / "file"))
        cache.write("a", b"content")
        assert cache.read("a") is None
