"""The only room that runs a layout engine, and the way from a map to a finished picture.

The engine that comes with the install is `graphviz-pure`, a command without dependencies that gives the same
bytes on every
machine; the system's `dot` stands in for it, or is asked for. Both are run directly rather than through
`graphviz.Source.pipe`, which raises on any exit code but 0 even where there is a whole picture, and finds
its command in
a variable shared by the whole process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.drawing import Drawing, Options, draw
from argmap.errors import EngineError, EngineMissingError, FormatError
from argmap.model import ArgumentMap

if TYPE_CHECKING:
    import graphviz

TIMEOUT = 60.0
"""Seconds that a layout may take where nothing else is said."""

FORMATS = ("svg", "png", "pdf", "dot")
ENGINES = ("auto", "pure", "system")

_PURE = "graphviz-pure"
_INSTALL = (
    "install the one that comes with argmap (pip install graphviz-pure) "
    "or Graphviz itself (https://graphviz.org/download/, for instance apt-get install graphviz)"
)


@frozen(eq=False)
class Engine:
    """A layout engine: `name` is `pure` or `system`, `command` the path of its program."""

    name: str
    command: str


@frozen(eq=False, repr=False)
class Layout:
    """What an engine made of a graph, by which engine, and what is to be said about it."""

    output: bytes
    engine: Engine
    notices: tuple[Diagnostic, ...] = ()


@frozen(eq=False, repr=False)
class Picture:
    """A finished picture, and what its reader should be told (`Drawing.notices` and the engine's words)."""

    data: bytes
    notices: tuple[Diagnostic, ...] = ()


def to_digraph(map: ArgumentMap, **options: Any) -> graphviz.Digraph:
    """The drawing of a map as a `graphviz.Digraph`, for whoever wants to go on by hand.

    Args:
        options: Those of `argmap.drawing.Options`.
    """
    from graphviz import Digraph

    lines = draw(map, Options(**options)).dot.splitlines(keepends=True)
    return Digraph(body=[line.removeprefix("  ") if line.startswith("   ") else line for line in lines[1:-1]])


def render(
    map: ArgumentMap,
    format: str = "svg",
    options: Options | None = None,
    *,
    engine: str = "auto",
    timeout: float | None = None,
    dpi: float = 96.0,
    page: str | None = None,
) -> bytes:
    """Draw a map.

    Args:
        format: `svg`, `png`, `pdf` or `dot`.
        engine: `pure`, `system`, or `auto`: the first of these that is there and manages.
        timeout: Seconds that the layout may take; `TIMEOUT` where None.
        dpi: Of a PNG: pixels per inch.
        page: Of a PDF: `A4`, `Letter`, `A3` for pages of this size, or None for one that fits the map.

    Raises:
        FormatError: there is no such format.
        EngineMissingError: there is no layout engine.
        EngineError: the engine failed or took too long.
        UnknownStatementError, ConfigError: as `argmap.drawing.draw`.
    """
    return picture(map, format, options, engine=engine, timeout=timeout, dpi=dpi, page=page).data


def picture(
    map: ArgumentMap,
    format: str = "svg",
    options: Options | None = None,
    *,
    engine: str = "auto",
    timeout: float | None = None,
    dpi: float = 96.0,
    page: str | None = None,
) -> Picture:
    """As `render`, with what is to be told about the picture."""
    if format not in FORMATS:
        raise FormatError(f"a picture cannot be written as {format!r}; there are {', '.join(FORMATS)}")
    drawing = draw(map, options)
    if format == "dot":
        return Picture(drawing.dot.encode(), drawing.notices)
    svg, notices = finished_svg(drawing, engine, timeout)
    if format == "svg":
        return Picture(svg.encode(), notices)
    from argmap.drawing.faces import Faces

    if drawing.font_families[0] != "Arial":
        message = (
            f"a {format.upper()} is set in the fonts that come with argmap, not in {drawing.font_families[0]}"
        )
        notices = (*notices, _notice(message))
    faces = Faces()
    if format == "png":
        from argmap.drawing.png import to_png

        data = to_png(svg, dpi, faces)
    else:
        from argmap.drawing.pdf import to_pdf

        data = to_pdf(svg, page=page, author=map.author, faces=faces)
    return Picture(data, (*notices, *_missing(faces.missing)))


def _missing(characters: set[str]) -> tuple[Diagnostic, ...]:
    """What to say of characters that had to be drawn as boxes."""
    if not characters:
        return ()
    named = [f"U+{ord(character):04X}" for character in sorted(characters)]
    some = ", ".join(named[:8]) + (f" and {len(named) - 8} more" if len(named) > 8 else "")
    message = f"no font that comes with argmap has {some}: boxes with the code point stand in their place"
    return (
        Diagnostic("AM391", Severity.NOTE, message, hint="an SVG is shown in the fonts of whoever opens it"),
    )


def finished_svg(
    drawing: Drawing, engine: str = "auto", timeout: float | None = None, *, prefix: str = ""
) -> tuple[str, tuple[Diagnostic, ...]]:
    """A drawing as the SVG that is handed out, and what is to be told about it; `prefix` is put before its ids."""
    layout = lay_out(drawing.bare_dot, "svg", engine, timeout)
    from argmap.drawing.svg import finish

    svg = finish(layout.output.decode("utf-8", "replace"), drawing, prefix=prefix)
    return svg, (*drawing.notices, *layout.notices)


def lay_out(dot: str, format: str = "svg", engine: str = "auto", timeout: float | None = None) -> Layout:
    """Run a layout engine.

    With `auto`, the system's engine is tried when the one that comes with argmap fails; never after a
    timeout,
    since it is no quicker.

    Raises:
        EngineMissingError: there is none; the text says what to install.
        EngineError: it failed or took too long.
    """
    limit = TIMEOUT if timeout is None else timeout
    failure: EngineError | None = None
    for found in _engines(engine):  # the system's is looked for only where it is needed
        try:
            output, words = _run(found, dot, format, limit)
        except _TimeoutError as error:
            raise EngineError(str(error)) from None
        except EngineError as error:
            failure = failure or error
            continue
        notices = []
        if failure is not None:
            notices.append(_notice(f"{failure}; drawn by the system's {found.command} instead"))
        if words:
            notices.append(_notice(f"the layout engine says: {words}"))
        return Layout(output, found, tuple(notices))
    if failure is None:
        find_engines(engine)  # there is none: raises, and says what to install
    assert failure is not None
    raise failure


class _TimeoutError(EngineError):
    pass


def _notice(message: str) -> Diagnostic:
    return Diagnostic("AM391", Severity.NOTE, message)


def _engines(wanted: str) -> Iterator[Engine]:
    if wanted not in ENGINES:
        raise EngineError(f"there is no layout engine {wanted!r}; there are {', '.join(ENGINES)}")
    if wanted in ("auto", "pure") and (command := _pure()):
        yield Engine("pure", command)
    if wanted in ("auto", "system") and (command := _system()):
        yield Engine("system", command)


def find_engines(wanted: str = "auto") -> list[Engine]:
    """The engines that are there and wanted, best first; never empty.

    Raises:
        EngineMissingError: there is none.
        EngineError: there is no engine of that name.
    """
    found = list(_engines(wanted))
    if found:
        return found
    if wanted == "pure":
        raise EngineMissingError(
            "the layout engine graphviz-pure is not installed: pip install graphviz-pure"
        )
    if wanted == "system":
        raise EngineMissingError(
            "the system has no Graphviz: its command dot is not on the PATH; install it "
            "(https://graphviz.org/download/, "
            "for instance apt-get install graphviz), or leave out the choice of engine"
        )
    raise EngineMissingError(f"no layout engine was found: {_INSTALL}")


def _executable(path: Path) -> str | None:
    return str(path) if path.is_file() and os.access(path, os.X_OK) else None


@cache
def _pure() -> str | None:
    """The command of graphviz-pure: beside this Python as a rule, else where its installer noted it."""
    program = _PURE + (".exe" if os.name == "nt" else "")
    here = _executable(Path(sys.executable).parent / program) if sys.executable else None
    if here:
        return here
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        package = distribution(_PURE)
    except PackageNotFoundError:
        return None
    for file in package.files or ():
        if file.name == program and (found := _executable(Path(str(file.locate())))):
            return found
    # An install into a bare folder (pip --target) leaves its commands under bin.
    root = Path(str(package.locate_file("")))
    return _executable(root / "bin" / program) or _executable(root / "Scripts" / program)


def _system() -> str | None:
    from shutil import which

    return which("dot")


def _run(engine: Engine, dot: str, format: str, limit: float) -> tuple[bytes, str]:
    """The picture, and the engine's words where it was not content.

    Raises:
        _TimeoutError: it took too long.
        EngineError: it gave no whole picture.
    """
    arguments: Sequence[str] = [engine.command, f"-T{format}"]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            try:
                if format == "svg":
                    # Loaded while the engine starts, and not after it: a twentieth of a small picture's time.
                    import argmap.drawing.svg  # noqa: F401
                output, complaints = process.communicate(dot.encode(), timeout=limit)
            except BaseException:
                process.kill()
                raise
    except subprocess.TimeoutExpired:
        raise _TimeoutError(
            f"the layout took more than {limit:g} seconds; allow it more (--timeout), "
            "or show less (--overview, --focus, --section, --only)"
        ) from None
    except OSError as error:
        raise EngineError(f"cannot run {engine.command}: {(error.strerror or str(error)).lower()}") from None
    words = _words(complaints)
    code = process.returncode
    if code == 0 and output:
        return output, ""
    # Exit code 1 with a whole picture happens: a label that was replaced, a line that was lost.
    if code == 1 and output and (format != "svg" or output.rstrip().endswith(b"</svg>")):
        return output, words or "something is missing from the picture"
    what = f": {words}" if words else ""
    raise EngineError(f"the layout engine {Path(engine.command).name} failed (exit code {code}){what}")


def _words(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    # Engines without font tables for a script say so about every character; boxes here are measured
    # beforehand.
    lines = [line for line in lines if "non-ASCII character" not in line]
    return "; ".join(dict.fromkeys(lines))[:500]
