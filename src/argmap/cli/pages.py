"""`argmap coverage`: how much of its sources a map accounts for. `argmap gallery`: many maps on one page."""

from __future__ import annotations

import click

from argmap.cli.opening import put, say


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the answer.")
@click.option("--html", "page", metavar="OUT", help="Write a page with the text and its quoted passages marked.")
@click.option("--passed-over", is_flag=True, help="List only the paragraphs that the map does not quote.")
@click.option("--force", is_flag=True, help="Write over any file, also the map, its sources and settings.")
@click.option("--allow-outside", is_flag=True, help="Also read sources outside the map's folder.")
def coverage(file: str, form: str, page: str | None, passed_over: bool, allow_outside: bool, force: bool) -> None:
    """Show which paragraphs of its sources a map quotes, and which it does not.

    The sources are the files that the header names: `source: essay.txt`.

    \b
    Examples:
      argmap coverage essay.argmap
      argmap coverage --passed-over essay.argmap    what is still to be mapped
      argmap coverage --html essay.html essay.argmap
    """
    from argmap.pages import measure_file

    map, coverages, troubles = measure_file(file, allow_outside=allow_outside)
    say(*(trouble.message for trouble in troubles))
    if page is not None:
        from argmap.pages import write_page

        write_page(map, coverages, page, force=force)
        say(f"wrote {page}")
    elif form == "json":
        from argmap.sources.coverage import as_json

        click.echo(as_json(coverages))
    else:
        from argmap.sources.coverage import as_table

        put("\n\n".join(as_table(one, map, only_passed_over=passed_over) for one in coverages))


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("-o", "--output", default="gallery.html", metavar="OUT", help="The page to write; - to print it.")
@click.option("--theme", "themes", multiple=True, help="Only this theme; may be given more than once.")
@click.option("--engine", type=click.Choice(["auto", "builtin", "system"]), default="auto", help="For the layout.")
@click.option("--force", is_flag=True, help="Write over any file, also the map, its sources and settings.")
def gallery(files: tuple[str, ...], output: str, themes: tuple[str, ...], engine: str, force: bool) -> int:
    """Draw every map in every theme onto one page that works without a network.

    Without FILE, the maps in examples/. A map with errors is left out, and the exit code is then 1.

    \b
    Examples:
      argmap gallery
      argmap gallery debates/*.argmap -o debates.html --theme print --theme dark
    """
    from glob import glob

    import argmap
    from argmap.pages import gallery_page
    from argmap.project.files import write_output

    chosen = list(files) or sorted(glob("examples/*.argmap"))
    if not chosen:
        raise click.UsageError("there is no examples/ folder with maps here; name the files")
    maps, read = {}, []
    for file in chosen:
        map = argmap.load(file)
        read.append(map)
        if map.ok:
            maps[file] = map
        else:
            say(f"{file} has errors and is left out (argmap check {file})")
    write_output(gallery_page(maps, themes, engine).encode("utf-8"), output, *read, force=force)
    if output != "-":
        say(f"wrote {output}: {len(maps)} {'map' if len(maps) == 1 else 'maps'}")
    return 0 if len(maps) == len(chosen) else 1
