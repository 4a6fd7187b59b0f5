"""`argmap watch`: draw a map again each time it is saved."""

from __future__ import annotations

import os
import time
from typing import Any

import click

from argmap.cli.opening import Known, news, say
from argmap.cli.render import draw_file, render

_PAUSE = 0.1
"""Seconds between two looks at a file."""


@click.command(params=[option for option in render.params if option.name != "printed"])
def watch(file: str, **options: Any) -> int:
    """Draw the map in FILE, and again each time it is saved, until Ctrl-C.

    Takes the options of `argmap render`. While the map has errors they are shown, each once, and the last good
    picture stays.

    \b
    Examples:
      argmap watch essay.argmap                  essay.svg, beside it
      argmap watch essay.argmap -o essay.pdf --status
    """
    from argmap.project import STANDARD

    if STANDARD in (file, options["output"]):
        raise click.UsageError("watch reads a file and writes one; - is neither")
    known: Known = {}
    try:
        drawn = _stamp(file)
        _draw(file, known, options, is_first=True)
        while True:
            time.sleep(_PAUSE)
            now = _stamp(file)
            if now == drawn:
                continue
            if now is not None:
                # An editor may still be writing.
                time.sleep(_PAUSE)
                if _stamp(file) != now:
                    continue
                _draw(file, known, options)
            else:
                known.clear()
                say(f"{file} is gone; waiting for it to come back")
            drawn = now
    except KeyboardInterrupt:
        say("stopped")
        return 0


def _draw(file: str, known: Known, options: dict[str, Any], *, is_first: bool = False) -> None:
    """Draw the map if it can be drawn; otherwise say why, once. What fails at first is a wrong option."""
    from argmap.errors import ArgmapError

    trouble: list[str] = []
    try:
        draw_file(file=file, known=known, **options)
    except click.exceptions.Exit:
        pass  # the map has errors, which were shown
    except (ArgmapError, OSError) as error:
        if is_first:
            raise
        trouble.append(str(error))
    say(*news("trouble", ((each, each) for each in trouble), known))


def _stamp(path: str) -> tuple[int, int, int] | None:
    """What changes when a file is written or replaced; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
