"""What stands over the picture: title, author and date, and a quiet line that explains the signs in use."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from argmap.drawing.boxes import SMALL
from argmap.drawing.markup import html
from argmap.drawing.measure import width
from argmap.drawing.theme import Theme
from argmap.drawing.wrap import wrap

_TITLE = 17.0
_BYLINE = 10.0


@frozen(eq=False, repr=False)
class Entry:
    """A sign and what it means; `look` is a border style for a sign that is a box, `colour` is of the
    sign."""

    sign: str
    meaning: str
    colour: str
    look: str = ""


def heading(title: str, byline: str, caption: str, legend: Sequence[Entry], room: float, theme: Theme) -> str:
    """The label of the whole picture, or an empty string where there is nothing to say.

    Args:
        room: How wide the picture is likely to be, points; lines of the heading break there.
    """
    room = min(max(room, 340.0), 1000.0)
    rows: list[str] = []
    if title:
        rows.extend(_row(line, _TITLE, theme.text, True) for line in _lines(title, _TITLE, room, True))
    if byline:
        rows.extend(_row(line, _BYLINE, theme.quiet, False) for line in _lines(byline, _BYLINE, room, False))
    if caption:
        rows.append('<tr><td height="3"></td></tr>')
        rows.extend(_row(line, 11.0, theme.text, True) for line in _lines(caption, 11.0, room, True))
    if legend:
        rows.append('<tr><td height="5"></td></tr>')
        rows.extend(_legend(legend, room, theme))
    if not rows:
        return ""
    rows.append('<tr><td height="9"></td></tr>')
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">{"".join(rows)}</table>>'


def _lines(text: str, size: float, room: float, bold: bool) -> list[str]:
    return ["".join(run.text for run in line) for line in wrap(text, room / size / (1.1 if bold else 1.0))]


def _row(text: str, size: float, colour: str, bold: bool) -> str:
    inside = html(text) or " "
    if bold:
        inside = f"<b>{inside}</b>"
    return (
        f'<tr><td align="left" width="{round(width(text, bold) * size + 2)}">'
        f'<font point-size="{size:g}" color="{colour}">{inside}</font></td></tr>'
    )


def _legend(entries: Sequence[Entry], room: float, theme: Theme) -> list[str]:
    rows: list[list[str]] = [[]]
    widths: list[float] = []
    used = 0.0
    for entry in entries:
        sign = max(12, round(width(entry.sign, True) * SMALL) + 6) if entry.sign else 20
        words = round(width(entry.meaning) * SMALL) + (16 if entry.sign else 19)
        if rows[-1] and used + sign + words > room:
            rows.append([])
            widths.append(used)
            used = 0.0
        used += sign + words + 2
        border = f' border="1" style="{entry.look}" color="{entry.colour}"' if entry.look else ""
        rows[-1].append(
            # Engines set bold words higher than plain ones; at the bottom of such a cell they are level.
            f'<td width="{sign}" height="14" valign="bottom"{border}>'
            f'<font point-size="{SMALL:g}" color="{entry.colour}">'
            f"<b>{html(entry.sign) or ' '}</b></font></td>"
            f'<td width="{words}" align="left"><font point-size="{SMALL:g}" color="{theme.quiet}">'
            f"{'&#160;' if entry.sign else '&#160;&#160;'}{html(entry.meaning)}</font></td>"
        )
    return [
        # Of a size of its own, or a short row would be stretched to the length of the longest.
        '<tr><td align="left"><table border="0" cellborder="0" cellspacing="1" cellpadding="0" align="left" '
        f'fixedsize="true" width="{round(size) + 4}" height="17">'
        f"<tr>{''.join(row)}</tr></table></td></tr>"
        for row, size in zip(rows, [*widths, used], strict=True)
        if row
    ]
