"""From a map to a picture in a file: what `argmap.render` and `argmap render` do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from attrs import frozen

from argmap.errors import ConfigError, DocumentError, FormatError
from argmap.project import STANDARD, guard_output, write_bytes

if TYPE_CHECKING:
    from argmap.drawing import Options
    from argmap.graphviz import Picture
    from argmap.model import ArgumentMap

FORMATS = ("svg", "png", "pdf", "dot")
_SUFFIXES = {**{f".{name}": name for name in FORMATS}, ".gv": "dot"}


@frozen(kw_only=True, eq=False, repr=False)
class Finish:
    """How a drawing becomes a file, apart from what it shows.

    Attributes:
        engine: `auto`, `pure` (comes with argmap) or `system` (Graphviz on this machine).
        timeout: Seconds that the layout may take; None for the usual.
        dpi: Of a PNG.
        page: Of a PDF: paper to spread it over, such as `A4`; None for one page that fits the map.
    """

    engine: str = "auto"
    timeout: float | None = None
    dpi: float = 96.0
    page: str | None = None


def render(
    map: ArgumentMap,
    to: str | os.PathLike[str] = "svg",
    *,
    engine: str = "auto",
    timeout: float | None = None,
    dpi: float = 96.0,
    page: str | None = None,
    partial: bool = False,
    **options: Any,
) -> bytes:
    """Draw a map; the picture's bytes are given back, and written where `to` is a file.

    Args:
        to: A format (`svg`, `png`, `pdf`, `dot`), or a path whose suffix names one.
        engine, timeout, dpi, page: See `Finish`.
        partial: Draw also what could be understood of a document with errors.
        options: What to show and how: see `argmap.drawing.Options`.

    Raises:
        DocumentError: the document has errors, and `partial` is not set.
        FormatError: the format cannot be told or is not one for pictures.
        FileError: the file cannot be written, or is the one the map was read from.
        ConfigError: an option has an impossible value.
        EngineMissingError: there is no layout engine.
        EngineError: the engine failed or took too long.
    """
    if not map.ok and not partial:
        raise DocumentError(
            "the map has errors; mend them first, or draw what was understood with partial=True"
        )
    name = os.fspath(to)
    finish = Finish(engine=engine, timeout=timeout, dpi=dpi, page=page)
    if name in FORMATS:
        return draw(map, name, finish, options).data
    made = draw(map, format_of(name), finish, options)
    put(made.data, name, map)
    return made.data


def draw(map: ArgumentMap, format: str, finish: Finish, options: dict[str, Any]) -> Picture:
    """The picture in a format, with what its reader should be told. Raises as `render`."""
    from argmap.graphviz import picture

    return picture(
        map,
        format,
        _options(options),
        engine=finish.engine,
        timeout=finish.timeout,
        dpi=finish.dpi,
        page=finish.page,
    )


def format_of(path: str) -> str:
    """The format that a file's name asks for.

    Raises:
        FormatError: none, or one that is not for pictures.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if os.path.isdir(path):
        raise FormatError(f"{path} is a folder, not a file")
    what = (
        f"a picture cannot be written as {suffix}" if suffix else f"{path} has no suffix to tell the format"
    )
    raise FormatError(f"{what}; there are .svg, .png, .pdf and .dot (other formats: argmap convert)")


def put(data: bytes, path: str, map: ArgumentMap) -> None:
    """Write a picture, never over the file that the map was read from."""
    if map.source is not None and path != STANDARD and not map.source.name.startswith("<"):
        guard_output(map.source.name, path)
    write_bytes(path, data)


def _options(values: dict[str, Any]) -> Options:
    from argmap.drawing import Options

    try:
        return Options(**values)
    except ValueError as error:
        raise ConfigError(str(error)) from None
