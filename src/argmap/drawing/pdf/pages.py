"""How a picture is spread over pages: one that fits it, or sheets of paper, an overview first."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from argmap.drawing.pdf.painting import Area, Bounds, Painting
from argmap.drawing.pdf.writing import Page
from argmap.errors import ConfigError

PAPERS = {
    "A3": (841.89, 1190.55),
    "A4": (595.28, 841.89),
    "A5": (419.53, 595.28),
    "Letter": (612.0, 792.0),
    "Legal": (612.0, 1008.0),
    "Tabloid": (792.0, 1224.0),
}
"""Width and height in points, upright."""

_MARGIN = 28.35  # a centimetre, which every printer can do without
_FOOT = 14.0
# Text of 11 points becomes 8, still comfortable: rather that than a few boxes alone on a second sheet.
_LEAST_SCALE = 0.75
_OVERLAP = 24.0
_AROUND_SECTION = 8.0


@frozen
class _Sheet:
    """A sheet of paper held one way, and the room on it."""

    width: float
    height: float

    @property
    def room(self) -> tuple[float, float]:
        return self.width - 2 * _MARGIN, self.height - 2 * _MARGIN - _FOOT

    def scale_for(self, width: float, height: float) -> float:
        return min(self.room[0] / max(width, 1.0), self.room[1] / max(height, 1.0))


def paper(name: str) -> tuple[float, float]:
    """The size of a kind of paper, in points, upright; any case.

    Raises:
        ConfigError: there is no such paper; the text names those there are.
    """
    for known, size in PAPERS.items():
        if known.casefold() == name.casefold():
            return size
    raise ConfigError(f"no paper is called {name!r}: choose one of {', '.join(PAPERS)}")


def fitted(painting: Painting) -> list[Page]:
    """One page, as large as the picture."""
    return [Page(painting.width, painting.height, (0.0, 0.0, painting.width, painting.height))]


def spread(painting: Painting, paper_name: str) -> list[Page]:
    """Sheets of paper: the whole on the first; then, where it had to be made small, every part at natural
    size.

    The parts are the outermost sections, each on its own sheet or sheets, and whatever statements lie outside
    them. No box is cut where a sheet can hold it whole: what would be cut comes again on the next sheet.
    """
    size = paper(paper_name)
    sheets = (_Sheet(*size), _Sheet(size[1], size[0]))
    whole = (0.0, 0.0, painting.width, painting.height)
    first = max(sheets, key=lambda sheet: sheet.scale_for(painting.width, painting.height))
    scale = min(first.scale_for(painting.width, painting.height), 1.0)
    if scale >= _LEAST_SCALE:
        return [_placed(first, whole, scale, _foot(painting.title), "")]
    parts = _sections(painting, sheets)
    boxes = [*painting.of_kind("statement"), *painting.of_kind("step")]
    shown = [window for _, _, window, _ in parts]
    left = [box.bounds for box in boxes if not any(_inside(box.bounds, window) for window in shown)]
    if left:
        windows, sheet = _fewest(whole, left, sheets)
        parts += [
            (painting.title if not index else "", sheet, window, 1.0) for index, window in enumerate(windows)
        ]
    total = 1 + len(parts)
    pages = [_placed(first, whole, scale, _foot(painting.title, "overview", f"1 of {total}"), "Overview")]
    name = ""
    for index, (title, sheet, window, size_of) in enumerate(parts, 2):
        name = title or name
        foot = _foot(painting.title, name if name != painting.title else "", f"{index} of {total}")
        pages.append(_placed(sheet, window, size_of, foot, title))
    return pages


_Part = tuple[str, _Sheet, Bounds, float]


def _sections(painting: Painting, sheets: tuple[_Sheet, _Sheet]) -> list[_Part]:
    """The sheets of the outermost sections; the first of each has the section's title."""
    frames = painting.of_kind("section")
    outermost = [
        frame
        for frame in frames
        if not any(other is not frame and _inside(frame.bounds, other.bounds) for other in frames)
    ]
    parts: list[_Part] = []
    for frame in outermost:  # in the author's order
        window = _widened(frame.bounds, _AROUND_SECTION, painting)
        width, height = window[2] - window[0], window[3] - window[1]
        sheet = max(sheets, key=lambda held, w=width, h=height: held.scale_for(w, h))  # type: ignore[misc]
        scale = min(sheet.scale_for(width, height), 1.0)
        title = frame.text.partition("\n")[0] or "Section"
        if scale >= _LEAST_SCALE:
            parts.append((title, sheet, window, scale))
            continue
        boxes = [area.bounds for area in _within(painting, frame)]
        windows, sheet = _fewest(window, boxes, sheets)
        parts += [(title if not index else "", sheet, part, 1.0) for index, part in enumerate(windows)]
    return parts


