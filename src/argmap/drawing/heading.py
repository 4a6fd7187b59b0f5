"""What stands over the picture: title, author and date, and a quiet line that explains the signs in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from argmap.drawing import looks
from argmap.drawing.boxes import DASHES, DOTS, SMALL, BoxStyle, text_line
from argmap.drawing.options import LineKind
from argmap.drawing.overlay import MEANINGS, SIGNS, Overlay, OverlayMark
from argmap.drawing.scene import Outline, Part, PartKind, TextLine, TextRun, rectangle
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.view import View
from argmap.drawing.wrapping import width, wrap
from argmap.model import ArgumentMap, Attitude, StepKind, counting

MARGIN = 18.0
"""The empty edge around a picture, points."""
_INSET = 8.0
"""How far in the heading begins, points."""
_TITLE = 17.0
_BYLINE = 10.0
_CAPTION = 11.0
_LEGEND_HEIGHT = 17.0


@frozen(eq=False, repr=False)
class LegendEntry:
    """A sign in the legend, and what it means; `border` is of a sample that is a box: `solid`, `dashed` or `dotted`."""

    sign: str
    meaning: str
    colour: str
    border: str = ""


@frozen(eq=False, repr=False)
class PictureHeading:
    """The heading in its place, what it is made of, and the room that it takes up with its margins, points."""

    part: Part | None
    lines: tuple[TextLine, ...] = ()
    """Those over the legend."""
    legend: tuple[LegendEntry, ...] = ()
    width: float = 0.0
    height: float = 0.0


def heading(
    title: str, byline: str, caption: str, legend: Sequence[LegendEntry], room: float, theme: Theme
) -> PictureHeading:
    """The heading of a picture.

    Args:
        room: How wide the picture is likely to be, points; lines of the heading break there.
    """
    room = min(max(room, 340.0), 1000.0)
    lines: list[TextLine] = []
    outlines: list[Outline] = []
    x, top = MARGIN + _INSET, MARGIN + _INSET / 2
    begin, widest = top, 0.0
    for text, size, colour, bold, gap in (
        (title, _TITLE, theme.text, True, 0.0),
        (byline, _BYLINE, theme.quiet, False, 0.0),
        (caption, _CAPTION, theme.text, True, 3.0),
    ):
        if not text:
            continue
        top += gap
        for row in wrap(text, room / size / (1.1 if bold else 1.0)):
            words = "".join(run.text for run in row)
            lines.append(
                text_line((TextRun(words, colour, bold),), x, top + (0.84 if bold else 1.0) * size, size)
            )
            widest = max(widest, round(width(words, bold) * size + 2))
            top += 1.2 * size
    above = tuple(lines)
    if legend:
        top += 5
        for entries in _rows(legend, room):
            at = x + 1
            for entry, sign, words_room in entries:
                base = top + 11.5
                middle = at + sign / 2
                if entry.border:
                    outlines.append(_sample(entry, at, top + 1, sign, theme))
                else:
                    run = TextRun(entry.sign, entry.colour, True, is_sign=True)
                    lines.append(text_line((run,), middle, base, SMALL, anchor="middle"))
                at += sign + 1
                gap = 5.0 if entry.border else 2.5
                lines.append(text_line((TextRun(entry.meaning, theme.quiet),), at + gap, base, SMALL))
                at += words_room + 1
            widest = max(widest, at - x + 2)
            top += _LEGEND_HEIGHT
    if not lines:
        return PictureHeading(None)
    part = Part(id="map-heading", kind=PartKind.HEADING, outlines=tuple(outlines), lines=tuple(lines))
    return PictureHeading(part, above, tuple(legend), widest + 2 * _INSET, top + 9 - begin + _INSET)


def _rows(legend: Sequence[LegendEntry], room: float) -> list[list[tuple[LegendEntry, float, float]]]:
    """The entries on each row, each with the room of its sign and of its words."""
    rows: list[list[tuple[LegendEntry, float, float]]] = [[]]
    used = 0.0
    for entry in legend:
        sign = max(12, round(width(entry.sign, True) * SMALL) + 6) if entry.sign else 20
        words = round(width(entry.meaning) * SMALL) + (16 if entry.sign else 19)
        if rows[-1] and used + sign + words > room:
            rows.append([])
            used = 0.0
        used += sign + words + 2
        rows[-1].append((entry, sign, words))
    return rows


def _sample(entry: LegendEntry, x: float, y: float, width: float, theme: Theme) -> Outline:
    segments = rectangle(x + 0.5, y + 0.5, width - 1, 13, is_rounded=theme.rounded)
    dashes = {"dashed": DASHES, "dotted": DOTS}.get(entry.border, ())
    return Outline(segments=segments, stroke=entry.colour, dashes=dashes)


def byline(map: ArgumentMap) -> str:
    return ", ".join(part for part in (map.author, map.date) if part)


def legend(
    map: ArgumentMap,
    view: View,
    styles: Mapping[str, BoxStyle],
    overlay: Overlay | None,
    theme: Theme,
    hue: Callable[[str], Hue],
) -> list[LegendEntry]:
    """The signs that occur, in a fixed order."""
    entries: list[LegendEntry] = []
    steps = [map.steps[index] for index in view.steps]
    kinds = {step.kind for step in steps}
    colours = {
        StepKind.REASON: theme.reason.text,
        StepKind.OBJECTION: theme.objection.text,
        StepKind.CONCESSION: theme.concession.text,
        StepKind.COROLLARY: theme.corollary.text,
        StepKind.INFERENCE: theme.reason.text,
    }
    for kind, line in looks.LINES.items():
        if kind in kinds:
            entries.append(LegendEntry(line.sign, line.word, colours[kind]))
    if any(len(step.ground) > 1 for step in steps):
        entries.append(LegendEntry(">+", "joined: they count only together", theme.quiet))
    shown = [map.by_id[id] for id in view.statements]
    if view.contradictions:
        entries.append(LegendEntry(looks.CONTRADICTION.sign, "not both", theme.objection.text))
    sides_shown = (overlay is None or not overlay.holders) and theme.reason.line != theme.objection.line
    # The sign says what a box does to the next, the hue whose side it is on in the end: explained where the two differ.
    if sides_shown and any(
        (step.kind is StepKind.REASON and hue(id) == theme.objection)
        or (step.kind is StepKind.OBJECTION and hue(id) == theme.reason)
        for step in steps
        for id in step.ground
        if id in view.statements
    ):
        entries.append(LegendEntry("", "hue: on the claim's side", theme.reason.line, "solid"))
        entries.append(LegendEntry("", "hue: against it", theme.objection.line, "solid"))
    if any(statement.implicit for statement in shown):
        entries.append(LegendEntry("", "left unsaid", theme.condition.line, "dashed"))
    if any(statement.open for statement in shown):
        entries.append(LegendEntry("", "open: not asserted", theme.condition.line, "dotted"))
    if overlay is None or not overlay.holders:
        held = {stance.attitude for stance in counting(map.stances) if stance.ids[-1] in view.statements}
        for attitude, sign, word in (
            (Attitude.ACCEPT, "✓", "accepts"),
            (Attitude.REJECT, "✕", "rejects"),
            (Attitude.DOUBT, "?", "doubts"),
        ):
            if attitude in held:
                entries.append(LegendEntry(sign, word, theme.quiet))
    if overlay is not None:
        used = {flag.mark for id in view.statements for flag in overlay.flags.get(id, ())}
        entries.extend(_mark_entry(mark, theme) for mark in OverlayMark if mark in used and SIGNS[mark])
    if LineKind.CONDITIONS in view.kinds and view.partial:
        entries.append(LegendEntry("▸", "folded", theme.quiet))
    return entries


def _mark_entry(mark: OverlayMark, theme: Theme) -> LegendEntry:
    colours = {
        OverlayMark.ACCEPTED: theme.accepted,
        OverlayMark.MUST_ACCEPT: theme.accepted,
        OverlayMark.REJECTED: theme.rejected,
        OverlayMark.MUST_REJECT: theme.rejected,
        OverlayMark.DOUBTED: theme.doubted,
        OverlayMark.CLASH: theme.clash,
        OverlayMark.FALLS: theme.muted,
        OverlayMark.WITHDRAWN: theme.muted,
    }
    words = {OverlayMark.FALLS: "falls (struck)", OverlayMark.CLASH: "clash (ringed)"}
    return LegendEntry(SIGNS[mark], words.get(mark, MEANINGS[mark]), colours.get(mark, theme.condition).text)
