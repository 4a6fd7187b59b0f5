"""Standard form as plain text, in columns."""

from __future__ import annotations

import re
from itertools import zip_longest

from argmap.formats.carrying import Feature
from argmap.formats.format import Written
from argmap.formats.standard_form.arguments import arrange
from argmap.formats.standard_form.wording import above, left_out, said_with
from argmap.model import ArgumentMap, Statement

WIDTH = 88
_LEFT = 54
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _plain(statement: Statement) -> str:
    return _clean(statement.text)


def _wrap(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def write(map: ArgumentMap) -> Written:
    """Write the standard form of a map."""
    form = arrange(map)
    said = said_with(map, _plain)
    out: list[str] = []
    if map.title:
        title = _clean(map.title)
        out += [title, "=" * len(title)]
    if credit := above(map):
        out.append(_clean(credit))
    if out:
        out.append("")
    last = max((entry.number for argument in form.arguments for entry in argument.entries), default=1)
    margin = len(f"({last}) ") + 1
    section = -1
    for argument in form.arguments:
        if argument.section != section:
            section = argument.section
            heading = _clean(map.sections[section].title)
            out += [heading, "-" * len(heading), ""]
        if argument.heading:
            out += [argument.heading, ""]
        rows = [
            (f"({entry.number})", said(entry.statement), entry.justification) for entry in argument.entries
        ]
        if argument.closing[0]:
            rows.append(("∴", *argument.closing))
        for sign, text, justification in rows:
            left = _wrap(text, _LEFT)
            right = _wrap(_clean(justification), WIDTH - margin - _LEFT - 2)
            for place, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
                head = (sign if place == 0 else "").rjust(margin - 1) + " "
                out.append(f"{head}{one:<{_LEFT}}  {other}".rstrip())
        out.append("")
    for remark in form.remarks:
        out += [*_wrap(_clean(remark), WIDTH), ""]
    for number, statement in form.sources:
        for quotation in statement.quotations:
            where = f" ({_clean(quotation.where)})" if quotation.where else ""
            out += [*_wrap(f"({number}) rests on “{_clean(quotation.words)}”{where}.", WIDTH), ""]
        for note in statement.notes:
            out += [*_wrap(f"({number}) {_clean(note)}", WIDTH), ""]
    return Written("\n".join(out).rstrip("\n") + "\n", left_out(map, Feature.EMPHASIS))
