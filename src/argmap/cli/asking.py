"""What the commands share that put a question to a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from argmap.cli.opening import open_map

if TYPE_CHECKING:
    from argmap.model import ArgumentMap

_WIDEST = 120


def open_for_questions(path: str) -> ArgumentMap:
    """A map that can be asked: every name in it resolves. Its other faults are told, and do not matter here.

    A map whose names do not resolve ends the command with exit code 1.
    """
    from argmap.analysis.network import require_names
    from argmap.errors import DocumentError

    map = open_map(path, partial=True)
    try:
        require_names(map)
    except DocumentError as error:
        click.echo(f"argmap: {error}", err=True)
        raise click.exceptions.Exit(1) from None
    return map


def bare(label: str) -> str:
    """A label as it may be asked for: `(a)` is as good as `a`."""
    return label[1:-1] if len(label) > 2 and label[0] == "(" and label[-1] == ")" else label


def width() -> int:
    """How many columns to fill."""
    from shutil import get_terminal_size

    return min(_WIDEST, get_terminal_size((100, 24)).columns)


def as_json(data: object) -> str:
    """Data as JSON for a terminal or a pipe."""
    import json

    return json.dumps(data, ensure_ascii=False, indent=2)
