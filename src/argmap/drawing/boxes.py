"""The box of a statement: an HTML-like label, and how large it will be."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from argmap.drawing.markup import STRUT, STRUT_SIZE, html
from argmap.drawing.measure import is_right_to_left
from argmap.drawing.measure import width as width_of
from argmap.drawing.overlay import MEANINGS, SIGNS, Flag, Mark
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrap import Line, Run, wrap
from argmap.model import Attitude, Emphasis, Statement

SIZE = 11.0
"""The font size of a statement, points."""
SMALL = 9.0
LEADING = STRUT_SIZE / SIZE
STRUT_ROOM = 4
"""How much wider than its words a line is for an engine, points."""
PADDING = 7
AVERAGE = 0.5
"""The width of an average character, in multiples of the font's size; turns characters into a length."""

ATTITUDE_SIGNS = {Attitude.ACCEPT: "✓", Attitude.REJECT: "✕", Attitude.DOUBT: "?"}


@frozen(eq=False, repr=False)
class Content:
    """What a box says, before it is broken into lines."""

    label: str
    asides: str
    text: str
    emphasis: tuple[Emphasis, ...]
    holders: tuple[str, ...]
    """A line for each attitude: its sign, and who takes it."""
    flags: tuple[Flag, ...]
    hidden: int
    badge: str


@frozen(eq=False, repr=False)
class Box:
    """A label and its size in points."""

    label: str
    width: float
    height: float


def content(
    statement: Statement,
    held: Sequence[tuple[Attitude, str]] = (),
    flags: Sequence[Flag] = (),
    hidden: int = 0,
    badge: str = "",
) -> Content:
    """What the box of a statement says: who holds what of it, and in `badge` the sign of its one plain
    step."""
    asides = []
    if statement.qualifier is not None:
        asides.append(statement.qualifier.value)
    if statement.open:
        asides.append("open")
    text = statement.text
    if statement.missing:
        asides.append("not written")
        text = ""
    return Content(
        label=f"({statement.label})" if statement.label is not None else "",
        asides=", ".join(asides),
        text=text,
        emphasis=statement.emphasis if text else (),
        holders=_holders(held),
        flags=tuple(flag for flag in flags if flag.mark is not Mark.STANDS or flag.note),
        hidden=hidden,
        badge=badge,
    )


def _holders(held: Sequence[tuple[Attitude, str]]) -> tuple[str, ...]:
    parts = []
    for attitude, sign in ATTITUDE_SIGNS.items():
        names = [holder for each, holder in held if each is attitude]
        if names:
            parts.append(f"{sign}\u00a0{', '.join(dict.fromkeys(names))}")
    return tuple(parts)


def flag_text(flag: Flag) -> str:
    """A flag in words, with its sign."""
    words = [
        part
        for part in (SIGNS[flag.mark], f"{flag.holder}:" if flag.holder else "", MEANINGS[flag.mark])
        if part
    ]
    text = " ".join(words)
    return f"{text}, {flag.note}" if flag.note else text


@frozen(eq=False, repr=False)
class Body:
    """A text broken into lines, and its size in points."""

    rows: list[tuple[Line, float]]
    """Lines and their font sizes; an empty line is a gap between paragraphs."""
    width: float
    height: float


def lay_out(content: Content, characters: int, balance: bool) -> Body:
    """Break a statement's text into lines. Everything is in points."""
    limit = characters * AVERAGE
    head: list[Run] = []
    if content.label:
        head.append(Run(content.label + " ", bold=True, accent=True))
    if content.asides:
        head.append(Run(content.asides + ": ", italic=True, accent=True))
    taken = sum(run.width for run in head)
    rows: list[Line] = []
    paragraphs = [part for part in content.text.split("\n\n") if part.strip()] or [""]
    if taken > limit * 0.7 or is_right_to_left(content.text):
        # A head that leaves no room, or reads the other way, stands by itself, broken like any other text.
        for run in head:
            rows.extend(
                tuple(Run(each.text, run.bold, run.italic, True) for each in line)
                for line in wrap(run.text, limit)
            )
        head, taken = [], 0.0
    offset = 0
    for number, paragraph in enumerate(paragraphs):
        start = content.text.find(paragraph, offset) if paragraph else 0
        offset = start + len(paragraph)
        marks = _within(content.emphasis, start, offset)
        lines = wrap(paragraph, limit, marks, taken if number == 0 else 0.0, balance)
        if number == 0 and head:
            lines[0] = (*head, *lines[0])
        if number:
            rows.append(())
        rows.extend(line for line in lines if line or (len(lines) == 1 and not rows))
    if len(rows) > 1:
        rows = [row for index, row in enumerate(rows) if row or 0 < index < len(rows) - 1]
    widest = max((sum(run.width for run in row) for row in rows), default=0.0) * SIZE
    height = sum(SIZE * LEADING if row else SIZE * 0.6 for row in rows)
    return Body([(row, SIZE) for row in rows], widest, height)


def _within(emphasis: Sequence[Emphasis], start: int, end: int) -> list[Emphasis]:
    return [
        Emphasis(max(mark.start, start) - start, min(mark.end, end) - start, mark.strong)
        for mark in emphasis
        if mark.start < end and mark.end > start
    ]


@frozen(kw_only=True, eq=False, repr=False)
class Style:
    """How a box is painted."""

    hue: Hue
    border: float = 1.3
    dashed: bool = False
    dotted: bool = False
    struck: bool = False
    ring: str | None = None
    """The colour of a second border, around everything."""


