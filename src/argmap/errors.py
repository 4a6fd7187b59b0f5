"""Exceptions for mistakes of the programmer or the environment.

Faults in a document's content are never raised: they are values, see `argmap.diagnostics`.
"""

from __future__ import annotations


class ArgmapError(Exception):
    """Base of every error that argmap raises on purpose. Its text is fit to show to a user."""


class DocumentError(ArgmapError):
    """Something was asked of a map whose document has errors (drawing it, answering a question about it)."""


class UnknownStatementError(ArgmapError):
    """A label or id was asked for that the map does not have."""


class InvalidValueError(ArgmapError, ValueError):
    """A value was made of parts that do not fit, such as a step from a statement that is not in its map.

    Attributes:
        problem: What is wrong.
        path: Where: names of fields and places in tuples, from the outside in.
        owner: The class of the value.
    """

    def __init__(self, problem: str, path: tuple[str | int, ...] = (), owner: str = "") -> None:
        at = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        super().__init__(f"{owner}{at}".removeprefix(".") + (f": {problem}"))
        self.problem = problem
        self.path = path
        self.owner = owner


class InvalidTypeError(InvalidValueError, TypeError):
    """A value was made of a part of the wrong type, such as a `kind` that is a string."""


class NothingToDrawError(ArgmapError):
    """A map, or the part of it that was chosen, has no statement."""


class ConfigError(ArgmapError):
    """A configuration file cannot be read or says something impossible."""


class FormatError(ArgmapError):
    """A file cannot be read or written in the format asked for."""


class EngineError(ArgmapError):
    """The layout engine failed, timed out, or refused the picture."""


class EngineMissingError(EngineError):
    """No layout engine was found; the text says what to install."""


class FileError(ArgmapError):
    """A file is missing, cannot be read, or cannot be written."""
