"""Everything there is to say about a map: what reading found, the rules, the reasoning, the sources."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from argmap.diagnostics import Diagnostic
from argmap.diagnostics.suppression import suppress

if TYPE_CHECKING:
    from argmap.model import ArgumentMap


def check(
    map: ArgumentMap,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    folder: str | os.PathLike[str] | None = None,
    allow_outside: bool = False,
) -> tuple[Diagnostic, ...]:
    """Every diagnostic about a map, in the order of their places; those without a place come last.

    Args:
        map: Any map, also one whose document has faults, or one built in Python.
        select: Codes or beginnings of codes; when there are any, only those are told, and also those that are
            not told by default (the teaching rules).
        ignore: Codes or beginnings of codes that are not told.
        folder: Where the sources named in the header are; the folder of the map's file when not given.
        allow_outside: Whether sources may lie outside that folder.
    """
    from argmap import rules
    from argmap.analysis.findings import findings
    from argmap.sourcing import check_sources

    quoted = check_sources(map, folder, allow_outside=allow_outside)
    unclosed = [
        fault.span.start for fault in map.diagnostics if fault.code == "AM043" and fault.span is not None
    ]
    if unclosed:  # the words of such a quotation are not known, so nothing can be said about them
        quoted = tuple(told for told in quoted if not _covers(told, unclosed))
    found = [*map.diagnostics, *rules.run(map, select, ignore), *findings(map), *quoted]
    wanted = suppress(found, map.source, select, ignore)
    return tuple(sorted(dict.fromkeys(wanted), key=_place))


def _covers(told: Diagnostic, places: Sequence[int]) -> bool:
    """Whether one of the places, in order, is in what is told of."""
    if told.span is None:
        return False
    next = bisect_left(places, told.span.start)
    return next < len(places) and places[next] < told.span.end


def _place(diagnostic: Diagnostic) -> tuple[bool, int]:
    span = diagnostic.span
    return (True, 0) if span is None else (False, span.start)
