"""Texts made to be slow or deep to read are read to the end, at a size at which a square would be felt."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import argmap
from argmap.errors import DocumentError

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from trouble import SHAPES


@pytest.mark.parametrize("name", SHAPES)
def test_is_read_to_the_end(name: str) -> None:
    shape, size = SHAPES[name]
    text = shape(size if name in ("deep", "deep, outwards") else max(size // 200, 20))
    map = argmap.parse(text)
    assert map.source is not None
    assert map.statements or map.diagnostics
    try:
        formatted = argmap.format_text(text)
    except DocumentError:
        assert not map.ok
    else:
        assert argmap.parse(formatted) == map
