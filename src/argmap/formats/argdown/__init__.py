"""Argdown (https://argdown.org), in and out.

Statements, arguments with premises and rules, support, attack, undercut, contradiction, tags, sections. Who holds
what, conditions and concessions go along as data, which Argdown does not show. Of a Markdown page only its Argdown is
read.
"""

from __future__ import annotations

from argmap.formats.format import Conversion, Format, Written
from argmap.model import ArgumentMap
from argmap.text import Source


def _read(source: Source) -> Conversion:
    from argmap.formats.argdown.read import read

    return read(source)


def _write(map: ArgumentMap) -> Written:
    from argmap.formats.argdown.write import write

    return write(map)


def _sniff(source: Source) -> bool:
    import re

    return re.search(r"(?m)^(?:`{3,}|~{3,})[ \t]*argdown\b", source.text) is not None


FORMAT = Format("argdown", "Argdown", (".argdown", ".ad"), __doc__, _read, _write, _sniff)
