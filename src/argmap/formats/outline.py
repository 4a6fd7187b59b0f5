"""An outline in Markdown: what bears on a claim is nested under it, each line with its relation in a word.

Everything a map says, as a nested list to read; it cannot be read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from argmap.formats.format import Format, Written
from argmap.formats.page import Nested, escape, held_alike, nested, stressed, verb_ending
from argmap.model import ArgumentMap, Quotation, Stance, Statement
from argmap.text.words import listed


def write(map: ArgumentMap) -> Written:
    """Write a map as an outline; nothing is left out."""
    out: list[str] = []
    title = map.title
    if title:
        out += [f"# {escape(title)}", ""]
    facts = [f"{escape(fact.key)}: {escape(fact.value)}" for fact in map.facts if fact.key not in ("title", "lang")]
    if facts:
        out += [" · ".join(facts), ""]
    for section, items in nested(map):
        if section is not None:
            heading = map.sections[section]
            out += [f"{'#' * min(heading.level + bool(title), 6)} {escape(heading.title)}", ""]
        if items:
            out += [*_list(map, items, ""), ""]
    if map.stances:
        out += [*_stances(map), ""]
    while out and not out[-1]:
        out.pop()
    return Written("\n".join(out) + "\n" if out else "")


def _list(map: ArgumentMap, items: Iterable[Nested], margin: str) -> Iterator[str]:
    for item in items:
        head = f"{margin}- " + (f"*{escape(item.word)}* " if item.word else "")
        statement = map.by_id[item.id]
        if item.is_home:
            yield from _item(head, margin + "  ", statement)
        else:
            yield f"{head}{_name(statement)} *(see there)*"
        yield from _list(map, item.inner, margin + "  ")


def _name(statement: Statement) -> str:
    return f"**({escape(statement.label)})**" if statement.label is not None else escape(statement.name)


def _item(head: str, margin: str, statement: Statement) -> list[str]:
    label = f"**({escape(statement.label)})** " if statement.label is not None else ""
    paragraphs = re.split(r"\n\s*\n", stressed(statement))
    lines = [head + label + paragraphs[0] + _attributes(statement)]
    for paragraph in paragraphs[1:]:
        lines += ["", margin + paragraph]
    for words in (*map(_quoted, statement.quotations), *map(escape, statement.notes)):
        lines += [f"{margin}> {words}", ""]
    return lines


def _attributes(statement: Statement) -> str:
    parts = [statement.qualifier.value] if statement.qualifier is not None else []
    flags = {"unstated": statement.implicit, "open": statement.open, "unproved": statement.unproved}
    parts += [flag for flag, is_set in flags.items() if is_set]
    parts += [f"#{escape(tag)}" for tag in statement.tags]
    parts += [f"{escape(key)}: {escape(value)}" for key, value in statement.data]
    return f" *({', '.join(parts)})*" if parts else ""


def _stances(map: ArgumentMap) -> list[str]:
    lines: list[str] = []
    for holders, held in held_alike(map):
        verb = verb_ending(holders)
        does = [
            f"{stances[0].attitude.value}{verb} {listed([_object(map, one) for one in stances])}"
            f"{escape(stances[0].details)}"
            for stances in held
        ]
        lines.append(f"- {listed([escape(holder) for holder in holders])} {listed(does)}")
        shown = dict.fromkeys(quotation for stances in held for one in stances for quotation in one.quotations)
        lines += [f"  > {_quoted(quotation)}" for quotation in shown]
    return lines


def _quoted(quotation: Quotation) -> str:
    where = f" ({escape(quotation.where)})" if quotation.where else ""
    return f"“{escape(quotation.words)}”{where}"


def _object(map: ArgumentMap, stance: Stance) -> str:
    *ground, last = (_name(map.by_id[id]) for id in stance.ids)
    return f"the step from {listed(ground)} to {last}" if stance.step else last


FORMAT = Format("outline", "an outline in Markdown", (".outline.md", ".md"), __doc__, None, write)
