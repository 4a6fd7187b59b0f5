"""Opens a map for a command that does something with it."""

from __future__ import annotations

from os.path import splitext
from typing import TYPE_CHECKING

import click

from argmap.cli.reporting import show
from argmap.diagnostics import Report, Severity

if TYPE_CHECKING:
    from argmap.model import ArgumentMap

_NOTATION = ("", ".argmap", ".txt")
MOST_SHOWN = 20
"""So many faults show what is wrong with a file; the rest would only hide the first ones."""


def is_foreign(path: str) -> bool:
    """Whether a file's name says that it is in another format than the notation, one that can be read."""
    if splitext(path)[1].lower() in _NOTATION:
        return False
    from argmap.formats.registry import by_suffix

    return any(form.read is not None and form.name != "argmap" for form in by_suffix(path))


def open_map(path: str, *, partial: bool = False) -> ArgumentMap:
    """Read a map from a file, or from standard input for `-`; its errors and warnings go to standard error.

    A file whose suffix is not the notation's is read in the format that its name or content tells.
    A map with errors ends the command with exit code 1, unless `partial` asks for what could be understood.
    """
    from argmap.converting import load
    from argmap.diagnostics.suppression import suppress
    from argmap.project import find_settings

    settings = find_settings(path)
    found = load(path, "argmap" if splitext(path)[1].lower() in _NOTATION else None)
    told = [fault for fault in found.diagnostics if fault.severity is not Severity.NOTE]
    if told and found.source is not None:
        wanted = suppress(told, found.source, settings.select, settings.ignore)
        if not found.ok and not partial and not any(fault.severity is Severity.ERROR for fault in wanted):
            # Errors that the file or the settings ignore keep a map from being drawn all the same.
            wanted = tuple(told)
        show([Report(found.source, wanted[:MOST_SHOWN])], err=True, summary=len(wanted) <= MOST_SHOWN)
        if len(wanted) > MOST_SHOWN:
            click.echo(
                f"{len(wanted) - MOST_SHOWN} more are not shown; argmap check shows them all", err=True
            )
    if not found.ok and not partial:
        raise click.exceptions.Exit(1)
    return found
