"""Mends: whole or not at all, once, never two on one spot; and the patch that shows them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from argmap.diagnostics import Diagnostic, Edit, Fix, Severity
from argmap.diagnostics.fixes import apply_fixes, unified_diff
from argmap.text import Span


def mend(*edits: tuple[int, int, str], safe: bool = True) -> Diagnostic:
    fix = Fix("mend", tuple(Edit(Span(start, end), put) for start, end, put in edits), safe)
    return Diagnostic("AM001", Severity.ERROR, "m", fix=fix)


@pytest.mark.parametrize(
    ("fixes", "after", "count"),
    [
        ([mend((0, 1, "A"))], "Abcdef", 1),
        ([mend((2, 3, "C")), mend((0, 1, "A"))], "AbCdef", 2),
        ([mend((0, 1, "A")), mend((0, 1, "A"))], "Abcdef", 1),  # the same one twice
        ([mend((0, 3, "X")), mend((2, 4, "Y"))], "Xdef", 1),  # they overlap
        ([mend((0, 2, "X")), mend((2, 4, "Y"))], "XYef", 2),  # they meet
        ([mend((1, 1, "X")), mend((1, 1, "Y"))], "aXbcdef", 1),  # which would come first?
        ([mend((0, 2, "X")), mend((2, 2, "Y"))], "Xcdef", 1),
        ([mend((0, 1, "A"), (5, 6, "F")), mend((5, 6, "!"))], "AbcdeF", 1),  # whole or not at all
        ([mend((0, 4, "")), mend((1, 2, "B"), (5, 6, "F"))], "ef", 1),
        ([mend((0, 3, "X"), (2, 4, "Y"))], "abcdef", 0),  # at odds with itself
        ([mend((4, 9, "X"))], "abcdef", 0),  # outside the text
        ([mend((6, 6, "!"))], "abcdef!", 1),
        ([mend((0, 1, "A"), safe=False)], "abcdef", 0),
        ([mend()], "abcdef", 0),
    ],
)
def test_apply(fixes: list[Diagnostic], after: str, count: int) -> None:
    assert apply_fixes("abcdef", fixes) == (after, count)


def test_unsafe_fixes_only_when_asked_for() -> None:
    assert apply_fixes("ab", [mend((0, 1, "A"), safe=False)], unsafe=True) == ("Ab", 1)


def test_many_fixes_take_linear_time() -> None:
    size = 100_000
    text, count = apply_fixes("x" * size, [mend((at, at + 1, "y")) for at in range(size)])
    assert (text, count) == ("y" * size, size)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on the PATH")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\nb", "a\nB"),
        ("a\nb", "a\nb\n"),
        ("a\r\nb\r\n", "A\r\nb\r\n"),
        ("a\u2028b\nc\n", "a\u2028b\nd\n"),
        ("", "a\n"),
    ],
)
def test_the_diff_is_one_that_git_applies(before: str, after: str, tmp_path: Path) -> None:
    file = tmp_path / "x.argmap"
    file.write_bytes(before.encode())
    patch = tmp_path / "patch"
    patch.write_bytes(unified_diff(before, after, "x.argmap").encode())
    done = subprocess.run(
        ["git", "apply", "-p0", "--whitespace=nowarn", "patch"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == after.encode()


def test_no_change_no_diff() -> None:
    assert unified_diff("a", "a", "x") == ""
