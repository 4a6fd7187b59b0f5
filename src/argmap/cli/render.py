"""`argmap render`: draw a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from argmap.cli.opening import Known

_LOOK = ("theme", "layout", "shape", "direction", "width", "font")


@click.command()
@click.argument("file")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="The file to write: .svg, .png, .pdf, .html or .dot. Default: FILE with the suffix .svg.",
)
@click.option("--stdout", "printed", is_flag=True, help="To standard output, as -o -.")
@click.option(
    "--format", "form", type=click.Choice(["svg", "png", "pdf", "html", "dot"]), help="Default: from the suffix of OUT."
)
@click.option("--partial", is_flag=True, help="Draw what could be understood of a map with errors.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "builtin", "system"]),
    help="Layout engine: the built-in one, or this machine's dot.",
)
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="For the layout.")
@click.option("--theme", help="Look: a built-in theme, or one from the settings.")
@click.option(
    "--layout",
    type=click.Choice(["auto", "flow", "hanging"]),
    help="Lines from box to box, or trees that hang in columns.",
)
@click.option("--shape", metavar="SHAPE", help="The page of hanging trees: page, slide, wide, or WIDTH:HEIGHT.")
@click.option(
    "--level",
    type=click.Choice(["auto", "statements", "arguments", "claims"]),
    help="A box for each statement or argument, or only main claims.",
)
@click.option("--direction", type=click.Choice(["auto", "up", "down", "left", "right"]), help="Where arrows point.")
@click.option("--width", type=click.IntRange(8, 200), metavar="CHARACTERS", help="Of a line in a box.")
@click.option("--font", metavar="FAMILY", help="For all text.")
@click.option("--title", help="Where the map has none.")
@click.option("--legend/--no-legend", default=True, help="Explain the signs that occur.")
@click.option("--quotations", is_flag=True, help="Show what statements quote.")
@click.option("--focus", multiple=True, metavar="LABEL", help="Only this statement and what bears on it.")
@click.option("--depth", type=click.IntRange(0), metavar="N", help="With --focus: through at most N steps.")
@click.option("--section", "sections", multiple=True, metavar="TITLE", help="Only what is in this section.")
@click.option("--only", metavar="KINDS", help="Only lines of these kinds: reasons,objections,…")
@click.option("--tag", "tags", multiple=True, help="Only statements with this tag.")
@click.option("--fold", multiple=True, metavar="LABEL", help="Put away what is under this statement.")
@click.option("--overview", is_flag=True, help="Only the upper levels, as many as are taken in at a glance.")
@click.option("--status", "standing", is_flag=True, help="Show what stands and what falls.")
@click.option("--withdraw", multiple=True, metavar="LABEL", help="Show what falls with this statement.")
@click.option("--assume", multiple=True, metavar="LABEL", help="Show what stands with this statement.")
@click.option("--holder", metavar="NAME", help="Show the map as this person sees it.")
@click.option("--compare", nargs=2, metavar="NAME NAME", help="Show two people's positions side by side.")
@click.option("--dpi", type=click.FloatRange(1, 4800), default=None, help="Of a PNG; 96 is its natural size.")
@click.option("--force", is_flag=True, help="Write over any file, also the map, its sources and settings.")
@click.option("--page", metavar="PAPER", help="Print a PDF on sheets: A4, Letter, A3, 16:9…")
def render(**options: Any) -> None:
    """Draw the map in FILE (- for standard input; the picture then goes to standard output, as with -o -).

    A map with errors is not drawn unless --partial: the errors are shown, and the exit code is 1.

    \b
    Examples:
      argmap render essay.argmap                      essay.svg, beside it
      argmap render essay.argmap -o essay.pdf
      argmap render essay.argmap -o essay.html        a page to send: click a statement, see what falls
      argmap render essay.argmap --focus thesis --depth 2 -o thesis.png
      argmap render essay.argmap --layout hanging --shape slide
      argmap render debate.argdown --level arguments
      argmap render essay.argmap --withdraw pact -o what-if.svg
      argmap render - --format png < essay.argmap > essay.png
    """
    draw_file(**options)


def draw_file(
    file: str,
    output: str | None,
    form: str | None,
    partial: bool,
    engine: str | None,
    timeout: float | None,
    dpi: float | None,
    page: str | None,
    standing: bool,
    withdraw: tuple[str, ...],
    assume: tuple[str, ...],
    holder: str | None,
    compare: tuple[str, str] | None,
    known: Known | None = None,
    printed: bool = False,
    force: bool = False,
    **look: Any,
) -> None:
    """Draw the map in a file, with the options of the command. `known` is what was said when it was last drawn."""
    from os.path import isdir, splitext

    from argmap.cli.opening import bare, news, open_map, say
    from argmap.errors import FileError
    from argmap.project.files import STANDARD, guard_output, write_output
    from argmap.project.settings import find_settings
    from argmap.rendering import Picture, draw, format_of

    if folder := next((path for path in (file, output or "") if isdir(path)), None):
        raise FileError(f"{folder} is a folder, not a file")
    settings = find_settings(file)
    if printed and output not in (None, STANDARD):
        raise click.UsageError("--stdout and -o name two places; choose one")
    beside = STANDARD if file == STANDARD else f"{splitext(file)[0]}.{form or 'svg'}"
    target = STANDARD if printed else output or beside
    chosen = (form or "svg") if target == STANDARD else format_of(target)
    if form not in (None, chosen):
        raise click.BadParameter(f"{target} would be {chosen}, not {form}", param_hint="--format")
    if page and chosen != "pdf":
        raise click.UsageError(f"--page is for a PDF, and this is {chosen.upper()}: add -o OUT.pdf or --format pdf")
    if dpi and chosen != "png":
        raise click.UsageError(f"--dpi is for a PNG, and this is {chosen.upper()}: add -o OUT.png or --format png")
    if look["depth"] is not None and not look["focus"]:
        raise click.UsageError("--depth goes with --focus LABEL")
    for name in ("focus", "fold"):
        look[name] = tuple(map(bare, look[name]))
    withdraw, assume = tuple(map(bare, withdraw)), tuple(map(bare, assume))
    if not force:
        guard_output(file, target)
    drawn = open_map(file, partial=partial, known=known)
    wanted = {name: value for name, value in look.items() if value is not None}
    for name in _LOOK:
        # A direction is for the flow layout; what is asked for here comes before what the settings say.
        if name in ("layout", "direction") and {"layout", "direction"} & {*wanted}:
            continue
        if name not in wanted and (value := getattr(settings, name)) is not None:
            wanted[name] = value
    if standing or withdraw or assume:
        if holder or compare:
            raise click.UsageError("--status and --holder are two pictures; ask for one at a time")
        from argmap.rendering import status_overlay

        wanted["overlay"] = status_overlay(drawn, withdraw, assume)
    elif holder and compare:
        raise click.UsageError("--holder and --compare are two pictures; ask for one at a time")
    elif holder or compare:
        from argmap.rendering import position_overlay

        wanted["overlay"] = position_overlay(drawn, (holder,) if holder else compare or ())
    if engine is None and settings.engine == "system":
        say(f"{settings.file}: only --engine system runs a program of this machine; used the built-in engine")
    wanted |= {
        "themes": settings.themes,
        "engine": engine or settings.safe_engine or "auto",
        "timeout": timeout or settings.timeout,
    }
    if chosen == "html" and drawn.ok:
        from argmap.pages import map_page

        page_text, notices = map_page(drawn, **wanted)
        made = Picture(page_text.encode(), notices)
    else:
        made = draw(drawn, chosen, dpi=dpi or 96.0, page=page, **wanted)
    said = ["; ".join(filter(None, (notice.message, notice.hint))) for notice in made.notices]
    say(*news("notices", zip(said, said, strict=True), known))
    write_output(made.data, target, drawn, force=force)
    if target != STANDARD:
        say(f"drew {target}")
