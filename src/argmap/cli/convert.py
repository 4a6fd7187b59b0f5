"""`argmap convert`: turn a map into another format, or back."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("given", metavar="IN")
@click.argument("output", metavar="[OUT]", required=False, default="-")
@click.option("--from", "from_", metavar="FORMAT", help="The format of IN. Default: from its name or content.")
@click.option("--to", metavar="FORMAT", help="The format to write. Default: from the name of OUT.")
@click.option("--focus", metavar="LABEL", help="Only this statement, and the reasons and objections below it.")
@click.option("--force", is_flag=True, help="Write over any file, also the map, its sources and settings.")
@click.option("--report", metavar="FILE", help="Write what was changed and lost to this file, as JSON.")
@click.option("--strict", is_flag=True, help="Write nothing if anything would be changed or lost.")
def convert(
    given: str,
    output: str,
    from_: str | None,
    to: str | None,
    focus: str | None,
    report: str | None,
    strict: bool,
    force: bool,
) -> int:
    """Convert a map to another format, or from another format (- for standard input and output).

    What is changed or lost is reported: several of a kind once, the gravest first. The exit code is 1 if
    something is lost. `argmap formats` lists the formats.

    \b
    Examples:
      argmap convert essay.argmap essay.json
      argmap convert essay.argmap handout.tex --focus thesis
      argmap convert debate.txt debate.argmap --from kialo
      argmap convert essay.argmap --to prose
    """
    from argmap import converting
    from argmap.cli.opening import bare, say, show
    from argmap.diagnostics import Report
    from argmap.errors import FormatError
    from argmap.formats import registry
    from argmap.formats.losses import grouped
    from argmap.project.files import write_output
    from argmap.text import Source

    if to is None and output == "-":
        raise FormatError("name the format with --to, or give a file to write to")
    chosen = registry.by_name(to) if to is not None else registry.for_writing(output)
    map = converting.load(given, format=from_)
    source = map.source or Source(given, "")
    if not map.ok:
        show([Report(source, map.diagnostics)], err=True)
        say(f"{given} has errors; nothing was written")
        return 1
    converted = converting.convert(map, chosen, focus=None if focus is None else bare(focus))
    if converted.diagnostics:
        show([Report(source, grouped(converted.diagnostics))], err=True, summary=False)
    summary = converted.summary(map)
    if report is not None:
        from argmap.diagnostics.machine import format_json

        found = json.loads(format_json([Report(source, converted.diagnostics)]))
        text = json.dumps({"format": chosen.name, "summary": summary, **found}, ensure_ascii=False, indent=2)
        write_output(f"{text}\n".encode("utf-8", "replace"), report, map, force=force)
    if strict and not converted.complete:
        say(f"{output} was not written: something would be changed or lost")
        return 1
    if write_output(converted.text.encode("utf-8", "replace"), output, map, force=force):
        say(f"replaced {output}")
    if converted.diagnostics:
        counts = ", ".join(f"{count} {what.removesuffix('s' * (count == 1))}" for what, count in summary.items())
        say(f"{chosen.title}: {counts}")
    return 1 if summary["lost"] else 0