def rough_size(content: Content, body: Body, room: float) -> tuple[float, float]:
    """About the size that `paint` will come to, without painting."""
    across = max(body.width, room, 90.0 if content.holders or content.flags else 0.0) + 2 * PADDING + 4
    foot = sum(1 + width_of(flag_text(flag)) * SMALL // across for flag in content.flags)
    foot += sum(1 + width_of(line) * SMALL // across for line in content.holders)
    foot += 1 if content.hidden else 0
    high = body.height + 2 * PADDING + 3 + (foot * (SMALL * LEADING + 1) + 2 if foot else 0)
    return across + (19 if content.badge else 0), high


def paint(content: Content, body: Body, style: Style, theme: Theme, room: float = 0.0) -> Box:
    """The label of a box. `room` is a least width for its text, points: boxes in a column may be made
    alike."""
    hue = style.hue
    small = max(body.width, room, 90.0)
    foot: list[tuple[Line, bool]] = []
    for flag in content.flags:
        foot.extend((line, True) for line in wrap(flag_text(flag), small / SMALL))
    if content.hidden:
        foot.append(((Run(f"▸ {content.hidden:,} more inside"),), False))
    for words in content.holders:
        foot.extend((line, False) for line in wrap(words, small / SMALL))
    foot_width = (
        max((sum(run.width for run in line) * (1.08 if strong else 1) for line, strong in foot), default=0.0)
        * SMALL
    )
    inner = max(body.width, foot_width, room)
    right = is_right_to_left(content.text)
    side = "right" if right else "left"
    wide = round(inner + 2 * PADDING + STRUT_ROOM)
    rows = [_body_row(body, hue, side, wide, style.struck, right)]
    for index, (line, strong) in enumerate(foot):
        rows.append(
            _foot_row(line, strong, side, wide, hue.text if strong else theme.quiet, index == len(foot) - 1)
        )
    height = body.height + 2 * PADDING + (len(foot) * (SMALL * LEADING + 1) + 2 if foot else 0)
    span = ""
    if content.badge:
        span = (
            f'<td rowspan="{len(rows)}" width="18" cellpadding="3" sides="r" border="1" color="{hue.line}">'
            f'<font color="{hue.text}"><b>{html(content.badge)}</b></font></td>'
        )
        rows[0] = rows[0].replace("<tr>", f"<tr>{span}", 1)
        wide += 19
    look = [
        part
        for part, on in (("rounded", theme.rounded), ("dashed", style.dashed), ("dotted", style.dotted))
        if on
    ]
    attributes = f' style="{",".join(look)}"' if look else ""
    table = (
        f'<table border="{style.border:g}" cellborder="0" cellspacing="0" cellpadding="0"{attributes} '
        f'bgcolor="{hue.fill}" color="{hue.line}">{"".join(rows)}</table>'
    )
    if style.ring is not None:
        outer = ' style="rounded"' if theme.rounded else ""
        table = (
            f'<table border="2.4" cellborder="0" cellspacing="0" cellpadding="3"{outer} color="{style.ring}" '
            f'bgcolor="{theme.background}"><tr><td>{table}</td></tr></table>'
        )
        wide, height = wide + 11, height + 11
    return Box(f"<{table}>", wide + 2 * style.border, height + 2 * style.border)


def _body_row(body: Body, hue: Hue, side: str, wide: int, struck: bool, right: bool) -> str:
    lines = [line for line, _ in body.rows]
    if all(len(line) < 2 or all(run.text.isascii() for run in line[:-1]) for line in lines) and not right:
        parts = []
        for line in lines:
            if not line:
                parts.append(f'<font point-size="{SIZE * 0.5:g}"> <br align="{side}"/></font>')
                continue
            parts.append("".join(_run(run, hue, struck) for run in line))
            parts.append(f'<font point-size="{STRUT_SIZE}">{STRUT}</font><br align="{side}"/>')
        inside = "".join(parts) or " "
        place = f'align="{side}" balign="{side}" width="{wide}"'
        return f'<tr><td {place} cellpadding="{PADDING}">{inside}</td></tr>'
    # Engines guess the width of other scripts, so runs that share a line get cells of known width.
    rows = []
    for line in lines:
        cells = []
        for run in reversed(line) if right else line:
            room = round(run.width * 11 + 0.5)
            cells.append(f'<td width="{room}" align="left">{_run(run, hue, struck)}</td>')
        if not cells:
            cells.append(f'<td height="{SIZE * 0.5:g}"></td>')
        rows.append(
            f'<tr><td align="{side}"><table border="0" cellborder="0" cellspacing="0" cellpadding="0">'
            f"<tr>{''.join(cells)}</tr></table></td></tr>"
        )
    table = f'<table border="0" cellborder="0" cellspacing="0" cellpadding="0">{"".join(rows)}</table>'
    return f'<tr><td align="{side}" width="{wide}" cellpadding="{PADDING}">{table}</td></tr>'


def _run(run: Run, hue: Hue, struck: bool) -> str:
    text = html(run.text) or " "
    if run.bold:
        text = f"<b>{text}</b>"
    if run.italic:
        text = f"<i>{text}</i>"
    if struck:
        text = f"<s>{text}</s>"
    if run.accent or struck:
        text = f'<font color="{hue.text}">{text}</font>'
    return text


def _foot_row(line: Line, strong: bool, side: str, wide: int, colour: str, last: bool) -> str:
    text = "".join(html(run.text) for run in line) or " "
    if strong:
        text = f"<b>{text}</b>"
    end = f'<tr><td height="{PADDING - 1}"></td></tr>' if last else ""
    return (
        f'<tr><td align="{side}" width="{wide}" cellpadding="0">'
        '<table border="0" cellborder="0" cellspacing="0" '
        f'cellpadding="0"><tr><td width="{PADDING}"></td><td align="{side}" width="{wide - 2 * PADDING}">'
        f'<font point-size="{SMALL:g}" color="{colour}">{text}</font></td><td width="{PADDING}"></td></tr>'
        f"{end}</table></td></tr>"
    )
