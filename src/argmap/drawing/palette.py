"""Which hue everything has, and how each box is painted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from argmap.drawing.boxes import Style
from argmap.drawing.overlay import Flag, Mark, Overlay
from argmap.drawing.sides import Side, sides
from argmap.drawing.theme import Hue, Theme
from argmap.model import ArgumentMap, Step, StepKind


class Palette:
    """The looks of one drawing: its theme, and what an overlay makes of it.

    `shown` are the ids of the statements in the drawing, `flags` the marks of each.
    """

    def __init__(
        self,
        map: ArgumentMap,
        theme: Theme,
        shown: Collection[str],
        overlay: Overlay | None,
    ) -> None:
        self.map = map
        self.theme = theme
        self.shown = shown
        self.overlay = overlay
        self.sides = sides(map)
        self.flags: Mapping[str, Sequence[Flag]] = overlay.flags if overlay else {}
        self.blocked = overlay.blocked if overlay else frozenset()

    def hue(self, id: str) -> Hue:
        side = self.sides.get(id, Side.CLAIM)
        found: Hue = getattr(self.theme, side.value)
        return found

    def style(self, id: str) -> Style:
        statement = self.map.by_id[id]
        marks = {flag.mark for flag in self.flags.get(id, ())}
        hue = self.hue(id)
        border = 2.2 if self.sides.get(id) is Side.CLAIM else 1.3
        theme = self.theme
        two = self.overlay is not None and len(self.overlay.holders) > 1
        struck, ring, dotted = False, None, statement.open
        if marks & {Mark.FALLS, Mark.WITHDRAWN}:
            hue, struck = theme.muted, True
            border = 2.4 if Mark.WITHDRAWN in marks else 1.2
        elif Mark.UNDECIDED in marks:
            dotted = True
        if self.overlay is not None and self.overlay.holders and not two:
            hue = Hue(theme.muted.line, theme.background, theme.muted.text)
            border = 1.2
            for mark, painted, filled in (
                (Mark.MUST_ACCEPT, theme.accepted, False),
                (Mark.MUST_REJECT, theme.rejected, False),
                (Mark.ACCEPTED, theme.accepted, True),
                (Mark.REJECTED, theme.rejected, True),
                (Mark.DOUBTED, theme.doubted, True),
            ):
                if mark in marks:
                    fill = painted.fill if filled else theme.background
                    hue, border = Hue(painted.line, fill, painted.text), 2.2 if filled else 3.0
        if Mark.CLASH in marks:
            ring = theme.clash.line
        return Style(
            hue=hue,
            border=border,
            dashed=statement.implicit or statement.missing,
            dotted=dotted and not statement.implicit,
            struck=struck,
            ring=ring,
        )

    def step_hue(self, step: Step, index: int) -> Hue:
        if index in self.blocked:
            return self.theme.muted
        if step.kind is StepKind.COROLLARY:
            return (
                self.theme.corollary
                if self.sides.get(step.target) is Side.COROLLARY
                else self.hue(step.target)
            )
        shown = next(id for id in step.ground if id in self.shown)
        return self.hue(shown)
