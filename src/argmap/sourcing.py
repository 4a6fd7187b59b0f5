"""The sources that a map's header names: found in its folder, read, and its quotations looked for in them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.text.nearest import nearest

if TYPE_CHECKING:
    from argmap.model import ArgumentMap, Fact
    from argmap.sources import Coverage, Original

MAX_SOURCE_BYTES = 16 * 1024 * 1024
"""The largest source that is searched: some 3,000 pages of a book."""

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_NAMED = re.compile(r"([^\s=,;:()]+)\s*=\s*(.+)", re.DOTALL)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@frozen
class Sources:
    """The sources of a map that could be read, the short names of those that could not ("" for one without),
    and what there is to say about that."""

    originals: tuple[Original, ...] = ()
    missing: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_sources(map: ArgumentMap, folder: str | os.PathLike[str], *, allow_outside: bool = False) -> Sources:
    """Read the files that the map's `source:` lines name, relative to a folder.

    A line is `source: file.txt`, or `source: name = file.txt` to give it a short name. Files ending in
    `.md` are read as Markdown, all others as plain text. A source that is missing, unreadable or (unless
    allowed) outside the folder is told as a diagnostic, never raised.
    """
    originals: dict[str, Original] = {}
    missing: set[str] = set()
    told: list[Diagnostic] = []
    taken: set[str] = set()
    for fact in map.facts:
        if fact.key != "source" or not fact.value.strip():
            continue
        short, value = _read_line(fact.value)
        if short and short in taken:
            told.append(_tell(fact, "AM505", Severity.WARNING, f"two sources are called {short}"))
            short = None
        taken.add(short or "")
        found = _read(fact, Path(folder), value, short, allow_outside)
        if isinstance(found, Diagnostic):
            missing.add(short or "")
            told.append(found)
        else:
            original, fault = found
            originals.setdefault(f"{original.name}\0{short or ''}", original)
            told += [fault] if fault else []
    return Sources(tuple(originals.values()), frozenset(missing), tuple(told))


def check_sources(
    map: ArgumentMap, folder: str | os.PathLike[str] | None = None, *, allow_outside: bool = False
) -> tuple[Diagnostic, ...]:
    """What there is to say about a map's sources and quotations (AM5xx).

    Args:
        map: Any map. One without a `source:` line, or without a quotation, gives nothing and reads nothing.
        folder: Where the sources are; the folder of the file the map was read from when not given. A map
        that was
            read from no file, with no folder given, is not looked at.
        allow_outside: Whether sources may lie outside that folder.
    """
    if not any(fact.key == "source" for fact in map.facts):
        return ()
    if not any(statement.quotations for statement in map.statements):
        return ()
    folder = folder_of(map) if folder is None else folder
    if folder is None:
        return ()
    found = read_sources(map, folder, allow_outside=allow_outside)
    if not found.originals:
        return found.diagnostics
    from argmap.sources import check_quotations

    return (*found.diagnostics, *check_quotations(map, found.originals, found.missing))


def measure_file(
    path: str | os.PathLike[str], *, allow_outside: bool = False
) -> tuple[ArgumentMap, tuple[Coverage, ...], tuple[Diagnostic, ...]]:
    """Read a map file (`-` for standard input) and see how much of each of its sources it accounts for.

    Returns:
        The map, the coverage of each source that could be read, and what is to be said of the others.

    Raises:
        FileError: the map cannot be read, or names no source that can.
        ConfigError: its settings cannot be used.
    """
    from argmap.errors import FileError
    from argmap.project import find_settings, load
    from argmap.sources import measure

    map = load(path)
    folder = os.path.dirname(os.fspath(path)) or "."
    allowed = allow_outside or find_settings(path).allow_outside
    found = read_sources(map, folder, allow_outside=allowed)
    if not found.originals:
        why = found.diagnostics[0] if found.diagnostics else None
        if why is None:
            raise FileError("the map names no source: begin it with a line such as `source: essay.txt`")
        raise FileError("; ".join(filter(None, (why.message.partition(", so")[0], why.hint))))
    return map, measure(map, found.originals, found.missing), found.diagnostics


def folder_of(map: ArgumentMap) -> Path | None:
    """The folder of the file that a map was read from, or None."""
    if map.source is None or map.source.name.startswith("<"):
        return None
    path = Path(map.source.name)
    try:
        return path.parent if path.is_file() else None
    except (OSError, ValueError):
        return None


def _read_line(value: str) -> tuple[str | None, str]:
    """The short name (if any) and the file of a `source:` line."""
    named = _NAMED.fullmatch(value.strip())
    short, name = (named[1], named[2]) if named else (None, value)
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    return short, name


def _read(
    fact: Fact, folder: Path, name: str, short: str | None, allow_outside: bool
) -> tuple[Original, Diagnostic | None] | Diagnostic:
    if _ADDRESS.match(name):
        message = "the source is an address, not a file, so quotations from it were not checked"
        return _tell(fact, "AM502", Severity.NOTE, message, "save the text beside the map and name that file")
    try:
        target = (folder / name).resolve()
        if not allow_outside and not target.is_relative_to(folder.resolve()):
            message = f"{name} is outside the map's folder, so it was not read"
            hint = "put it in the map's folder, or allow it with --allow-outside"
            return _tell(fact, "AM504", Severity.WARNING, message, hint)
        if not target.exists():
            message = f"there is no file {name} beside the map, so quotations from it were not checked"
            return _tell(fact, "AM502", Severity.NOTE, message, _similar(target, name))
        if not target.is_file():
            return _tell(fact, "AM503", Severity.WARNING, f"{name} is not a file", "name a text file")
        size = target.stat().st_size
        if size > MAX_SOURCE_BYTES:
            message = f"{name} is larger than {MAX_SOURCE_BYTES // 1024**2} MB, so it was not searched"
            return _tell(fact, "AM503", Severity.WARNING, message, "keep the part that the map is about")
        data = target.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a loop of links
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return _tell(fact, "AM503", Severity.WARNING, f"cannot read {name}: {reason}", None)
    from argmap.project import decode
    from argmap.sources import Original

    source, faults = decode(data, name)
    fault = None
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        fault = _tell(fact, "AM503", Severity.WARNING, f"{name}: {faults[0].message}{more}", faults[0].hint)
        if not source.text:
            return fault
    markdown = target.suffix.lower() in _MARKDOWN
    return Original(name, source.text, short, markdown), fault


def _similar(target: Path, name: str) -> str | None:
    try:
        there: Sequence[str] = os.listdir(target.parent)
    except OSError:
        return None
    near = nearest(target.name, there, 0.75)
    return f"did you mean {os.path.join(os.path.dirname(name), near)}?" if near else None


def _tell(fact: Fact, code: str, severity: Severity, message: str, hint: str | None = None) -> Diagnostic:
    place = () if fact.span is None else (Label(fact.span),)
    return Diagnostic(code, severity, message, place, hint)
