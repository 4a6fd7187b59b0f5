"""Diagnostics for people: each with the lines of the file that it is about, underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from argmap.diagnostics.diagnostic import Diagnostic, Label, Report, Severity
from argmap.text import Source
from argmap.text.display import cluster, expand, harmless, has_right_to_left, width
from argmap.text.words import listed

COLUMNS = 100
"""How wide a quoted line may be when the terminal's width is not known."""

_STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "place": "34", "strong": "1", "secondary": "36"}
_Paint = Callable[[str, str], str]


def wants_color(environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether to use colour: `NO_COLOR` forbids it, `FORCE_COLOR` requires it; by default a terminal has it."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return is_terminal and environment.get("TERM") != "dumb"


def format_report(report: Report, *, color: bool = False, columns: int = COLUMNS) -> str:
    """All diagnostics of one source, with a blank line after each; empty when there are none.

    Args:
        report: The diagnostics and their source.
        color: Whether to use ANSI colours.
        columns: How wide a quoted line may be; a longer one is cut to a window around the fault.
    """
    return "".join(
        format_diagnostic(diagnostic, report.source, color=color, columns=columns) + "\n"
        for diagnostic in report.diagnostics
    )


def format_diagnostic(
    diagnostic: Diagnostic, source: Source | None, *, color: bool = False, columns: int = COLUMNS
) -> str:
    """One diagnostic, as several lines that each end in a line end."""
    paint = _ansi if color else _plain
    severity = diagnostic.severity.value
    head = paint(f"{severity}[{harmless(diagnostic.code)}]", severity)
    lines = [f"{head}{paint(': ' + harmless(diagnostic.message), 'strong')}"]
    labels = diagnostic.labels if source is not None else ()
    rows = excerpt(source, labels, max(columns, 20)) if source is not None else []
    digits = max((len(str(row.number)) for row in rows if row.number is not None), default=1)
    bar = paint("|", "place")
    if source is not None:
        where = harmless(source.name)
        if labels:
            start = min(max(labels[0].span.start, 0), len(source.text))
            where += ":{}:{}".format(*source.place(start))
        lines.append(f"{' ' * digits}{paint('-->', 'place')} {where}")
    if rows:
        lines.append(f"{' ' * digits} {bar}")
    for row in rows:
        if row == GAP:
            lines.append(paint("." * max(3, digits), "place"))
        elif row.number is not None:
            number = paint(str(row.number).rjust(digits), "place")
            lines.append(f"{number} {bar} {row.text}".rstrip())
        else:
            lines.append(f"{' ' * digits} {bar} {_underlines(row, severity, paint)}".rstrip())
    lines += _advice(diagnostic, digits, paint)
    return "\n".join(lines) + "\n"


def _underlines(row: Row, severity: str, paint: _Paint) -> str:
    """A row of marks: `^^^ text` under the main place, `---` under others, `|` where a text hangs below."""
    parts: list[tuple[int, str, str]] = [(column, "|", "secondary") for column in row.hanging]
    for mark in row.marks:
        signs = ("^" if mark.main else "-") * (mark.end - mark.start)
        beside = " ".join(filter(None, (signs, mark.text)))
        parts.append((mark.start, beside, severity if mark.main else "secondary"))
    line = ""
    at = 0
    for start, text, style in parts:
        line += " " * (start - at) + paint(text, style)
        at = start + width(text)
    return line


def _advice(diagnostic: Diagnostic, digits: int, paint: _Paint) -> list[str]:
    advice = [("hint", diagnostic.hint)] if diagnostic.hint else []
    if diagnostic.fix:
        how = "argmap check --fix does it" if diagnostic.fix.safe else "not automatic: it may change the meaning"
        advice.append(("fix", f"{diagnostic.fix.title} ({how})"))
    sign = f"{' ' * digits} {paint('=', 'place')}"
    lines = [f"{sign} {paint(word + ':', 'strong')} {harmless(text)}" for word, text in advice]
    if diagnostic.form:
        lines.append(f"{sign} {paint('like this:', 'strong')}")
        lines += [f"{' ' * digits}       {harmless(line)}".rstrip() for line in diagnostic.form.split("\n")]
    return lines


def _ansi(text: str, style: str) -> str:
    return f"\033[{_STYLES[style]}m{text}\033[0m"


def _plain(text: str, style: str) -> str:
    return text


def format_summary(reports: Iterable[Report]) -> str:
    """The closing line: how much was found in how many files, such as `2 errors and 1 warning in 1 file`."""
    found = [report.diagnostics for report in reports]
    everything = [diagnostic for each in found for diagnostic in each]
    fixable = sum(each.fix is not None and each.fix.safe for each in everything)
    fixes = f"; argmap check --fix can fix {fixable}" if fixable else ""
    return f"{format_counts(everything)} in {counted(len(found), 'file')}{fixes}"


def format_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """How much was found: `2 errors and 1 warning`, or `no problems`."""
    counts = Counter(each.severity for each in diagnostics)
    return listed([counted(counts[each], each.value) for each in Severity if counts[each]]) or "no problems"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


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
    if end - start <= 40 and not whole and piece.strip() and has_right_to_left(line[max(0, start - 200) : end]):
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
