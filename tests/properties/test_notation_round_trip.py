"""What is written in the notation reads back as the same map."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from random_maps import compared, maps

from argmap.diagnostics import Severity
from argmap.formats.notation import read, write
from argmap.model import ArgumentMap, Role
from argmap.text import Source


@given(maps())
@settings(max_examples=60, deadline=None)
def test_reads_back_as_written(map: ArgumentMap) -> None:
    written = write(map)
    again = read(Source("x.argmap", written.text))
    faults = [d for d in again.diagnostics if d.code < "AM1" and d.severity is not Severity.NOTE]
    assert faults == [], written.text
    told = [d for d in written.diagnostics if "a plain claim" not in d.message]
    same_roles = len(told) == len(written.diagnostics)
    assert _said(again.map, same_roles) == _said(map, same_roles), written.text
    assert {d.code for d in told} <= {"AM404"}
    kept = {s.text: s.label for s in again.map.statements}
    assert all(kept[s.text] == s.label for s in map.statements if s.label is not None)


@given(maps())
@settings(max_examples=30, deadline=None)
def test_writing_twice_changes_nothing(map: ArgumentMap) -> None:
    once = write(map)
    twice = write(read(Source("x.argmap", once.text)).map).text
    same_roles = not any("a plain claim" in d.message for d in once.diagnostics)
    assert _said(read(Source("x.argmap", twice)).map, same_roles) == _said(map, same_roles)


def _said(map: ArgumentMap, roles: bool) -> dict[str, object]:
    """All that a map says; without roles where the writer told that it could not place a statement in its own."""
    if not roles:
        map = evolve(map, statements=tuple(evolve(s, role=Role.CLAIM) for s in map.statements))
    return compared(map)
