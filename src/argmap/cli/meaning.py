"""`argmap status`: what stands, and why. `argmap positions`: who is committed to what."""

from __future__ import annotations

import click

from argmap.cli.opening import bare, open_for_questions, put, width
from argmap.errors import ArgmapError
from argmap.text.display import as_json

_MOST_FINDINGS = 20_000  # there can be as many as holders times statements; a cell of the table counts as a twentieth


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--withdraw", metavar="LABEL", multiple=True, help="Ask what changes if this falls (can be repeated).")
@click.option("--assume", metavar="LABEL", multiple=True, help="Ask what changes if this stands (can be repeated).")
@click.option("--of", metavar="LABEL", help="Explain one statement, and what would make it fall.")
@click.option("--all", "every", is_flag=True, help="Show every statement, with the reason.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the answer.")
def status(
    file: str, withdraw: tuple[str, ...], assume: tuple[str, ...], of: str | None, every: bool, form: str
) -> int:
    """Show whether the claims of a map stand, fall or are undecided, and what they hang on.

    "Stands" means: as written, nothing in this map defeats it. FILE can be `-` for standard input.

    \b
    Examples:
      argmap status essay.argmap
      argmap status --withdraw pact essay.argmap    what if (pact) were not so
      argmap status --of c essay.argmap             what (c) rests on
    """
    from argmap.analysis import printing
    from argmap.analysis.standing import status as ask

    map = open_for_questions(file)
    of = None if of is None else map[bare(of)].id
    report = ask(map, [bare(label) for label in withdraw], [bare(label) for label in assume])
    if form == "json":
        click.echo(as_json(printing.status_data(report, of)))
    else:
        put(printing.status_text(report, width(), of, every))
    return 0 if map.ok else 1


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--holder", metavar="NAME", help="Show one holder only.")
@click.option("--all", "every", is_flag=True, help="Show every finding, and a table of who holds what.")
@click.option("--on", metavar="DATE", help="Leave out stances taken after a date: 2007, 2007-05 or 2007-05-28.")
@click.option("--between", metavar="A B", nargs=2, help="Compare two holders: common ground, disputes, the crux.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the answer.")
def positions(
    file: str, holder: str | None, every: bool, on: str | None, between: tuple[str, str] | None, form: str
) -> int:
    """Show who accepts, rejects and doubts what, and what that commits them to.

    Who accepts the ground of a corollary (`=>`), a bar or a contradiction is bound by it. Reasons bind nobody.

    \b
    Examples:
      argmap positions essay.argmap
      argmap positions --holder "Republican Party" essay.argmap
      argmap positions --on 2007-05 essay.argmap
      argmap positions --between Gates "Republican Party" essay.argmap
    """
    from argmap.analysis import commitment, printing

    map = open_for_questions(file)
    found = commitment.positions(map, on)
    chosen = [found[holder]] if holder is not None else list(found)
    compared = None
    if between:
        compared = commitment.between(map, *between, found)
        chosen = [found[name] for name in dict.fromkeys(between)]
    size = sum(position.unsaid for position in chosen) + every * len(chosen) * len(map.statements) // 20
    if (every or form == "json") and len(chosen) > 1 and size > _MOST_FINDINGS:
        raise ArgmapError(f"{len(chosen):,} holders have too many findings for one answer: name one with --holder")
    if form == "json":
        data: dict[str, object] = {"holders": [printing.position_data(map, position) for position in chosen]}
        if compared is not None:
            data["between"] = printing.agreement_data(compared)
        click.echo(as_json(data))
    elif compared is not None:
        put(printing.agreement_text(map, compared, width()))
    else:
        put(printing.positions_text(map, chosen, width(), every))
    return 0 if map.ok else 1
