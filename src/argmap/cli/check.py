"""`argmap check`: report faults, warnings and notes."""

from __future__ import annotations

import click

from argmap.cli.reporting import FORMS, Form, show
from argmap.diagnostics import Report, Severity


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", help="How to print what is found."
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these codes, or all that begin so.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes, nor any that begin so.")
@click.option("--allow-outside", is_flag=True, help="Read sources that are outside the map's folder too.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing the meaning.")
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
    """Report faults, warnings and notes in map files (- for standard input).

    Exits with 1 when there is an error or a warning, with 0 otherwise; notes do not count. A comment
    `// argmap: ignore AM201` spares a file a code, and `[tool.argmap]` in pyproject.toml (or argmap.toml) a
    whole project.

    \b
    Examples:
      argmap check essay.argmap
      argmap check --diff essay.argmap         what --fix would mend
      argmap check --ignore AM3,AM201 *.argmap
      argmap check --format json - < essay.argmap
    """
    from argmap.cli.checks import check_file, split_codes
    from argmap.errors import FileError

    chosen, spared = split_codes(select, "--select"), split_codes(ignore, "--ignore")
    reports: list[Report] = []
    unreadable = False
    for file in dict.fromkeys(files):
        try:
            reports.append(check_file(file, chosen, spared, fix=fix, diff=diff, outside=allow_outside))
        except FileError as error:  # the other files are checked all the same
            click.echo(f"argmap: {error}", err=True)
            unreadable = True
    # With a text or a patch on standard output, what is left to say goes beside it.
    show(reports, form, err=diff or (fix and "-" in files))
    if unreadable:
        return 2
    return int(any(found.severity is not Severity.NOTE for one in reports for found in one.diagnostics))
