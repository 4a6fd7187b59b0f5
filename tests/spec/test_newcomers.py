"""`newcomers.md`: what people write before they have read the guide is read as they meant it, or reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import argmap
from argmap.diagnostics import Severity

PAGE = (Path(__file__).parent / "newcomers.md").read_text(encoding="utf-8")
TRIES = re.findall(r"^```argmap\n(.*?)^```\n\n(.*?); (.*?)\n", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("text", "faults", "notes"), TRIES, ids=[text.splitlines()[-1] for text, *_ in TRIES])
def test_a_first_try(text: str, faults: str, notes: str) -> None:
    found = [d for d in argmap.check(argmap.parse(text)) if d.code != "AM204"]  # objections are notes anyway
    codes: list[set[str]] = [set(), set()]
    for diagnostic in found:
        codes[diagnostic.severity is Severity.NOTE].add(diagnostic.code)
    assert codes[0] == set(re.findall(r"AM\d+", faults))
    assert codes[1] == set(re.findall(r"AM\d+", notes))


def test_there_are_many() -> None:
    assert len(TRIES) >= 60
