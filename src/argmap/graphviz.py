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

from attrs import frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.errors import EngineError, EngineMissingError

TIMEOUT = 60.0
"""Seconds that a layout may take where nothing else is said."""

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
