"""`argmap status`: what stands, what falls, and why; what if something were withdrawn or assumed."""

from __future__ import annotations

import click

from argmap.cli.opening import bare, open_for_questions
from argmap.cli.reporting import as_json, width


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--withdraw", metavar="LABEL", multiple=True, help="Ask what changes if this falls (can be repeated)."
)
@click.option(
    "--assume", metavar="LABEL", multiple=True, help="Ask what changes if this stands (can be repeated)."
)
@click.option("--of", metavar="LABEL", help="Explain one statement, and what would make it fall.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the answer."
)
def status(file: str, withdraw: tuple[str, ...], assume: tuple[str, ...], of: str | None, form: str) -> int:
    """Show of each statement whether it stands, falls or is undecided, and why.

    "Stands" means: as written, nothing in this map defeats it. FILE can be `-` for standard input.

    \b
    Examples:
      argmap status essay.argmap
      argmap status --withdraw pact essay.argmap    what if (pact) were not so
      argmap status --of c essay.argmap             what (c) rests on
    """
    from argmap.analysis import status as ask

    map = open_for_questions(file)
    of = None if of is None else map[bare(of)].id
    report = ask(map, [bare(label) for label in withdraw], [bare(label) for label in assume])
    if form == "json":
        from argmap.analysis.printing import status_data

        click.echo(as_json(status_data(report, of)))
    else:
        from argmap.analysis.printing import status_text

        click.echo(status_text(report, width(), of))
    return 0 if map.ok else 1
