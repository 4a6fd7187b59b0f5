"""From a text to an ArgumentMap."""

from __future__ import annotations

from argmap.model import ArgumentMap
from argmap.model.resolve import resolve
from argmap.syntax import parse as parse_document
from argmap.text import Source


def parse(text: str, name: str = "<string>") -> ArgumentMap:
    """Read an argument map from a text in the argmap notation.

    Never raises on what the text says: its faults are in the map's `diagnostics`, and the map is what could be
    understood. `map.ok` is False where there is an error.

    Args:
        text: The whole document. Places in the result count its code points.
        name: What to call it in messages.
    """
    return resolve(parse_document(Source(name, text)), spend=True)
