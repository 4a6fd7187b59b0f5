"""The long texts behind the codes of this room, and of the engine's."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

EXPLANATIONS = (
    Explanation(
        "AM390",
        "many-boxes",
        Severity.NOTE,
        "The picture has more boxes than anyone takes in at a glance.",
        """Above about 150 boxes a reader searches rather than reads. The picture is drawn all the same.
To show less: `--overview` (the top claims and what bears on them, with counts of what is folded away),
`--focus LABEL
--depth 2`, `--section TITLE`, `--fold LABEL`, `--only reasons,corollaries` or `--tag TAG`.
""",
    ),
    Explanation(
        "AM391",
        "engine-grumbled",
        Severity.NOTE,
        "The layout engine drew the picture, but not without complaint.",
        """Either the engine that comes with argmap failed and the system's Graphviz drew the picture
instead, or an engine left something out and said so; its words are in the message. Or a PNG or PDF
has characters that no font that comes with argmap has: each is drawn as a box with its code point (an SVG
is shown in the fonts of whoever opens it). `--engine system`
and `--engine pure`
choose one of them; the same map saved as `.dot` (`-o map.dot`) shows what the engine was given.
""",
    ),
)
