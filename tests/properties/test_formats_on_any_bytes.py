"""A stranger's file: whatever its bytes, a map or a FormatError, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_maps import maps

from argmap.errors import FormatError
from argmap.formats import registry
from argmap.model import ArgumentMap
from argmap.project.decoding import decode
from argmap.text import Source

READERS = [format for format in registry.formats() if format.read is not None]
WRITERS = [format for format in registry.formats() if format.write is not None]

_keys = st.sampled_from(
    [
        "nodes", "edges", "id", "type", "atom", "scheme", "text", "source", "target", "source_id",
        "target_id", "name", "argmap", "statements", "steps", "kind", "ground", "role", "support",
        "attack", "metadata", "core", "resources", "participants", "majorClaim", "label", "section",
        "sections", "nodeID", "edgeID", "fromID", "toID", "AIF", "locutions", "reference", "sources",
    ]
)  # fmt: skip
_values = st.sampled_from(["a", "b", "RA", "I", "atom", "scheme", "support", "reason", "claim", "SUPPORT_DEFAULT", ""])
_scalars = st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | _values | st.text(max_size=3)
JSON = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys | _values, inner, max_size=6),
    max_leaves=25,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "<arggraph>", "</arggraph>", '<edu id="a">', "</edu>", '<adu id="b" type="opp"/>',
            "&lt;", "&x;", "<![CDATA[", "]]>", '<edge id="c" src="a" trg="b" type="seg"/>',
            '<edge id="d" src="b" trg="d" type="und"/>', "<!DOCTYPE a [",
            '<edge id="e" src="b" trg="e" type="add"/>', "1. a\n", "1.1. Pro: b\n",
            "1.1.1. Con: -> See 1.\n", "\n", "\x00", "Discussion Title: x\n", "\ufeff", "[A]: b\n",
            "<A>\n", "  + [B]\n", "(1) c\n----\n(2) d\n", "===\n", "{a: [b}", "- x\n", "# h\n",
            "\u2028", "\r",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


def read_any(text: str) -> None:
    for format in READERS:
        source = Source("given", text)
        if format.sniff is not None:
            format.sniff(source)
        assert format.read is not None
        try:
            conversion = format.read(source)
        except FormatError:
            continue
        for found in conversion.diagnostics:
            for label in found.labels:
                assert 0 <= label.span.start <= label.span.end <= len(text)
        known = set(conversion.map.by_id)
        assert len(known) == len(conversion.map.statements)
        for step in conversion.map.steps:
            assert {*step.ground, step.target, *step.conditions, *step.exceptions} <= known


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_bytes(data: bytes) -> None:
    source, _ = decode(data, "given")
    read_any(source.text)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_any_json(value: Any) -> None:
    read_any(json.dumps(value))


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_pieces_of_the_formats(text: str) -> None:
    read_any(text)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "<a>" * 100_000, "9" * 10_000, '"\\ud800"', "NaN"])
def test_deep_and_odd_texts(text: str) -> None:
    read_any(text)


@given(maps(largest=6))
@settings(max_examples=40, deadline=None)
def test_every_writer_writes_any_map(map: ArgumentMap) -> None:
    for format in WRITERS:
        assert format.write is not None
        written = format.write(map)
        written.text.encode("utf-8")
        assert "\x00" not in written.text
