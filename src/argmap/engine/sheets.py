"""How a picture is spread over pages: one that fits it, or sheets of paper, the whole first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve, frozen

from argmap.drawing.scene import Part, PartKind, Scene
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

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_MARGIN = 28.35  # a centimetre, which every printer can do without
_FOOT = 14.0
# Text of 11 points becomes 8, still comfortable: rather that than a few boxes alone on a second sheet.
_LEAST_SCALE = 0.75
_OVERLAP = 24.0
_AROUND_SECTION = 8.0


@frozen
class Bookmark:
    """An entry in a PDF's table of contents, and where it leads, in the scene's points."""

    level: int
    text: str
    x: float
    y: float


@frozen
class Sheet:
    """A page: its size, which part of the scene it shows, where and how large.

    Attributes:
        window: The part of the scene that is seen on it.
        x, y: Where the window's top left corner goes, from the page's.
        scale: How much the scene is enlarged.
        foot: The line at the foot of paper; empty for a page made for the picture.
    """

    width: float
    height: float
    window: Bounds
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    foot: str = ""
    bookmarks: tuple[Bookmark, ...] = ()


def bounds_of(part: Part) -> Bounds:
    """The smallest bounds that hold a part: its outlines, else its lines as they were measured."""
    xs = [x for outline in part.outlines for segment in outline.segments for x, _ in segment.points]
    ys = [y for outline in part.outlines for segment in outline.segments for _, y in segment.points]
    for line in part.lines:
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[line.anchor]
        left = line.x - (1 - share if line.is_right_to_left else share) * line.width
        xs += (left, left + line.width)
        ys += (line.y - line.size, line.y + 0.3 * line.size)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether two bounds have a place in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def fitted(scene: Scene, longest: float = float("inf")) -> Sheet:
    """One page as large as the picture, smaller only if a side would be longer than `longest`."""
    scale = min(1.0, longest / max(scene.width, scene.height))
    return Sheet(
        scene.width * scale,
        scene.height * scale,
        _whole(scene),
        scale=scale,
        bookmarks=tuple(_bookmarks(scene)),
    )


def _whole(scene: Scene) -> Bounds:
    return (0.0, 0.0, scene.width, scene.height)


def _bookmarks(scene: Scene) -> Iterable[Bookmark]:
    """Each section with its statements, then the statements outside of all sections."""
    sections = [(part, bounds_of(part)) for part in scene.parts if part.kind is PartKind.SECTION]
    statements = [(part, bounds_of(part)) for part in scene.parts if part.kind is PartKind.STATEMENT]
    innermost: dict[str, list[tuple[Part, Bounds]]] = {}
    for part, bounds in statements:
        around = [section.id for section, frame in sections if _inside(bounds, frame)]
        innermost.setdefault(around[-1] if around else "", []).append((part, bounds))

    def of(parts: Iterable[tuple[Part, Bounds]], level: int) -> Iterable[Bookmark]:
        return (Bookmark(level, _name(part), bounds[0], bounds[1]) for part, bounds in parts)

    for section, frame in sections:
        level = 1 + sum(_inside(frame, other) for part, other in sections if part is not section)
        yield Bookmark(level, _name(section), frame[0], frame[1])
        yield from of(innermost.get(section.id, ()), level + 1)
    yield from of(innermost.get("", ()), 1)


def _name(part: Part) -> str:
    """What a part is called in a list: a section's title, a statement's words."""
    if part.kind is PartKind.SECTION:
        return _shortened(part.title.partition("\n")[0] or "Section")
    words = " ".join("".join(run.text for run in line.runs).strip() for line in part.lines)
    return _shortened(words or part.title or "Statement")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


@frozen
class _Paper:
    """A sheet of paper held one way, and the room on it."""

    width: float
    height: float

    @property
    def room(self) -> tuple[float, float]:
        return self.width - 2 * _MARGIN, self.height - 2 * _MARGIN - _FOOT

    def scale_for(self, bounds: Bounds) -> float:
        """How large a part of the scene can be shown on it."""
        width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
        return min(self.room[0] / max(width, 1.0), self.room[1] / max(height, 1.0))

    def showing(self, window: Bounds, scale: float = 1.0) -> Sheet:
        """The window in the middle of the sheet's width, from its top margin."""
        x = _MARGIN + max(0.0, (self.room[0] - (window[2] - window[0]) * scale) / 2)
        return Sheet(self.width, self.height, window, x, _MARGIN, scale)


