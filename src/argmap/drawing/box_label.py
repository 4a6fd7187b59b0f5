"""The box of a statement as an HTML-like label, which any layout engine can draw."""

from __future__ import annotations

from argmap.drawing.boxes import BADGE, PADDING, SIZE, SMALL, Body, Box
from argmap.drawing.markup import html
from argmap.drawing.theme import Hue
from argmap.drawing.wrap import Line, Run


def label(box: Box) -> str:
    """The label, with its angle brackets."""
    content, style, theme, hue = box.content, box.style, box.theme, box.style.hue
    side = "right" if box.right_to_left else "left"
    wide = box.inner - (BADGE if content.badge else 0)
    rows = [_body_row(box.body, hue, side, wide, style.struck, box.right_to_left)]
    for index, (line, strong) in enumerate(box.foot):
        colour = hue.text if strong else theme.quiet
        rows.append(_foot_row(line, strong, side, wide, colour, index == len(box.foot) - 1))
    if content.badge:
        span = (
            f'<td rowspan="{len(rows)}" width="{BADGE - 1}" cellpadding="3" sides="r" border="1" color="{hue.line}">'
            f'<font color="{hue.text}"><b>{html(content.badge)}</b></font></td>'
        )
        rows[0] = rows[0].replace("<tr>", f"<tr>{span}", 1)
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
    return f"<{table}>"


def _body_row(body: Body, hue: Hue, side: str, wide: int, struck: bool, right: bool) -> str:
    lines = [line for line, _ in body.rows]
    if all(len(line) < 2 or all(run.text.isascii() for run in line[:-1]) for line in lines) and not right:
        parts = []
        for line in lines:
            if not line:
                parts.append(f'<font point-size="{SIZE * 0.5:g}"> <br align="{side}"/></font>')
                continue
            parts.append("".join(_run(run, hue, struck) for run in line))
            parts.append(f'<br align="{side}"/>')
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
