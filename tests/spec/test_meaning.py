"""The tables of `meaning.md` come out as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import argmap
from argmap.analysis.causes import Cause
from argmap.analysis.commitment import FindingKind, between
from argmap.analysis.printing import answer_words
from argmap.model import ArgumentMap

PAGE = (Path(__file__).parent / "meaning.md").read_text(encoding="utf-8")


def tables() -> Iterator[tuple[ArgumentMap, dict[str, str]]]:
    """Every row of every table, by the column's heading, with the map last shown above it."""
    map = ArgumentMap()
    head: list[str] = []
    for part in re.findall(r"```argmap\n.*?```|^\|.*?$", PAGE, re.DOTALL | re.MULTILINE):
        if part.startswith("```"):
            map = argmap.parse(part.removeprefix("```argmap\n").removesuffix("```"))
            assert map.ok
            head = []
        else:
            cells = [cell.strip() for cell in part.strip("|").split("|")]
            if cells[0] in ("case", "claim", "holder", "stances of", "pair", "answer"):
                head = cells
            elif not cells[0].startswith("---"):
                yield map, dict(zip(head, cells, strict=True))


def rows(first: str) -> list[tuple[ArgumentMap, dict[str, str]]]:
    found = [(map, row) for map, row in tables() if first in row]
    assert found
    return found


@pytest.mark.parametrize(("map", "row"), rows("case"), ids=lambda v: v["case"] if isinstance(v, dict) else "")
def test_status(map: ArgumentMap, row: dict[str, str]) -> None:
    verb, _, labels = row["case"].partition(" ")
    asked = {} if verb == "as" else {verb: labels.split(" and ")}
    report = argmap.status(map, **asked)

    def told(id: str) -> str:
        answer = report[id]
        given = f", given {' '.join(f'({id})' for id in answer.given)}" if answer.given else ""
        return "presumed" if answer.cause is Cause.PRESUMED else answer.status.value + given

    found = {id: told(id) for id in row if id not in ("case", "unanswered")}
    found["unanswered"] = ", ".join(id for step in report.unanswered for id in step.ground)
    assert found == {key: value for key, value in row.items() if key != "case"}


@pytest.mark.parametrize(("map", "row"), rows("claim"), ids=lambda v: v["claim"] if isinstance(v, dict) else "")
def test_rests_on(map: ArgumentMap, row: dict[str, str]) -> None:
    assert ", ".join(argmap.status(map).rests_on(row["claim"])) == row["rests on"]


@pytest.mark.parametrize(("map", "row"), rows("holder"), ids=lambda v: v["holder"] if isinstance(v, dict) else "")
def test_positions(map: ArgumentMap, row: dict[str, str]) -> None:
    position = argmap.positions(map)[row["holder"]]

    def found(kind: FindingKind) -> str:
        return ", ".join(finding.statement for finding in position.findings if finding.kind is kind)

    assert ", ".join(position.must_accept) == row["committed to"]
    assert ", ".join(position.must_reject) == row.get("committed to reject", "")
    assert found(FindingKind.DISOWNED) == row["disowned"]
    assert found(FindingKind.CLASH) == row["clash"]


@pytest.mark.parametrize(
    ("map", "row"), rows("stances of"), ids=lambda v: v["stances of"] if isinstance(v, dict) else ""
)
def test_what_follows_from_stances(map: ArgumentMap, row: dict[str, str]) -> None:
    position = argmap.positions(map)[row["stances of"]]
    findings = [f for f in position.findings if f.kind is not FindingKind.UNACKNOWLEDGED]
    hedged = ", ".join(f"{id} {qualifier.value}" for id, qualifier in position.hedged)
    assert set(position.must_accept) == set(row["committed"].split())
    assert set(position.must_reject) == set(row["rejects by commitment"].split())
    assert set(hedged.split(", ")) == set(row["hedged"].split(", "))
    assert ", ".join(f"{each.kind.value} {each.statement}" for each in findings) == row["findings"]


@pytest.mark.parametrize(("map", "row"), rows("pair"), ids=lambda v: v["pair"] if isinstance(v, dict) else "")
def test_between_two_holders(map: ArgumentMap, row: dict[str, str]) -> None:
    found = between(map, *row["pair"].split(", "))
    assert " ".join(found.both_say) == row["both say"]
    assert " ".join(found.both_committed) == row["both are committed to"]
    assert " ".join(found.neither) == row["neither accepts"]
    assert " ".join(found.disputes) == row["dispute"]
    crux = ", ".join(f"{s.holder} {s.attitude.value} {s.statement}" for s in found.crux)
    assert crux == row["crux"]


@pytest.mark.parametrize(("map", "row"), rows("answer"), ids=lambda v: v["answer"] if isinstance(v, dict) else "")
def test_what_is_said_beside_the_status(map: ArgumentMap, row: dict[str, str]) -> None:
    assert answer_words(map, argmap.status(map)[row["answer"]]) == row["words"]
