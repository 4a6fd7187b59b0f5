"""`argmap new`, `argmap explain` and `argmap formats`: where to begin, and what there is."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
@click.option("--example", type=click.Choice(["op-ed", "debate", "lesson"]), help="Start from a worked example.")
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

    from argmap.project.files import STANDARD, create, write_bytes

    data = files("argmap.cli").joinpath("starters", f"{example or 'blank'}.argmap").read_bytes()
    if not splitext(basename(name))[0].strip() or basename(name) == ".argmap":
        raise click.UsageError("give the map a name, such as essay")
    if name == STANDARD:
        write_bytes(name, data)
        return
    path = name if name.endswith(".argmap") else f"{name}.argmap"
    create(path, data)
    from shlex import quote

    from argmap.cli.opening import put
    from argmap.text.display import harmless

    # A name that begins with a hyphen would be taken for an option.
    shown = quote(f"./{path}" if path.startswith("-") else path)
    put(harmless(f"wrote {path}; see it with: argmap render {shown}"))


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic CODE (or its name): what it means and how to fix it.

    Without CODE, or with the beginning of some or a set of rules (AM3, teaching): list them.

    \b
    Examples:
      argmap explain
      argmap explain AM101
    """
    from argmap.diagnostics.explanation import explanations, prefixes, unknown_code
    from argmap.errors import ArgmapError
    from argmap.text.words import suggestion

    texts = explanations()
    for text in texts:
        if code is not None and (code.upper() == text.code or code.lower() == text.name):
            click.echo(f"{text.code} {text.name} ({text.severity.value}): {text.summary}\n\n{text.text.strip()}")
            return
    if code is None or not unknown_code([code]):
        listed = [text for text in texts if text.code.startswith(prefixes([code or "AM"]))]
        width = max(len(text.name) for text in listed)
        for text in listed:
            click.echo(f"{text.code}  {text.severity.value:7}  {text.name:{width}}  {text.summary}")
        return
    names = [name for text in texts for name in (text.code, text.name)]
    hint = suggestion(code, names, otherwise="; argmap explain lists them all")
    raise ArgmapError(f"there is no code {code}{hint}")


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
