"""The Argument Interchange Format, as AIFdb exports it and as xAIF wraps it, in and out."""

from __future__ import annotations

import re

from argmap.formats.format import Conversion, Format, WriteOptions, Written
from argmap.model import ArgumentMap
from argmap.text import Source

_KEYS = (
    re.compile(r'"nodes"\s*:'),
    re.compile(r'"nodeID"\s*:|"fromID"\s*:|"formEdgeID"\s*:|"locutions"\s*:'),
)


def _read(source: Source) -> Conversion:
    from argmap.formats.aif.read import read

    return read(source)


def _write(map: ArgumentMap, options: WriteOptions) -> Written:
    from argmap.formats.aif.write import write

    return write(map)


def _sniff(source: Source) -> bool:
    return source.text.lstrip("\ufeff \t\r\n").startswith("{") and all(
        key.search(source.text) for key in _KEYS
    )


FORMAT = Format(
    "aif",
    "AIF JSON (AIFdb, xAIF)",
    (".aif.json", ".aif", ".json"),
    "Linked premises, objections, exceptions (CA to RA, CA to CA), schemes as the name of a rule,"
    " who says what as stances. Turns of a dialogue, preferences and rephrasings are not kept.",
    _read,
    _write,
    _sniff,
)
