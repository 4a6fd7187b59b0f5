"""argmap: write an argument as plain text; check it, draw it, and see what stands and who is committed to what.

    >>> import argmap
    >>> map = argmap.parse("(a) Take an umbrella.\\n    + (b) It is raining.\\n")
    >>> map["b"].text
    'It is raining.'
    >>> [diagnostic.code for diagnostic in argmap.check(map)]
    []
    >>> argmap.status(map).status("a").value
    'stands'

Names are loaded when they are first used, so importing argmap is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.analysis.commitment import Positions as Positions
    from argmap.analysis.commitment import positions as positions
    from argmap.analysis.standing import StatusReport as StatusReport
    from argmap.analysis.standing import status as status
    from argmap.checking import check as check
    from argmap.converting import load as load
    from argmap.converting import parse as parse
    from argmap.converting import write as write
    from argmap.diagnostics import Diagnostic as Diagnostic
    from argmap.diagnostics import Severity as Severity
    from argmap.drawing.options import Choices as Choices
    from argmap.drawing.options import Direction as Direction
    from argmap.drawing.options import Layout as Layout
    from argmap.drawing.options import Level as Level
    from argmap.drawing.options import LineKind as LineKind
    from argmap.drawing.options import OptionValues as OptionValues
    from argmap.drawing.overlay import Overlay as Overlay
    from argmap.drawing.theme import Theme as Theme
    from argmap.errors import ArgmapError as ArgmapError
    from argmap.errors import ConfigError as ConfigError
    from argmap.errors import DocumentError as DocumentError
    from argmap.errors import EngineError as EngineError
    from argmap.errors import EngineMissingError as EngineMissingError
    from argmap.errors import FileError as FileError
    from argmap.errors import FormatError as FormatError
    from argmap.errors import FormattingError as FormattingError
    from argmap.errors import InvalidTypeError as InvalidTypeError
    from argmap.errors import InvalidValueError as InvalidValueError
    from argmap.errors import NothingToDrawError as NothingToDrawError
    from argmap.errors import UnknownStatementError as UnknownStatementError
    from argmap.formatting import format_text as format_text
    from argmap.model import ArgumentMap as ArgumentMap
    from argmap.model import Attitude as Attitude
    from argmap.model import Stance as Stance
    from argmap.model import Statement as Statement
    from argmap.model import Step as Step
    from argmap.model import StepKind as StepKind
    from argmap.rendering import position_overlay as position_overlay
    from argmap.rendering import render as render
    from argmap.rendering import status_overlay as status_overlay
    from argmap.text import Span as Span

    __version__: str

_NAMES = {
    "analysis.commitment": "Positions positions",
    "analysis.standing": "StatusReport status",
    "checking": "check",
    "converting": "load parse write",
    "diagnostics": "Diagnostic Severity",
    "drawing.options": "Choices Direction Layout Level LineKind OptionValues",
    "drawing.overlay": "Overlay",
    "drawing.theme": "Theme",
    "errors": "ArgmapError ConfigError DocumentError EngineError EngineMissingError FileError FormatError"
    " FormattingError InvalidTypeError InvalidValueError NothingToDrawError UnknownStatementError",
    "formatting": "format_text",
    "model": "ArgumentMap Attitude Stance Statement Step StepKind",
    "rendering": "position_overlay render status_overlay",
    "text": "Span",
}
_WHERE = {name: room for room, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_WHERE)

# Hidden from type checkers: they would take every name for one of type Any.
if not TYPE_CHECKING:

    def __getattr__(name):
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
