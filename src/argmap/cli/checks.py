"""What `argmap check` does with one file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from argmap.diagnostics import Report
from argmap.errors import ConfigError
from argmap.text import Source

if TYPE_CHECKING:
    from argmap.model import ArgumentMap


def split_codes(given: Sequence[str], option: str) -> tuple[str, ...]:
    """Codes as they may be given: several times, or separated by commas."""
    from argmap.diagnostics.suppression import CODE

    codes = [code.strip().upper() for text in given for code in text.split(",") if code.strip()]
    for code in codes:
        if not CODE.fullmatch(code):
            message = f"'{code}' is no code; write AM201, or AM2 for all that begin so"
            raise click.BadParameter(message, param_hint=option)
    if unknown := _unknown(codes):
        message = f"there is no code {unknown}; argmap explain lists them all"
        raise click.BadParameter(message, param_hint=option)
    return tuple(codes)


def _unknown(codes: Sequence[str]) -> str | None:
    """The first of these codes that no diagnostic's code begins with."""
    if not codes:
        return None
    from argmap.diagnostics.explanation import is_code_prefix

    return next((code for code in codes if not is_code_prefix(code)), None)


def check_file(
    path: str, select: Sequence[str], ignore: Sequence[str], *, fix: bool, diff: bool, outside: bool = False
) -> Report:
    """Check a file, mending it or showing how where asked; what is left is in the report.

    A file in another format is read as what its name says, and is only checked. With `outside`, the sources
    that the map names may lie outside its folder.

    Raises:
        FileError: the file cannot be read or written.
        ConfigError: its settings cannot be used.
    """
    from argmap.cli.opening import is_foreign
    from argmap.converting import load
    from argmap.project import find_settings

    settings = find_settings(path)
    codes = (select or settings.select, ignore or settings.ignore)
    if unknown := _unknown([*settings.select, *settings.ignore]):
        raise ConfigError(f"{settings.file}: there is no code {unknown}; argmap explain lists them all")
    foreign = is_foreign(path)
    found = load(path, None if foreign else "argmap")
    outside = outside or settings.allow_outside
    report = _report(found, path, *codes, outside=outside)
    if (fix or diff) and not foreign and not any(fault.code == "AM001" for fault in found.diagnostics):
        return _mend(path, report, codes, outside=outside, write=fix and not diff)
    return report


def _report(
    found: ArgumentMap, path: str, select: Sequence[str], ignore: Sequence[str], *, outside: bool
) -> Report:
    from argmap.checking import check

    # What comes through standard input has its sources where the command is run.
    folder = os.path.dirname(path) or "."
    told = check(found, select=select, ignore=ignore, folder=folder, allow_outside=outside)
    return Report(found.source or Source(path, ""), told)


def _mend(
    path: str,
    report: Report,
    codes: tuple[Sequence[str], Sequence[str]],
    *,
    outside: bool,
    write: bool,
) -> Report:
    from argmap import parse
    from argmap.diagnostics.fixes import apply_fixes, unified_diff
    from argmap.project import STANDARD, write_bytes

    before = report.source.text
    after, count = apply_fixes(before, report.diagnostics)
    if not write:
        click.echo(unified_diff(before, after, report.source.name), nl=False)
        return report
    if count or path == STANDARD:
        write_bytes(path, after.encode("utf-8", "surrogatepass"))
    return _report(parse(after, report.source.name), path, *codes, outside=outside) if count else report
