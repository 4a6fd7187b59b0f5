"""A finished scene as PDF and PNG, painted by typst with the fonts that come with argmap.

The scene goes to a fixed template as JSON. Painting asks nothing of the network or the machine: the same scene gives
the same bytes everywhere.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from attrs import frozen

from argmap import fonts
from argmap.drawing.printing import EDGE, room_on, scale_on, ways_to_hold
from argmap.drawing.scene import Part, PartKind, Scene, Segment, TextLine, TextRun
from argmap.engine.sandbox import in_thread
from argmap.errors import EngineError, EngineMissingError

MAX_PIXELS = 64_000_000
"""The largest PNG: 256 MB while it is being painted."""

MAX_PICTURE = 20_000_000
"""The characters of what typst is given: about 9,000 boxes, which take it 2 GB."""

MAX_PAINTING = 300
"""Seconds that typst may take."""

_MAX_SIDE = 14_400.0  # points: what readers allow for a page (ISO 32000-1, annex C.2)
_METRES_PER_INCH = 0.0254
_FOOT_SIZE, _FOOT_COLOUR = 8.0, "#595959"


Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@frozen
class Sheet:
    """A page: the scene on it, its size, where the scene's left top corner goes, and how much the scene is enlarged.

    `foot` is the line at the foot of paper; it is empty for a page made for the picture.
    """

    scene: Scene
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    foot: str = ""


def to_pdf(*scenes: Scene, paper: str | None = None) -> bytes:
    """Scenes as a PDF, tagged for screen readers (PDF/UA-1); its text can be selected and its links followed.

    Args:
        scenes: One a page.
        paper: What each is printed on (`A4`, `Letter`, `A3` …), held whichever way shows it larger. None for pages as
            large as the pictures.

    Raises:
        ConfigError: there is no such paper.
        EngineMissingError: typst is not installed.
        EngineError: typst refused the picture.
    """
    if paper is None:
        sheets = [_fitted(scene, _MAX_SIDE) for scene in scenes]
    else:
        sheets = [_on_paper(scene, paper, number, len(scenes)) for number, scene in enumerate(scenes, 1)]
    return _painted(sheets, format="pdf", pdf_standards=["ua-1"])


def to_png(scene: Scene, dpi: float = 96.0) -> bytes:
    """A scene as a PNG of its natural size at a number of dots per inch.

    Raises:
        EngineMissingError: typst is not installed.
        EngineError: it would have more than `MAX_PIXELS` pixels, or typst refused it.
    """
    if not 1 <= dpi <= 4800:
        raise EngineError(f"{dpi:g} dots per inch is not possible: choose between 1 and 4800")
    width, height = (max(1, round(side * dpi / 72)) for side in (scene.width, scene.height))
    pixels = width * height
    if pixels > MAX_PIXELS:
        enough = int(dpi * (MAX_PIXELS / pixels) ** 0.5)
        raise EngineError(
            f"the PNG would be {width:,} × {height:,} pixels, {pixels / 1e6:,.0f} million; the limit is "
            f"{MAX_PIXELS // 1_000_000} million: "
            + (f"--dpi {enough} fits, " if enough >= 24 else "")
            + "--overview draws less, SVG and PDF have no limit (--page A4 prints a PDF on sheets)"
        )
    png = _painted([_fitted(scene)], format="png", ppi=dpi)
    # A pHYs chunk with pixels per metre, so that it prints at its natural size.
    body = b"pHYs" + struct.pack(">IIB", *[round(dpi / _METRES_PER_INCH)] * 2, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    header_end = 8 + 4 + 4 + 13 + 4
    return png[:header_end] + chunk + png[header_end:]


def missing_characters(scene: Scene) -> set[str]:
    """The characters for which PNG and PDF show a box with the code point, since no bundled font has them."""
    shown = {character for part in scene.parts for line in part.lines for run in line.runs for character in run.text}
    return {character for character in shown if not fonts.in_any_font(character)}


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


def _fitted(scene: Scene, longest: float = float("inf")) -> Sheet:
    """One page as large as the picture, smaller only if a side would be longer than `longest`."""
    scale = min(1.0, longest / max(scene.width, scene.height))
    return Sheet(scene, scene.width * scale, scene.height * scale, scale=scale)


def _on_paper(scene: Scene, paper: str, number: int, count: int) -> Sheet:
    """A sheet of paper with the picture in the middle of its width, from its top margin."""
    held = max(ways_to_hold(paper), key=lambda way: scale_on(scene, way))
    scale = scale_on(scene, held)
    x = EDGE + (room_on(held)[0] - scene.width * scale) / 2
    foot = f"{_shortened(scene.title)}  ·  {number} of {count}" if count > 1 else _shortened(scene.title)
    return Sheet(scene, *held, x, EDGE, scale, foot)


def _painted(sheets: Sequence[Sheet], **wanted: Any) -> bytes:
    import json

    try:
        import typst
    except ImportError:
        raise EngineMissingError("PNG and PDF need typst, which is not installed: pip install typst") from None
    scene = sheets[0].scene
    targets = {part.target for sheet in sheets for part in sheet.scene.parts if part.target is not None}
    picture = {
        "title": scene.title,
        "description": scene.description or None,
        "author": [scene.author] if scene.author else [],
        "lang": _language(scene.lang),
        "families": [*fonts.FAMILIES.values()],
        "sheets": [_sheet(sheet, targets) | {"more": sheet is not sheets[-1]} for sheet in sheets],
        "fill": scene.background,
    }
    template = resources.files("argmap.engine").joinpath("picture.typ").read_bytes()
    given = json.dumps(picture)
    if len(given) > MAX_PICTURE:
        times = len(given) / MAX_PICTURE
        raise EngineError(
            f"the picture is {times:.1f} times too large for PDF and PNG: draw less (--overview), or an SVG"
        )

    def paint() -> bytes:
        painted: bytes = typst.compile(template, font_paths=_fonts(), sys_inputs={"picture": given}, **wanted)
        return painted

    try:
        return in_thread(paint, MAX_PAINTING)
    except TimeoutError:
        raise EngineError(f"painting took more than {MAX_PAINTING} seconds; draw less, or an SVG") from None
    except typst.TypstError as error:
        raise EngineError(f"the picture cannot be painted: {error.message}") from None


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.folder())])


def _language(tag: str | None) -> str:
    """The language of a BCP 47 tag, as typst takes it: two or three letters."""
    language = (tag or "").split("-")[0].lower()
    return language if language.isascii() and language.isalpha() and len(language) in (2, 3) else "en"


def _sheet(sheet: Sheet, targets: set[str]) -> dict[str, Any]:
    """A sheet as the template reads it: all numbers in points on the paper.

    `targets` are the ids that links lead to and that no sheet before this has.
    """
    k, dx, dy = sheet.scale, sheet.x, sheet.y
    foot = TextRun(sheet.foot, _FOOT_COLOUR)
    parts = [(part, bounds_of(part)) for part in sheet.scene.parts]
    anchors = targets & {part.id for part, _ in parts}
    targets -= anchors
    return {
        "width": sheet.width,
        "height": sheet.height,
        "area": [dx, dy, sheet.scene.width * k, sheet.scene.height * k],
        "parts": [
            _part(part, bounds, k, dx, dy) | {"anchor": part.id if part.id in anchors else None}
            for part, bounds in parts
        ],
        "bookmarks": [
            {"level": level, "text": _name(part), "x": bounds[0] * k + dx, "y": bounds[1] * k + dy}
            for level, part, bounds in _bookmarks(parts)
        ],
        "foot": _line(TextLine(x=sheet.width / 2, y=sheet.height - 16, size=_FOOT_SIZE, runs=(foot,),
                               width=sheet.width, anchor="middle"), 1, 0, 0) if sheet.foot else None,
    }  # fmt: skip


def _bookmarks(parts: Sequence[tuple[Part, Bounds]]) -> Iterable[tuple[int, Part, Bounds]]:
    """Each section with its statements, then the statements outside of all sections, and the level of each."""
    sections = [(part, bounds) for part, bounds in parts if part.kind is PartKind.SECTION]
    innermost: dict[str, list[tuple[Part, Bounds]]] = {}
    for part, bounds in parts:
        if part.kind is PartKind.STATEMENT:
            around = [section.id for section, frame in sections if _inside(bounds, frame)]
            innermost.setdefault(around[-1] if around else "", []).append((part, bounds))
    for section, frame in sections:
        level = 1 + sum(_inside(frame, other) for part, other in sections if part is not section)
        yield level, section, frame
        yield from ((level + 1, *each) for each in innermost.get(section.id, ()))
    yield from ((1, *each) for each in innermost.get("", ()))


def _name(part: Part) -> str:
    """What a part is called in a list: a section's title, a statement's words."""
    if part.kind is PartKind.SECTION:
        return _shortened(part.title.partition("\n")[0] or "Section")
    words = " ".join("".join(run.text for run in line.runs).strip() for line in part.lines)
    return _shortened(words or part.title or "Statement")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def _inside(inner: Bounds, outer: Bounds) -> bool:
    """Whether bounds lie in others, half a point more or less."""
    least, most = (*outer[:2], *inner[2:]), (*inner[:2], *outer[2:])
    return all(one - 0.5 <= other for one, other in zip(least, most, strict=True))


def _part(part: Part, bounds: Bounds, k: float, dx: float, dy: float) -> dict[str, Any]:
    left, top, right, bottom = bounds
    return {
        "shapes": [
            {
                "segments": [_segment(segment, k, dx, dy) for segment in outline.segments],
                "fill": outline.fill,
                "stroke": outline.stroke,
                "width": outline.width * k,
                "dashes": [dash * k for dash in outline.dashes],
            }
            for outline in part.outlines
        ],
        "lines": [_line(line, k, dx, dy) for line in part.lines if any(run.text for run in line.runs)],
        # A sign is read out as what it means; everything else with words says them itself.
        "alt": part.title if part.kind in (PartKind.EDGE, PartKind.STEP) else "",
        "level": {PartKind.HEADING: 1, PartKind.TITLE: 2}.get(part.kind, 0),
        "url": _ascii(part.url) if part.url else None,
        "target": part.target,
        "area": [left * k + dx, top * k + dy, (right - left) * k, (bottom - top) * k],
    }


def _ascii(url: str) -> str:
    if url.isascii():
        return url
    from urllib.parse import quote

    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")


def _segment(segment: Segment, k: float, dx: float, dy: float) -> list[Any]:
    return [segment.command, [(round(x * k + dx, 3), round(y * k + dy, 3)) for x, y in segment.points]]


def _line(line: TextLine, k: float, dx: float, dy: float) -> dict[str, Any]:
    ends = ("right", "left") if line.is_right_to_left else ("left", "right")
    return {
        "x": line.x * k + dx,
        "y": line.y * k + dy,
        "size": line.size * k,
        "width": line.width * k,
        "side": {"start": ends[0], "middle": "center", "end": ends[1]}[line.anchor],
        "rtl": line.is_right_to_left,
        "runs": [found for run in line.runs for found in _runs(run)],
    }


def _runs(run: TextRun) -> Iterator[dict[str, Any]]:
    """A run as typst can set it: split where the way in which characters can be shown changes."""
    style = {"colour": run.colour, "bold": run.bold, "italic": run.italic, "struck": run.struck}
    for kind, group in groupby(zip(_kinds(run), run.text, strict=True), key=lambda pair: pair[0]):
        text = "".join(character for _, character in group)
        if kind != "unknown":
            yield style | {"text": text, "kind": kind}
            continue
        for character in text:
            code = f"{ord(character):04X}"
            half = (len(code) + 1) // 2
            yield style | {"text": [code[:half], code[half:]], "kind": kind}


def _kinds(run: TextRun) -> list[str]:
    """How each character can be shown.

    Returns:
        `text` with the fonts as they are; `made` where the font has no bold or italic of its own; `emoji` where an
        emoji is asked for and other fonts have a plain sign; `unknown` where no font has it.
    """
    if run.text.isascii():
        return ["text"] * len(run.text)
    kinds: list[str] = []
    for character, following in zip(run.text, run.text[1:] + " ", strict=True):
        before = kinds[-1] if kinds else "text"
        category = unicodedata.category(character)
        if following == "\ufe0f":
            kinds.append("emoji")
        elif not fonts.in_any_font(character):
            kinds.append("unknown")
        elif category in ("Mn", "Mc", "Me", "Cf") and before != "unknown":
            kinds.append(before)
        elif category == "Zs":  # an emoji font's space is as wide as an emoji
            kinds.append("made" if before == "made" else "text")
        else:
            kinds.append("text" if not (run.bold or run.italic) or fonts.in_text_font(character) else "made")
    return kinds
