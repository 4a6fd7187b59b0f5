"""Diagnostics as SARIF 2.1.0 (OASIS), which code scanning services and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from argmap.diagnostics.diagnostic import Diagnostic, Fix, Label, Report
from argmap.diagnostics.explanation import Explanation
from argmap.text import Source, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def format_sarif(
    reports: Iterable[Report], explanations: Sequence[Explanation] = (), version: str | None = None
) -> str:
    """One run of argmap as a SARIF log, with columns declared to be code points.

    Args:
        reports: What was found, a report for each file.
        explanations: Texts for the codes; those that were found are put into the log.
        version: Of argmap.
    """
    reports = tuple(reports)
    results = [_result(found, report.source) for report in reports for found in report.diagnostics]
    codes = sorted({found.code for report in reports for found in report.diagnostics})
    texts = {text.code: text for text in explanations}
    driver: dict[str, Any] = {"name": "argmap", "rules": [_rule(code, texts.get(code)) for code in codes]}
    if version:
        driver["version"] = version
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str, text: Explanation | None) -> dict[str, Any]:
    if text is None:
        return {"id": code}
    return {
        "id": code,
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
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


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
