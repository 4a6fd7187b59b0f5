"""`argmap coverage`: how much of its sources a map accounts for."""

from __future__ import annotations

import click


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the answer."
)
@click.option(
    "--html", "page", metavar="OUT", help="Write a page with the text and its quoted passages marked."
)
@click.option("--passed-over", is_flag=True, help="List only the paragraphs that the map does not quote.")
@click.option("--allow-outside", is_flag=True, help="Also read sources outside the map's folder.")
def coverage(file: str, form: str, page: str | None, passed_over: bool, allow_outside: bool) -> None:
    """Show which paragraphs of its sources a map quotes, and which it does not.

    The sources are the files that the header names: `source: essay.txt`.

    \b
    Examples:
      argmap coverage essay.argmap
      argmap coverage --passed-over essay.argmap    what is still to be mapped
      argmap coverage --html essay.html essay.argmap
    """
    from argmap.coverage import measure_file

    map, coverages, troubles = measure_file(file, allow_outside=allow_outside)
    for trouble in troubles:
        click.echo(f"argmap: {trouble.message}", err=True)
    if page is not None:
        from argmap.coverage import write_page

        write_page(map, coverages, page, file)
        click.echo(f"wrote {page}", err=True)
    elif form == "json":
        from argmap.sources.coverage import as_json

        click.echo(as_json(coverages))
    else:
        from argmap.sources.coverage import as_table

        click.echo("\n\n".join(as_table(one, map, only_passed_over=passed_over) for one in coverages))
