"""Every diagnostic about a map: from reading it, from the rules, from the reasoning, and about its sources."""

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
    allow_outside: bool | str | os.PathLike[str] = False,
) -> tuple[Diagnostic, ...]:
    """Every diagnostic about a map, in the order of their places; those without a place come last.

    Args:
        map: Any map, also one whose document has errors, or one built in Python.
        select: Codes, beginnings of codes, or names. If there are any, only those are reported, also those that
            are off by default (`golden`). The set `teaching` adds the teaching rules to the default.
        ignore: Codes, beginnings of codes, or names that are not reported.
        folder: Where the sources named in the header are; by default the folder of the map's file.
        allow_outside: Whether sources may lie outside that folder: True for anywhere, or another folder.

    Raises:
        ConfigError: there is no such code or name.

    Example:
        >>> from argmap import parse
        >>> for found in check(parse("(a) Take an umbrella.\\n    + (b)\\n")):
        ...     print(found.code, found.severity.value, found.message)
        AM101 error no statement has the label (b)
    """
    from argmap import rules
    from argmap.analysis.findings import findings
    from argmap.diagnostics.explanation import refuse_unknown

    refuse_unknown([*select, *ignore])
    quoted = check_sources(map, folder, allow_outside=allow_outside)
    unclosed = [each.span.start for each in map.diagnostics if each.code == "AM043" and each.span is not None]
    if unclosed:  # the words of such a quotation are not known
        quoted = tuple(each for each in quoted if not _covers(each, unclosed))
    found = [*map.diagnostics, *rules.run(map, select, ignore), *findings(map), *quoted]
    wanted = suppress(found, map.source, select, ignore)
    return tuple(sorted(dict.fromkeys(wanted), key=_place))


def check_sources(
    map: ArgumentMap,
    folder: str | os.PathLike[str] | None = None,
    *,
    allow_outside: bool | str | os.PathLike[str] = False,
) -> tuple[Diagnostic, ...]:
    """The diagnostics about a map's sources and quotations (AM5xx).

    Args:
        map: Any map. One without a `source:` line, or without a quotation, gives nothing and reads nothing.
        folder: Where the sources are; by default the folder of the map's file. Without either, nothing is read.
        allow_outside: Whether sources may lie outside that folder: True for anywhere, or another folder.
    """
    if not any(fact.key == "source" for fact in map.facts):
        return ()
    if not any(each.quotations for each in map.statements) and not any(stance.quotations for stance in map.stances):
        return ()
    from argmap.project.sources import folder_of, read_sources

    folder = folder_of(map) if folder is None else folder
    if folder is None:
        return ()
    found = read_sources(map, folder, allow_outside=allow_outside)
    if not found.originals:
        return found.diagnostics
    from argmap.sources.quotations import check_quotations

    return (*found.diagnostics, *check_quotations(map, found.originals, found.missing))


def _covers(diagnostic: Diagnostic, places: Sequence[int]) -> bool:
    """Whether a diagnostic's main place holds one of these places, which are in order."""
    if diagnostic.span is None:
        return False
    next = bisect_left(places, diagnostic.span.start)
    return next < len(places) and places[next] < diagnostic.span.end


def _place(diagnostic: Diagnostic) -> tuple[bool, int]:
    span = diagnostic.span
    return (True, 0) if span is None else (False, span.start)
