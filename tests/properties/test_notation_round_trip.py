"""What is written in the notation reads back as the same map."""

from __future__ import annotations

from hypothesis import given, settings
from random_maps import compared, maps

from argmap.formats.format import WriteOptions
from argmap.formats.notation import read, write
from argmap.model import ArgumentMap
from argmap.text import Source


@given(maps())
@settings(max_examples=60, deadline=None)
def test_reads_back_as_written(map: ArgumentMap) -> None:
    written = write(map, WriteOptions())
    again = read(Source("x.argmap", written.text))
    assert [d for d in again.diagnostics if d.code < "AM1"] == [], written.text
    assert compared(again.map) == compared(map), written.text
    assert {d.code for d in written.diagnostics} <= {"AM404"}
    kept = {s.text: s.label for s in again.map.statements}
    assert all(kept[s.text] == s.label for s in map.statements if s.label is not None)


@given(maps())
@settings(max_examples=30, deadline=None)
def test_writing_twice_changes_nothing(map: ArgumentMap) -> None:
    once = write(map, WriteOptions()).text
    twice = write(read(Source("x.argmap", once)).map, WriteOptions()).text
    assert compared(read(Source("x.argmap", twice)).map) == compared(map)
