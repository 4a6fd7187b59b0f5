"""`argmap gallery`: many maps on one page."""

from __future__ import annotations

import click


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "-o", "--output", default="gallery.html", metavar="OUT", help="The page to write; - to print it."
)
@click.option("--theme", "themes", multiple=True, help="Only this theme; may be given more than once.")
@click.option(
    "--engine", type=click.Choice(["auto", "builtin", "system"]), default="auto", help="For the layout."
)
def gallery(files: tuple[str, ...], output: str, themes: tuple[str, ...], engine: str) -> int:
    """Draw every map in every theme onto one page that works without a network.

    Without FILE, the maps in examples/. A map with errors is left out, and the exit code is then 1.

    \b
    Examples:
      argmap gallery
      argmap gallery debates/*.argmap -o debates.html --theme print --theme dark
    """
    from glob import glob

    import argmap
    from argmap.gallery import gallery_page
    from argmap.project import guard_output, write_bytes

    chosen = list(files) or sorted(glob("examples/*.argmap"))
    if not chosen:
        raise click.UsageError("there is no examples/ folder with maps here; name the files")
    maps = {}
    for file in chosen:
        guard_output(file, output)
        map = argmap.load(file)
        if map.ok:
            maps[file] = map
        else:
            click.echo(f"argmap: {file} has errors and is left out (argmap check {file})", err=True)
    write_bytes(output, gallery_page(maps, themes, engine).encode("utf-8"))
    if output != "-":
        click.echo(f"wrote {output}: {len(maps)} {'map' if len(maps) == 1 else 'maps'}", err=True)
    return 0 if len(maps) == len(chosen) else 1
