"""One function finds the nearest word, and everything that suggests a word uses it."""

from __future__ import annotations

from pathlib import Path

import argmap
from argmap.text.words import nearest


def test_case_makes_no_difference_and_the_candidate_is_given_as_written() -> None:
    assert nearest("gatse", ["Rice", "Gates"]) == "Gates"


def test_nothing_is_suggested_where_nothing_is_near_or_too_much_would_be_compared() -> None:
    assert nearest("coffee", ["tea"]) is None
    assert nearest("tee", [f"tea{n}" for n in range(3000)]) is None
    assert nearest("x" * 1000, ["x" * 999]) is None


def test_files_that_share_a_name_but_not_a_suffix_are_not_near() -> None:
    assert nearest("jaw-jaw.txt", ["jaw-jaw.argmap"], 0.75) is None
    assert nearest("jawjaw.txt", ["jaw-jaw.argmap", "jaw-jaw.txt"], 0.75) == "jaw-jaw.txt"


def test_there_is_no_other_such_function() -> None:
    users = [
        path.name
        for path in Path(argmap.__file__).parent.rglob("*.py")
        if "get_close_matches" in path.read_text(encoding="utf-8")
    ]
    assert users == ["words.py"]
