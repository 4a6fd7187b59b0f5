"""Diagnostics for other programs, as JSON.

`{"diagnostics": [{"code", "severity", "message", "file", "line", "column", "end_line", "end_column",
"hint"}]}`: lines and columns count from 1 in code points, the end column is the one after the last character,
and places are null for a diagnostic that has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from argmap.diagnostics.diagnostic import Diagnostic, Report
from argmap.text import Source


def format_json(reports: Iterable[Report]) -> str:
    """All diagnostics as one JSON object, in order. Pure ASCII, so that no terminal or pipe can garble it."""
    entries = [_entry(found, report.source) for report in reports for found in report.diagnostics]
    return json.dumps({"diagnostics": entries}, indent=2)


def _entry(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    span = diagnostic.span
    line, column = source.place(span.start) if span else (None, None)
    end_line, end_column = source.place(span.end) if span else (None, None)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "file": source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "hint": diagnostic.hint,
    }
