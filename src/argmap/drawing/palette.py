"""Whose side each statement is on in the end, which hue everything has for it, and how each box is painted."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from enum import Enum

from argmap.drawing.boxes import BoxStyle
from argmap.drawing.overlay import Flag, Overlay, OverlayMark
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.view import tops
from argmap.model import ArgumentMap, Statement, Step, StepKind


class Side(Enum):
    """Named for the theme's hue."""

    CLAIM = "claim"
    REASON = "reason"
    OBJECTION = "objection"
    CONCESSION = "concession"
    REBUTTAL = "rebuttal"
    CONDITION = "condition"
    COROLLARY = "corollary"


def _supporting(side: Side) -> Side:
    return side if side in (Side.OBJECTION, Side.CONCESSION, Side.REBUTTAL) else Side.REASON


def _opposing(side: Side) -> Side:
    return Side.REBUTTAL if side in (Side.OBJECTION, Side.CONCESSION) else Side.OBJECTION


def sides(map: ArgumentMap) -> dict[str, Side]:
    """The side of every statement, from the tops down; where two ways lead to one, the shorter decides."""
    found: dict[str, Side] = {}
    queue: deque[str] = deque()

    def give(id: str, side: Side) -> None:
        if id not in found:
            found[id] = side
            queue.append(id)

    def gates(gated: Step | Statement, side: Side) -> None:
        for each in gated.conditions:
            give(each, Side.CONDITION)
        for each in gated.exceptions:
            give(each, _opposing(side))

    rivals = map.rivals
    by_id, steps_to, steps_from = map.by_id, map.steps_to, map.steps_from

    def spread() -> None:
        while queue:
            id = queue.popleft()
            side = found[id]
            for step in steps_to.get(id, ()):
                if step.kind is StepKind.COROLLARY:
                    ground = Side.REASON if side is not Side.OBJECTION else Side.OBJECTION
                elif step.kind is StepKind.OBJECTION:
                    ground = _opposing(side)
                elif step.kind is StepKind.CONCESSION:
                    ground = Side.CONCESSION
                else:
                    ground = _supporting(side)
                for each in step.ground:
                    give(each, ground)
                gates(step, ground)
            gates(by_id[id], side)
            for each in rivals.get(id, ()):
                give(each, _opposing(side))
            for step in steps_from.get(id, ()):
                if step.kind is StepKind.COROLLARY:
                    give(step.target, Side.COROLLARY if side is not Side.OBJECTION else Side.OBJECTION)

    # A rival that stands at the margin is a claim in its own right; one written under the other is not.
    under = {pair.right for pair in map.contradictions if pair.span and pair.span == by_id[pair.right].span}
    for id in tops(map):
        if id not in under:
            give(id, Side.CLAIM)
    spread()
    for statement in map.statements:
        if statement.id not in found:
            give(statement.id, Side.CLAIM)
            spread()
    return found


class Palette:
    """The looks of one drawing: its theme, and what an overlay makes of it.

    `shown` are the ids of the statements in the drawing, `flags` the marks of each.
    """

    def __init__(self, map: ArgumentMap, theme: Theme, shown: Collection[str], overlay: Overlay | None) -> None:
        self.map = map
        self.theme = theme
        self.shown = shown
        self.overlay = overlay
        self.sides = sides(map)
        self.flags: Mapping[str, Sequence[Flag]] = overlay.flags if overlay else {}
        self.blocked = overlay.blocked if overlay else frozenset()

    def hue(self, id: str) -> Hue:
        found: Hue = getattr(self.theme, self.sides[id].value)
        return found

    def style(self, id: str) -> BoxStyle:
        statement = self.map.by_id[id]
        marks = {flag.mark for flag in self.flags.get(id, ())}
        hue = self.hue(id)
        border = 2.2 if self.sides[id] is Side.CLAIM else 1.3
        theme = self.theme
        struck, dotted = False, statement.open
        if marks & {OverlayMark.FALLS, OverlayMark.WITHDRAWN}:
            hue, struck = theme.muted, True
            border = 2.4 if OverlayMark.WITHDRAWN in marks else 1.2
        elif OverlayMark.UNDECIDED in marks:
            dotted = True
        if self.overlay is not None and len(self.overlay.holders) == 1:
            hue = Hue(theme.muted.line, theme.background, theme.muted.text)
            border = 1.2
            for mark, painted, filled in (
                (OverlayMark.MUST_ACCEPT, theme.accepted, False),
                (OverlayMark.MUST_REJECT, theme.rejected, False),
                (OverlayMark.ACCEPTED, theme.accepted, True),
                (OverlayMark.REJECTED, theme.rejected, True),
                (OverlayMark.DOUBTED, theme.doubted, True),
            ):
                if mark in marks:
                    fill = painted.fill if filled else theme.background
                    hue, border = Hue(painted.line, fill, painted.text), 2.2 if filled else 3.0
        return BoxStyle(
            hue=hue,
            border=border,
            dashed=statement.implicit or statement.missing,
            dotted=dotted and not statement.implicit,
            struck=struck,
            ring=theme.clash.line if OverlayMark.CLASH in marks else None,
        )

    def step_hue(self, index: int) -> Hue:
        step = self.map.steps[index]
        if index in self.blocked:
            return self.theme.muted
        if step.kind is StepKind.COROLLARY:
            return self.hue(step.target)
        return self.hue(next(id for id in step.ground if id in self.shown))