def spread(scene: Scene, paper: str) -> list[Sheet]:
    """Sheets of paper: the whole on the first; then, where it had to be made small, every part at natural size.

    The parts are the outermost sections, each on its own sheet or sheets, and the statements outside of them. No box is
    cut where a sheet can hold it whole: what would be cut comes again on the next sheet.

    Args:
        paper: A name of `PAPERS`, in any case.

    Raises:
        ConfigError: there is no such paper.
    """
    size = next((size for name, size in PAPERS.items() if name.casefold() == paper.casefold()), None)
    if size is None:
        raise ConfigError(f"no paper is called {paper!r}: choose one of {', '.join(PAPERS)}")
    papers = (_Paper(*size), _Paper(size[1], size[0]))
    whole = _whole(scene)
    overview, scale = _largest(whole, papers)
    first = overview.showing(whole, scale)
    if scale >= _LEAST_SCALE:
        return [evolve(first, foot=_foot(scene.title), bookmarks=tuple(_bookmarks(scene)))]
    boxes = [bounds_of(part) for part in scene.parts if part.kind in (PartKind.STATEMENT, PartKind.STEP)]
    named: list[tuple[str, Sheet]] = [("", first)]
    for title, frame in _outermost(scene):
        named += (
            (title, sheet)
            for sheet in _sheets(frame, [box for box in boxes if _inside(box, frame)], scene, papers)
        )
    left = [box for box in boxes if not any(_inside(box, sheet.window) for _, sheet in named[1:])]
    named += (("", sheet) for sheet in (_fewest(whole, left, papers) if left else ()))
    return [
        evolve(
            sheet,
            foot=_foot(scene.title, "overview" if number == 1 else title, f"{number} of {len(named)}"),
            bookmarks=_sheet_bookmarks(scene, named, number),
        )
        for number, (title, sheet) in enumerate(named, 1)
    ]


def _sheet_bookmarks(scene: Scene, named: Sequence[tuple[str, Sheet]], number: int) -> tuple[Bookmark, ...]:
    """The overview, or what a sheet begins: a section, or the statements outside of all sections."""
    title, sheet = named[number - 1]
    left, top, _, _ = sheet.window
    if number == 1:
        return (Bookmark(1, "Overview", left, top),)
    if number > 2 and named[number - 2][0] == title:
        return ()
    return (Bookmark(1, title or _shortened(scene.title), left, top),)


def _outermost(scene: Scene) -> Iterable[tuple[str, Bounds]]:
    """The title and the frame of each outermost section, in the author's order."""
    frames = [(_name(part), bounds_of(part)) for part in scene.parts if part.kind is PartKind.SECTION]
    for name, frame in frames:
        if not any(other is not frame and _inside(frame, other) for _, other in frames):
            yield name, frame


def _sheets(frame: Bounds, boxes: list[Bounds], scene: Scene, papers: Sequence[_Paper]) -> list[Sheet]:
    """The sheets of a section: one if it can be shown large enough, else as many as its boxes need."""
    window = (
        max(0.0, frame[0] - _AROUND_SECTION),
        max(0.0, frame[1] - _AROUND_SECTION),
        min(scene.width, frame[2] + _AROUND_SECTION),
        min(scene.height, frame[3] + _AROUND_SECTION),
    )
    paper, scale = _largest(window, papers)
    return [paper.showing(window, scale)] if scale >= _LEAST_SCALE else _fewest(window, boxes, papers)


def _largest(window: Bounds, papers: Sequence[_Paper]) -> tuple[_Paper, float]:
    """The way of holding the paper that shows a window larger, and how large: at most at its natural size."""
    paper = max(papers, key=lambda held: held.scale_for(window))
    return paper, min(paper.scale_for(window), 1.0)


def _fewest(whole: Bounds, boxes: list[Bounds], papers: Sequence[_Paper]) -> list[Sheet]:
    """The sheets of whichever way of holding the paper needs fewer."""
    tried = ([paper.showing(window) for window in _windows(whole, boxes, *paper.room)] for paper in papers)
    return min(tried, key=len)


def _windows(whole: Bounds, boxes: list[Bounds], width: float, height: float) -> Iterable[Bounds]:
    """Windows of a size that together show every box; linear in the boxes for each row of windows."""
    for top, bottom, in_row in _bands(whole[1], whole[3], boxes, height, lambda box: (box[1], box[3])):
        for left, right, _ in _bands(whole[0], whole[2], in_row, width, lambda box: (box[0], box[2])):
            yield left, top, right, bottom


def _bands(
    start: float,
    end: float,
    boxes: list[Bounds],
    length: float,
    extent: Callable[[Bounds], tuple[float, float]],
) -> list[tuple[float, float, list[Bounds]]]:
    """Bands of a length, one after another, with the boxes in each; a box over an edge begins the next."""
    waiting = sorted(boxes, key=extent)
    if not waiting:
        return []
    if end - start <= length:
        return [(start, start + length, waiting)]
    bands: list[tuple[float, float, list[Bounds]]] = []
    here = max(start, extent(waiting[0])[0] - _AROUND_SECTION)
    while waiting:
        there = here + length
        inside = [box for box in waiting if extent(box)[1] <= there]
        over = [box for box in waiting if extent(box)[1] > there]
        begun = [box for box in over if extent(box)[0] < there]
        if not inside and begun and extent(begun[0])[0] <= here + _AROUND_SECTION:
            # A box longer than a sheet: it goes on over as many as it takes.
            bands.append((here, there, begun))
            here = there - _OVERLAP
            waiting = over
            continue
        if inside:
            bands.append((here, there, inside))
        waiting = over
        if over:
            here = max(extent(over[0])[0] - _AROUND_SECTION, here if inside else here + 1.0)
    return bands


def _inside(inner: Bounds, outer: Bounds) -> bool:
    """Whether bounds lie in others, half a point more or less."""
    return (
        outer[0] - 0.5 <= inner[0]
        and outer[1] - 0.5 <= inner[1]
        and inner[2] <= outer[2] + 0.5
        and inner[3] <= outer[3] + 0.5
    )


def _foot(*parts: str) -> str:
    return "  ·  ".join(_shortened(part) for part in parts if part)
