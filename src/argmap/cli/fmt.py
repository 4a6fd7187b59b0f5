"""`argmap fmt`: put files into the standard layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from argmap.cli.opening import put, say

if TYPE_CHECKING:
    from argmap.formatting import Marks


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Change nothing, and exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--words", "marks", flag_value="words", help="Write every mark as its word (because:, but:).")
@click.option("--signs", "marks", flag_value="signs", help="Write every mark as its sign (+, -).")
def fmt(files: tuple[str, ...], check: bool, diff: bool, marks: str | None) -> int:
    """Put map files into the standard layout (- for standard input to standard output).

    Line breaks, comments and the choice of signs or words stay. The meaning is compared before anything is
    written. A file with errors is not changed, and its errors are shown.

    \b
    Examples:
      argmap fmt essay.argmap
      argmap fmt --check *.argmap           for a commit hook
      argmap fmt --diff --words essay.argmap
      argmap fmt - < essay.argmap
    """
    from argmap.errors import FileError

    code = 0
    for file in dict.fromkeys(files):
        try:
            code = max(code, _format(file, cast("Marks", marks or "keep"), check=check, diff=diff))
        except FileError as error:  # the other files are formatted all the same
            say(*error.args)
            code = 2
    return code


def _format(file: str, marks: Marks, *, check: bool, diff: bool) -> int:
    from argmap import parse
    from argmap.cli.opening import is_foreign, show
    from argmap.diagnostics import Report, Severity
    from argmap.errors import DocumentError, FileError
    from argmap.formatting import format_text
    from argmap.project.files import STANDARD, read_source, write_bytes

    if is_foreign(file):
        raise FileError(f"{file} is in another format; argmap convert {file} OUT.argmap converts it")
    source, faults = read_source(file)
    try:
        if faults:
            raise DocumentError
        after = format_text(source.text, marks=marks)
    except DocumentError:
        found = faults or parse(source.text, source.name).diagnostics
        errors = tuple(fault for fault in found if fault.severity is Severity.ERROR)
        show([Report(source, errors)], "text", err=True)
        say(f"{source.name} was not changed: fix its errors first")
        return 1
    changed = after != source.text
    if diff and changed:
        from argmap.diagnostics.fixes import unified_diff

        put(unified_diff(source.text, after, source.name).removesuffix("\n"))
    elif check and changed:
        say(f"{source.name} would change")
    if check or diff:
        return int(changed and check)
    if changed or file == STANDARD:
        write_bytes(file, after.encode("utf-8", "surrogatepass"))
    return 0
