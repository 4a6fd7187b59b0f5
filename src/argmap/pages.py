"""Pages for a browser: how much of its sources a map accounts for, and many maps in every theme."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from argmap.converting import load
from argmap.errors import FileError
from argmap.project import find_settings, guard_output, write_bytes
from argmap.project.sources import read_sources
from argmap.sources.coverage import measure

if TYPE_CHECKING:
    from argmap.diagnostics import Diagnostic
    from argmap.model import ArgumentMap
    from argmap.sources.coverage import Coverage


def measure_file(
    path: str | os.PathLike[str], *, allow_outside: bool = False
) -> tuple[ArgumentMap, tuple[Coverage, ...], tuple[Diagnostic, ...]]:
    """Read a map file (`-` for standard input) and measure how much of each of its sources it accounts for.

    Returns:
        The map, the coverage of each source that could be read, and diagnostics about the others.

    Raises:
        FileError: the map cannot be read, or names no source that can.
        ConfigError: its settings cannot be used.
    """
    map = load(path)
    folder = os.path.dirname(os.fspath(path)) or "."
    allowed = allow_outside or find_settings(path).allow_outside
    found = read_sources(map, folder, allow_outside=allowed)
    if not found.originals:
        if not found.diagnostics:
            raise FileError("the map names no source: begin it with a line such as `source: essay.txt`")
        first = found.diagnostics[0]
        raise FileError("; ".join(filter(None, (first.message, first.hint))))
    return map, measure(map, found.originals, found.missing), found.diagnostics


def write_page(
    map: ArgumentMap, coverages: Sequence[Coverage], path: str | os.PathLike[str], made_from: str
) -> None:
    """Draw a map and write its coverage page.

    Args:
        map: The map.
        coverages: What it rests on in each of its sources.
        path: Where to write; `-` is standard output.
        made_from: The map's file; neither it nor a source beside it is ever overwritten.

    Raises:
        EngineError: the map cannot be drawn.
        FileError: the page cannot be written.
    """
    from argmap.sources.page import coverage_page

    guard_output(made_from, path)
    for coverage in coverages:
        guard_output(os.path.join(os.path.dirname(made_from), coverage.original.name), path)
    svg, boxes = _drawing(map)
    write_bytes(path, coverage_page(map, coverages, svg, boxes).encode("utf-8"))


def _drawing(map: ArgumentMap) -> tuple[str, Mapping[str, str]]:
    """The drawing as markup for a page, each box a link to its statement there; and the boxes' ids."""
    from argmap.drawing import PartKind
    from argmap.drawing.svg import svg_element
    from argmap.rendering import lay_out
    from argmap.sources.page import statement_anchor

    prefix = "map-"  # keeps the picture's ids apart from the page's
    scene, _ = lay_out(map)
    boxes = [part.id for part in scene.parts if part.kind is PartKind.STATEMENT]
    links = {box: f"#{statement_anchor(number)}" for number, box in enumerate(boxes)}
    ids = {each.id: prefix + box for each, box in zip(map.statements, boxes, strict=True)}
    return svg_element(scene, prefix, links), ids


def gallery_page(maps: Mapping[str, ArgumentMap], themes: Sequence[str] = (), engine: str = "auto") -> str:
    """The page, as HTML.

    Args:
        maps: The maps by the names of their files, in the order in which they are to stand.
        themes: The themes to choose from; by default all that come with argmap.
        engine: The layout engine, see `argmap.rendering.render`.

    Raises:
        EngineError: a map cannot be drawn.
        ConfigError: there is no such theme.
    """
    from importlib.resources import files

    from jinja2 import Environment
    from markupsafe import Markup

    from argmap.drawing import THEMES
    from argmap.drawing.scene import printable
    from argmap.drawing.svg import figure
    from argmap.rendering import lay_out

    names = list(themes or THEMES)
    exhibits = []
    for number, (file, map) in enumerate(maps.items()):
        title = printable(map.title or file)
        scenes = (lay_out(map, engine=engine, theme=name)[0] for name in names)
        figures = [
            Markup(figure(scene, f"m{number}-t{index}-", f"{title} ({file})"))
            for index, scene in enumerate(scenes)
        ]
        exhibits.append({"title": title, "figures": figures})
    template = files("argmap").joinpath("gallery.html").read_text("utf-8")
    return Environment(autoescape=True).from_string(template).render(themes=names, exhibits=exhibits)
