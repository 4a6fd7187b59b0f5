"""Reading and writing files: clear errors, nothing half-written, nothing overwritten by accident."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from argmap.errors import FileError
from argmap.project import files as files_module
from argmap.project.files import create, guard_output, read_bytes, read_source, write_bytes


def test_missing_file_offers_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "essay.argmap").touch()
    with pytest.raises(FileError, match=r"there is no file .*esay\.argmap; did you mean .*essay\.argmap\?"):
        read_bytes(tmp_path / "esay.argmap")
    with pytest.raises(FileError, match=r"there is no file nowhere/at-all$"):
        read_bytes("nowhere/at-all")


def test_folders_and_impossible_names(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a folder"):
        read_bytes(tmp_path)
    with pytest.raises(FileError, match="is a folder"):
        write_bytes(tmp_path, b"")
    with pytest.raises(FileError):
        read_bytes("a\0b")
    with pytest.raises(FileError):
        write_bytes(tmp_path / "no" / "such" / "folder", b"")


def test_a_file_past_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "MAX_BYTES", 10)
    (tmp_path / "x").write_bytes(b"x" * 11)
    with pytest.raises(FileError, match="larger than"):
        read_bytes(tmp_path / "x")
    if os.path.exists("/dev/zero"):
        with pytest.raises(FileError, match="larger than"):
            read_bytes("/dev/zero")


def test_the_name_is_the_one_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.argmap").write_bytes(b"\xef\xbb\xbfa\r\n")
    source, faults = read_source("x.argmap")
    assert (source.name, source.text, faults) == ("x.argmap", "\ufeffa\r\n", ())


def test_writing_keeps_the_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "x"
    write_bytes(file, b"one")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~umask
    file.chmod(0o640)
    write_bytes(file, b"two")
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["x"]


def test_writing_through_a_symbolic_link_writes_what_it_points_at(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to("real")
    write_bytes(tmp_path / "link", b"two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files_module.os, "fsync", full)
    with pytest.raises(FileError, match="no space left"):
        write_bytes(file, b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs /dev/null")
def test_a_device_is_written_to_and_stays_a_device() -> None:
    write_bytes("/dev/null", b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_create_never_overwrites(tmp_path: Path) -> None:
    create(tmp_path / "x", b"one")
    with pytest.raises(FileError, match="is there already"):
        create(tmp_path / "x", b"two")
    assert (tmp_path / "x").read_bytes() == b"one"


def test_an_output_may_not_be_the_input(tmp_path: Path) -> None:
    (tmp_path / "x.svg").touch()
    (tmp_path / "link.svg").symlink_to("x.svg")
    guard_output(tmp_path / "x.svg", tmp_path / "y.svg")
    guard_output("-", "-")
    for name in ("x.svg", "link.svg"):
        with pytest.raises(FileError, match="is the file being read"):
            guard_output(tmp_path / "x.svg", tmp_path / name)


def as_on_windows(monkeypatch: pytest.MonkeyPatch, refusals: int) -> None:
    """Replacing a file is refused so many times, since another program has it open."""
    replace, left = os.replace, iter(range(refusals))

    def refusing(source: str, target: str) -> None:
        if next(left, None) is not None:
            raise PermissionError(13, "The process cannot access the file")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    monkeypatch.setattr(files_module.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(os, "name", "nt")


def test_on_windows_a_file_that_is_open_for_an_instant_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = os.fspath(tmp_path / "x")
    write_bytes(file, b"one")
    with monkeypatch.context() as patch:
        as_on_windows(patch, 3)
        write_bytes(file, b"two")
    assert read_bytes(file) == b"two"
    with monkeypatch.context() as patch:
        as_on_windows(patch, 100)
        with pytest.raises(FileError, match="cannot write"):
            write_bytes(file, b"three")
    assert read_bytes(file) == b"two"
    assert os.listdir(tmp_path) == ["x"]


def test_on_windows_a_folder_that_may_not_be_read_as_a_file_is_called_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refusing)
    with pytest.raises(FileError, match="is a folder"):
        read_bytes(tmp_path)
