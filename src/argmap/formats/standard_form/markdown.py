"""Standard form as Markdown tables."""

from __future__ import annotations

from argmap.formats.format import Written
from argmap.formats.markdown import escape, stressed
from argmap.formats.standard_form.arguments import arrange
from argmap.formats.standard_form.wording import above, left_out, said_with
from argmap.model import ArgumentMap


def write(map: ArgumentMap) -> Written:
    """Write the standard form of a map."""
    form = arrange(map)
    said = said_with(map, stressed)
    out: list[str] = []
    if map.title:
        out += [f"# {escape(map.title)}", ""]
    if credit := above(map):
        out += [escape(credit), ""]
    depth = 2 if map.title else 1
    section = -1
    for argument in form.arguments:
        if argument.section != section:
            section = argument.section
            heading = map.sections[section]
            out += [f"{'#' * min(depth + heading.level - 1, 6)} {escape(heading.title)}", ""]
        if argument.heading:
            out += [f"**{argument.heading}**", ""]
        if argument.entries or argument.closing[0]:
            out += ["|  | Statement | Justification |", "|--:|---|---|"]
        for entry in argument.entries:
            text = "<br><br>".join(said(entry.statement).split("\n\n"))
            out.append(f"| ({entry.number}) | {text} | {escape(entry.justification)} |")
        closing, ground = argument.closing
        if closing:
            out.append(f"| ∴ | {closing} | {ground} |")
        out.append("")
    for remark in form.remarks:
        out += [escape(remark), ""]
    for number, statement in form.sources:
        for quotation in statement.quotations:
            where = f" ({escape(quotation.where)})" if quotation.where else ""
            out += [f"({number}) rests on “{escape(quotation.words)}”{where}.", ""]
        for note in statement.notes:
            out += [f"({number}) {escape(note)}", ""]
    return Written("\n".join(out).rstrip("\n") + "\n", left_out(map))
