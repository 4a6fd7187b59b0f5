"""JSON: all that a map says, versioned, as `argmap.schema.json` beside this file describes it.

`read(write(map)) == map` for every map. What has its default is left out.

Everything a map says; versioned, with a published JSON Schema. Comments and layout are not in it.
"""

from __future__ import annotations

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format, Written
from argmap.model import ArgumentMap
from argmap.text import Source

VERSION = 2
"""Written; version 1, whose stances are about statements and have no date, hedge, `by` or quotations, is read too."""

_MOST_FAULTS = 5


def read(source: Source) -> Conversion:
    """Read a map.

    Raises:
        FormatError: it is not JSON, breaks the schema, or refers to what is not there; each fault with its
            line and its path.
    """
    from argmap.formats import json_text
    from argmap.structuring import Fault, shown_path, structured

    def refuse(faults: list[Fault]) -> FormatError:
        places = json_text.Places(source)
        lines = []
        for path, problem in faults[:_MOST_FAULTS]:
            span = places[path]
            line, column = source.place(span.start) if span else (1, 1)
            shown = shown_path(path)
            lines.append(f"{source.name}:{line}:{column}: {f'{shown}: ' if shown else ''}{problem}")
        return FormatError(*lines)

    value = json_text.load(source)
    if isinstance(value, dict):
        version = value.pop("argmap", None)
        if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
            raise FormatError(
                f"{source.name}: written in version {version} of this format; this argmap reads version {VERSION}"
            )
        if isinstance(version, bool) or version not in (1, VERSION):
            raise refuse([(("argmap",), f"must be 1 or {VERSION}")])
        if "statements" not in value:
            raise refuse([(("statements",), "is missing")])
    return Conversion(structured(value, ArgumentMap, refuse))


def write(map: ArgumentMap) -> Written:
    """Write a map; nothing is lost."""
    from argmap.structuring import unstructured
    from argmap.text.display import as_json

    value = {"argmap": VERSION, "statements": [], **unstructured(map)}
    return Written(as_json(value) + "\n", ())


def _sniff(source: Source) -> bool:
    import re

    return re.search(r'[{,]\s*"argmap"\s*:\s*\d', source.text[:100_000]) is not None


FORMAT = Format("json", "argmap JSON", (".argmap.json", ".json"), __doc__, read, write, _sniff)
