"""The source around a fault: lines quoted, places underlined, long lines cut to a window."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from argmap.diagnostics.diagnostic import Label
from argmap.text import Source
from argmap.text.display import cluster, expand, harmless, has_right_to_left, width

CUT = "…"


@frozen(eq=False, repr=False)
class Underline:
    """A stretch of one line to underline; `start` and `end` count code points, then columns once shown."""

    start: int
    end: int
    text: str
    main: bool


@frozen(eq=False, repr=False)
class Row:
    """A row of an excerpt: a quoted line with its number, marks under it (no number), or a gap (nothing)."""

    number: int | None
    text: str = ""
    marks: tuple[Underline, ...] = ()
    """In a row of marks: what to underline, in columns; only the last may have a text, printed beside it."""
    hanging: tuple[int, ...] = ()
    """In a row of marks: columns where a connector to a text further down passes."""


GAP = Row(None)


def excerpt(source: Source, labels: Sequence[Label], columns: int) -> list[Row]:
    """The rows that show these places, top to bottom, each quoted line no wider than `columns`."""
    lines = _by_line(source, labels)
    rows: list[Row] = []
    previous: int | None = None
    for number in sorted(lines):
        if previous is not None and number == previous + 2:
            rows += _quote(source, number - 1, [], columns)
        elif previous is not None and number > previous + 1:
            rows.append(GAP)
        rows += _quote(source, number, lines[number], columns)
        previous = number
    return rows


def _by_line(source: Source, labels: Sequence[Label]) -> dict[int, list[Underline]]:
    lines: dict[int, list[Underline]] = {}
    size = len(source.text)
    for index, label in enumerate(labels):
        start = min(max(label.span.start, 0), size)
        end = min(max(label.span.end, start), size)
        first, column = source.place(start)
        last, end_column = source.place(end)
        text, main = harmless(label.text), index == 0
        if last > first and end_column == 1:  # the line end belongs to the line it ends
            last, end_column = last - 1, len(source.line(last - 1)) + 1
        if last == first:
            lines.setdefault(first, []).append(Underline(column - 1, end_column - 1, text, main))
            continue
        stop = source.line(last)
        lines.setdefault(first, []).append(Underline(column - 1, len(source.line(first)), "from here", main))
        indent = min(len(stop) - len(stop.lstrip()), end_column - 1)
        closing = f"to here: {text}" if text else "to here"
        lines.setdefault(last, []).append(Underline(indent, end_column - 1, closing, main))
    return lines


def _quote(source: Source, number: int, marks: list[Underline], columns: int) -> list[Row]:
    line = source.line(number)
    marks = [_fit(mark, line) for mark in marks]
    if len(line) <= columns and width(shown := expand(line)) <= columns:
        return [Row(number, shown), *_mark_rows([_in_columns(mark, line, 0, 0) for mark in marks])]
    if not marks:
        return [Row(number, _window(line, 0, 0, columns)[0])]
    rows: list[Row] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        text, low, high = _window(line, mark.start, mark.end, columns)
        seen = _in_columns(evolve(mark, end=min(mark.end, high)), line, low, 1 if low else 0)
        rows += [Row(number, text), Row(None, marks=(seen,))]
    return rows


def _fit(mark: Underline, line: str) -> Underline:
    """The mark inside its line, whole letters only; it quotes its words where a terminal may reorder them."""
    start = min(mark.start, len(line))
    start, end = cluster(line, start, min(max(mark.end, start), len(line)))
    text = mark.text
    piece = harmless(line[start : min(end, start + 40)])
    whole = line[start:end].strip() == line.strip()
    if (
        end - start <= 40
        and not whole
        and piece.strip()
        and has_right_to_left(line[max(0, start - 200) : end])
    ):
        text = f"“{piece}” {text}".rstrip()
    return Underline(start, end, text, mark.main)


def _in_columns(mark: Underline, line: str, low: int, offset: int) -> Underline:
    """The mark in columns of the window that begins at `low` and is shown `offset` columns in."""
    start = width(expand(line[low : mark.start]))
    end = width(expand(line[low : mark.end]))
    return evolve(mark, start=start + offset, end=max(end, start + 1) + offset)


def _window(line: str, start: int, end: int, columns: int) -> tuple[str, int, int]:
    """A part of a long line around a range that fits: how it is shown, and from where to where it goes."""
    room = columns - 2 * len(CUT)
    high = _reach(line, start, end, room)
    left = room - width(expand(line[start:high]))
    low = _reach_back(line, start, left // 2)
    high = _reach(line, high, len(line), room - width(expand(line[low:high])))
    if high == len(line):
        low = _reach_back(line, low, room - width(expand(line[low:high])))
    low, high = cluster(line, low, low)[0], cluster(line, low, high)[1]
    shown = (CUT if low else "") + expand(line[low:high]) + (CUT if high < len(line) else "")
    return shown, low, high


def _reach(line: str, at: int, limit: int, columns: int) -> int:
    while at < limit and (columns := columns - _cost(line[at])) >= 0:
        at += 1
    return at


def _reach_back(line: str, at: int, columns: int) -> int:
    while at > 0 and (columns := columns - _cost(line[at - 1])) >= 0:
        at -= 1
    return at


def _cost(character: str) -> int:
    return width(expand(character))


def _mark_rows(marks: list[Underline]) -> list[Row]:
    """Rows of marks under one line: together where they do not touch, texts hung from right to left."""
    marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
    if not marks:
        return []
    if any(after.start <= before.end for before, after in pairwise(marks)):
        return [Row(None, marks=(mark,)) for mark in sorted(marks, key=lambda mark: not mark.main)]
    quiet = tuple(evolve(mark, text="") for mark in marks[:-1])
    rows = [Row(None, marks=(*quiet, marks[-1]))]
    waiting = [mark for mark in marks[:-1] if mark.text]
    while waiting:
        starts = tuple(mark.start for mark in waiting)
        rows.append(Row(None, hanging=starts))
        last = waiting.pop()
        rows.append(Row(None, marks=(evolve(last, end=last.start),), hanging=starts[:-1]))
    return rows
