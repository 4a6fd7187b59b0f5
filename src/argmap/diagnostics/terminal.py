"""Diagnostics for a person at a terminal: what, where, why, and the mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from argmap.diagnostics.diagnostic import Diagnostic, Report, Severity
from argmap.diagnostics.display import harmless, width
from argmap.diagnostics.excerpt import GAP, Mark, Row, excerpt
from argmap.text import Source

COLUMNS = 100
"""How wide a quoted line may be when the terminal's width is not known."""

_STYLES = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.NOTE: "1;36",
    "place": "34",
    "strong": "1",
    "aside": "36",
}


def wants_color(environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether to use colour: `NO_COLOR` forbids, else `FORCE_COLOR` asks for it, else a terminal has it."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return is_terminal and environment.get("TERM") != "dumb"


def format_report(report: Report, *, color: bool = False, columns: int = COLUMNS) -> str:
    """All diagnostics of one source, with a blank line after each; empty when there are none.

    Args:
        report: What to tell.
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
    paint = _painter(color)
    severity = diagnostic.severity
    head = paint(f"{severity.value}[{harmless(diagnostic.code)}]", severity)
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
            lines.append(f"{' ' * digits} {bar} {_marks(row, severity, paint)}".rstrip())
    lines += _advice(diagnostic, digits, paint)
    return "\n".join(lines) + "\n"


def _marks(row: Row, severity: Severity, paint: _Painter) -> str:
    parts: list[str] = []
    at = 0
    things: list[tuple[int, Mark | None]] = [(column, None) for column in row.hanging]
    things += [(mark.start, mark) for mark in row.marks]
    for start, mark in things:
        parts.append(" " * (start - at))
        if mark is None:
            parts.append(paint("|", "aside"))
            at = start + 1
            continue
        style = severity if mark.main else "aside"
        signs = ("^" if mark.main else "-") * (mark.end - mark.start)
        beside = f"{signs} {mark.text}" if signs and mark.text else signs + mark.text
        parts.append(paint(beside, style))
        at = start + width(beside)
    return "".join(parts)


def _advice(diagnostic: Diagnostic, digits: int, paint: _Painter) -> list[str]:
    told = []
    if diagnostic.hint:
        told.append(("hint", diagnostic.hint))
    if diagnostic.fix:
        how = "argmap check --fix does it" if diagnostic.fix.safe else "by hand: it may change the meaning"
        told.append(("fix", f"{diagnostic.fix.title} ({how})"))
    lines = []
    for word, text in told:
        first, *others = text.split("\n")
        start = f"{' ' * digits} {paint('=', 'place')} {paint(word + ':', 'strong')} "
        lines.append(start + harmless(first))
        lines += [" " * (digits + 5 + len(word)) + harmless(line) for line in others]
    return lines


class _Painter:
    """Wraps a text in the escape codes of a style."""

    def __call__(self, text: str, style: Severity | str) -> str:
        return f"\033[{_STYLES[style]}m{text}\033[0m"


class _Plain(_Painter):
    def __call__(self, text: str, style: Severity | str) -> str:
        return text


def _painter(color: bool) -> _Painter:
    return _Painter() if color else _Plain()


def format_summary(reports: Iterable[Report]) -> str:
    """The closing line: how much was found in how many files, such as `2 errors and 1 warning in 1 file`."""
    counts = dict.fromkeys(Severity, 0)
    files, fixable = 0, 0
    for report in reports:
        files += 1
        for diagnostic in report.diagnostics:
            counts[diagnostic.severity] += 1
            fixable += diagnostic.fix is not None and diagnostic.fix.safe
    told = [_number(count, severity.value) for severity, count in counts.items() if count]
    found = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told) or "no faults"
    mend = f"; argmap check --fix mends {fixable}" if fixable else ""
    return f"{found} in {_number(files, 'file')}{mend}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
