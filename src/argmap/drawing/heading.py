"""What stands over the picture: title, author and date, and a quiet line that explains the signs in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from argmap.drawing import looks
from argmap.drawing.boxes import DASHES, DOTS, SMALL, Style, text_line
from argmap.drawing.options import Kind
from argmap.drawing.overlay import MEANINGS, SIGNS, Mark, Overlay
from argmap.drawing.scene import Outline, Part, PartKind, TextLine, TextRun, rectangle
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.view import View
from argmap.drawing.wrapping import width, wrap
from argmap.model import ArgumentMap, Attitude, StepKind

MARGIN = 18.0
"""The empty edge around a picture, points."""
_INSET = 8.0
"""How far in the heading begins, points."""
_TITLE = 17.0
_BYLINE = 10.0
_CAPTION = 11.0
_LEGEND_HEIGHT = 17.0


@frozen(eq=False, repr=False)
class Entry:
    """A sign in the legend, and what it means; `border` is of a sample that is a box: `solid`, `dashed` or `dotted`."""

    sign: str
    meaning: str
    colour: str
    border: str = ""


@frozen(eq=False, repr=False)
class Heading:
    """The heading in its place, what it says, and the room that it takes up with its margins, points."""

    part: Part | None
    words: tuple[str, ...] = ()
    legend: tuple[Entry, ...] = ()
    width: float = 0.0
    height: float = 0.0


def heading(
    title: str, byline: str, caption: str, legend: Sequence[Entry], room: float, theme: Theme
) -> Heading:
    """The heading of a picture.

    Args:
        room: How wide the picture is likely to be, points; lines of the heading break there.
    """
    room = min(max(room, 340.0), 1000.0)
    lines: list[TextLine] = []
    outlines: list[Outline] = []
    x, top = MARGIN + _INSET, MARGIN + _INSET / 2
    begin, widest = top, 0.0
    for text, size, colour, bold in (
        (title, _TITLE, theme.text, True),
        (byline, _BYLINE, theme.quiet, False),
        (caption, _CAPTION, theme.text, True),
    ):
        if not text:
            continue
        top += 3 if text is caption else 0
        for row in wrap(text, room / size / (1.1 if bold else 1.0)):
            words = "".join(run.text for run in row)
            lines.append(
                text_line((TextRun(words, colour, bold),), x, top + (0.84 if bold else 1.0) * size, size)
            )
            widest = max(widest, round(width(words, bold) * size + 2))
            top += 1.2 * size
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
                    run = TextRun(entry.sign, entry.colour, True)
                    lines.append(text_line((run,), middle, base, SMALL, anchor="middle"))
                at += sign + 1
                gap = 5.0 if entry.border else 2.5
                lines.append(text_line((TextRun(entry.meaning, theme.quiet),), at + gap, base, SMALL))
                at += words_room + 1
            widest = max(widest, at - x + 2)
            top += _LEGEND_HEIGHT
    if not lines:
        return Heading(None)
    part = Part(id="map-heading", kind=PartKind.HEADING, outlines=tuple(outlines), lines=tuple(lines))
    words_said = tuple(text for text in (title, byline, caption) if text)
    return Heading(part, words_said, tuple(legend), widest + 2 * _INSET, top + 9 - begin + _INSET)


def _rows(legend: Sequence[Entry], room: float) -> list[list[tuple[Entry, float, float]]]:
    """The entries on each row, each with the room of its sign and of its words."""
    rows: list[list[tuple[Entry, float, float]]] = [[]]
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


def _sample(entry: Entry, x: float, y: float, width: float, theme: Theme) -> Outline:
    segments = rectangle(x + 0.5, y + 0.5, width - 1, 13, is_rounded=theme.rounded)
    dashes = {"dashed": DASHES, "dotted": DOTS}.get(entry.border, ())
    return Outline(segments=segments, stroke=entry.colour, dashes=dashes)


def byline(map: ArgumentMap) -> str:
    return ", ".join(part for part in (map.author, map.date) if part)


def legend(
    map: ArgumentMap,
    view: View,
    styles: Mapping[str, Style],
    overlay: Overlay | None,
    theme: Theme,
    hue: Callable[[str], Hue],
) -> list[Entry]:
    """The signs that occur, in a fixed order."""
    entries: list[Entry] = []
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
            entries.append(Entry(line.sign, line.word, colours[kind]))
    if any(len(step.ground) > 1 for step in steps):
        entries.append(Entry(">+", "joined: they count only together", theme.quiet))
    shown = [map.by_id[id] for id in view.statements]
    if view.contradictions:
        entries.append(Entry(looks.CONTRADICTION.sign, "not both", theme.objection.text))
    sides_shown = (overlay is None or not overlay.holders) and theme.reason.line != theme.objection.line
    # The sign says what a box does to the next, the hue whose side it is on in the end: told where the two part.
    if sides_shown and any(
        (step.kind is StepKind.REASON and hue(id) == theme.objection)
        or (step.kind is StepKind.OBJECTION and hue(id) == theme.reason)
        for step in steps
        for id in step.ground
        if id in view.statements
    ):
        entries.append(Entry("", "hue: on the claim's side", theme.reason.line, "solid"))
        entries.append(Entry("", "hue: against it", theme.objection.line, "solid"))
    if any(statement.implicit for statement in shown):
        entries.append(Entry("", "left unsaid", theme.condition.line, "dashed"))
    if any(statement.open for statement in shown):
        entries.append(Entry("", "open: not asserted", theme.condition.line, "dotted"))
    if overlay is None or not overlay.holders:
        held = {stance.attitude for stance in map.stances if stance.statement in view.statements}
        for attitude, sign, word in (
            (Attitude.ACCEPT, "✓", "accepts"),
            (Attitude.REJECT, "✕", "rejects"),
            (Attitude.DOUBT, "?", "doubts"),
        ):
            if attitude in held:
                entries.append(Entry(sign, word, theme.quiet))
    if overlay is not None:
        used = {flag.mark for id in view.statements for flag in overlay.flags.get(id, ())}
        entries.extend(_mark_entry(mark, theme) for mark in Mark if mark in used and SIGNS[mark])
    if Kind.CONDITIONS in view.kinds and view.partial:
        entries.append(Entry("▸", "folded", theme.quiet))
    return entries


def _mark_entry(mark: Mark, theme: Theme) -> Entry:
    colours = {
        Mark.ACCEPTED: theme.accepted,
        Mark.MUST_ACCEPT: theme.accepted,
        Mark.REJECTED: theme.rejected,
        Mark.MUST_REJECT: theme.rejected,
        Mark.DOUBTED: theme.doubted,
        Mark.CLASH: theme.clash,
        Mark.FALLS: theme.muted,
        Mark.WITHDRAWN: theme.muted,
    }
    words = {Mark.FALLS: "falls (struck)", Mark.CLASH: "clash (ringed)"}
    return Entry(SIGNS[mark], words.get(mark, MEANINGS[mark]), colours.get(mark, theme.condition).text)
