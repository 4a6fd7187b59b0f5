"""`argmap formats`: list what can be read and written."""

from __future__ import annotations

import click


@click.command()
def formats() -> None:
    """List the formats that can be read and written.

    \b
    Examples:
      argmap formats
      argmap convert essay.argmap essay.md --to outline
    """
    import textwrap

    from argmap.formats import registry

    known = registry.formats()
    width = max(len(format.name) for format in known)
    for format in known:
        ways = "in, out" if format.read and format.write else "in" if format.read else "out"
        click.echo(f"{format.name:{width}}  {ways:7}  {' '.join(format.suffixes)}")
        margin = " " * (width + 2)
        click.echo(textwrap.fill(format.summary, 96, initial_indent=margin, subsequent_indent=margin))
