"""What stands over the picture: title, author and date, and a quiet line that explains the signs in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from colorsys import rgb_to_hls

from attrs import evolve, frozen

from argmap.drawing import looks
from argmap.drawing.boxes import ATTITUDE_SIGNS, DASHES, DOTS, SMALL, Painting, text_line
from argmap.drawing.options import LineKind
from argmap.drawing.overlay import Overlay, OverlayMark
from argmap.drawing.scene import Outline, Part, PartKind, TextLine, TextRun, polyline, rectangle
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.view import View
from argmap.drawing.wrapping import width, wrap
from argmap.model import ArgumentMap, StepKind, counting

MARGIN = 12.0
"""The empty edge around a picture, points."""
# How far in the heading begins, points
_INSET = 3.0
_TITLE = 17.0
_BYLINE = 10.0
_CAPTION = 11.0
_LEGEND_HEIGHT = 17.0
_SAMPLE = 13.0
_APART = 14.0
_LINES = 8.0


@frozen(eq=False, repr=False)
class LegendEntry:
    """A sample of what is in the picture, and what it means.

    Attributes:
        sign: The sign of a step or in a text; empty for a box.
        border: Of a box: `solid`, `dashed` or `dotted`. Of a sign: `ring`, `square`
            or, with lines that meet in it, `joined`; empty where it stands in a text.
    """

    sign: str
    meaning: str
    hue: Hue
    border: str = ""

    @property
    def colour(self) -> str:
        return self.hue.text

    @property
    def room(self) -> float:
        """The room of the sample, points."""
        if self.border:
            lines = _LINES if self.border == "joined" else 0
            return _SAMPLE + lines + (4 * (len(self.sign) - 1) if self.sign else 7)
        return max(12, round(width(self.sign, True) * SMALL) + 6)


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
            lines.append(text_line((TextRun(words, colour, bold),), x, top + (0.84 if bold else 1.0) * size, size))
            widest = max(widest, round(width(words, bold) * size + 2))
            top += 1.2 * size
    above = tuple(lines)
    if legend:
        top += 5
        for entries in _rows(legend, room):
            at = x + 1
            for entry in entries:
                shapes, sign = _sample(entry, at, top + 1, theme)
                outlines += shapes
                lines += sign
                at += entry.room + 4
                lines.append(text_line((TextRun(entry.meaning, theme.quiet),), at, top + 11.5, SMALL))
                at += round(width(entry.meaning) * SMALL) + _APART
            widest = max(widest, at - _APART - x + 2)
            top += _LEGEND_HEIGHT
    if not lines:
        return PictureHeading(None)
    part = Part(id="map-heading", kind=PartKind.HEADING, outlines=tuple(outlines), lines=tuple(lines))
    return PictureHeading(part, above, tuple(legend), widest + 2 * _INSET, top + 6 - begin + _INSET)


def _rows(legend: Sequence[LegendEntry], room: float) -> list[list[LegendEntry]]:
    """The entries on each row."""
    rows: list[list[LegendEntry]] = [[]]
    used = 0.0
    for entry in legend:
        wide = entry.room + 4 + round(width(entry.meaning) * SMALL)
        if rows[-1] and used + wide > room:
            rows.append([])
            used = 0.0
        used += wide + _APART
        rows[-1].append(entry)
    return rows


def _sample(entry: LegendEntry, x: float, y: float, theme: Theme) -> Painting:
    """A sign as steps have it, a box, or a sign as it stands in a text."""
    if entry.sign and entry.border:
        lines = _LINES if entry.border == "joined" else 0
        wide, is_square = entry.room - lines, entry.border == "square"
        sign = looks.Sign(text=entry.sign, hue=entry.hue, theme=theme, width=wide, height=_SAMPLE, is_square=is_square)
        outlines, words = sign.paint(x + lines, y + 0.5)
        ends = (y + 1, y + 13) if lines else ()
        meeting = (polyline((x, end), (x + lines, y + 7)) for end in ends)
        return (*(Outline(segments=each, stroke=entry.hue.line) for each in meeting), *outlines), words
    if entry.sign:
        run = TextRun(entry.sign, entry.colour, True, is_sign=True)
        return (), (text_line((run,), x + entry.room / 2, y + 10.5, SMALL, anchor="middle"),)
    segments = rectangle(x + 0.5, y + 0.5, entry.room - 1, _SAMPLE, is_rounded=theme.rounded)
    dashes = {"dashed": DASHES, "dotted": DOTS}.get(entry.border, ())
    return (Outline(segments=segments, fill=entry.hue.fill, stroke=entry.hue.line, dashes=dashes),), ()


def byline(map: ArgumentMap) -> str:
    return ", ".join(part for part in (map.author, map.date) if part)


def legend(
    map: ArgumentMap,
    view: View,
    overlay: Overlay | None,
    theme: Theme,
    hue: Callable[[str], Hue],
    words: Mapping[str, str],
) -> list[LegendEntry]:
    """Samples of what occurs, in a fixed order, explained in the map's language."""
    entries: list[LegendEntry] = []
    steps = [map.steps[index] for index in view.steps]
    quiet = Hue(theme.quiet, theme.background, theme.quiet)
    for kind, line in looks.LINES.items():
        shown = [step for step in steps if step.kind is kind]
        if shown:
            look = "square" if kind is StepKind.OBJECTION else "ring"
            border = "" if all(step.rule for step in shown) else look
            found = theme.reason if kind is StepKind.INFERENCE else getattr(theme, kind.value)
            entries.append(LegendEntry(line.sign, line.word, found, border))
    joined = next((step for step in steps if len(step.ground) > 1), None)
    if joined is not None:
        entries.append(LegendEntry(looks.LINES[joined.kind].sign, "joined: they count only together", quiet, "joined"))
    shown_ids = [map.by_id[id] for id in view.statements]
    if view.contradictions:
        entries.append(LegendEntry(looks.CONTRADICTION.sign, "not both", theme.objection, "square"))
    if (overlay is None or not overlay.holders) and theme.reason.line != theme.objection.line:
        found = {hue(id) for id in view.statements}
        sides = {theme.reason: "for the claim", theme.rebuttal: "for the claim", theme.objection: "against it"}
        entries += [
            LegendEntry("", f"{_colour_name(side.line)}: {meaning}", side, "solid")
            for side, meaning in sides.items()
            if side in found
        ]
    if any(statement.implicit for statement in shown_ids):
        entries.append(LegendEntry("", "left unsaid", theme.condition, "dashed"))
    if any(statement.open for statement in shown_ids):
        entries.append(LegendEntry("", "open: not asserted", theme.condition, "dotted"))
    if overlay is None or not overlay.holders:
        held = {stance.attitude for stance in counting(map.stances) if stance.ids[-1] in view.statements}
        signs = ATTITUDE_SIGNS.items()
        entries += [LegendEntry(sign, f"{each.value}s", quiet) for each, sign in signs if each in held]
    if overlay is not None:
        used = {flag.mark for id in view.statements for flag in overlay.flags.get(id, ())}
        entries.extend(_mark_entry(mark, theme) for mark in OverlayMark if mark in used and mark.sign)
    if LineKind.CONDITIONS in view.kinds and view.partial:
        entries.append(LegendEntry("▸", "folded", quiet))
    return [
        evolve(entry, meaning=": ".join(words.get(part, part) for part in entry.meaning.split(": ")))
        for entry in entries
    ]


_COLOURS = ((15, "red"), (45, "orange"), (70, "yellow"), (170, "green"), (260, "blue"), (330, "purple"), (361, "red"))


def _colour_name(colour: str) -> str:
    hue, _, strength = rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return next(name for end, name in _COLOURS if hue * 360 < end) if strength > 0.15 else "grey"


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
    return LegendEntry(mark.sign, words.get(mark, mark.meaning), colours.get(mark, theme.condition))
