"""Prints reports and answers, in the form asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Literal

import click

from argmap.diagnostics import Report

_WIDEST = 120
Form = Literal["text", "json", "github", "sarif"]
FORMS: tuple[Form, ...] = ("text", "json", "github", "sarif")


def show(reports: Sequence[Report], form: Form = "text", *, err: bool = False, summary: bool = True) -> None:
    """Print the reports on standard output, or on standard error."""
    if form == "text":
        _show_text(reports, err, summary)
    elif form == "json":
        from argmap.diagnostics.printers.as_json import format_json

        click.echo(format_json(reports), err=err)
    elif form == "github":
        from argmap.diagnostics.printers.github import format_github

        if text := format_github(reports):
            click.echo(text, err=err)
    else:
        from importlib.metadata import version

        from argmap.diagnostics.explanation import explanations
        from argmap.diagnostics.printers.sarif import format_sarif

        click.echo(format_sarif(reports, explanations(), version("argmap")), err=err)


def _show_text(reports: Sequence[Report], err: bool, summary: bool) -> None:
    from argmap.diagnostics.printers.terminal import COLUMNS, format_report, format_summary, wants_color

    stream = sys.stderr if err else sys.stdout
    color = wants_color(os.environ, stream.isatty())
    columns = COLUMNS
    if stream.isatty():
        from shutil import get_terminal_size

        columns = get_terminal_size((COLUMNS, 24)).columns - 8
    for report in reports:
        if report.diagnostics:
            click.echo(format_report(report, color=color, columns=columns), err=err, color=color, nl=False)
    if summary and reports:
        click.echo(format_summary(reports), err=err)


def width() -> int:
    """How many columns to fill with text."""
    from shutil import get_terminal_size

    return min(_WIDEST, get_terminal_size((100, 24)).columns)


def as_json(data: object) -> str:
    """Data as JSON, for people and programs."""
    import json

    return json.dumps(data, ensure_ascii=False, indent=2)
