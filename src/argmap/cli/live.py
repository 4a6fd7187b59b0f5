"""While a map is written: `argmap live` for the browser, `argmap lsp` for editors, `argmap watch` for its picture."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
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


_PACKAGE = Path(__file__).parents[1]
_NODE = "install Node.js 18 or later (with npm), or: pip install 'argmap[web]'"


@click.command()
@click.argument("file", required=False)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def live(file: str | None, no_browser: bool) -> int:
    """Write the map in FILE and see its picture, in the browser, until Ctrl-C.

    Without FILE, or where it is not there yet, a new map, which is saved when you say so. The address is for this
    machine and this session only.

    \b
    Examples:
      argmap live essay.argmap
      argmap live essay.argmap --no-browser    print the address only
    """
    import webbrowser

    from argmap.cli.opening import is_foreign
    from argmap.errors import FileError
    from argmap.live import LiveServer

    if file is None:
        names = ("map.argmap", *(f"map-{number}.argmap" for number in range(2, 1000)))
        file = next(name for name in names if not os.path.lexists(name))
    if is_foreign(file):
        raise FileError(f"{file} is in another format; argmap convert {file} OUT.argmap converts it")
    if file == "-" or not os.path.isdir(os.path.dirname(file) or "."):
        raise FileError(f"{file} cannot be saved: there is no such folder")
    try:
        with LiveServer(file) as server:
            _build_page()
            there = "" if os.path.lexists(file) else " (a new map)"
            say(f"{file}{there} is open at this address; Ctrl-C ends it")
            click.echo(server.address)
            sys.stdout.flush()
            if not no_browser:
                webbrowser.open(server.address)
            server.serve_forever(_PAUSE)
    except KeyboardInterrupt:
        say("stopped")
    return 0


def _build_page() -> None:
    """See that the page is built: in a source checkout it is made of `web/` when that has changed."""
    from argmap.errors import ArgmapError

    web, built = _PACKAGE.parents[1] / "web", _PACKAGE / "web" / "page.js"
    if not (web / "package.json").is_file():
        if built.is_file():
            return
        raise ArgmapError(f"this installation of argmap has no live page: {_NODE}, and install argmap again")
    parts = [*web.glob("*.*"), *web.glob("src/*")]
    if built.is_file() and built.stat().st_mtime >= max(part.stat().st_mtime for part in parts):
        return
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise ArgmapError(f"the live page is not built yet: {_NODE}")
    say("building the live page, once")
    for arguments in ("install --no-package-lock --no-audit --no-fund --ignore-scripts", "run build"):
        done = subprocess.run(
            [npm, *arguments.split()], cwd=web, env={**os.environ, "PATH": path}, capture_output=True, text=True
        )
        if done.returncode:
            raise ArgmapError(f"the live page cannot be built:\n{(done.stderr or done.stdout).strip()}")


@click.command()
def lsp() -> None:
    """Answer an editor on standard input and output, by the Language Server Protocol.

    Editors start this themselves. Install it with: pip install "argmap[lsp]"

    \b
    Examples:
      argmap lsp
    """
    from argmap.errors import ArgmapError

    try:
        from argmap.lsp import serve
    except ModuleNotFoundError as error:
        raise ArgmapError('the language server needs pygls: pip install "argmap[lsp]"') from error
    serve()
