"""What the commands share: opening a map, and printing reports and answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from os.path import splitext
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from argmap.diagnostics import Report, Severity
from argmap.text.display import harmless, without_commands

if TYPE_CHECKING:
    from argmap.model import ArgumentMap


T = TypeVar("T")
Known = dict[str, set[str]]
"""What a command that goes on has said already, by kind."""
_NOTATION = ("", ".argmap", ".txt")
MOST_SHOWN = 20
"""More errors than these would push the first ones off the screen."""


def is_foreign(path: str) -> bool:
    """Whether a file's name belongs to another format than the notation, one that can be read."""
    if splitext(path)[1].lower() in _NOTATION:
        return False
    from argmap.formats.registry import by_suffix

    return any(form.read is not None and form.name != "argmap" for form in by_suffix(path))


def open_map(path: str, *, partial: bool = False, known: Known | None = None) -> ArgumentMap:
    """Read a map from a file, or from standard input for `-`; its errors and warnings go to standard error.

    Files with a suffix of another format are read in that format. A map with errors ends the command with exit
    code 1, unless `partial` asks for what could be understood.

    Args:
        known: What was shown when the file was last read, and is not shown again.
    """
    from argmap import load
    from argmap.project.settings import find_settings

    settings = find_settings(path)
    map = load(path, "argmap" if splitext(path)[1].lower() in _NOTATION else None)
    found = [each for each in map.diagnostics if each.severity is not Severity.NOTE]
    if map.source is not None and (found or known):
        from argmap.diagnostics.suppression import suppress

        shown = suppress(found, map.source, settings.select, settings.ignore)
        if not map.ok and not partial and not any(each.severity is Severity.ERROR for each in shown):
            # Suppressed errors still keep a map from being drawn, so they are the reason to show.
            shown = tuple(found)
        source = map.source
        named = [(f"{f.code} {f.message} {f.span and source.line(source.place(f.span.start)[0])}", f) for f in shown]
        shown = tuple(news("faults", named, known))
        if shown:
            show([Report(source, shown[:MOST_SHOWN])], err=True, summary=len(shown) <= MOST_SHOWN)
        if len(shown) > MOST_SHOWN:
            say(f"{len(shown) - MOST_SHOWN} more; argmap check shows them all")
    if not map.ok and not partial:
        raise click.exceptions.Exit(1)
    return map


def news(kind: str, found: Iterable[tuple[str, T]], known: Known | None) -> list[T]:
    """Those of some named things that were not there the time before; all of them where nothing is known."""
    if known is None:
        return [each for _, each in found]
    now = dict(found)
    before, known[kind] = known.get(kind, set()), set(now)
    return [each for name, each in now.items() if name not in before]


def open_for_questions(path: str) -> ArgumentMap:
    """Read a map that can be asked about: each name in it must resolve. Its other errors are shown.

    A map with an unknown label ends the command with exit code 1.
    """
    from argmap.analysis.network import require_names
    from argmap.errors import DocumentError

    map = open_map(path, partial=True)
    try:
        require_names(map)
    except DocumentError as error:
        say(*error.args)
        raise click.exceptions.Exit(1) from None
    return map


def bare(label: str) -> str:
    """A label as given on the command line, where `(a)` means the same as `a`."""
    return label[1:-1] if len(label) > 2 and label[0] == "(" and label[-1] == ")" else label


_WIDEST = 120
Form = Literal["text", "json", "github", "sarif"]
FORMS: tuple[Form, ...] = ("text", "json", "github", "sarif")


def say(*messages: object) -> None:
    """Print messages on standard error, a line each; they may quote anybody's text."""
    for message in messages:
        click.echo(without_commands(f"argmap: {harmless(str(message))}"), err=True)


def put(text: str, *, err: bool = False, color: bool | None = None) -> None:
    """Print lines for a reader. On a build server, none of them can be a command to it."""
    if os.environ.get("GITHUB_ACTIONS"):
        text = without_commands(text)
    click.echo(text, err=err, color=color)


def show(reports: Sequence[Report], form: Form = "text", *, err: bool = False, summary: bool = True) -> None:
    """Print the reports on standard output, or on standard error."""
    if form == "text":
        _show_text(reports, err, summary)
        return
    from argmap.diagnostics.machine import format_github, format_json, format_sarif

    formatted = {"json": format_json, "github": format_github, "sarif": format_sarif}[form]
    if text := formatted(reports):
        click.echo(text, err=err)


def _show_text(reports: Sequence[Report], err: bool, summary: bool) -> None:
    from argmap.diagnostics.terminal import COLUMNS, format_report, format_summary, wants_color

    stream = sys.stderr if err else sys.stdout
    color = wants_color(os.environ, stream.isatty())
    columns = COLUMNS
    if stream.isatty():
        from shutil import get_terminal_size

        columns = get_terminal_size((COLUMNS, 24)).columns - 8
    for report in reports:
        if report.diagnostics:
            put(format_report(report, color=color, columns=columns)[:-1], err=err, color=color)
    if summary and reports:
        put(format_summary(reports), err=err)


def width() -> int:
    """How many columns to fill with text."""
    from shutil import get_terminal_size

    return min(_WIDEST, get_terminal_size((100, 24)).columns)