def _within(painting: Painting, frame: Area) -> list[Area]:
    return [
        area
        for area in painting.areas
        if area.kind in ("statement", "step") and _inside(area.bounds, frame.bounds)
    ]


def _fewest(whole: Bounds, boxes: list[Bounds], sheets: tuple[_Sheet, _Sheet]) -> tuple[list[Bounds], _Sheet]:
    """The windows of whichever way of holding the paper needs fewer sheets."""
    tried = [(_windows(whole, boxes, *sheet.room), sheet) for sheet in sheets]
    return min(tried, key=lambda found: len(found[0]))


def _windows(whole: Bounds, boxes: list[Bounds], width: float, height: float) -> list[Bounds]:
    """Windows of a size that together show every box; linear in the boxes for each row of windows."""
    windows: list[Bounds] = []
    for top, bottom, in_row in _bands(whole[1], whole[3], boxes, height, lambda box: (box[1], box[3])):
        for left, right, found in _bands(whole[0], whole[2], in_row, width, lambda box: (box[0], box[2])):
            if found:
                windows.append((left, top, right, bottom))
    return windows


def _bands(
    start: float,
    end: float,
    boxes: list[Bounds],
    length: float,
    extent: Callable[[Bounds], tuple[float, float]],
) -> list[tuple[float, float, list[Bounds]]]:
    """Bands of a length, one after another, with the boxes in each; a box over an edge begins the next."""
    bands: list[tuple[float, float, list[Bounds]]] = []
    waiting = sorted(boxes, key=extent)
    here = max(start, extent(waiting[0])[0] - _AROUND_SECTION) if waiting else start
    if end - start <= length:
        return [(start, start + length, waiting)] if waiting else []
    while waiting:
        there = here + length
        inside = [box for box in waiting if extent(box)[1] <= there]
        over = [box for box in waiting if extent(box)[1] > there]
        begun = [extent(box)[0] for box in over if extent(box)[0] < there]
        if not inside and begun and min(begun) <= here + _AROUND_SECTION:
            # A box longer than a sheet: it goes on over as many as it takes.
            bands.append((here, there, [box for box in over if extent(box)[0] < there]))
            here = there - _OVERLAP
            waiting = [box for box in over if extent(box)[1] > there]
            continue
        if inside:
            bands.append((here, there, inside))
        waiting = over
        if over:
            here = max(min(extent(box)[0] for box in over) - _AROUND_SECTION, here if inside else here + 1.0)
    return bands


def _inside(inner: Bounds, outer: Bounds) -> bool:
    return (
        outer[0] - 0.5 <= inner[0]
        and outer[1] - 0.5 <= inner[1]
        and inner[2] <= outer[2] + 0.5
        and inner[3] <= outer[3] + 0.5
    )


def _widened(bounds: Bounds, by: float, painting: Painting) -> Bounds:
    return (
        max(0.0, bounds[0] - by),
        max(0.0, bounds[1] - by),
        min(painting.width, bounds[2] + by),
        min(painting.height, bounds[3] + by),
    )


def _placed(sheet: _Sheet, window: Bounds, scale: float, foot: str, name: str) -> Page:
    """The window in the middle of the sheet's width, from its top margin."""
    width = (window[2] - window[0]) * scale
    x = _MARGIN + max(0.0, (sheet.room[0] - width) / 2)
    return Page(sheet.width, sheet.height, window, x, _MARGIN, scale, foot, name)


def _foot(*parts: str) -> str:
    shortened = (part if len(part) <= 60 else part[:59].rstrip() + "…" for part in parts if part)
    return "  ·  ".join(shortened)
