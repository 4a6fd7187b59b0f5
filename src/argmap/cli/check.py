"""`argmap check`: report errors, warnings and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from argmap.cli.opening import FORMS, Form, put, say, show
from argmap.diagnostics import Report, Severity

if TYPE_CHECKING:
    from argmap.model import ArgumentMap


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="The form of the report.")
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Report only these codes (AM201, AM2, golden). `teaching` adds to the default.",
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not report these codes.")
@click.option("--allow-outside", is_flag=True, help="Also read sources outside the map's folder.")
@click.option("--fix", is_flag=True, help="Make the fixes that cannot change the meaning.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def check(
    files: tuple[str, ...],
    form: Form,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    allow_outside: bool,
    fix: bool,
    diff: bool,
) -> int:
    """Report errors, warnings and notes in map files (- for standard input).

    Exits with 1 if there is an error or a warning, otherwise with 0. The comment `// argmap: ignore AM201`
    suppresses a code in a file, `[tool.argmap]` in pyproject.toml (or argmap.toml) in a project.

    \b
    Examples:
      argmap check essay.argmap
      argmap check --diff essay.argmap         what --fix would change
      argmap check --ignore AM3,AM201 *.argmap
      argmap check --format json - < essay.argmap
    """
    from argmap.diagnostics.explanation import refuse_unknown
    from argmap.errors import FileError

    selected, ignored = (
        [code.strip() for text in given for code in text.split(",") if code.strip()] for given in (select, ignore)
    )
    refuse_unknown([*selected, *ignored])
    reports: list[Report] = []
    unreadable = False
    for file in dict.fromkeys(files):
        try:
            reports.append(_check_file(file, selected, ignored, fix=fix, diff=diff, outside=allow_outside))
        except FileError as error:  # the other files are checked all the same
            say(*error.args)
            unreadable = True
    # Standard output may already have the fixed text or the differences.
    show(reports, form, err=diff or (fix and "-" in files))
    if unreadable:
        return 2
    return int(any(found.severity is not Severity.NOTE for one in reports for found in one.diagnostics))


def _check_file(
    path: str, select: Sequence[str], ignore: Sequence[str], *, fix: bool, diff: bool, outside: bool
) -> Report:
    """Check a file, and fix it or show how if asked. Files in other formats are checked but not fixed."""
    import os

    import argmap
    from argmap.cli.opening import is_foreign
    from argmap.diagnostics.explanation import refuse_unknown
    from argmap.diagnostics.fixes import apply_fixes, unified_diff
    from argmap.project.files import STANDARD, write_bytes
    from argmap.project.settings import find_settings
    from argmap.text import Source

    settings = find_settings(path)
    refuse_unknown([*settings.select, *settings.ignore], settings.file)

    def report(map: ArgumentMap) -> Report:
        found = argmap.check(
            map,
            select=select or settings.select,
            ignore=ignore or settings.ignore,
            folder=os.path.dirname(path) or ".",  # for standard input, where the command is run
            allow_outside=outside or settings.outside,
        )
        return Report(map.source or Source(path, ""), found)

    foreign = is_foreign(path)
    before = report(argmap.load(path, None if foreign else "argmap"))
    if foreign or not (fix or diff) or any(found.code == "AM001" for found in before.diagnostics):
        return before
    text, count = apply_fixes(before.source.text, before.diagnostics)
    if diff:
        if text != before.source.text:
            put(unified_diff(before.source.text, text, before.source.name).removesuffix("\n"))
        return before
    if count or path == STANDARD:
        write_bytes(path, text.encode("utf-8", "surrogatepass"))
    return report(argmap.parse(text, before.source.name)) if count else before
