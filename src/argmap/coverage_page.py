"""The coverage page written to a file, with the map drawn beside the text."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from argmap.sources.page import coverage_page, statement_anchor

if TYPE_CHECKING:
    from argmap.model import ArgumentMap
    from argmap.sources import Coverage

# Keeps the picture's ids apart from the page's.
_PREFIX = "map-"


def write_page(
    map: ArgumentMap, coverages: Sequence[Coverage], path: str | os.PathLike[str], made_from: str
) -> None:
    """Draw a map and write its coverage page.

    Args:
        map: The map.
        coverages: What it rests on in each of its sources.
        path: Where to write; `-` is standard output.
        made_from: The map's file; neither it nor a source beside it is ever written over.

    Raises:
        EngineError: the map cannot be drawn.
        FileError: the page cannot be written.
    """
    from argmap.project import guard_output, write_bytes

    guard_output(made_from, path)
    for coverage in coverages:
        guard_output(os.path.join(os.path.dirname(made_from), coverage.original.name), path)
    svg, boxes = drawn_with_links(map)
    write_bytes(path, coverage_page(map, coverages, svg, boxes).encode("utf-8"))


def drawn_with_links(map: ArgumentMap) -> tuple[str, Mapping[str, str]]:
    """The drawing as markup for a page, each box a link to its statement there; and the boxes' ids."""
    from argmap.drawing import PartKind
    from argmap.drawing.svg import svg_element
    from argmap.rendering import lay_out

    scene, _ = lay_out(map)
    boxes = [part.id for part in scene.parts if part.kind is PartKind.STATEMENT]
    links = {box: f"#{statement_anchor(number)}" for number, box in enumerate(boxes)}
    ids = {each.id: _PREFIX + box for each, box in zip(map.statements, boxes, strict=True)}
    return svg_element(scene, _PREFIX, links), ids
