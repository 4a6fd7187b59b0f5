"""Reads the sources that a map's header names, from the map's folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, field, frozen

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.text.words import lazy, nearest

if TYPE_CHECKING:
    from argmap.model import ArgumentMap, Fact
    from argmap.sources.original import Original

MAX_SOURCE_BYTES = 16 * 1024 * 1024
"""Most bytes that a map's sources have together: some 3,000 pages of a book."""

MAX_SOURCES = 500
"""Most `source:` lines that are read."""

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_NAMED = lazy(r"([^\s=,;:()]+)\s*=\s*(.+)", re.DOTALL)
_ADDRESS = lazy(r"[A-Za-z][A-Za-z0-9+.-]+://")


@frozen
class Sources:
    """The sources of a map that could be read, the short names of those that could not ("" for one without
    a name), and diagnostics about them."""

    originals: tuple[Original, ...] = ()
    missing: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_sources(
    map: ArgumentMap, folder: str | os.PathLike[str], *, allow_outside: bool | str | os.PathLike[str] = False
) -> Sources:
    """Read the files that the map's `source:` lines name, relative to a folder; each file once.

    A line is `source: file.txt`, or `source: name = file.txt` to give it a short name. Files ending in
    `.md` are read as Markdown, all others as plain text. A source that is missing, unreadable, outside the folder
    or past the limits is a diagnostic, never an exception.

    Args:
        map: The map.
        folder: Where its sources are.
        allow_outside: True for sources anywhere, or another folder that they may be in.
    """
    reading = _Reading(Path(folder), allow_outside)
    taken: set[str] = set()
    lines = [fact for fact in map.facts if fact.key == "source" and fact.value.strip()]
    for number, fact in enumerate(lines):
        if number == MAX_SOURCES:
            message = f"there are more than {MAX_SOURCES} sources; the others are not read"
            reading.missed(fact, "", "AM503", message, "map fewer texts at a time")
        short, value = _read_line(fact.value)
        if short and short in taken:
            message = f"two sources are called {short}"
            reading.diagnostics.append(_diagnostic(fact, "AM505", Severity.WARNING, message))
            short = None
        taken.add(short or "")
        if number < MAX_SOURCES:
            reading.read(fact, value, short)
        else:
            reading.missing.add(short or "")
    return Sources(tuple(reading.originals.values()), frozenset(reading.missing), tuple(reading.diagnostics))


def named_files(map: ArgumentMap, folder: str | os.PathLike[str]) -> list[Path]:
    """The files that the map's `source:` lines name, whether they are there or not."""
    return [Path(folder) / _read_line(fact.value)[1] for fact in map.facts if fact.key == "source"]


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


@define(eq=False)
class _Reading:
    """What was read so far, by file."""

    folder: Path
    allow_outside: bool | str | os.PathLike[str]
    originals: dict[Path, Original] = field(factory=dict)
    missing: set[str] = field(factory=set)
    diagnostics: list[Diagnostic] = field(factory=list)
    left: int = field(factory=lambda: MAX_SOURCE_BYTES)

    def read(self, fact: Fact, name: str, short: str | None) -> None:
        try:
            target = (self.folder / name).resolve()
            if target in self.originals:
                known = self.originals[target]
                aliases = (*known.aliases, *filter(None, (name, short)))
                self.originals[target] = evolve(known, aliases=aliases)
            elif problem := self._refused(target, name):
                self.missed(fact, short, *problem)
            else:
                data = target.read_bytes()
                self.left -= len(data)
                self._keep(fact, target, name, short, data)
        except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a loop of links
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            self.missed(fact, short, "AM503", f"cannot read {name}: {reason}", None)

    def _refused(self, target: Path, name: str) -> tuple[str, str, str | None] | None:
        """Why a file is not read: code, message and hint."""
        if _ADDRESS.match(name):
            hint = "save the text beside the map and name that file"
            return "AM502", "the source is an address, not a file", hint
        if not self._is_allowed(target):
            hint = "put it in the map's folder, or allow it with --allow-outside"
            return "AM504", f"{name} is outside the map's folder", hint
        if not target.exists():
            return "AM502", f"there is no file {name} beside the map", _similar(target, name)
        if not target.is_file():
            return "AM503", f"{name} is not a file", "name a text file"
        if target.stat().st_size > self.left:
            message = f"with {name}, the sources are larger than {MAX_SOURCE_BYTES // 1024**2} MB"
            return "AM503", message, "keep the parts that the map is about"
        return None

    def _is_allowed(self, target: Path) -> bool:
        folders = [self.folder] if isinstance(self.allow_outside, bool) else [self.folder, Path(self.allow_outside)]
        return self.allow_outside is True or any(target.is_relative_to(each.resolve()) for each in folders)

    def _keep(self, fact: Fact, target: Path, name: str, short: str | None, data: bytes) -> None:
        from argmap.project.decoding import decode
        from argmap.sources.original import Original

        source, faults = decode(data, name)
        if faults:
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            message = f"{name}: {faults[0].message}{more}"
            if not source.text:
                self.missed(fact, short, "AM503", message, faults[0].hint)
                return
            self.diagnostics.append(_diagnostic(fact, "AM503", Severity.WARNING, message, faults[0].hint))
        text, suffix = source.text, target.suffix.lower()
        if suffix in _PAGES:
            from argmap.sources.markdown import page_text

            text = page_text(text)
        self.originals[target] = Original(name, text, short, suffix in _MARKDOWN)

    def missed(self, fact: Fact, short: str | None, code: str, message: str, hint: str | None) -> None:
        """Report a source that was not read. One that is not there is a note: its text may not be shared."""
        severity = Severity.NOTE if code == "AM502" else Severity.WARNING
        self.missing.add(short or "")
        found = _diagnostic(fact, code, severity, message, hint, "quotations from it were not checked")
        self.diagnostics.append(found)


def _similar(target: Path, name: str) -> str | None:
    try:
        there: Sequence[str] = os.listdir(target.parent)
    except OSError:
        return None
    near = nearest(target.name, there, 0.75)
    return f"did you mean {os.path.join(os.path.dirname(name), near)}?" if near else None


def _diagnostic(
    fact: Fact, code: str, severity: Severity, message: str, hint: str | None = None, label: str = ""
) -> Diagnostic:
    place = () if fact.span is None else (Label(fact.span, label),)
    return Diagnostic(code, severity, message, place, hint)
