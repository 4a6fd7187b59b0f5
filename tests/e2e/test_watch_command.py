"""`argmap watch` as its user has it: a process of its own, and a file that is saved, broken, deleted and made again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

GOOD = "(a) Take an umbrella.\n    + (b) It is {}.\n"


class Watching:
    """A process that watches `map.argmap` in a folder and draws `out.svg`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.file, self.picture, self.said = folder / "map.argmap", folder / "out.svg", folder / "said"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "argmap", "watch", "map.argmap", "-o", "out.svg", *options],
            cwd=folder,
            stderr=self.said.open("w"),
        )

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 30
        while not is_so():
            assert self.process.poll() is None, self.heard()
            assert time.monotonic() < end, f"{what} never came: {self.heard()}"
            time.sleep(0.02)

    def until_drawn(self, words: str) -> None:
        self.until(lambda: self.picture.exists() and words in self.picture.read_text("utf-8"), words)

    def until_heard(self, words: str, times: int = 1) -> None:
        self.until(lambda: self.heard().count(words) >= times, words)

    def heard(self) -> str:
        return self.said.read_text("utf-8")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "map.argmap").write_text(GOOD.format("wet"), "utf-8")
    found = Watching(tmp_path)
    yield found
    found.process.kill()
    found.process.wait(30)


def test_it_draws_again_however_the_file_is_saved(watching: Watching) -> None:
    watching.until_drawn("It is wet.")
    watching.file.write_text(GOOD.format("cold"), "utf-8")
    watching.until_drawn("It is cold.")
    beside = watching.file.with_suffix(".new")
    beside.write_text(GOOD.format("warm"), "utf-8")
    os.replace(beside, watching.file)
    watching.until_drawn("It is warm.")
    watching.file.unlink()
    watching.until_heard("is gone")
    watching.file.write_text(GOOD.format("back"), "utf-8")
    watching.until_drawn("It is back.")
    assert watching.stop() == 0
    assert watching.heard().endswith("argmap: stopped\n")
    assert "Traceback" not in watching.heard()
    assert sorted(path.name for path in watching.file.parent.iterdir()) == ["map.argmap", "out.svg", "said"]


def test_each_fault_is_said_once_and_the_last_good_picture_stays(watching: Watching) -> None:
    watching.until_drawn("It is wet.")
    good = watching.picture.read_bytes()
    watching.file.write_text(GOOD.format("cold") + "    + (nowhere)\n", "utf-8")
    watching.until_heard("(nowhere)")
    assert watching.picture.read_bytes() == good
    watching.file.write_text(GOOD.format("cold") + "    + (nowhere)\n    + (neither)\n", "utf-8")
    watching.until_heard("(neither)")
    assert watching.heard().count("no statement has the label (nowhere)") == 1
    watching.file.write_text(GOOD.format("mended"), "utf-8")
    watching.until_drawn("It is mended.")
    watching.file.write_text(GOOD.format("cold") + "    + (nowhere)\n", "utf-8")
    watching.until_heard("no statement has the label (nowhere)", 2)


def test_what_cannot_be_begun_ends_at_once(tmp_path: Path) -> None:
    for arguments, words in (
        (["nothing.argmap"], "there is no file"),
        (["-"], "watch reads a file"),
        (["map.argmap", "-o", "map.xyz"], "cannot be written as .xyz"),
    ):
        (tmp_path / "map.argmap").write_text(GOOD.format("wet"), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "argmap", "watch", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 2
        assert words in done.stderr
