"""`argmap new`: write a short commented map to start from."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
@click.option(
    "--example", type=click.Choice(["op-ed", "debate", "lesson"]), help="Start from a worked example."
)
def new(name: str, example: str | None) -> None:
    """Write a short commented map to start from, as NAME.argmap (- for standard output).

    An existing file is never overwritten.

    \b
    Examples:
      argmap new essay
      argmap new motion --example debate
    """
    from importlib.resources import files
    from os.path import basename, splitext

    from argmap.project import STANDARD, create, write_bytes

    data = files("argmap.cli").joinpath("starters", f"{example or 'blank'}.argmap").read_bytes()
    if not splitext(basename(name))[0].strip() or basename(name) == ".argmap":
        raise click.UsageError("give the map a name, such as essay")
    if name == STANDARD:
        write_bytes(name, data)
        return
    path = name if name.endswith(".argmap") else f"{name}.argmap"
    create(path, data)
    from shlex import quote

    # A name that begins with a hyphen would be taken for an option.
    shown = quote(f"./{path}" if path.startswith("-") else path)
    click.echo(f"wrote {path}; see it with: argmap render {shown}")
