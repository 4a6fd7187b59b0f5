"""The only room that runs a layout engine or typst.

`layout` asks Graphviz where everything goes; `to_pdf` and `to_png` paint a finished scene.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.errors import EngineError, EngineMissingError

if TYPE_CHECKING:
    from subprocess import Popen

TIMEOUT = 60.0
"""Seconds that a layout may take where no other limit is given."""

MAX_TIMEOUT = 86_400

ENGINES = ("auto", "builtin", "system")


@frozen(eq=False, repr=False)
class Placement:
    """Where an engine put everything.

    Attributes:
        graph: Graphviz' `-Tjson0`, read.
        engine: `builtin` or `system`.
        notices: What the reader of the picture should know.
    """

    graph: dict[str, Any]
    engine: str
    notices: tuple[Diagnostic, ...] = ()


def layout(dot: str, *, engine: str = "auto", timeout: float | None = None, program: str = "dot") -> Placement:
    """Lay out a graph of boxes whose sizes are fixed.

    Args:
        dot: The graph in Graphviz' language.
        engine: `builtin` is the Graphviz that is installed with argmap, in a sandbox; `system` is the machine's own
            command `dot`. `auto` is `builtin`, or `system` where the other cannot be loaded.
        timeout: Seconds that it may take; `TIMEOUT` where None.
        program: Graphviz' own name of a way to lay out: `dot`, or `nop2` where every node has its place already.

    Raises:
        EngineMissingError: the engine is not installed; the text says what to install.
        EngineError: the engine failed or took too long.
    """
    if engine not in ENGINES:
        raise EngineError(f"there is no layout engine {engine!r}; choose {', '.join(ENGINES)}")
    seconds = TIMEOUT if timeout is None else timeout
    if not 0 < seconds <= MAX_TIMEOUT:
        raise EngineError(f"the timeout must be above 0 and at most {MAX_TIMEOUT:,} seconds, not {seconds:g}")
    from argmap.engine import sandbox  # in a browser, `web/src/worker.ts` has another in its place

    try:
        if engine == "system":
            return _by_system(dot, program, seconds)
        try:
            return Placement(_graph(sandbox.lay_out(dot, program, seconds)), "builtin")
        except EngineMissingError as error:
            if engine == "builtin" or _system_command() is None:
                raise
            found = _by_system(dot, program, seconds)
            return Placement(found.graph, "system", (_notice(f"{error}; used the system's dot"), *found.notices))
    except TimeoutError:
        raise EngineError(
            f"the layout took more than {seconds:g} seconds; raise --timeout, "
            "or show less (--overview, --focus, --section, --only)"
        ) from None


def _by_system(dot: str, program: str, seconds: float) -> Placement:
    """Run the machine's own `dot`. It runs with the user's rights, so only where asked for or needed."""
    import subprocess
    import threading

    from argmap.engine.sandbox import in_thread

    command = _system_command()
    if command is None:
        raise EngineMissingError(
            "this machine has no Graphviz: its command dot is not on the PATH; install it "
            "(https://graphviz.org/download/), or leave out --engine"
        )
    started: list[Popen[bytes]] = []
    stopped = threading.Event()

    def work() -> tuple[int, bytes, bytes]:
        pipe = subprocess.PIPE
        with subprocess.Popen(
            [command, f"-K{program}", "-Tjson0"],
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            process_group=None if sys.platform == "win32" else 0,
            preexec_fn=_limits(seconds),
        ) as process:
            started.append(process)
            output, said = process.communicate(dot.encode("utf-8", "replace"))
        if stopped.is_set():
            raise TimeoutError
        return process.returncode, output, said

    def stop() -> None:
        stopped.set()
        for process in started:
            _kill(process)

    try:
        code, output, said = in_thread(work, seconds, stop)
    except TimeoutError:  # an OSError too
        raise
    except OSError as error:
        raise EngineError(f"cannot run {command}: {(error.strerror or str(error)).lower()}") from None
    words = "; ".join(dict.fromkeys(filter(None, map(str.strip, said.decode("utf-8", "replace").splitlines()))))
    words = words[:500]
    # Exit code 1 with a whole layout happens: a line that was lost.
    if code not in (0, 1) or not output:
        raise EngineError(f"{command} failed (exit code {code})" + (words and f": {words}"))
    notices = (_notice(f"Graphviz says: {words or 'something is missing'}"),) if code else ()
    return Placement(_graph(output), "system", notices)


def _limits(seconds: float) -> Callable[[], None] | None:
    """What the new process does before it runs `dot`: it takes limits, and on Linux it dies with argmap."""
    if sys.platform == "win32":
        return None
    import ctypes
    import resource
    import signal
    from contextlib import suppress

    from argmap.engine.sandbox import MAX_MEMORY

    parent = os.getpid()
    wanted = ((resource.RLIMIT_CPU, int(seconds) + 2), (resource.RLIMIT_AS, 2 * MAX_MEMORY))
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def take() -> None:
        for kind, most in wanted:
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (most, most))
        if prctl is not None:
            prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)

    return take


def _kill(process: Popen[bytes]) -> None:
    """Kill a process and those that it has started."""
    import signal
    from contextlib import suppress

    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _system_command() -> str | None:
    from shutil import which

    return which("dot")


def _graph(output: bytes) -> dict[str, Any]:
    import json

    try:
        graph: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise EngineError(f"the layout engine gave no readable layout: {error}") from None
    return graph


def _notice(message: str) -> Diagnostic:
    return Diagnostic("AM391", Severity.NOTE, message)
