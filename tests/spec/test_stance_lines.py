"""The table of `stances.md` comes out as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import argmap

PAGE = (Path(__file__).parent / "stances.md").read_text(encoding="utf-8")
MAP = PAGE.split("```argmap\n")[1].split("```")[0]
ROWS = re.findall(r"^\| `(.*?)` \|(.*?)\|(.*?)\|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("written", "held", "errors"), ROWS, ids=[row[0] for row in ROWS])
def test_a_stance_line(written: str, held: str, errors: str) -> None:
    map = argmap.parse(f"{MAP}\n{written}\n")
    found = [f"{s.holder} {s.attitude.value} {s.statement}" for s in map.stances]
    assert "; ".join(found) == held.strip()
    assert " ".join(d.code for d in map.diagnostics) == errors.strip()
    argmap.positions(map)  # it answers whatever the faults of stances
