"""While a map is written: `argmap live` and `playground` for browsers, `argmap lsp` for editors, `argmap watch`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from argmap.cli.opening import Known, news, say
from argmap.cli.render import draw_file, render

# Seconds between two looks at a file
_PAUSE = 0.1


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
    from argmap.project.files import STANDARD

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
    with suppress(OSError):
        found = os.stat(path)
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


_PACKAGE = Path(__file__).parents[1]
_NEEDED = "attrs cattrs jinja2 lark markupsafe pyphen pyyaml snowballstemmer typing_extensions"
_TAKEN = re.compile(r"\.(py|lark|dic)$|licen[cs]e|copying", re.IGNORECASE)
# Of the dictionaries for hyphens, those of Austria and Switzerland are Germany's, and two are too large.
_LEFT = re.compile(r"__pycache__|\.ttf$|^argmap/(cli|web|lsp|fonts/licences)|hyph_(de_AT|de_CH|hu|nn)")
_NODE = "install Node.js 18 or later (with npm), or: pip install 'argmap[web]'"


@click.command()
@click.argument("file", required=False)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def live(file: str | None, no_browser: bool) -> int:
    """Write the map in FILE and see its picture, in the browser, until Ctrl-C.

    Without FILE, or where it is not there yet, a new map, which is saved when you say so. Of a folder, a list of its
    maps with the state of each. The address is for this machine and this session only.

    \b
    Examples:
      argmap live essay.argmap
      argmap live essay.argmap --no-browser    print the address only
      argmap live essays/                      all maps in a folder
    """
    import webbrowser

    from argmap.cli.opening import is_foreign
    from argmap.errors import FileError
    from argmap.live import LiveFolder, LiveServer, new_path

    file = file or new_path()
    if is_foreign(file):
        raise FileError(f"{file} is in another format; argmap convert {file} OUT.argmap converts it")
    if file == "-" or not os.path.isdir(os.path.dirname(file) or "."):
        raise FileError(f"{file} cannot be saved: there is no such folder")
    try:
        with LiveServer(LiveFolder(os.path.abspath(file)) if os.path.isdir(file) else file) as server:
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


@click.command()
@click.argument("file", required=False)
@click.option("-o", "--output", default="argmap.html", show_default=True, help="A page (.html), or a folder (x/).")
def playground(file: str | None, output: str) -> None:
    """Write the page of `argmap live` as one HTML file that needs nothing else: argmap itself runs in it.

    It opens from a disk, without a network, in any browser of 2023 or later. With FILE it opens that map. Lessons,
    examples and the settings of the folder are inside. As a folder it is for a web server: its parts are files, which
    browsers keep.

    \b
    Examples:
      argmap playground -o argmap.html
      argmap playground homework.argmap -o homework.html
      argmap playground -o site/argmap/
    """
    import gzip
    import json
    from base64 import b64decode, b64encode

    from attrs import asdict

    from argmap.cli.opening import is_foreign
    from argmap.errors import FileError
    from argmap.live import LiveMap, new_path
    from argmap.project.files import write_bytes

    if file is not None and (is_foreign(file) or not os.path.isfile(file)):
        raise FileError(f"{file} is not a map in argmap's notation; argmap convert reads other formats")
    if not output.endswith((".html", "/", os.sep)):
        raise click.UsageError(f"{output} is neither a page nor a folder: write {output}.html, or {output}/")
    live = LiveMap(file or new_path())
    settings = asdict(live.settings, filter=lambda each, _: each.name != "file")
    given = {**live.open({}), "pdf": False, "settings": settings}
    _build_page()
    page = (_PACKAGE / "web" / "playground.html").read_text("utf-8")
    map_there = json.dumps(given).replace("<", "\\u003c")
    argmap_there = b64encode(gzip.compress(_as_zip(), mtime=0)).decode()
    page = page.replace(">MAP<", f">{map_there}<").replace(">ARGMAP<", f">{argmap_there}<")
    if output.endswith(".html"):
        write_bytes(output, page.encode())
        return
    os.makedirs(output, exist_ok=True)
    for id, packed in re.findall(r'<script type="application/gzip" id="(\w+)">([^<]+)</script>', page):
        page = page.replace(f'id="{id}">{packed}<', f'id="{id}" data-href="{id}.gz"><')
        write_bytes(f"{output}{id}.gz", b64decode(packed))
    write_bytes(f"{output}index.html", page.replace("connect-src 'none'", "connect-src 'self'").encode())


def _as_zip() -> bytes:
    """This argmap and the packages that it needs in a browser, as a zip; the same for the same installation."""
    import io
    import zipfile
    from importlib.metadata import files
    from importlib.resources import files as files_of

    found = {
        path.as_posix(): path for name in _NEEDED.split() for path in files(name) or () if _TAKEN.search(path.name)
    }
    paths = {name: Path(str(path.locate())) for name, path in found.items()}
    for name in ("argmap", "argmap.grammars"):
        folder = Path(str(files_of(name)))
        paths |= {f"{name.replace('.', '/')}/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*")}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for inside, path in sorted(paths.items()):
            if path.is_file() and not _LEFT.search(inside):
                archive.writestr(zipfile.ZipInfo(inside), path.read_bytes())
    return made.getvalue()


def _build_page() -> None:
    """See that the page is built: in a source checkout it is made of `web/` when that has changed."""
    from argmap.errors import ArgmapError

    web, built = _PACKAGE.parents[1] / "web", _PACKAGE / "web" / "playground.html"
    parts = [*web.glob("*.*"), *web.glob("src/*"), *web.glob("lessons/*")]
    if built.is_file() and built.stat().st_mtime >= max((part.stat().st_mtime for part in parts), default=0):
        return
    if not parts:
        raise ArgmapError(f"this installation of argmap has no live page: {_NODE}, and install argmap again")
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise ArgmapError(f"the live page is not built yet: {_NODE}")
    say("building the live page, once")
    environment = {**os.environ, "PATH": path, "PYTHON": sys.executable}
    done = subprocess.run([npm, "run", "make"], cwd=web, env=environment, capture_output=True)
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")
        raise ArgmapError(f"the live page cannot be built:\n{said.strip()}")


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
