"""Maps from files and texts in any format, and back: what `load`, `parse` and `write` do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from attrs import evolve, fields, has

from argmap.diagnostics import Diagnostic, Severity, in_source
from argmap.errors import DocumentError, FormatError
from argmap.model import ArgumentMap
from argmap.project.files import read_source, write_output
from argmap.text import Source, place_in
from argmap.text.display import cleaned

if TYPE_CHECKING:
    from argmap.formats.format import Format, Written


_NOTATION = "argmap"
_PLACED = ("statements", "steps", "contradictions", "stances", "sections", "facts")


def load(path: str | os.PathLike[str], format: str | None = None) -> ArgumentMap:
    """Read a map from a file, in the notation or any other format that can be read.

    Never raises on what the file says: its faults, and what could not be carried over from another format,
    are in the map's `diagnostics`, and the map is what could be understood. `map.ok` is False where there is
    an error.

    Args:
        path: The file; `-` is standard input.
        format: A format's name, as `argmap formats` lists them. Default: from the file's name and, where
            several formats share a suffix, from its content.

    Raises:
        FileError: the file cannot be read.
        FormatError: the format is unknown or cannot be found out, or the text is not in it at all.

    Example:
        >>> load("examples/withdrawal.argmap")
        <ArgumentMap "Jaw-jaw in Baghdad": 12 statements, 9 steps>
    """
    source, faults = read_source(path)
    if format is None and source.name.lower().endswith(".argmap"):
        format = _NOTATION  # the usual case needs no look at all formats
    map = _read(source, format)
    if not faults:
        return map
    # What cannot be decoded has no statements for that reason, and not for want of an argument.
    found = (*faults, *(fault for fault in map.diagnostics if fault.code != "AM003"))
    return evolve(map, diagnostics=in_source(found, source))


def parse(text: str, name: str = "<string>", *, format: str = _NOTATION) -> ArgumentMap:
    """Read a map from a text, by default in the notation.

    Never raises on what a text in the notation says; see `load`.

    Args:
        text: The whole document. Places in the result count its code points.
        name: What to call it in messages.
        format: A format's name, as `argmap formats` lists them.

    Raises:
        FormatError: the format is unknown, or the text is not in it at all.

    Example:
        >>> parse("(a) Take an umbrella.\\n    + (b) It is raining.")
        <ArgumentMap: 2 statements, 1 step>
        >>> [found.code for found in parse("    + (b) It is raining.").diagnostics]
        ['AM013']
    """
    return _read(Source(name, text), format)


def _read(source: Source, format: str | None) -> ArgumentMap:
    if format == _NOTATION:
        from argmap.model.resolve import resolve
        from argmap.syntax import parse as parse_document

        return resolve(parse_document(source))
    from argmap.formats import registry

    chosen = registry.by_name(format) if format is not None else registry.for_reading(source)
    if chosen.name == _NOTATION:
        return _read(source, _NOTATION)
    if chosen.read is None:
        raise FormatError(f"{chosen.title} can be written but not read")
    conversion = chosen.read(source)
    for kind in _PLACED:
        place_in(source, getattr(conversion.map, kind))
    found = conversion.diagnostics
    if not conversion.map.statements:
        from argmap.syntax.messages import fault
        from argmap.text import Span

        found = (*found, fault("empty-conversion", Span(0, 0), "check that this is the file you meant"))
    return evolve(conversion.map, source=source, diagnostics=in_source(found, source))


def convert(map: ArgumentMap, to: Format, *, focus: str | None = None) -> Written:
    """A map in another format, with the diagnostics of reading it and of writing it.

    Raises:
        DocumentError: the map has errors.
        FormatError: the format cannot be written.
        UnknownStatementError: there is no statement with the label `focus`.
    """
    if to.write is None:
        raise FormatError(f"{to.title} can be read but not written")
    if not map.ok:
        raise DocumentError("the map has errors; correct them first (argmap check and the live page list them)")
    if focus is not None:
        map = _cut(map, focus)
    written = to.write(map)
    found = [*map.diagnostics, *written.diagnostics]
    if cleaned(written.text) != written.text and (harmless := _cleaned(map)) != map:
        written = to.write(harmless)
        found.append(Diagnostic("AM402", Severity.WARNING, "characters that steer or reorder text became U+FFFD"))
    return evolve(written, diagnostics=tuple(found))


def _cleaned(value: Any) -> Any:
    """A map, or a part of one, in which no text hides its order or has control characters."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if not has(type(value)):
        return value
    return evolve(value, **{one.name: _cleaned(getattr(value, one.name)) for one in fields(type(value)) if one.eq})


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
        format: A format's name; by default from the file's name.
        focus: A label: write only that statement and what bears on it.
        strict: Write nothing if something could not be carried over.

    Returns:
        What could not be carried over, and what was renamed on the way.

    Raises:
        DocumentError: the map has errors.
        FileError: the file cannot be written.
        FormatError: the format is unknown or cannot be found out; or `strict` and something would be lost.
        UnknownStatementError: there is no statement with the label `focus`.

    Example:
        >>> write(parse("(a) Take an umbrella.\\n    + (b) It is raining."), "umbrella.json")
        ()
    """
    from argmap.formats import registry

    name = os.fspath(path)
    chosen = registry.by_name(format) if format is not None else registry.for_writing(name)
    converted = convert(map, chosen, focus=focus)
    losses = converted.diagnostics[len(map.diagnostics) :]
    if strict and not evolve(converted, diagnostics=losses).complete:
        raise FormatError(f"not everything can be carried over to {chosen.title}: {losses[0].message}")
    write_output(converted.text.encode("utf-8", "replace"), name, map)
    return losses


def _cut(map: ArgumentMap, id: str) -> ArgumentMap:
    """The statement with this id, all that speaks for or against it, and so on upwards; who holds any of it.

    What only follows from it is left out. Linear in the size of the map.

    Raises:
        UnknownStatementError: the map has no such statement.
    """
    map[id]
    kept = {id}
    pending = [id]
    while pending:
        at = pending.pop()
        statement = map[at]
        bearing = [*statement.conditions, *statement.exceptions, *map.rivals.get(at, ())]
        for step in map.steps_to.get(at, ()):
            bearing += [*step.ground, *step.conditions, *step.exceptions]
        for each in bearing:
            if each not in kept:
                kept.add(each)
                pending.append(each)
    statements = [statement for statement in map.statements if statement.id in kept]
    used: set[int] = set()
    for statement in statements:
        section = statement.section
        while section is not None and section not in used:
            used.add(section)
            section = map.sections[section].parent
    order = {old: new for new, old in enumerate(sorted(used))}
    return evolve(
        map,
        statements=tuple(
            statement if statement.section is None else evolve(statement, section=order[statement.section])
            for statement in statements
        ),
        steps=tuple(step for step in map.steps if step.target in kept),
        contradictions=tuple(pair for pair in map.contradictions if pair.left in kept and pair.right in kept),
        stances=tuple(stance for stance in map.stances if kept.issuperset(stance.ids)),
        sections=tuple(
            evolve(map.sections[old], parent=None if (up := map.sections[old].parent) is None else order[up])
            for old in order
        ),
    )
