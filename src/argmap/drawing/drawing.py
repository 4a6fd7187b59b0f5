"""What drawing a map yields: the DOT text, and what the finished picture must know of each of its
elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from argmap.diagnostics import Diagnostic

if TYPE_CHECKING:
    from argmap.drawing.boxes import Box


class ElementKind(Enum):
    """What an element of the picture (an SVG group with an id) stands for."""

    STATEMENT = "statement"
    """The box of a statement, or of several folded into one."""
    STEP = "step"
    """The sign of a step, where it has a node of its own."""
    LINE = "line"
    """A line between boxes and signs."""
    SECTION = "section"
    """The frame of a section."""


@frozen(kw_only=True, eq=False)
class Element:
    """One element of the picture. Every text is plain and unescaped, as the author wrote it.

    Attributes:
        title: A short name: `(a)`, `reason (lives) for (a)`, a section's title.
        text: The whole text to be read out: a box's statement, a step as a sentence.
        tooltip: All that is to be shown when the pointer rests on it (text, quotations, notes, holders);
            lines
            are separated by newlines.
        url: Where a click leads, or None. Only http, https and mailto addresses are ever here.
    """

    kind: ElementKind
    title: str
    text: str = ""
    tooltip: str = ""
    url: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Drawing:
    """A picture before layout.

    Attributes:
        lines: The lines of the graph in Graphviz' language; that of a statement's node is what comes before its
            looks, and its box. The only font is `font`.
        boxes: Those of the statements, by the id of their group in the SVG.
        ends: Of lines that come in at the side of a box, by their id: the node they come from, and the box's.
        elements: By the id of the group in the SVG; an element that is not listed is decoration.
        title: The picture's title, plain (the map's, or its file's, or "Argument map").
        description: A sentence or two that a screen reader can read in place of the picture.
        lang: The language of the text (a BCP 47 tag), where the map says it.
        font: The family the DOT is measured in.
        font_families: What the SVG should name in its place: families from the first wanted to the last
            resort.
        background: The page's colour, `#rrggbb`.
        notices: What the reader of the picture should be told ("500 statements: try --overview").
    """

    lines: Sequence[str | tuple[str, Box]] = field(default=(), repr=False)
    boxes: Mapping[str, Box] = field(factory=dict, repr=False)
    ends: Mapping[str, tuple[str, str]] = field(factory=dict, repr=False)
    elements: Mapping[str, Element] = field(factory=dict, repr=False)
    title: str = "Argument map"
    description: str = ""
    lang: str | None = None
    font: str = "Arial"
    font_families: tuple[str, ...] = (
        "Arial", "Liberation Sans", "Arimo", "Helvetica", "DejaVu Sans", "sans-serif",
    )  # fmt: skip
    background: str = "#ffffff"
    notices: tuple[Diagnostic, ...] = ()

    @cached_property
    def dot(self) -> str:
        """The graph as any layout engine draws it, with everything that it says."""
        return "".join(
            f"{line}\n" if isinstance(line, str) else f"{line[0]}label={line[1].label()}]\n"
            for line in self.lines
        )

    @cached_property
    def bare_dot(self) -> str:
        """The same graph with bare boxes for statements, of the same size: what is laid out for `svg.finish`."""
        return "".join(
            f"{line}\n" if isinstance(line, str) else f"{line[0]}{line[1].bare()}]\n" for line in self.lines
        )
