"""The exceptions that argmap raises: for mistakes in a program, a setting or the environment.

A fault in a document is never raised; it is a `Diagnostic`.
"""

from __future__ import annotations


class ArgmapError(Exception):
    """The base of every exception that argmap raises on purpose. Each argument is a line to show to a user."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class DocumentError(ArgmapError):
    """The document has errors, so the map cannot be drawn, written or asked about."""


class UnknownStatementError(ArgmapError):
    """The map has no statement with this label or id."""


class InvalidValueError(ArgmapError, ValueError):
    """A value does not fit, such as a step from a statement that is not in its map.

    Attributes:
        problem: What is wrong.
        path: Where: names of fields and places in tuples, from the outside in.
        owner: The class of the value.
    """

    def __init__(self, problem: str, path: tuple[str | int, ...] = (), owner: str = "") -> None:
        at = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        super().__init__(": ".join(filter(None, (f"{owner}{at}".removeprefix("."), problem))))
        self.problem = problem
        self.path = path
        self.owner = owner


class InvalidTypeError(InvalidValueError, TypeError):
    """A value has the wrong type, such as a `kind` that is a string."""


class NothingToDrawError(ArgmapError):
    """The map, or the chosen part of it, has no statement."""


class ConfigError(ArgmapError):
    """A settings file or an option cannot be read or has an impossible value."""


class FormatError(ArgmapError):
    """The file cannot be read or written in this format."""


class FormattingError(ArgmapError):
    """Formatting would have changed what a document says, so it was not done. This is a bug in argmap."""


class EngineError(ArgmapError):
    """The layout engine failed, took too long, or could not lay out the picture."""


class EngineMissingError(EngineError):
    """A layout engine or painter is not installed; the text says what to install."""


class FileError(ArgmapError):
    """The file is missing, cannot be read, or cannot be written."""
