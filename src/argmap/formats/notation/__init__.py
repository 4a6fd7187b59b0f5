"""The notation itself, as a format: what is read by the parser, and what a map is written as."""

from __future__ import annotations

from argmap.formats.format import Conversion, Format, Written
from argmap.model import ArgumentMap
from argmap.text import Source


def read(source: Source) -> Conversion:
    """Read a document in the notation; its faults are the map's own diagnostics."""
    from argmap.model.resolve import resolve
    from argmap.syntax import parse

    map = resolve(parse(source))
    return Conversion(map, map.diagnostics)


def write(map: ArgumentMap) -> Written:
    """Write a map in the notation."""
    from argmap.formats.notation import writer

    return writer.write(map)


FORMAT = Format(
    "argmap", "argmap notation", (".argmap",), "Everything a map says, as text to read and edit by hand.", read, write
)
