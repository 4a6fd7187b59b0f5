"""argmap: write an argument as plain text; check it, see it, and learn what stands and who is committed to what.

    >>> import argmap
    >>> map = argmap.parse("(a) It rained.\\n    + (b) The street is wet.\\n")
    >>> map["b"].text
    'The street is wet.'

Everything here is loaded when it is first used, so that importing argmap costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.analysis import positions as positions
    from argmap.analysis import status as status
    from argmap.checking import check as check
    from argmap.converting import load as load
    from argmap.converting import parse as parse
    from argmap.converting import write as write
    from argmap.diagnostics import Diagnostic as Diagnostic
    from argmap.diagnostics import Severity as Severity
    from argmap.errors import ArgmapError as ArgmapError
    from argmap.errors import ConfigError as ConfigError
    from argmap.errors import DocumentError as DocumentError
    from argmap.errors import EngineError as EngineError
    from argmap.errors import EngineMissingError as EngineMissingError
    from argmap.errors import FileError as FileError
    from argmap.errors import FormatError as FormatError
    from argmap.errors import NothingToDrawError as NothingToDrawError
    from argmap.errors import UnknownStatementError as UnknownStatementError
    from argmap.formatting import format_text as format_text
    from argmap.model import ArgumentMap as ArgumentMap
    from argmap.model import Stance as Stance
    from argmap.model import Statement as Statement
    from argmap.model import Step as Step
    from argmap.rendering import render as render
    from argmap.text import Span as Span

_WHERE = {
    "ArgmapError": "errors",
    "ArgumentMap": "model",
    "Diagnostic": "diagnostics",
    "ConfigError": "errors",
    "DocumentError": "errors",
    "EngineError": "errors",
    "EngineMissingError": "errors",
    "FileError": "errors",
    "FormatError": "errors",
    "Severity": "diagnostics",
    "Span": "text",
    "Stance": "model",
    "Statement": "model",
    "Step": "model",
    "NothingToDrawError": "errors",
    "UnknownStatementError": "errors",
    "check": "checking",
    "format_text": "formatting",
    "load": "converting",
    "parse": "converting",
    "positions": "analysis",
    "render": "rendering",
    "status": "analysis",
    "write": "converting",
}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        value = getattr(import_module(f"argmap.{_WHERE[name]}"), name)
        globals()[name] = value
        return value
    if name == "__version__":
        from importlib.metadata import version

        return version("argmap")
    raise AttributeError(f"module 'argmap' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
