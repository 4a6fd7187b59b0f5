"""The coverage page written to a file, with the map drawn beside the text."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from argmap.drawing.markup import identifier
from argmap.drawing.svg import plain_id
from argmap.sources.page import coverage_page, statement_anchor

if TYPE_CHECKING:
    from argmap.model import ArgumentMap
    from argmap.sources import Coverage

# Keeps the picture's ids apart from the page's.
_PREFIX = "map-"

# A finished box: its group with its tooltip, and the shapes and words in it, which hold no further group.
_BOX = re.compile(
    r'(<g id="([^"]+)" class="statement"[^>]*>\s*(?:<title>[^<]*</title>)?)(.*?)</g>', re.DOTALL
)
_LINK = re.compile(r"</?a\b[^>]*>")


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
    from argmap.drawing import draw
    from argmap.graphviz import finished_svg

    drawing = draw(map)
    svg, _ = finished_svg(drawing, prefix=_PREFIX)
    targets: dict[str, tuple[str, str]] = {}
    for number, statement in enumerate(map.statements):
        name = _element_name(statement.id)
        if name in drawing.elements:
            targets[_PREFIX + plain_id(name)] = (statement_anchor(number), statement.id)
    boxes: dict[str, str] = {}

    def link(found: re.Match[str]) -> str:
        if found[2] not in targets:
            return found[0]
        anchor, id = targets[found[2]]
        boxes[id] = found[2]
        words = html.escape(f"{map[id].name} {' '.join(map[id].text.split())}")
        return f'{found[1]}<a href="#{anchor}" aria-label="{words}">{_LINK.sub("", found[3])}</a></g>'

    svg = _BOX.sub(link, svg.partition("?>\n")[2])
    # An image has no parts that one could go to; a group does.
    return svg.replace('role="img"', 'role="group"', 1), boxes


def _element_name(id: str) -> str:
    return identifier("unlabelled", id[1:]) if id.startswith("%") else identifier("statement", id)
