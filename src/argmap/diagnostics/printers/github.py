"""Diagnostics as GitHub workflow commands, which show up beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.diagnostics.diagnostic import Diagnostic, Report, Severity
from argmap.text import Source
from argmap.text.display import harmless

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def format_github(reports: Iterable[Report]) -> str:
    """One workflow command a line for each diagnostic."""
    return "\n".join(_command(found, report.source) for report in reports for found in report.diagnostics)


def _command(diagnostic: Diagnostic, source: Source) -> str:
    properties = {"file": source.name, "title": diagnostic.code}
    if span := diagnostic.span:
        line, column = source.place(span.start)
        end_line, end_column = source.place(span.end)
        properties |= {"line": str(line), "col": str(column)}
        # GitHub refuses columns for a place over several lines; its end column is the last one inside.
        if end_line == line:
            properties |= {"endLine": str(line), "endColumn": str(max(column, end_column - 1))}
        else:
            properties |= {"endLine": str(end_line)}
            del properties["col"]
    text = diagnostic.message + (f"\n{diagnostic.hint}" if diagnostic.hint else "")
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    """Escaped as the workflow runner undoes it; other controls made visible, since logs are terminals too."""
    lines = [harmless(line.replace("%", "%25")) for line in text.replace("\r\n", "\n").split("\n")]
    return "%0A".join(lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
