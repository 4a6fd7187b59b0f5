"""Keeps the parse table in the user's cache folder: to load Lark takes longer than to read a page.

What is kept is plain JSON, with the grammar that it was made of beside it. This is the one room of its floor that
touches files of the user's; whatever goes wrong with them, the table is made anew.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import asdict

from argmap.syntax.table import ParseTable, make

# Of what is kept, not of the grammar: another number, another file.
_FORMAT = 1


def load(grammar: str) -> ParseTable:
    """The table of a grammar, from the cache if it is there."""
    file = _cache_file()
    if file is not None:
        # A damaged cache must never stop a parse: any failure means doing without.
        with suppress(Exception):
            kept = json.loads(file.read_bytes())
            if kept.pop("grammar") == grammar:
                return ParseTable(**kept)
    table = make(grammar)
    if file is not None:
        with suppress(OSError):
            _keep(file, {"grammar": grammar, **asdict(table, recurse=False)})
    return table


def _keep(file: Path, value: dict[str, Any]) -> None:
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(value), encoding="utf-8")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _cache_file() -> Path | None:
    """A file of the user's own: a shared temporary folder may hold a stranger's."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not base or not os.path.isabs(base):
        return None
    folder = Path(base) / "argmap"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            return None
    except OSError:
        return None
    return folder / f"notation-{_FORMAT}.json"
