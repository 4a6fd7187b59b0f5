"""Diagnostics for programs: JSON; GitHub workflow commands, shown beside the lines of a pull request; SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from argmap.diagnostics.diagnostic import Diagnostic, Fix, Label, Report, Severity
from argmap.diagnostics.explanation import Explanation, explanation
from argmap.text import Source, Span
from argmap.text.display import harmless


def format_json(reports: Iterable[Report]) -> str:
    """All diagnostics as one JSON object, in order. Pure ASCII, so that no terminal or pipe can garble it.

    `{"diagnostics": [{"code", "severity", "message", "file", "line", "column", "end_line", "end_column",
    "hint"}]}`: lines and columns count from 1 in code points, the end column is the one after the last character,
    and places are null for a diagnostic that has none. One with further places has them as `related`, a list of
    `{"message", "line", "column", "end_line", "end_column"}`; one that shows the right form has it as `form`.
    """
    entries = [_entry(found, report.source) for report in reports for found in report.diagnostics]
    return json.dumps({"diagnostics": entries}, indent=2)


def _entry(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "file": source.name,
        **_place(source, diagnostic.span),
        "hint": diagnostic.hint,
    }
    if others := diagnostic.labels[1:]:
        entry["related"] = [{"message": other.text, **_place(source, other.span)} for other in others]
    if diagnostic.form:
        entry["form"] = diagnostic.form
    return entry


def _place(source: Source, span: Span | None) -> dict[str, int | None]:
    corners = _corners(source, span) if span else (None,) * 4
    return dict(zip(("line", "column", "end_line", "end_column"), corners, strict=True))


def _corners(source: Source, span: Span) -> tuple[int, int, int, int]:
    """The line and column at which a span begins, and those at which it ends."""
    return *source.place(span.start), *source.place(span.end)


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def format_github(reports: Iterable[Report]) -> str:
    """One workflow command a line for each diagnostic."""
    return "\n".join(_command(found, report.source) for report in reports for found in report.diagnostics)


def _command(diagnostic: Diagnostic, source: Source) -> str:
    properties = {"file": source.name, "title": diagnostic.code}
    if span := diagnostic.span:
        line, column, end_line, end_column = _corners(source, span)
        properties |= {"line": str(line), "col": str(column)}
        # GitHub refuses columns for a place over several lines; its end column is the last one inside.
        if end_line == line:
            properties |= {"endLine": str(line), "endColumn": str(max(column, end_column - 1))}
        else:
            properties |= {"endLine": str(end_line)}
            del properties["col"]
    text = diagnostic.message + (f"\n{diagnostic.hint}" if diagnostic.hint else "")
    for other in diagnostic.labels[1:]:
        text += "\nline {}, column {}: ".format(*source.place(other.span.start)) + (other.text or "here too")
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    """Escaped as the workflow runner undoes it; other controls made visible, since logs are terminals too."""
    lines = [harmless(line.replace("%", "%25")) for line in text.replace("\r\n", "\n").split("\n")]
    return "%0A".join(lines).replace("##[", "## [")  # an older form of a command, obeyed anywhere


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def format_sarif(reports: Sequence[Report]) -> str:
    """One run of argmap as a SARIF log, with columns declared to be code points."""
    results = [_result(found, report.source) for report in reports for found in report.diagnostics]
    codes = sorted({found.code for report in reports for found in report.diagnostics})
    driver = {"name": "argmap", "rules": [_rule(explanation(code)) for code in codes], "version": version("argmap")}
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(text: Explanation) -> dict[str, Any]:
    return {
        "id": text.code,
        "name": text.name,
        "shortDescription": {"text": text.summary},
        "help": {"text": text.text, "markdown": text.text},
        "defaultConfiguration": {"level": text.severity.value},
    }


def _result(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    message = diagnostic.message + (f"\n{diagnostic.hint}" if diagnostic.hint else "")
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.value,
        "message": {"text": message},
        "locations": [_location(source, diagnostic.labels[0] if diagnostic.labels else None)],
    }
    if others := diagnostic.labels[1:]:
        result["relatedLocations"] = [_related(source, label, id) for id, label in enumerate(others, 1)]
    if diagnostic.fix:
        result["fixes"] = [_fix(source, diagnostic.fix)]
    return result


def _related(source: Source, label: Label, id: int) -> dict[str, Any]:
    place = {"id": id, **_location(source, label)}
    return {**place, "message": {"text": label.text}} if label.text else place


def _location(source: Source, label: Label | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(source.name)}}
    if label is not None:
        place["region"] = _region(source, label.span)
    return {"physicalLocation": place}


def _region(source: Source, span: Span) -> dict[str, int]:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), _corners(source, span), strict=True))


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.replacement}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": _uri(source.name)}, "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _uri(name: str) -> str:
    path = PurePath(name)
    if path.is_absolute():
        return "file://" + quote("/" + path.as_posix().lstrip("/"), errors="surrogateescape")
    return quote(path.as_posix(), errors="surrogateescape")
