"""How well pictures can be read: each map as a flow, as hanging trees, and as argmap draws it unasked.

Run as `python tests/benchmarks/legibility.py [MAP ...]`; without maps, over all examples. For each picture:

- `cross`: lines that cross, apart from those that branch or meet at one end;
- `title`, `frame`: lines through the title of a section, or over the frame of one in which neither end lies;
- `ratio`: width by height; `A3`, `16:9`: how large the text is on a page and on a slide, points;
- `share`: how much of the picture are boxes, signs and tags, per cent;
- `order`: pairs of sections that stand in the wrong order both by rows and by columns;
- `ms`: the time from the map to the scene.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import argmap
from argmap.drawing.scene import Part, PartKind, Scene
from argmap.rendering import lay_out

EXAMPLES = Path(__file__).parents[2] / "examples"
BOXES = (PartKind.STATEMENT, PartKind.STEP, PartKind.TAG)
Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


class Score(NamedTuple):
    """What is measured of one picture."""

    boxes: int
    cross: int
    title: int
    frame: int
    ratio: float
    page: float
    slide: float
    share: float
    order: int
    ms: float


def bounds(part: Part) -> Bounds:
    points = [point for outline in part.outlines for segment in outline.segments for point in segment.points]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def path(part: Part) -> list[Point]:
    """The points of a line; a curve becomes eight stretches."""
    points: list[Point] = []
    for segment in part.outlines[0].segments:
        if segment.command == "C":
            (x0, y0), (x1, y1, x2, y2, x3, y3) = points[-1], (c for point in segment.points for c in point)
            for step in range(1, 9):
                t, u = step / 8, 1 - step / 8
                a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
                points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
        else:
            points.extend(segment.points)
    return points


def near(one: Point, other: Point, reach: float) -> bool:
    return abs(one[0] - other[0]) < reach and abs(one[1] - other[1]) < reach


def crossing(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = *one, *other
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if abs(turn) < 1e-9:
        return None
    t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
    u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
    return (ax + t * (bx - ax), ay + t * (by - ay)) if 0 <= t <= 1 and 0 <= u <= 1 else None


def crossings(lines: list[list[Point]]) -> int:
    boxes = [(min(x for x, _ in e), min(y for _, y in e), max(x for x, _ in e), max(y for _, y in e)) for e in lines]
    count = 0
    for (i, one), (j, other) in combinations(enumerate(lines), 2):
        a, b = boxes[i], boxes[j]
        if a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3]:
            continue
        ends = [one[0], one[-1], other[0], other[-1]]
        found = [crossing(p, q) for p in pairwise(one) for q in pairwise(other)]
        real = [
            at
            for at in found
            if at is not None
            and not any(near(at, end, 1.5) for end in ends)
            and not (any(near(at, e, 16) for e in ends[:2]) and any(near(at, e, 16) for e in ends[2:]))
        ]
        count += bool(real)
    return count


def stretches(line: list[Point], step: float = 3.0) -> Iterator[Point]:
    for (ax, ay), (bx, by) in pairwise(line):
        parts = max(1, int((abs(bx - ax) + abs(by - ay)) / step))
        yield from ((ax + (bx - ax) * k / parts, ay + (by - ay) * k / parts) for k in range(parts + 1))


def inside(point: Point, box: Bounds, reach: float = 0.0) -> bool:
    return box[0] - reach < point[0] < box[2] + reach and box[1] - reach < point[1] < box[3] + reach


def runs_over(line: list[Point], box: Bounds, ends: float, inset: float) -> bool:
    if inside(line[0], box, ends) or inside(line[-1], box, ends):
        return False
    return any(inside(point, box, -inset) for point in stretches(line))


def score(scene: Scene, ms: float) -> Score:
    of = {kind: [part for part in scene.parts if part.kind is kind] for kind in PartKind}
    lines = [path(part) for part in of[PartKind.EDGE]]
    titles, frames = ([bounds(part) for part in of[kind]] for kind in (PartKind.TITLE, PartKind.SECTION))
    area = sum((b[2] - b[0]) * (b[3] - b[1]) for kind in BOXES for b in map(bounds, of[kind]))
    sizes = sorted(max(line.size for line in part.lines) for part in of[PartKind.STATEMENT] if part.lines)
    em = sizes[len(sizes) // 2]
    places = sorted((int(part.id.split("-")[1]), bounds(part)) for part in of[PartKind.SECTION])
    wrong = 0
    for (_, a), (_, b) in combinations(places, 2):
        right, down = b[0] - a[0], b[1] - a[1]
        wrong += (right <= 2 and down < -2) or (down <= 2 and right < -2)
    return Score(
        boxes=len(of[PartKind.STATEMENT]),
        cross=crossings(lines),
        title=sum(runs_over(line, box, 0, 0) for line in lines for box in titles),
        frame=sum(runs_over(line, box, 3, 3) for line in lines for box in frames),
        ratio=scene.width / scene.height,
        page=em * min(1133.9 / scene.width, 785.2 / scene.height),
        slide=em * min(912 / scene.width, 492 / scene.height),
        share=100 * area / (scene.width * scene.height),
        order=wrong,
        ms=ms,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("maps", nargs="*", type=Path)
    paths = parser.parse_args().maps or sorted(EXAMPLES.glob("*.argmap"))
    names = " ".join(f"{name:>6}" for name in ("boxes", "cross", "title", "frame", "ratio"))
    print(f"{'map':28} {'layout':8} {names}     A3   16:9  share  order     ms")
    everything: dict[str, list[Score]] = {}
    for each in paths:
        map = argmap.load(each)
        for layout in ("flow", "hanging", "auto"):
            start = time.perf_counter()
            scene, _ = lay_out(map, layout=layout)
            found = score(scene, 1000 * (time.perf_counter() - start))
            everything.setdefault(layout, []).append(found)
            print(f"{each.stem[:28]:28} {layout:8} {_row(found)}")
    for layout, scores in everything.items():
        columns = list(zip(*scores, strict=True))
        boxes, cross, title, frame = (int(sum(column)) for column in columns[:4])
        total = Score(
            boxes, cross, title, frame, *(median(column) for column in columns[4:8]),
            int(sum(columns[8])), sum(columns[9]),
        )  # fmt: skip
        beyond = sum(not 0.62 <= each.ratio <= 1.6 for each in scores)
        least = min(each.page for each in scores)
        print(f"{'all (sums; medians)':28} {layout:8} {_row(total)}  beyond 0.62-1.6: {beyond}, least A3 {least:.1f}")


def _row(found: Score) -> str:
    counts = " ".join(f"{each:6}" for each in found[:4])
    return (
        f"{counts} {found.ratio:6.2f} {found.page:6.1f} {found.slide:6.1f} {found.share:6.0f} "
        f"{found.order:6} {found.ms:6.0f}"
    )


if __name__ == "__main__":
    main()
