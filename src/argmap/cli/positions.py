"""`argmap positions`: who is committed to what, and where they clash."""

from __future__ import annotations

import click

from argmap.cli.opening import open_for_questions
from argmap.cli.reporting import as_json, width


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--holder", metavar="NAME", help="Show one holder only.")
@click.option(
    "--between", metavar="A B", nargs=2, help="Compare two holders: common ground, disputes, the crux."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the answer."
)
def positions(file: str, holder: str | None, between: tuple[str, str] | None, form: str) -> int:
    """Show who accepts, rejects and doubts what, and what that commits them to.

    Who accepts the ground of a corollary (`=>`), a bar or a contradiction is bound by it. Reasons bind nobody.

    \b
    Examples:
      argmap positions essay.argmap
      argmap positions --holder "Republican Party" essay.argmap
      argmap positions --between Gates "Republican Party" essay.argmap
    """
    from argmap import analysis

    map = open_for_questions(file)
    found = analysis.positions(map)
    chosen = [found[holder]] if holder is not None else list(found)
    compared = None
    if between:
        compared = analysis.between(map, *between, found)
        chosen = [found[name] for name in dict.fromkeys(between)]
    if form == "json":
        from argmap.analysis.printing import agreement_data, position_data

        data: dict[str, object] = {"holders": [position_data(map, position) for position in chosen]}
        if compared is not None:
            data["between"] = agreement_data(compared)
        click.echo(as_json(data))
    elif compared is not None:
        from argmap.analysis.printing import agreement_text

        click.echo(agreement_text(map, compared, width()))
    else:
        from argmap.analysis.printing import positions_text

        click.echo(positions_text(map, chosen, width()))
    return 0 if map.ok else 1
