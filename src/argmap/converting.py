"""Reading maps from other formats and writing them in others: what `argmap.read` and `argmap.write` do."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve, frozen

from argmap.diagnostics import Diagnostic, Severity, in_source
from argmap.errors import DocumentError, FormatError
from argmap.formats.format import Format, WriteOptions
from argmap.model import ArgumentMap
from argmap.project import STANDARD, guard_output, read_source, write_bytes
from argmap.text import Source


@frozen
class Converted:
    """A map written in a format; nothing has been put into a file yet.

    Attributes:
        diagnostics: What reading and writing found, in this order, placed in the map's source.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def complete(self) -> bool:
        """Whether everything was carried over (a changed name is not a loss)."""
        return all(found.severity is Severity.NOTE for found in self.diagnostics)


def read(given: str | os.PathLike[str] | Source, *, format: str | None = None) -> ArgumentMap:
    """Read a map from any format that argmap knows.

    What could not be carried over, and what is wrong with the file, is in the map's `diagnostics`.

    Args:
        given: A path, or `-` for standard input; or the text itself, which is told from a path by its line
            breaks (a `Source` is always a text).
        format: A format's name, as `argmap formats` lists them. By default it is told from the file's name
            and, where that leaves it open, from its content.

    Raises:
        FileError: the file cannot be read.
        FormatError: the format is unknown or cannot be told, or the text is not in it at all.
    """
    from argmap.formats import registry

    faults: tuple[Diagnostic, ...] = ()
    if isinstance(given, Source):
        source = given
    elif isinstance(given, str) and ("\n" in given or "\r" in given):
        source = Source("<string>", given)
    else:
        source, faults = read_source(given)
    chosen = registry.by_name(format) if format is not None else registry.for_reading(source)
    if chosen.read is None:
        raise FormatError(f"{chosen.title} can be written but not read")
    conversion = chosen.read(source)
    found = (*faults, *conversion.diagnostics)
    return evolve(conversion.map, source=source, diagnostics=in_source(found, source))


def convert(map: ArgumentMap, to: Format, *, focus: str | None = None) -> Converted:
    """Write a map in a format.

    Raises:
        DocumentError: the map has errors.
        FormatError: the format cannot be written.
        UnknownStatementError: there is no statement with the label `focus`.
    """
    if to.write is None:
        raise FormatError(f"{to.title} can be read but not written")
    if not map.ok:
        raise DocumentError("the map has errors; mend them first (argmap check lists them)")
    if focus is not None:
        from argmap.formats.focus import cut

        map = cut(map, focus)
    written = to.write(map, WriteOptions(focus))
    return Converted(written.text, (*map.diagnostics, *written.diagnostics))


def write(
    map: ArgumentMap,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    focus: str | None = None,
    strict: bool = False,
) -> tuple[Diagnostic, ...]:
    """Write a map to a file in any format that argmap knows, whole or not at all.

    Args:
        path: The file; `-` is standard output.
        format: A format's name; by default it is told from the file's name.
        focus: A label: write only that statement and what bears on it.
        strict: Write nothing where something could not be carried over.

    Returns:
        What could not be carried over, and what was renamed on the way.

    Raises:
        DocumentError: the map has errors.
        FileError: the file cannot be written.
        FormatError: the format is unknown or cannot be told; or `strict` and something would be lost.
        UnknownStatementError: there is no statement with the label `focus`.
    """
    from argmap.formats import registry

    name = os.fspath(path)
    chosen = registry.by_name(format) if format is not None else registry.for_writing(name)
    converted = convert(map, chosen, focus=focus)
    losses = converted.diagnostics[len(map.diagnostics) :]
    if strict and any(found.severity is not Severity.NOTE for found in losses):
        raise FormatError(f"not everything can be carried over to {chosen.title}: {losses[0].message}")
    put(converted.text, name, map.source)
    return losses


def put(text: str, path: str, source: Source | None) -> bool:
    """Write a converted text to a file, never over the file it comes from.

    Returns:
        Whether there was a file of this name before.
    """
    if source is not None and not source.name.startswith("<"):
        guard_output(source.name, path)
    there = path != STANDARD and Path(path).exists()
    write_bytes(path, text.encode("utf-8", "replace"))
    return there
