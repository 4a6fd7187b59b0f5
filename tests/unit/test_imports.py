"""Importing is cheap: heavy libraries come when they are needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    *(
        "attr",
        "cattrs",
        "click",
        "ctypes",
        "graphviz",
        "jinja2",
        "lark",
        "snowballstemmer",
        "subprocess",
        "typst",
    ),
    *("wasmtime", "wcwidth", "yaml"),
}
EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal.argmap"


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has after running some code."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines())


def running(arguments: str) -> set[str]:
    """The modules that a fresh interpreter has after running a command."""
    return loaded(
        "import contextlib, io\nfrom argmap.cli import cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    cli({arguments})"
    )


def test_import_argmap_loads_nothing_heavy() -> None:
    assert not HEAVY & loaded("import argmap")


def test_help_imports_no_command() -> None:
    modules = running("['--help']")
    assert "argmap.cli.check" not in modules
    assert not {"lark", "graphviz", "attrs", "wcwidth"} & modules


def test_a_command_s_help_imports_no_other() -> None:
    modules = running("['check', '--help']")
    assert "argmap.cli.check" in modules
    assert "argmap.cli.render" not in modules
    assert "lark" not in modules


def test_checking_a_sound_map_loads_no_engine_and_no_printer_of_wide_text() -> None:
    running(f"['check', {str(EXAMPLE)!r}]")  # the first run of all keeps the parser
    modules = running(f"['check', {str(EXAMPLE)!r}]")
    assert "argmap.syntax.lexer" in modules
    assert not {"graphviz", "cattrs", "wcwidth", "typst", "wasmtime", "tomllib"} & modules


@pytest.mark.parametrize("name", ["load", "parse", "check", "render", "ArgumentMap", "Span", "__version__"])
def test_public_names(name: str) -> None:
    import argmap

    assert getattr(argmap, name)
    assert name in dir(argmap)
