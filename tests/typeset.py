"""How wide typst sets text with the fonts that come with argmap: what tests compare the drawing's own measures with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typst

from argmap import fonts
from argmap.drawing.scene import Part, PartKind, Scene, TextLine

_TEMPLATE = b"""
#set text(font: json(bytes(sys.inputs.families)), fallback: false)
#context for words in json(bytes(sys.inputs.lines)) {
  let shown = for (size, bold, italic, said) in words {
    text(size: size * 1pt, weight: if bold { 700 } else { 400 }, style: if italic { "italic" } else { "normal" }, said)
  }
  [#metadata(measure(shown).width / 1pt) <width>]
}
"""


def widths(lines: Iterable[TextLine]) -> list[float]:
    """The width of each line, in points."""
    given = [[(line.size, run.bold, run.italic, run.text) for run in line.runs] for line in lines]
    found: Any = json.loads(
        typst.query(
            _TEMPLATE,
            "<width>",
            field="value",
            font_paths=typst.Fonts(False, False, [str(fonts.folder())]),
            sys_inputs={"lines": json.dumps(given), "families": json.dumps([*fonts.FAMILIES.values()])},
        )
    )
    return [float(width) for width in found]


def out_of_their_boxes(scene: Scene) -> list[str]:
    """Every line of text that, set in the fonts that come along, leaves the outline of its box."""
    boxes: list[tuple[Part, TextLine]] = [
        (part, line) for part in scene.parts if part.kind is PartKind.STATEMENT for line in part.lines
    ]
    out = []
    for (part, line), wide in zip(boxes, widths(line for _, line in boxes), strict=True):
        points = [point for outline in part.outlines for segment in outline.segments for point in segment.points]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        start = line.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[line.anchor] * wide
        start -= wide if line.is_right_to_left else 0.0
        if not (left < start and start + wide < right and top + 8 < line.y < bottom - 2):
            words = "".join(run.text for run in line.runs)
            out.append(f"{words!r} at {start:.0f} to {start + wide:.0f} of {left:.0f} to {right:.0f}")
    return out
