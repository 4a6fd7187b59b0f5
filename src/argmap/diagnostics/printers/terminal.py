"""Diagnostics for a person at a terminal: what is wrong, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from argmap.diagnostics.diagnostic import Diagnostic, Report, Severity
from argmap.diagnostics.printers.excerpt import GAP, Row, excerpt
from argmap.text import Source
from argmap.text.display import harmless, width
from argmap.text.words import listed

COLUMNS = 100
"""How wide a quoted line may be when the terminal's width is not known."""

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "place": "34",
    "strong": "1",
    "secondary": "36",
}
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
    advice = []
    if diagnostic.hint:
        advice.append(("hint", diagnostic.hint))
    if diagnostic.fix:
        how = (
            "argmap check --fix does it"
            if diagnostic.fix.safe
            else "not automatic: it may change the meaning"
        )
        advice.append(("fix", f"{diagnostic.fix.title} ({how})"))
    lines = []
    for word, text in advice:
        first, *others = text.split("\n")
        start = f"{' ' * digits} {paint('=', 'place')} {paint(word + ':', 'strong')} "
        lines.append(start + harmless(first))
        lines += [" " * (digits + 5 + len(word)) + harmless(line) for line in others]
    return lines


def _ansi(text: str, style: str) -> str:
    return f"\033[{_STYLES[style]}m{text}\033[0m"


def _plain(text: str, style: str) -> str:
    return text


def format_summary(reports: Iterable[Report]) -> str:
    """The closing line: how much was found in how many files, such as `2 errors and 1 warning in 1 file`."""
    counts = dict.fromkeys(Severity, 0)
    files, fixable = 0, 0
    for report in reports:
        files += 1
        for diagnostic in report.diagnostics:
            counts[diagnostic.severity] += 1
            fixable += diagnostic.fix is not None and diagnostic.fix.safe
    kinds = [_number(count, severity.value) for severity, count in counts.items() if count]
    found = listed(kinds) or "no problems"
    fixes = f"; argmap check --fix can fix {fixable}" if fixable else ""
    return f"{found} in {_number(files, 'file')}{fixes}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
