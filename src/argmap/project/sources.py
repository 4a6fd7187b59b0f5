"""Reads the sources that a map's header names, from the map's folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.text.words import nearest

if TYPE_CHECKING:
    from argmap.model import ArgumentMap, Fact
    from argmap.sources.original import Original

MAX_SOURCE_BYTES = 16 * 1024 * 1024
"""The largest source that is searched: some 3,000 pages of a book."""

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_NAMED = re.compile(r"([^\s=,;:()]+)\s*=\s*(.+)", re.DOTALL)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@frozen
class Sources:
    """The sources of a map that could be read, the short names of those that could not ("" for one without
    a name), and diagnostics about them."""

    originals: tuple[Original, ...] = ()
    missing: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_sources(map: ArgumentMap, folder: str | os.PathLike[str], *, allow_outside: bool = False) -> Sources:
    """Read the files that the map's `source:` lines name, relative to a folder.

    A line is `source: file.txt`, or `source: name = file.txt` to give it a short name. Files ending in
    `.md` are read as Markdown, all others as plain text. A source that is missing, unreadable or (unless
    allowed) outside the folder is a diagnostic, never an exception.
    """
    originals: dict[str, Original] = {}
    missing: set[str] = set()
    diagnostics: list[Diagnostic] = []
    taken: set[str] = set()
    for fact in map.facts:
        if fact.key != "source" or not fact.value.strip():
            continue
        short, value = _read_line(fact.value)
        if short and short in taken:
            diagnostics.append(
                _diagnostic(fact, "AM505", Severity.WARNING, f"two sources are called {short}")
            )
            short = None
        taken.add(short or "")
        found = _read(fact, Path(folder), value, short, allow_outside)
        if isinstance(found, Diagnostic):
            missing.add(short or "")
            diagnostics.append(found)
        else:
            original, fault = found
            originals.setdefault(f"{original.name}\0{short or ''}", original)
            diagnostics += [fault] if fault else []
    return Sources(tuple(originals.values()), frozenset(missing), tuple(diagnostics))


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
        message = "the source is an address, not a file"
        return _unread(
            fact, "AM502", Severity.NOTE, message, "save the text beside the map and name that file"
        )
    try:
        target = (folder / name).resolve()
        if not allow_outside and not target.is_relative_to(folder.resolve()):
            message = f"{name} is outside the map's folder"
            hint = "put it in the map's folder, or allow it with --allow-outside"
            return _unread(fact, "AM504", Severity.WARNING, message, hint)
        if not target.exists():
            message = f"there is no file {name} beside the map"
            return _unread(fact, "AM502", Severity.NOTE, message, _similar(target, name))
        if not target.is_file():
            return _unread(fact, "AM503", Severity.WARNING, f"{name} is not a file", "name a text file")
        size = target.stat().st_size
        if size > MAX_SOURCE_BYTES:
            message = f"{name} is larger than {MAX_SOURCE_BYTES // 1024**2} MB"
            return _unread(fact, "AM503", Severity.WARNING, message, "keep the part that the map is about")
        data = target.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a loop of links
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return _unread(fact, "AM503", Severity.WARNING, f"cannot read {name}: {reason}", None)
    from argmap.project.decoding import decode
    from argmap.sources.original import Original

    source, faults = decode(data, name)
    fault = None
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        message = f"{name}: {faults[0].message}{more}"
        if not source.text:
            return _unread(fact, "AM503", Severity.WARNING, message, faults[0].hint)
        fault = _diagnostic(fact, "AM503", Severity.WARNING, message, faults[0].hint)
    markdown = target.suffix.lower() in _MARKDOWN
    return Original(name, source.text, short, markdown), fault


def _similar(target: Path, name: str) -> str | None:
    try:
        there: Sequence[str] = os.listdir(target.parent)
    except OSError:
        return None
    near = nearest(target.name, there, 0.75)
    return f"did you mean {os.path.join(os.path.dirname(name), near)}?" if near else None


def _unread(fact: Fact, code: str, severity: Severity, message: str, hint: str | None) -> Diagnostic:
    return _diagnostic(fact, code, severity, message, hint, "quotations from it were not checked")


def _diagnostic(
    fact: Fact, code: str, severity: Severity, message: str, hint: str | None = None, label: str = ""
) -> Diagnostic:
    place = () if fact.span is None else (Label(fact.span, label),)
    return Diagnostic(code, severity, message, place, hint)
