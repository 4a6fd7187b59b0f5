"""The table of `stances.md` comes out as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import argmap
from argmap.formats.notation.writer import write
from argmap.model import Qualifier, Stance, counting

PAGE = (Path(__file__).parent / "stances.md").read_text(encoding="utf-8")
MAP = PAGE.split("```argmap\n")[1].split("```")[0]
LINE, COUNT = PAGE.split("# Which stances count")
ROWS = re.findall(r"^\| `(.*?)` \|(.*?)\|(.*?)\|$", LINE, re.MULTILINE)
COUNTING = re.findall(r"^\| (`.*?`) \|(.*?)\|(.*?)\|(.*?)\|$", COUNT, re.MULTILINE)


def shown(stance: Stance) -> str:
    *ground, last = stance.ids
    parts = [f"{stance.holder} {stance.attitude.value} {' & '.join(ground) + ' => ' if ground else ''}{last}"]
    parts += [stance.date] if stance.date else []
    parts += [stance.hedge.value] if stance.hedge and stance.hedge is not Qualifier.CERTAINLY else []
    return ", ".join([*parts, *([f"by {stance.by}"] if stance.by else [])])


@pytest.mark.parametrize(("written", "held", "errors"), ROWS, ids=[row[0] for row in ROWS])
def test_a_stance_line(written: str, held: str, errors: str) -> None:
    map = argmap.parse(f"{MAP}\n{written}\n")
    assert "; ".join(shown(stance) for stance in map.stances) == held.strip()
    assert " ".join(d.code for d in map.diagnostics) == errors.strip()
    argmap.positions(map)  # it answers whatever the faults of stances


@pytest.mark.parametrize(("lines", "on", "counts", "errors"), COUNTING, ids=[" ".join(r[:2]) for r in COUNTING])
def test_which_stances_count(lines: str, on: str, counts: str, errors: str) -> None:
    map = argmap.parse(MAP + "\n" + "\n".join(re.findall(r"`(.*?)`", lines)))
    found = counting(map.stances, on.strip() or None)
    assert "; ".join(shown(stance) for stance in found) == counts.strip()
    assert [d.code for d in argmap.check(map) if d.code in ("AM115", "AM116")] == errors.split()


def test_the_quotations_under_a_stance_are_its_evidence() -> None:
    text = (
        MAP
        + """
@ Ann, Bo: accept (a), (b)
    > "words" (p. 1)
    > "other words"
(d) The next.
    @ Cy: doubt
        > "doubtful"
"""
    )
    map = argmap.parse(text)
    assert map.ok
    words = [(stance.holder, stance.ids, [each.words for each in stance.quotations]) for stance in map.stances]
    assert words == [
        *((who, (id,), ["words", "other words"]) for id in "ab" for who in ("Ann", "Bo")),
        ("Cy", ("d",), ["doubtful"]),
    ]
    assert all(not statement.quotations for statement in map.statements)


@pytest.mark.parametrize("line", ["> a note", "+ (r)", "(d) A statement.", "unless: (r)", "@ Bo: accept (a)"])
def test_nothing_else_stands_under_a_stance(line: str) -> None:
    map = argmap.parse(f"{MAP}\n@ Ann: accept (a)\n    {line}\n")
    assert [d.code for d in map.diagnostics] == ["AM013"]
    assert [shown(stance) for stance in map.stances if stance.holder == "Ann"] == ["Ann accept a"]


BAR_PAGE = (Path(__file__).parent / "bars.md").read_text(encoding="utf-8")
BARS = re.findall(r"^\| `(-.*?)` \| (.*?) \|(.*?)\|$", BAR_PAGE, re.MULTILINE)


@pytest.mark.parametrize(("written", "premises", "rule"), BARS, ids=[row[0] for row in BARS])
def test_a_bar(written: str, premises: str, rule: str) -> None:
    for gap in ("", "\n") if "rom (" in written else ("",):  # what names its premises needs none above it
        text = f"(1) One.\n(2) Two.\n{gap}{written}\n(3) Three.\n\n(4) Four.\n"
        map = argmap.parse(text)
        assert map.diagnostics == ()
        (step,) = map.steps
        assert (", ".join(step.ground), step.target, step.rule or "") == (premises, "3", rule.strip())
        assert argmap.parse(argmap.format_text(text)) == map
        assert argmap.parse(write(map).text).steps[0] == step
